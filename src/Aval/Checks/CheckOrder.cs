using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aval.Checks.Rules;
using Aval.Company;
using Aval.Concentration;
using Aval.Cover;
using Aval.Disputes;
using Aval.Decisions;
using Aval.Exposure;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Measures;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Promises;
using Aval.Rates;
using Aval.Receivables;

namespace Aval.Checks;

/// <summary>The check of one order in a case: the same on every path by which an order can come in, grow, or come back.</summary>
static class CheckOrder
{
    /// <summary>What the check looks at, with the order as it would stand but without any claim of its own.</summary>
    public static CheckFacts FactsOf(Facts root, Facts company, Order order, DateOnly today, CompiledPolicy policy, bool atPick = false)
    {
        var unclaimed = order with { Status = OrderStatus.Held, Authorization = null };
        var facts = root.Supposed.With(unclaimed);
        var orders = facts.Get<OrdersFacts>();
        var parties = facts.Get<PartiesFacts>();
        var customer = parties.Customers[order.Customer];
        var payer = parties.Customers.GetValueOrDefault(order.Payer);
        var value = orders.ValueOf(order.Number);
        var receivables = facts.Get<ReceivablesFacts>().Of(order.Payer);
        var adds = Adds(order, value, receivables, !atPick && IsBeyond(order, today, policy.Policy.HorizonDays));
        var unconverted = orders.Of(order.Payer).Unconverted + receivables.Unconverted;
        var nodes = new List<NodeFacts>(2);
        var (exposure, retained) = (default(PayerExposure), adds);
        var ships = order.ShipDate is { } date && date > today && !atPick ? date : today;
        if (payer is not null)
            foreach (var node in ExposureOf.Nodes(facts, company, payer.Number, policy.Policy.Netting, today))
            {
                unconverted += node.Unconverted;
                // What others bear of the order is no risk of ours at the payer, nor at any level above.
                if (node.Payer is { } own) (exposure, retained) = (own, own.Adds(policy.Policy.Netting, adds, ships));
                var there = AddedAt(node.Currency, new Money(exposure.Compared(policy.Policy.Netting), payer.Currency), retained, company.Get<RatesFacts>(), today);
                if (there is null) unconverted++;
                nodes.Add(new NodeFacts(node.Number, node.Level, node.Limit, node.Currency, node.Compared, there ?? 0));
            }

        var policyCurrency = policy.Policy.Currency ?? company.Get<CompanyFacts>().Main?.Currency ?? Currency.EUR;
        var counted = policy.LeastConcentration is null ? null : company.Get<ConcentrationFacts>().Latest;
        return new CheckFacts(
            today, unclaimed, value, customer, payer, nodes, receivables, policy.LooksAtHabits ? Habits.Before(root, order) : null,
            order.PurchaseOrder is null ? [] : Doubles(orders, order, order.PurchaseOrder),
            unconverted, policyCurrency, payer is null ? null : company.Get<RatesFacts>().Find(payer.Currency, policyCurrency, today)?.Factor)
        {
            Path = payer is not null && (policy.NamesGroups || policy.LooksAtGroups) ? [.. parties.Path(payer.Number).Select(above => above.Number)] : [],
            Stage = atPick && order.Status == OrderStatus.Released ? Stage.PickRelease : Stage.Entry,
            Overruns = facts.Get<ChecksFacts>().OverrunsOf(order.Payer)?.Overruns ?? [],
            OldestRate = policy.LooksAtRates && payer is not null ? OldestRate(company, payer.Currency, policyCurrency, nodes, today) : null,
            Stands = exposure, Adds = adds, Securities = facts.Get<CoverFacts>().Of(order.Payer),
            Measures = facts.Get<MeasuresFacts>().Of(order.Payer), Waivers = root.Get<ChecksFacts>().WaiversOf(order.Number),
            Disputes = facts.Get<DisputesFacts>().Of(order.Payer), BrokenPromises = facts.Get<PromisesFacts>().BrokenOf(order.Payer),
            Portfolio = counted,
            PortfolioFactor = counted is null || counted.Currency == policyCurrency ? null : company.Get<RatesFacts>().Find(counted.Currency, policyCurrency, today)?.Factor,
            LongPromises = LongPromises.Of(facts, order.Payer, policy.LongestPromise),
            UnbilledSince = orders.Of(order.Payer).UnbilledSince, OverDelivered = orders.Of(order.Payer).OverDelivered,
            Broken = payer is null ? [] : [.. root.Get<DecisionsFacts>().BrokenBy(payer.Number).Select(broken => new BrokenCondition(broken.Order, broken.BrokenOn!.Value))],
            Group = payer is null ? [] : GroupOf(facts, company, payer, policy, policyCurrency, today),
        };
    }

