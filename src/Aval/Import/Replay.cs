using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Web;
using Aval.Policies;

namespace Aval.Import;

/// <summary>How far a replay has come.</summary>
public sealed record ReplayProgress(DateOnly Day, long Rows, long AllRows);

/// <summary>What a replay did.</summary>
/// <param name="Report">What became of it all; the same for the same history, whatever the database and however often it was interrupted.</param>
/// <param name="Refusals">What the Desk refused, by place; empty for days that an earlier run had finished.</param>
/// <param name="Skipped">Days that an earlier run had finished.</param>
public sealed record Replayed(ReplayReport Report, IReadOnlyList<Refusal> Refusals, long Applied, long Repeated, int Skipped, TimeSpan Elapsed);

/// <summary>Who lives through a replay.</summary>
/// <param name="Morning">Told of each day before the business date moves there.</param>
/// <param name="EveningAsync">Told of it again when all its documents are in.</param>
public sealed record Companion(Action<DateOnly> Morning, Func<DateOnly, CancellationToken, Task> EveningAsync);

/// <summary>Plays a history through the checks, day by day, the business date moving with it; each customer's documents in their order.</summary>
/// <remarks>A day that is finished leaves its mark with the move of the clock: the digest of all rows up to it, and how many of its rows were refused and why. A later run
/// of the same history begins after it, and tells the same.</remarks>
public sealed class Replay : IDisposable
{
    const string MarkScope = "replay";

    readonly OpenStore store;
    readonly HistoryFolder history;
    readonly IProgress<ReplayProgress>? progress;
    readonly Companion? companion;
    readonly Stopwatch watch = Stopwatch.StartNew();
    readonly List<Refusal> refusals = [];
    readonly List<string> refusedBefore = [];
    readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly int[] next;
    string mark = "";
    long applied;
    long repeated;
    long taken;

    Replay(OpenStore store, HistoryFolder history, IProgress<ReplayProgress>? progress, Companion? companion)
    {
        (this.store, this.history, this.progress, this.companion) = (store, history, progress, companion);
        next = new int[history.Files.Count];
    }

