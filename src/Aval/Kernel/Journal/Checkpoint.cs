using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>How far a root's chain had come.</summary>
/// <param name="Sequence">Number of its last entry.</param>
/// <param name="Hash">That entry's hash.</param>
public sealed record Head(string Root, long Sequence, byte[] Hash);

/// <summary>Takes the heads of the roots into the company's chain: no chain that stands in it can be cut back or left out afterwards without a trace.</summary>
/// <param name="Day">The business date; one checkpoint a day.</param>
public sealed record TakeCheckpoint(DateOnly Day, IReadOnlyList<Head> Heads) : Command
{
    public const string Verb = "checkpoint";

    public override string Name => Verb;
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    // Not the heads: another node that takes the same day's has seen others, and it is no other act.
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Verb, NumberOf(Day), NumberOf(Day), Facts.Company)];

    public override Problem? Decide(Case @case)
    {
        @case.Result = JsonSerializer.SerializeToUtf8Bytes(new TakenHeads(Heads), Json.Options);
        return null;
    }

    internal static string NumberOf(DateOnly day) => RowFormat.Iso(day);
}

/// <summary>What a checkpoint leaves in its entry.</summary>
sealed record TakenHeads(IReadOnlyList<Head> Heads);

/// <summary>Takes a checkpoint of the roots that have moved on since the last one, and reads what all of them say.</summary>
public sealed class Checkpoints(Desk desk, Store store)
{
    /// <summary>Once a business day, whoever asks first; a day before which nothing was done has none.</summary>
    /// <remarks>Roots whose last entry is of the last checkpoint's day or later are in it: they may have moved on after it was taken.</remarks>
    public async Task TakeAsync(DateOnly day, CancellationToken cancel)
    {
        IReadOnlyList<Head> heads;
        await using (var reader = await store.SnapshotAsync(cancel))
        {
            if (await reader.ClaimAsync(TakeCheckpoint.Verb, TakeCheckpoint.NumberOf(day), cancel) is not null) return;
            var proofs = new ProofReader(store.Composition, reader);
            heads = await proofs.HeadsAsync(await proofs.LastDateOfAsync(Facts.Company, TakeCheckpoint.Verb, cancel) ?? DateOnly.MinValue, cancel);
        }

        if (heads.Count > 0) await desk.SubmitAsync(new TakeCheckpoint(day, heads), Actor.Rule(TakeCheckpoint.Verb), low: true, cancel);
    }

    /// <summary>The last head of each root that any checkpoint names. One that cannot be read shows at the company's own chain.</summary>
    internal static async Task<Dictionary<string, Head>> ReadAsync(StoreReader reader, Composition composition, CancellationToken cancel)
    {
        var format = new EntryFormat(composition);
        var heads = new Dictionary<string, Head>(StringComparer.Ordinal);
        await foreach (var entry in new ProofReader(composition, reader).EntriesOfAsync(Facts.Company, TakeCheckpoint.Verb, cancel))
            foreach (var head in format.ResultOf<TakenHeads>(entry)?.Heads ?? []) heads[head.Root] = head;
        return heads;
    }
}
