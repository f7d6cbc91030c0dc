using Aval.Checks.Rules;
using Aval.Kernel;

namespace Aval.TimeMachine.Rules;

/// <summary>Counts tried checks as they come. What is kept grows with the held and the changed orders, never with the journal.</summary>
/// <param name="most">Changed orders, and orders of a figure, that are listed.</param>
/// <param name="after">Lists changed orders behind this place only; null for all.</param>
public sealed class TrialTally(int most, (DateOnly Date, string Order)? after)
{
    /// <summary>Kept beyond what is listed, in the place of orders of which another root knows an earlier one.</summary>
    const int Spare = 100;

    readonly Dictionary<string, HeldOrder> held = new(StringComparer.Ordinal);
    readonly Dictionary<string, (int Then, int Draft, decimal Amount)> findings = new(StringComparer.Ordinal);

    /// <summary>Every changed order with the day of the first check where it does: one that has moved to another root is told by both.</summary>
    readonly Dictionary<string, DateOnly> changed = new(StringComparer.Ordinal);
    readonly List<ChangedOrder> listed = [];
    readonly Count then = new();
    readonly Count draft = new();
    int orders, unconverted, checks, checksChanged, checksFindingElse;

    public void Add(TriedCheck tried)
    {
        checks++;
        if (tried.FindsElse) checksFindingElse++;
        if (tried.Changes) Change(tried);
        if (!tried.IsEntry) return;
        orders++;
        if (tried.Amount is null) unconverted++;
        then.Add(tried.ThenVerdict, tried.Then, tried.Amount);
        draft.Add(tried.DraftVerdict, tried.Draft, tried.Amount);
        var by = (Then: tried.ThenVerdict == OrderVerdict.Held, Draft: tried.DraftVerdict == OrderVerdict.Held);
        if (by.Then || by.Draft) held[tried.Order] = new HeldOrder(tried.Amount ?? 0, by.Then, by.Draft);
        foreach (var code in Codes(tried.ThenFindings)) Found(code, 1, 0, 0);
        foreach (var code in Codes(tried.DraftFindings)) Found(code, 0, 1, tried.Amount ?? 0);
    }

    /// <summary>Takes over what another has counted.</summary>
    public void Add(TrialTally other)
    {
        (orders, unconverted, checks) = (orders + other.orders, unconverted + other.unconverted, checks + other.checks);
        (checksChanged, checksFindingElse) = (checksChanged + other.checksChanged, checksFindingElse + other.checksFindingElse);
        then.Add(other.then);
        draft.Add(other.draft);
        foreach (var (order, by) in other.held) held[order] = by;
        foreach (var (code, (before, now, amount)) in other.findings) Found(code, before, now, amount);
        foreach (var (order, date) in other.changed) changed[order] = changed.TryGetValue(order, out var known) && known < date ? known : date;
        foreach (var order in other.listed) List(order);
    }

    /// <summary>True for an order that either policy holds: what became of it is asked for.</summary>
    public bool IsHeld(string order) => held.ContainsKey(order);

    /// <param name="aftermaths">What is known by now of held orders.</param>
    public Trial Result(Currency currency, IReadOnlyDictionary<string, Aftermath> aftermaths)
    {
        Trim();
        var behind = changed.Count(order => IsBehind(order.Value, order.Key));
        return new Trial(
            currency, orders, unconverted, Side(then, aftermaths, order => order.Then), Side(draft, aftermaths, order => order.Draft), checks, checksChanged, checksFindingElse,
            [.. listed.Take(most)], behind > Math.Min(listed.Count, most), changed.Count,
            [
                .. findings.OrderBy(found => found.Key, StringComparer.Ordinal)
                    .Select(found => new FindingCount(found.Key, found.Value.Then, found.Value.Draft, found.Value.Amount)),
            ]);
    }

    void Change(TriedCheck tried)
    {
        checksChanged++;
        if (!changed.TryAdd(tried.Order, tried.Date)) return;
        List(new ChangedOrder(
            tried.Order, tried.Customer, tried.Payer, tried.Date, tried.Occasion, tried.Amount, tried.ThenVerdict, tried.DraftVerdict,
            tried.DraftFindings));
    }

    void List(ChangedOrder order)
    {
        if (!IsBehind(order.Date, order.Order)) return;
        listed.Add(order);
        if (listed.Count > 2 * (most + Spare)) Trim();
    }

    bool IsBehind(DateOnly date, string order) => after is not var (last, number) || Compare((date, order), (last, number)) > 0;

    /// <summary>Each order once, at the first of its places, and hardly more of them than are listed.</summary>
    void Trim()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        listed.RemoveAll(order => changed[order.Order] < order.Date || !seen.Add(order.Order));
        listed.Sort((left, right) => Compare((left.Date, left.Order), (right.Date, right.Order)));
        if (listed.Count > most + Spare) listed.RemoveRange(most + Spare, listed.Count - most - Spare);
    }

    /// <summary>By day, of one day by number.</summary>
    static int Compare((DateOnly Date, string Order) left, (DateOnly Date, string Order) right) =>
        left.Date.CompareTo(right.Date) is not 0 and var days ? days : string.CompareOrdinal(left.Order, right.Order);

    Side Side(Count count, IReadOnlyDictionary<string, Aftermath> aftermaths, Func<HeldOrder, bool> holds)
    {
        Known Of(Aftermath outcome)
        {
            var known = held.Where(order => holds(order.Value) && aftermaths.TryGetValue(order.Key, out var came) && came == outcome).ToList();
            return new Known(known.Count, known.Sum(order => order.Value.Amount), [.. known.Select(order => order.Key).Order(StringComparer.Ordinal).Take(most)]);
        }

        return new Side(count.Held, orders - count.Held, count.Needed, count.Delayed, Of(Aftermath.PaidInTime), Of(Aftermath.Lost));
    }

    void Found(string code, int before, int now, decimal amount)
    {
        var (known, would, sum) = findings.GetValueOrDefault(code);
        findings[code] = (known + before, would + now, sum + amount);
    }

    static IEnumerable<string> Codes(IReadOnlyList<Finding> findings) => findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal);

    readonly record struct HeldOrder(decimal Amount, bool Then, bool Draft);

    sealed class Count
    {
        public int Held { get; private set; }
        public int Needed { get; private set; }
        public decimal Delayed { get; private set; }

        public void Add(OrderVerdict verdict, Triage triage, decimal? amount)
        {
            if (triage == Triage.Arbitrate && verdict == OrderVerdict.Held) Needed++;
            if (verdict == OrderVerdict.Released) return;
            Held++;
            Delayed += amount ?? 0;
        }

        public void Add(Count other) => (Held, Needed, Delayed) = (Held + other.Held, Needed + other.Needed, Delayed + other.Delayed);
    }
}