    /// <summary>What the order adds at a node: the payer's exposure with it less the payer's exposure without it, each converted as the node's sum converts it. The
    /// order rounded by itself would let several pass that do not fit together.</summary>
    /// <returns>Null when no rate converts it.</returns>
    static long? AddedAt(Currency node, Money compared, long retained, RatesFacts rates, DateOnly today)
    {
        if (retained == 0) return 0;
        var with = rates.Converted(new Money(compared.Minor + retained, compared.Currency), node, today);
        return with?.Minor - rates.Converted(compared, node, today)?.Minor;
    }

    static SamePurchaseOrder[] Doubles(OrdersFacts orders, Order order, string purchaseOrder) =>
        [.. orders.WithPurchaseOrder(order.Customer, purchaseOrder).Where(number => number != order.Number)
            .Select(number => new SamePurchaseOrder(number, orders.Order(number)!.OrderDate))];

    static DateOnly? OldestRate(Facts company, Currency payers, Currency policys, List<NodeFacts> nodes, DateOnly today)
    {
        var rates = company.Get<RatesFacts>();
        var oldest = payers == policys ? null : rates.Find(payers, policys, today)?.Date;
        foreach (var node in nodes)
            if (node.Currency != payers && rates.Find(payers, node.Currency, today)?.Date is { } date && !(oldest < date)) oldest = date;
        return oldest;
    }

    /// <summary>The payers of the whole group, where a rule looks at what the group owes; none where no rule does.</summary>
    static IReadOnlyList<GroupMember> GroupOf(Facts facts, Facts company, Customer payer, CompiledPolicy policy, Currency policyCurrency, DateOnly today)
    {
        if (!policy.LooksAtGroups) return [];
        var parties = facts.Get<PartiesFacts>();
        return [.. parties.PayersUnder(parties.Path(payer.Number).Last().Number).Select(member => new GroupMember(
            member.Number, member.Currency, facts.Get<ReceivablesFacts>().Of(member.Number), company.Get<RatesFacts>().Find(member.Currency, policyCurrency, today)?.Factor)
            {
                PaymentRun = member.PaymentRun, LongPromises = LongPromises.Of(facts, member.Number, policy.LongestPromise),
            })];
    }

    /// <summary>What a check of the order would find now; nothing is recorded.</summary>
    public static CheckResult Try(Case @case, Order asked)
    {
        var policy = @case.Company.Get<PoliciesFacts>().Current;
        return Check.Run(FactsOf(@case.Facts, @case.Company, Conversion.Of(asked, @case.Facts, @case.Company), @case.Today, policy), policy);
    }

    /// <summary>Checks the order, puts it with its verdict, and opens or closes its block. The order comes with what is asked for, not yet converted.</summary>
    public static void Run(Case @case, Order entered, Occasion occasion)
    {
        // What waits for a rate that has come since counts in this check already.
        LateConversion.Run(@case);
        var policy = @case.Company.Get<PoliciesFacts>().Current;
        var order = Conversion.Of(entered, @case.Facts, @case.Company);
        // What is picked now leaves now, whatever its ship date says.
        var atPick = occasion == Occasion.PickRelease;
        var asked = new WhatIf(@case.Facts, @case.Company, order, @case.Today, policy, atPick);
        var (facts, result, ofBlock, passing) = Judge(asked);
        // Who sets a finding aside decides as well.
        var mayGo = occasion is Occasion.Decision or Occasion.Waiver ? passing : StandingDecision.LetsGo(asked, facts, result, passing);
        var whole = mayGo == facts.Value.Open;
        var checkedOrder = Progress.Settle(order with
        {
            Status = mayGo is null ? OrderStatus.Held : OrderStatus.Released,
            Authorization = mayGo is { } released ? ClaimOfRelease.Of(@case, order, facts.Value, released, policy.Policy, atPick) : null,
            Decision = whole ? null : order.Decision,
        });
        Record(@case, checkedOrder, facts, result, ofBlock, occasion, policy);
    }

