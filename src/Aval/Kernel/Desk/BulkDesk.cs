using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>The write path of files in masses: a part of a file is one transaction, and what it brings to a root is one entry (docs/concepts/desk.md).</summary>
/// <remarks>It works beside the Desks of any nodes, as one more of them: roots are held by their rows, and facts are valid only under their roots' numbers.</remarks>
public sealed class BulkDesk : IDisposable
{
    /// <summary>Little: rows come by payer, so that a root is hardly asked for twice.</summary>
    const long MostBytes = 64L * 1024 * 1024;

    /// <summary>Tries of a part that lost a race for a number against somebody else, or whose root somebody moved at the same moment.</summary>
    const int MostTries = 5;

    const int PartiesAtOnce = 10_000;
    static readonly TimeSpan LongestLookup = TimeSpan.FromSeconds(10);
    static readonly TimeSpan BetweenLookups = TimeSpan.FromMilliseconds(250);

    readonly Store store;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly RootDirectory directory;
    readonly FactsCache cache;

    BulkDesk(Store store, TimeProvider clock, ILogger log)
    {
        (this.store, this.clock, this.log) = (store, clock, log);
        directory = new RootDirectory(store, Timeout.InfiniteTimeSpan);
        cache = new FactsCache(store.Composition, directory, MostBytes);
    }

    /// <summary>Parts that may be in work at once.</summary>
    public int Writers => Math.Min(2, store.Writers);

    /// <summary>Rises when a party has moved: roots that were found before are then looked for again.</summary>
    public long Generation => directory.Generation;

    public static async Task<BulkDesk> OpenAsync(Store store, TimeProvider clock, ILogger log, CancellationToken cancel)
    {
        var desk = new BulkDesk(store, clock, log);
        await using var reader = await store.SnapshotAsync(cancel);
        var row = await reader.RootAsync(Facts.Company, cancel) ?? throw new InvalidOperationException("the store was not started");
        desk.cache.Keep(await desk.cache.AtAsync(row, reader, cancel));
        return desk;
    }

    /// <summary>The roots of these parties as they are now; a party that does not exist is not in the answer.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RootsOfAsync(IReadOnlyList<string> parties, CancellationToken cancel)
    {
        var found = new Dictionary<string, string>(parties.Count, StringComparer.Ordinal);
        await using var reader = await store.SnapshotAsync(cancel);
        foreach (var some in parties.Chunk(PartiesAtOnce))
            foreach (var (party, root) in await new UncachedDirectory(reader).RootsOfAsync(some, cancel)) found[party] = root;

        return found;
    }

    /// <summary>What would be refused of these bundles, on a snapshot and from the rows of a few tables alone: nothing is locked or written.</summary>
    /// <param name="tables">Those that the commands' <see cref="Command.WouldRefuse"/> reads, beside the documents that they cite.</param>
    /// <param name="carried">What the part before left of the root that this one goes on with; and then what this one leaves of its last.</param>
    /// <inheritdoc cref="RecordAsync" path="/param[@name='generation']"/>
    public async Task<PartOutcome> RehearseAsync(
        IReadOnlyList<Bundle> bundles, IReadOnlyList<Table> tables, Actor actor, long generation, Dictionary<string, Facts> carried, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var company = await cache.AtAsync((await reader.RootAsync(Facts.Company, cancel))!, reader, cancel);
        cache.Keep(company);
        if (directory.Generation != generation) return PartOutcome.Moved;
        var used = await UsedAsync(reader, bundles, cancel);
        var rows = bundles.Select(bundle => bundle.Root).Distinct(StringComparer.Ordinal).Select(root => RootRow.New(root, company.Through)).ToList();
        var roots = (await reader.LoadAsync(rows, cancel, tables)).ToDictionary(facts => facts.Root, StringComparer.Ordinal);
        foreach (var bundled in bundles.SelectMany(bundle => bundle.Commands)) bundled.Begin();
        await BundleDirectory.RefuseElsewhereAsync(reader, bundles, cancel);
        var here = new Dictionary<(string, string), Claim>(bundles.Sum(bundle => bundle.Commands.Count));
        Func<Claim, byte[]?> usedFor = UsedFor;
        foreach (var bundle in bundles)
        {
            var known = carried.GetValueOrDefault(bundle.Root) ?? roots[bundle.Root];
            foreach (var cite in bundle.Commands.SelectMany(bundled => bundled.Command.Cites))
                if (known.Find(cite.Row, cite.Key) is null && await reader.FindAsync(cite.Table, bundle.Root, cite.Key, cancel) is { } row) known = known.With(row);
            var facts = new Dictionary<string, Facts>(StringComparer.Ordinal) { [Facts.Company] = company, [bundle.Root] = known };
            var whole = new Case(bundle.Root, actor, clock.GetUtcNow(), company.Through, facts, store.Composition);
            var nth = 0;
            foreach (var bundled in bundle.Commands)
            {
                if (bundled.Problem is not null || BundleRun.IsAnswered(bundled, usedFor)) continue;
                BundleRun.Try(bundled, whole, nth++, static (command, @case) => command.WouldRefuse(@case));
                if (bundled.Problem is not null) continue;
                for (var i = 0; i < bundled.Claims.Count; i++) here[(bundled.Claims[i].Scope, bundled.Claims[i].Number)] = bundled.Claims[i];
            }

            carried.Clear();
            carried[bundle.Root] = whole.Facts;
        }

        return bundles.Any(bundle => bundle.Commands.Any(bundled => bundled.Problem is not null)) ? PartOutcome.Refused : PartOutcome.Recorded;

        byte[]? UsedFor(Claim claim) => used.GetValueOrDefault((claim.Scope, claim.Number)) ?? here.GetValueOrDefault((claim.Scope, claim.Number))?.ContentHash;
    }

