using System.Globalization;
using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>How far a root's chain had come.</summary>
/// <param name="Sequence">Number of its last entry.</param>
/// <param name="Hash">That entry's hash.</param>
public sealed record Head(string Root, long Sequence, byte[] Hash);

/// <summary>Takes the heads of the roots into the company's chain: no chain that stands in it can be cut back or left out afterwards without a trace.</summary>
/// <param name="Day">The business date; one checkpoint a day.</param>
/// <param name="Part">Which of its parts this is, from 1, where there are more heads than one entry should hold; null for the last one, which ends it.</param>
public sealed record TakeCheckpoint(DateOnly Day, IReadOnlyList<Head> Heads, int? Part = null) : Command
{
    public const string Verb = "checkpoint";
    public const string PartVerb = "checkpointPart";

    public override string Name => Part is null ? Verb : PartVerb;
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    // Not the heads: another node that takes the same day's has seen others, and it is no other act.
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Verb, NumberOf(Day, Part), NumberOf(Day, Part), Facts.Company)];

    public override Problem? Decide(Case @case)
    {
        @case.Result = JsonSerializer.SerializeToUtf8Bytes(new TakenHeads(Heads), Json.Options);
        return null;
    }

    internal static string NumberOf(DateOnly day, int? part = null) =>
        part is { } number ? string.Create(CultureInfo.InvariantCulture, $"{RowFormat.Iso(day)}.{number}") : RowFormat.Iso(day);
}

/// <summary>What a checkpoint leaves in its entry.</summary>
sealed record TakenHeads(IReadOnlyList<Head> Heads);

/// <summary>Takes a checkpoint of the roots that have moved on since the last one, and reads what all of them say.</summary>
/// <param name="mostHeads">Heads of one entry: what a server holds in memory, and others read again when they catch up with the company.</param>
public sealed class Checkpoints(Desk desk, Store store, ScheduledWork work, int mostHeads = 20_000)
{
    /// <summary>Once a business day, whoever asks first; a day before which nothing was done has none.</summary>
    /// <remarks>
    /// Roots whose last entry is of the last checkpoint's day or later are in it: they may have moved on after it was taken. That day is the one it is of and not
    /// the one on which its last part was taken, since the date may have moved between its parts.
    /// One that was interrupted goes on after its last part; its day counts as the last checkpoint's once its last entry is there.
    /// </remarks>
    public async Task TakeAsync(DateOnly day, CancellationToken cancel)
    {
        var since = DateOnly.MinValue;
        long all;
        await using (var reader = await store.SnapshotAsync(cancel))
        {
            if (await reader.ClaimAsync(TakeCheckpoint.Verb, TakeCheckpoint.NumberOf(day), cancel) is not null) return;
            var proofs = new ProofReader(store.Composition, reader);
            if (await proofs.LastOfAsync(Facts.Company, TakeCheckpoint.Verb, cancel) is { } last) since = DayOf(last);
            all = await proofs.CountHeadsAsync(since, cancel);
        }

        if (all == 0) return;
        using var step = work.Begin("checkpoint", all);
        string? after = null;
        for (var part = 1; ;)
        {
            IReadOnlyList<Head> heads;
            await using (var reader = await store.SnapshotAsync(cancel))
            {
                if (await TakenAsync(reader, TakeCheckpoint.NumberOf(day, part), cancel) is { Count: > 0 } taken)
                {
                    (after, part) = (taken[^1].Root, part + 1);
                    step.Advance(taken.Count);
                    continue;
                }

                heads = await new ProofReader(store.Composition, reader).HeadsAsync(since, after, mostHeads, cancel);
            }

            var isLast = heads.Count < mostHeads;
            var answer = await desk.SubmitAsync(new TakeCheckpoint(day, heads, isLast ? null : part), Actor.Rule(TakeCheckpoint.Verb), low: true, cancel);
            // Where another node was faster its part may end elsewhere: that is read above.
            if (isLast || answer.Problem is not null) return;
        }
    }

    /// <summary>The last head of each root that any checkpoint names. One that cannot be read shows at the company's own chain.</summary>
    internal static async Task<Dictionary<string, Head>> ReadAsync(StoreReader reader, Composition composition, CancellationToken cancel)
    {
        var format = new EntryFormat(composition);
        var heads = new Dictionary<string, Head>(StringComparer.Ordinal);
        await foreach (var entry in new ProofReader(composition, reader).EntriesOfAsync(Facts.Company, [TakeCheckpoint.Verb, TakeCheckpoint.PartVerb], cancel))
            foreach (var head in format.ResultOf<TakenHeads>(entry)?.Heads ?? []) heads[head.Root] = head;
        return heads;
    }

    DateOnly DayOf(Entry entry) =>
        DateOnly.ParseExact(new EntryFormat(store.Composition).Read(entry).Claims.Single().Number, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The heads that this part has taken; null where it was not taken.</summary>
    async Task<IReadOnlyList<Head>?> TakenAsync(StoreReader reader, string number, CancellationToken cancel) =>
        await reader.ClaimAsync(TakeCheckpoint.Verb, number, cancel) is { } claim && await reader.EntryAsync(claim.Root, claim.Sequence, cancel) is { } entry
            ? new EntryFormat(store.Composition).ResultOf<TakenHeads>(entry)?.Heads
            : null;
}