    /// <summary>What is found, whose fault it is, and how much of the order may go: the judgement of every path, and of the time machine.</summary>
    /// <returns>What may go in minor units of the payer's credit currency: all that is open, or the part that a person released; null when the order is held.</returns>
    public static (CheckFacts Facts, CheckResult Result, Cause? OfBlock, long? MayGo) Judge(WhatIf asked)
    {
        var facts = asked.Facts();
        var booked = Check.Run(facts, asked.Policy);
        var causes = Diagnosis.Of(asked, booked);
        var result = causes.On(booked);
        var passes = result.Passes || (causes.PassesWithoutDefects && asked.IsFixedLater());
        return (facts, result, causes.OfBlock, passes ? facts.Value.Open : HumanCover.Of(asked, facts, result));
    }

    /// <summary>Puts an order that needs no check (a decrease) with the reason why, recorded like a check.</summary>
    /// <remarks>Of one that is released for a part the block goes on for the rest, so that it is checked all the same.</remarks>
    public static void Skip(Case @case, Order order, Occasion occasion, SkipReason reason)
    {
        if (order.IsPart())
        {
            Run(@case, order, occasion);
            return;
        }

        var policy = @case.Company.Get<PoliciesFacts>().Current;
        var facts = FactsOf(@case.Facts, @case.Company, order, @case.Today, policy);
        var claimed = order.Authorization is { BeyondHorizon: false } claim
            ? order with
            {
                Authorization = ClaimOfRelease.ForPart(
                    claim with { Currency = order.CreditCurrency ?? claim.Currency }, facts.Value, order.Release?.PartOf(order, facts.Value) ?? facts.Value.Open),
            }
            : order;
        Record(@case, Progress.Settle(claimed), facts, Check.Skip(facts, policy, reason), null, occasion, policy);
    }

    /// <summary>Closes the open block of an order that is held no more: released, delivered or cancelled.</summary>
    /// <param name="overtakenBy">What made the block pointless though its findings stand: a delivery, a cancellation. Null when they are cleared.</param>
    /// <param name="found">What the check that released it has found: set aside, or no hindrance.</param>
    public static void Unblock(Case @case, string order, string? overtakenBy, IReadOnlyList<Finding>? found = null)
    {
        if (@case.Facts.Get<ChecksFacts>().OfOrder(order) is { } open)
            BlockRecord.Close(@case, open with
            {
                Status = BlockStatus.Closed, ClosedAt = @case.Now, ClosedOn = @case.Today, ClosedBy = overtakenBy ?? @case.Actor.ToString(),
                Findings = overtakenBy is null ? Findings(@case, open.Payer, open.Findings, found) : open.Findings, Version = open.Version + 1,
            });
    }

    /// <summary>Closes the block of an order that is no longer held, or opens or continues the one of an order that is.</summary>
    static Block? Blocked(
        Case @case, Order order, CheckResult result, Cause? cause, long amount, Currency currency, decimal? worth, IReadOnlyList<Defect> defects)
    {
        var (triage, findings) = (result.Triage, result.Findings);
        var open = @case.Facts.Get<ChecksFacts>().OfOrder(order.Number);
        if (order.Status != OrderStatus.Held && !order.IsPart())
        {
            Unblock(@case, order.Number, overtakenBy: null, findings);
            return null;
        }

        var blocking = findings.Where(finding => finding.Blocks).ToList();
        var block = open is null
            ? BlockClock.Started(
                @case,
                new Block(
                    BlockId(order.Number, @case.Place), order.Number, order.Customer, order.Payer, BlockStatus.Open, @case.Now, @case.Today, null, null, triage, cause,
                    amount, currency, Findings(@case, order.Payer, [], findings)) { OpenedEntry = @case.NextSequence },
                blocking, worth)
            : BlockClock.Followed(
                @case, open, open with
                {
                    Payer = order.Payer, Triage = triage, Cause = cause, Amount = amount, Currency = currency, Findings = Findings(@case, order.Payer, open.Findings, findings),
                    Version = open.Version + 1,
                },
                blocking, worth);
        if (open is null) @case.Name("block", block.Id, order.Customer);
        BlockRecord.Put(@case, block, result, defects);
        return block;
    }