    /// <summary>Decides and commits bundles in one transaction: all of them, or none.</summary>
    /// <param name="generation">As <see cref="Generation"/> was before the bundles' roots were looked for.</param>
    /// <param name="skipsRefused">Takes the others when some are refused; else none.</param>
    /// <param name="unused">True when a rehearsal has found all of the numbers unused: they are looked for again only where somebody else turns out to have used one since.</param>
    /// <exception cref="System.Data.Common.DbException">The store did not take it; none of it is there, or nobody can tell: the same call again finds what is.</exception>
    public async Task<PartOutcome> RecordAsync(IReadOnlyList<Bundle> bundles, Actor actor, long generation, bool skipsRefused, bool unused)
    {
        for (var tries = 1; ; tries++)
        {
            var alone = bundles.Any(bundle => bundle.Commands.Any(bundled => bundled.Command.ChangesStructure));
            var begin = BatchBegin.Now(clock);
            var run = new BundleRun(store.Composition, store, directory, cache, actor, clock.GetUtcNow(), generation, alone, log);
            try
            {
                var outcome = await run.ExecuteAsync(bundles, skipsRefused, unused && tries == 1 && store.RefusesUsedNumbers);
                if (outcome == PartOutcome.Recorded) run.Publish();
                return outcome;
            }
            catch (Exception e) when (Store.IsOfTheStore(e))
            {
                // What a broken connection left in doubt is looked up, never assumed.
                if (run.CommitSent && await WasCommittedAsync(run))
                {
                    run.Publish();
                    return PartOutcome.Recorded;
                }

                if (!store.LostRace(e) || tries == MostTries || (run.CommitSent && begin.IsLongAgo(clock))) throw;
            }
        }
    }

    public void Dispose() => directory.Dispose();

    async Task<Dictionary<(string, string), byte[]>> UsedAsync(StoreReader reader, IReadOnlyList<Bundle> bundles, CancellationToken cancel)
    {
        var numbers = bundles.SelectMany(bundle => bundle.Commands).SelectMany(bundled => bundled.Claims).Select(claim => (claim.Scope, claim.Number)).ToList();
        var used = new Dictionary<(string, string), byte[]>();
        foreach (var claim in await new ProofReader(store.Composition, reader).ClaimsAsync(numbers, cancel)) used[(claim.Scope, claim.Number)] = claim.ContentHash;
        return used;
    }

    async Task<bool> WasCommittedAsync(BundleRun run)
    {
        for (var began = clock.GetTimestamp(); ;)
        {
            try
            {
                return await store.WasCommittedAsync(run.Id, run.LockedRoots, CancellationToken.None);
            }
            catch (Exception e) when (Store.IsOfTheStore(e) && clock.GetElapsedTime(began) < LongestLookup)
            {
                log.LogWarning(Store.Trace(e), "The outcome of batch {Batch} could not be read yet: {Reason}", run.Id, e.Message);
            }

            await Task.Delay(BetweenLookups);
        }
    }
}
