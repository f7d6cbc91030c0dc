using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Company;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.TimeMachine.Rules;

namespace Aval.TimeMachine;

/// <summary>What is tried on which past.</summary>
/// <param name="From">The first business date of the period.</param>
/// <param name="To">The last one.</param>
/// <param name="PaidWithinDays">Calendar days after the due date within which a payment is in time.</param>
/// <param name="Listed">How many orders a list has at most.</param>
/// <param name="After">Lists changed orders behind this place only.</param>
public sealed record TrialPlan(Policy Policy, DateOnly From, DateOnly To, int PaidWithinDays, int Listed, (DateOnly Date, string Order)? After = null);

/// <summary>How far the machine has come.</summary>
public readonly record struct TrialProgress(long Entries, long OfEntries);

/// <summary>Tries a policy on the orders of the past: every check of a period is made again, on the facts as it saw them then.</summary>
/// <remarks>
/// An order that the draft would have held stays in the later facts as it really was: what was delivered, billed and paid since is what is known, and nobody knows what
/// would have happened instead.
/// </remarks>
public sealed class Machine(Store store, TrialPlan plan)
{
    /// <summary>In place of a text that stands beside the journal.</summary>
    const string Apart = Kernel.Journal.PersonalText.Erased;

    readonly CompiledPolicy draft = new(0, plan.Policy);

    /// <summary>Reads beside a server at work: each root in a snapshot of its own.</summary>
    /// <param name="workers">Roots read at once.</param>
    public async Task<Trial> RunAsync(int workers, IProgress<TrialProgress>? progress, CancellationToken cancel)
    {
        var company = await CompanyHistory.ReadAsync(store, cancel);
        var roots = await RootsAsync(cancel);
        var (all, of, read) = (new TrialTally(plan.Listed, plan.After), roots.Sum(root => root.Entries), 0L);
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel };
        await Parallel.ForEachAsync(roots, options, async (root, token) =>
        {
            var own = new TrialTally(plan.Listed, plan.After);
            await using (var reader = await store.LongSnapshotAsync(token))
                await new RootHistory(store.Composition, number => company[number], company.Last, root.Root).RunAsync(
                    reader, plan.From, plan.To, seen => own.Add(Tried(seen, draft)), entries => progress?.Report(new TrialProgress(Interlocked.Add(ref read, entries), of)), token);
            lock (all) all.Add(own);
        });
        var currency = plan.Policy.Currency ?? company.Now.Get<CompanyFacts>().Main?.Currency ?? Currency.EUR;
        return all.Result(currency, await AftermathsAsync(all, company.Now.Through, cancel));
    }

    /// <summary>The longest journals first, so that none is left for the end.</summary>
    async Task<IReadOnlyList<(string Root, long Entries)>> RootsAsync(CancellationToken cancel)
    {
        await using var reader = await store.LongSnapshotAsync(cancel);
        var roots = await reader.RootLengthsAsync(cancel);
        return [.. roots.Where(root => root.Root != Facts.Company).OrderByDescending(root => root.Entries).ThenBy(root => root.Root, StringComparer.Ordinal)];
    }

    /// <summary>A check as it was made beside the same under another policy, or under its own once more.</summary>
    internal static TriedCheck Tried(SeenCheck seen, CompiledPolicy draft)
    {
        var order = seen.Order;
        var then = seen.Findings == "[]" ? [] : ChecksFacts.ReadFindings(seen.Findings);
        var asked = Released(new WhatIf(seen.Root, seen.Company, order, seen.Date, draft, seen.Occasion == Occasion.PickRelease), then);
        // What was not asked then, because it only grew less or changed its place, is not asked by any policy.
        var (facts, result, holds) = seen.Skipped is SkipReason.Decrease or SkipReason.Rearranged ? Passed(asked, seen.Skipped.Value) : Judged(asked);
        return new TriedCheck(
            order.Number, order.Customer, order.Payer, seen.Date, seen.Occasion, AmountOf(facts), seen.Triage, VerdictOf(order.Status == OrderStatus.Held), then, result.Triage,
            VerdictOf(holds && !seen.IsSettled), result.Findings);
    }

    /// <summary>What a person let pass may name documents in texts beside the journal, which are not read: whatever the release covered then is meant as it is found now.</summary>
    static WhatIf Released(WhatIf asked, IReadOnlyList<Finding> then)
    {
        if (asked.Order is not { Status: not OrderStatus.Held, Release: { } release } || release.Findings.All(seen => seen.Subject != Apart)) return asked;
        var now = asked.Check().Findings;
        bool IsOf(Finding found, SeenFinding seen) => found.Code == seen.Code && (seen.Level is null || found.Level == seen.Level);
        SeenFinding Named(SeenFinding seen) =>
            seen.Subject == Apart && then.Any(found => IsOf(found, seen))
                ? seen with { Subject = now.Where(found => IsOf(found, seen)).Select(found => found.Subject).FirstOrDefault() }
                : seen;
        return asked with { Order = asked.Order with { Release = release with { Findings = [.. release.Findings.Select(Named)] } } };
    }

    static (CheckFacts Facts, CheckResult Result, bool Holds) Judged(WhatIf asked)
    {
        var (facts, result, _, mayGo) = CheckOrder.Judge(asked);
        return (facts, result, mayGo is null);
    }

    static (CheckFacts Facts, CheckResult Result, bool Holds) Passed(WhatIf asked, SkipReason reason)
    {
        var facts = asked.Facts();
        return (facts, Check.Skip(facts, asked.Policy, reason), asked.Order.Status == OrderStatus.Held);
    }

    static OrderVerdict VerdictOf(bool held) => held ? OrderVerdict.Held : OrderVerdict.Released;

    static decimal? AmountOf(CheckFacts facts)
    {
        var order = facts.Order;
        if (order.Currency == facts.PolicyCurrency) return new Money(facts.Value.Total, order.Currency).Major;
        return facts is { IsConverted: true, Payer: not null } ? new PolicyAmounts(facts).Of(facts.Value.CreditTotal) : null;
    }

    async Task<Dictionary<string, Aftermath>> AftermathsAsync(TrialTally tally, DateOnly today, CancellationToken cancel)
    {
        var aftermaths = new Aftermaths(plan.PaidWithinDays, today);
        var known = new Dictionary<string, Aftermath>(StringComparer.Ordinal);
        await using var reader = await store.LongSnapshotAsync(cancel);
        await foreach (var invoice in BilledInvoices.ReadAsync(reader, cancel))
            if (tally.IsHeld(invoice.Order)) known[invoice.Order] = aftermaths.With(known.TryGetValue(invoice.Order, out var sofar) ? sofar : null, invoice);
        return known;
    }
}