    /// <summary>Replays the folder into the store, which is new or holds an earlier, unfinished replay of the same history.</summary>
    /// <param name="companion">Acts beside the history; null for the history alone.</param>
    /// <exception cref="ReplayRefusedException">The files, the policy or the store do not allow it; nothing was changed.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<Replayed> RunAsync(
        OpenStore store, string folder, byte[]? policy, IProgress<ReplayProgress>? progress, CancellationToken cancel, Companion? companion = null)
    {
        using var opened = HistoryFolder.Open(folder);
        if (opened.Refusals.Count > 0) throw new ReplayRefusedException("The history cannot be read.", Refusal.Sorted(opened.Refusals));
        if (opened.Days.Count == 0) throw new ReplayRefusedException("Nothing in the history has a date.", []);
        var draft = policy is null ? null : DraftOf(policy);
        using var replay = new Replay(store, opened, progress, companion);
        return await replay.RunAsync(draft, cancel);
    }

    async Task<Replayed> RunAsync(PutDraft? draft, CancellationToken cancel)
    {
        companion?.Morning(history.Days[0]);
        var company = await store.StartAsync(history.Days[0], history.Currency, cancel);
        if (draft is not null) await AdoptAsync(draft, cancel);
        if (company.Through < history.Days[0]) await MoveAsync(history.Days[0], null, cancel);
        var skipped = company.Through > history.Days[0] ? await SkipAsync(company.Through, cancel) : 0;
        await using var many = new Submission(store.Desk, Submission.Many, Answered);
        await using var few = new Submission(store.Desk, Submission.Few, Answered);
        for (var day = skipped; day < history.Days.Count; day++)
        {
            cancel.ThrowIfCancellationRequested();
            var before = refusals.Count;
            await DayAsync(history.Days[day], many, few, cancel);
            if (companion is not null) await companion.EveningAsync(history.Days[day], cancel);
            if (day + 1 < history.Days.Count) await MoveAsync(history.Days[day + 1], mark, cancel, refusals[before..]);
            progress?.Report(new ReplayProgress(history.Days[day], taken, history.Rows));
        }

        var elapsed = watch.Elapsed;
        var report = await ReplayReport.OfAsync(store, history.Days, refusals.Select(refusal => refusal.Problem.Code).Concat(refusedBefore), cancel);
        return new Replayed(report, Refusal.Sorted(refusals), applied, repeated, skipped, elapsed);
    }

    static PutDraft DraftOf(byte[] policy)
    {
        var read = BodyReader.Read<JsonElement>(policy);
        var draft = read.Problem is null ? new PutDraft(read.Value) { Key = Claim.OfKey(Kind.Importer, "replay policy", Hash(policy), read.Value) } : null;
        return (read.Problem ?? draft!.Refuse()) is { } problem ? throw new ReplayRefusedException($"The policy cannot be read: {problem.Detail}", []) : draft!;
    }

    static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Drafted and activated once, by two actors as any policy is.</summary>
    async Task AdoptAsync(PutDraft draft, CancellationToken cancel)
    {
        var starter = Actor.Rule("start");
        await DoAsync(draft, Kind.Importer, cancel);
        await DoAsync(new ActivateDraft("For a replay") { Key = Claim.OfKey(starter, "replay policy", draft.Key!.Number, "") }, starter, cancel);
    }

    async Task DoAsync(Command command, Actor actor, CancellationToken cancel)
    {
        var answer = await store.Desk.SubmitAsync(command, actor, cancel: cancel);
        if (answer.Problem is { } problem) throw new FilesStoppedException(problem.Detail);
    }

    async Task DayAsync(DateOnly day, Submission many, Submission few, CancellationToken cancel)
    {
        digest.AppendData(Encoding.ASCII.GetBytes(mark));
        for (var number = 0; number < history.Files.Count; number++)
        {
            var file = history.Files[number];
            while (IsDue(file, number, day))
            {
                file.Digest(next[number], digest);
                var item = file.Read(next[number]++);
                taken += item.Rows;
                if (item.Command is null)
                    lock (refusals) refusals.AddRange(item.Faults);
                else await (file.Kind.ChangesStructure ? few : many).AddAsync(item, cancel);
            }

            if (file.Kind.ChangesStructure) await few.DrainAsync();
        }

        mark = Convert.ToHexStringLower(digest.GetHashAndReset());
        await many.DrainAsync();
    }

    bool IsDue(KindFile file, int number, DateOnly day) => next[number] < file.Index.Count && history.DayOf(file, next[number]) <= day;

    void Answered(Item item, Answer answer)
    {
        if (answer.Problem is { } problem)
        {
            if (problem.Kind.Status >= 500) throw new FilesStoppedException($"{item.Place}: {problem.Detail} Run it again to go on from there.");
            lock (refusals) refusals.Add(item.RefusalOf(problem));
        }
        else if (answer.Outcome is { Repeated: true } or { Rows.Count: 0 }) repeated++;
        else applied++;
    }

    /// <summary>Moves the business date, runs what is due, and marks the day before as finished.</summary>
    async Task MoveAsync(DateOnly day, string? finished, CancellationToken cancel, IReadOnlyList<Refusal>? refused = null)
    {
        var codes = refused?.Select(refusal => refusal.Problem.Code).Order(StringComparer.Ordinal).ToArray() ?? [];
        var move = new MoveClock(day)
        {
            Key = finished is null ? null : Claim.OfKey(Kind.Importer, MarkScope, finished, day),
            Mark = codes.Length == 0 ? null : JsonSerializer.SerializeToUtf8Bytes(new Finished(codes), Json.Options),
        };
        companion?.Morning(day);
        await DoAsync(move, Kind.Importer, cancel);
        await store.Due.RunAsync(day, cancel);
    }

    /// <summary>Passes over the days that an earlier run of this history has finished.</summary>
    async Task<int> SkipAsync(DateOnly today, CancellationToken cancel)
    {
        var finished = 0;
        await using var reader = await store.Store.SnapshotAsync(cancel);
        var format = new EntryFormat(store.Store.Composition);
        var scope = Claim.OfKey(Kind.Importer, MarkScope, "", "").Scope;
        while (finished + 1 < history.Days.Count && history.Days[finished] < today)
        {
            var (before, from) = (mark, next.ToArray());
            digest.AppendData(Encoding.ASCII.GetBytes(mark));
            for (var number = 0; number < history.Files.Count; number++)
                while (IsDue(history.Files[number], number, history.Days[finished])) history.Files[number].Digest(next[number]++, digest);
            mark = Convert.ToHexStringLower(digest.GetHashAndReset());
            if (await reader.ClaimAsync(scope, mark, cancel) is { } claim)
            {
                var moved = await reader.EntryAsync(claim.Root, claim.Sequence, cancel);
                if (moved is not null && format.Read(moved).Result is { } left) refusedBefore.AddRange(JsonSerializer.Deserialize<Finished>(left, Json.Options)!.Refused);
                finished++;
                continue;
            }

            mark = before;
            from.CopyTo(next, 0);
            break;
        }

        if (history.Days[finished] == today) return finished;
        throw new ReplayRefusedException($"The store's business date is {today:yyyy-MM-dd}, and it holds no replay of this history up to there. Replay into a new store.", []);
    }

    public void Dispose() => digest.Dispose();

    /// <summary>What a finished day leaves with its mark.</summary>
    /// <param name="Refused">The code of each refusal.</param>
    sealed record Finished(IReadOnlyList<string> Refused);
}

/// <summary>The history cannot be replayed into this store; nothing was changed.</summary>
public sealed class ReplayRefusedException(string message, IReadOnlyList<Refusal> refusals) : Exception(message)
{
    public IReadOnlyList<Refusal> Refusals { get; } = refusals;
}