    static void Record(Case @case, Order order, CheckFacts facts, CheckResult result, Cause? ofBlock, Occasion occasion, CompiledPolicy policy)
    {
        OrderRecord.Put(@case, order);
        var cause = order.Status == OrderStatus.Held || order.IsPart() ? ofBlock ?? result.Cause : null;
        var currency = order.CreditCurrency ?? order.Currency;
        var defects = FixLater.DefectsBehind(result, new WhatIf(@case.Facts, @case.Company, order, @case.Today, policy, occasion == Occasion.PickRelease));
        var block = Blocked(@case, order, result, cause, order.CreditCurrency is null ? facts.Value.Total : facts.Value.CreditTotal, currency,
            facts.IsConverted ? new PolicyAmounts(facts).Of(facts.Value.CreditTotal) : null, defects);
        if (block is null) FixLater.Put(@case, order, facts, defects);
        if (OverrunHistory.After(@case.Facts.Get<ChecksFacts>().OverrunsOf(order.Payer), order.Payer, order.Number, @case.Today, result) is { } overrun)
            @case.Put(ChecksFacts.OverrunTable, overrun);
        SetAside.Mend(@case, order.Number, result);
        @case.Put(ChecksFacts.CheckTable, new OrderCheck(
            $"{order.Number}:{@case.Place}", order.Number, order.Customer, order.Payer, occasion, @case.Today, policy.Version, order.Status, result.Triage,
            result.Skipped, cause, block?.Id, result.Findings, Seen(@case.Facts, facts, order, @case.Today, policy))
        {
            Defects = [.. defects.Select(defect => defect.Kind).Distinct().Order()],
        });
    }

    /// <summary>The figures that a check of the order is made on.</summary>
    public static ExposureSeen Seen(Facts root, CheckFacts facts, Order order, DateOnly today, CompiledPolicy policy)
    {
        // What the check itself stood on; of a payer that is not known yet it has nothing.
        var exposure = facts.Payer is null ? ExposureOf.Payer(root.With(facts.Order), order.Payer, order.Currency, today) : facts.Stands;
        var node = facts.Nodes.Count > 0 ? facts.Nodes[0] : null;
        return ExposureFigures.Seen(exposure, node?.Limit ?? Limits.Rules.LimitInForce.NeverSet, policy.Policy.Netting, node?.OrderAmount ?? 0);
    }

    static List<BlockFinding> Findings(Case @case, string payer, IReadOnlyList<BlockFinding> before, IReadOnlyList<Finding>? found)
    {
        var now = found?.Where(finding => finding.Blocks).ToList() ?? [];
        var kept = before.Select(known => known.Cleared is not null ? known
            : now.FindIndex(finding => finding.Code == known.Code && finding.IsAt(known.Level, known.LimitLevel, payer)) is >= 0 and var at
            ? known with { Severity = now[at].Severity, Owner = now[at].Owner }
            : known with { Cleared = @case.Today, ClearedBy = WaivedBy(known, payer, found) ?? @case.Actor.ToString() }).ToList();
        foreach (var finding in now)
            if (!kept.Exists(known => known.Cleared is null && known.Code == finding.Code && finding.IsAt(known.Level, known.LimitLevel, payer)))
                kept.Add(new BlockFinding(finding.Code, finding.Severity, finding.Owner, finding.Level, @case.Today, LimitLevel: finding.LimitLevel));
        return kept;
    }

    /// <summary>Who has set it aside, where it has not gone by itself.</summary>
    static string? WaivedBy(BlockFinding known, string payer, IReadOnlyList<Finding>? found)
    {
        foreach (var finding in found ?? [])
            if (finding.Waived is { } waived && finding.Code == known.Code && finding.IsAt(known.Level, known.LimitLevel, payer)) return $"waiver of {waived.By}";
        return null;
    }

    /// <summary>What the order adds to the payer's exposure now: its open value inside the horizon, less its own deposits.</summary>
    static long Adds(Order order, OrderValue value, Receivables.Rules.PayerReceivables receivables, bool beyond)
    {
        if (beyond) return 0;
        return Math.Max(0, value.Open - Math.Max(0, Rules.Deposits.For(receivables, order.Number) - value.Unbilled));
    }

    public static bool IsBeyond(Order order, DateOnly today, int horizonDays) => order.ShipDate is { } ship && ship > today.AddDays(horizonDays);

    /// <summary>From the order's number and its place in the journal, so that both databases and every replay give the same; it needs no escaping in an address.</summary>
    static string BlockId(string order, string place) =>
        "b" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{order}\n{place}")).AsSpan(0, 10));
}
