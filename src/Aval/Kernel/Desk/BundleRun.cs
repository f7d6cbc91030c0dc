using System.Diagnostics;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>One transaction over many bundles: all roots are locked in order, each bundle is decided and leaves one entry, and all is written together.</summary>
/// <param name="generation">What the directory had seen of moves before the bundles' roots were looked for.</param>
/// <param name="alone">True for what enters parties: the company is then held alone, so that nobody else enters or moves one.</param>
sealed class BundleRun(
    Composition composition, Store store, RootDirectory directory, FactsCache cache, Actor actor, DateTimeOffset at, long generation, bool alone, ILogger log)
{
    /// <summary>A database gives up on a transaction that is silent for half a minute: on a machine with much else to do that can pass between two decisions.</summary>
    static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);

    readonly Recording recording = new(composition, new EntryFormat(composition), alone, at);

    long heard = Stopwatch.GetTimestamp();

    RecordedConsequences Follows => field ??= new(composition, recording, int.MaxValue, log);

    public string Id => recording.Write.Id;
    public bool CommitSent { get; private set; }
    public IReadOnlyList<string> LockedRoots => [.. recording.Roots];

    /// <param name="skipsRefused">Takes the others when some are refused; else none.</param>
    /// <param name="unused">True when the numbers were found to be unused just now: they are not looked for, and whoever has used one since makes the write fail.</param>
    public async Task<PartOutcome> ExecuteAsync(IReadOnlyList<Bundle> bundles, bool skipsRefused, bool unused)
    {
        var wanted = WantedBy(bundles, unused);
        var (session, early) = alone ? (await store.BeginAsync(companyAlone: true, CancellationToken.None), null) : await store.BeginAsync(wanted, CancellationToken.None);
        await using var held = session;
        var company = await cache.AtAsync(session.Company, session.Reader, CancellationToken.None);
        // Also where it ends here: else the next try would learn of the same moves again, and so would the one after it.
        if (company.Sequence > 0) cache.Keep(company);
        recording.Open(session.Company, company);
        if (directory.Generation != generation) return PartOutcome.Moved;
        var locked = early ?? await session.LockAsync(wanted, CancellationToken.None);
        await BundleDirectory.RefuseElsewhereAsync(session.Reader, bundles, CancellationToken.None);
        foreach (var claim in locked.Claims) recording.Used(claim);
        await OpenAsync(session, wanted, locked);
        var refused = false;
        foreach (var bundle in bundles) refused |= await DecideAsync(session, bundle);
        if (refused && !skipsRefused) return PartOutcome.Refused;
        recording.Finish();
        if (recording.Write.IsEmpty) return PartOutcome.Recorded;
        CommitSent = true;
        await session.CommitAsync(recording.Write, CancellationToken.None);
        return PartOutcome.Recorded;
    }

    /// <summary>Makes the committed facts known here. A payer's rows stand together in a file's parts, so most are not asked for again.</summary>
    public void Publish()
    {
        foreach (var known in recording.Known()) cache.Keep(known);
    }

    static WantedRoots WantedBy(IReadOnlyList<Bundle> bundles, bool unused)
    {
        var roots = new SortedSet<string>(StringComparer.Ordinal);
        var numbers = new List<(string, string)>();
        foreach (var bundle in bundles)
        {
            roots.Add(bundle.Root);
            foreach (var bundled in bundle.Commands)
            {
                bundled.Begin();
                Claim.Hashed(bundled.Claims);
                if (unused) continue;
                foreach (var claim in bundled.Claims) numbers.Add((claim.Scope, claim.Number));
            }
        }

        return new([.. roots], numbers, SkipLocked: false);
    }

    async Task OpenAsync(WriteSession session, WantedRoots wanted, LockedRoots locked)
    {
        var rows = new List<RootRow>(wanted.Roots.Count);
        foreach (var root in wanted.Roots) rows.Add(locked.Rows.GetValueOrDefault(root) ?? RootRow.New(root, recording.Company.Through));
        var known = await cache.AtAsync(rows, session.Reader, CancellationToken.None);
        foreach (var row in rows) recording.Open(row, known[row.Root]);
    }

    /// <summary>True when a command of the bundle was refused.</summary>
    async Task<bool> DecideAsync(WriteSession session, Bundle bundle)
    {
        var root = bundle.Root;
        recording[root] = Follows.At(root).Advance(recording[root], recording.Company);
        var live = recording[root];
        var known = recording.FactsOf([root]);
        var brought = await CitedDocuments.BringAsync(recording, session.Reader, bundle.Commands.SelectMany(bundled => bundled.Command.Cites), [root], known);
        var whole = new Case(root, actor, recording.Write.At, recording.Company.Through, known, composition) { Brought = brought };
        var (taken, used) = (new List<Bundled>(bundle.Commands.Count), new List<Claim>(bundle.Commands.Count));
        var here = new Dictionary<(string, string), Claim>(bundle.Commands.Count);
        Func<Claim, byte[]?> usedFor = UsedFor;
        foreach (var bundled in bundle.Commands)
        {
            if (bundled.Problem is not null || IsAnswered(bundled, usedFor)) continue;
            await SpeakAsync(session);
            whole.Gathers = bundled.Command.StandsAlone;
            Try(bundled, whole, taken.Count, static (command, @case) => command.Decide(@case));
            if (bundled.Problem is not null || bundled.Repeated) continue;
            taken.Add(bundled);
            for (var i = 0; i < bundled.Claims.Count; i++)
            {
                var claim = bundled.Claims[i];
                used.Add(claim.Party.Length > 0 && whole.ClaimParty is { } party && party != claim.Party ? claim with { Party = party } : claim);
                here[(claim.Scope, claim.Number)] = claim;
            }
        }

        whole.Gathers = false;
        _ = whole.Next(taken.Count);
        if (taken.Count > 0)
        {
            whole.Result = bundle.About(taken);
            recording.Record(bundle.Verb, whole, live, used);
            Follows.React(root, live, whole);
        }

        return bundle.Commands.Any(bundled => bundled.Problem is not null);

        byte[]? UsedFor(Claim claim) => recording.ClaimOf(claim)?.ContentHash ?? here.GetValueOrDefault((claim.Scope, claim.Number))?.ContentHash;
    }

    /// <summary>Decides a command in the case of all of its bundle. One that is refused leaves nothing there; one that says what is known already is a repetition.</summary>
    public static void Try(Bundled bundled, Case whole, int nth, Func<Command, Case, Problem?> decide)
    {
        var before = whole.Next(nth);
        bundled.Problem = bundled.Command.RefuseInMasses(whole) ?? decide(bundled.Command, whole);
        bundled.Repeated = bundled.Problem is null && !bundled.Command.AlwaysLeavesEntry && whole.IsEmptySince(before);
        if (bundled.Problem is not null) whole.Return(before);
    }

    async ValueTask SpeakAsync(WriteSession session)
    {
        if (Stopwatch.GetElapsedTime(heard) < LongestSilence) return;
        await session.Reader.RootAsync(Facts.Company, CancellationToken.None);
        heard = Stopwatch.GetTimestamp();
    }

    /// <summary>True for one whose number was used before, in the store or in this part: it is there already, or refused.</summary>
    /// <param name="usedFor">The hash of the content that a number was used for; null for one that was not.</param>
    public static bool IsAnswered(Bundled bundled, Func<Claim, byte[]?> usedFor)
    {
        for (var i = 0; i < bundled.Claims.Count; i++)
        {
            var claim = bundled.Claims[i];
            if (usedFor(claim) is not { } content) continue;
            bundled.Repeated = content.AsSpan().SequenceEqual(claim.ContentHash);
            if (!bundled.Repeated) bundled.Problem = Reused(bundled.Command, claim.Number, claim);
            return true;
        }

        return false;
    }

    /// <summary>The refusal of a number that was used before with other content.</summary>
    public static Problem Reused(Command command, string number, Claim? claim = null) =>
        KernelProblems.KeyReused.With($"{number} was used before with other content.", claim is not null && ReferenceEquals(claim, command.Key) ? null : "number");
}
