using System.Globalization;
using Aval.Exposure;
using Aval.Kernel;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <summary>What a change of payer, group or terms, the end of a measure or of a hold lets be owed more than before, against the authority of whoever does it.</summary>
static class FreedHeadroom
{
    /// <summary>Room that nothing bounds.</summary>
    const decimal Endless = decimal.MaxValue;

    /// <remarks>The most that any one customer, or any group that was above them, has more: one limit shared by many is freed once.</remarks>
    public static Problem? Refuse(Case @case, IReadOnlyDictionary<string, Facts> before, string customer, bool wasClosed)
    {
        if (Approvals.IsExempt(@case.Actor)) return null;
        var after = IHeadroomAuthority.Now(@case);
        var freed = Under(before, customer).Union(Under(after, customer)).Where(number => Knows(before, number) is not null)
            .Select(number => More(wasClosed && number == customer ? 0 : Of(@case, before, number, unknown: 0), Of(@case, after, number, unknown: Endless)))
            .Concat(Groups(@case, before, customer).Select(group => More(Room(@case, group, 0), OfGroup(@case, after, group.Number))))
            .DefaultIfEmpty().Max();
        if (freed <= 0) return null;
        var (payer, amount) = (Knows(after, customer)?.Find<Customer>(customer), freed == Endless ? (decimal?)null : freed);
        return Approvals.GrantOf(@case, payer, amount) == LimitGrant.Alone
            ? null
            : LimitProblems.ApprovalExceeded.With(
                amount is { } bounded
                    ? (Wording)$"It frees {bounded:0.##}: {Approvals.WhoMayAlone(@case, payer, amount)}"
                    : $"What it frees has no bound: {Approvals.WhoMayAlone(@case, payer, amount)}");
    }

    static decimal More(decimal before, decimal after) => after == Endless ? before == Endless ? 0 : Endless : after - before;

    /// <summary>Itself, whom it pays for, and all who stand below it.</summary>
    static IEnumerable<string> Under(IReadOnlyDictionary<string, Facts> roots, string customer) =>
        from root in roots.Values
        let parties = root.Get<PartiesFacts>()
        from other in parties.Customers.Values
        where other.Number == customer || other.Payer == customer || parties.Path(other.PayerNumber).Any(above => above.Number == customer)
        select other.Number;

    static Facts? Knows(IReadOnlyDictionary<string, Facts> roots, string number) => roots.Values.FirstOrDefault(root => root.Find<Customer>(number) is not null);

    /// <summary>How much more of this customer's orders fits every limit above it, in policy's currency.</summary>
    /// <param name="unknown">What counts where no rate tells it: whatever makes the act free more.</param>
    static decimal Of(Case @case, IReadOnlyDictionary<string, Facts> roots, string number, decimal unknown)
    {
        if (Knows(roots, number) is not { } facts || facts.Find<Customer>(number) is not { Hold: null } customer
            || facts.Get<PartiesFacts>().PayerOf(customer) is not { Hold: null } payer) return 0;
        var nodes = Nodes(@case, facts, payer.Number);
        var isLimitedAbove = nodes.Skip(1).Any(node => node.Limit is { Expired: true } or { Kind: LimitKind.Amount or LimitKind.Unlimited });
        if (nodes is not [{ Limit.Kind: not LimitKind.None } own, ..] || (own.Limit.Kind == LimitKind.Inherit && !isLimitedAbove)) return 0;
        return nodes.Min(node => Room(@case, node, unknown));
    }

    static IEnumerable<NodeExposure> Groups(Case @case, IReadOnlyDictionary<string, Facts> roots, string customer) =>
        Knows(roots, customer) is { } facts && facts.Get<PartiesFacts>().PayerOf(facts.Find<Customer>(customer)!) is { } payer
            ? Nodes(@case, facts, payer.Number).Where(node => node.Level == LimitLevel.Group)
            : [];

    static decimal OfGroup(Case @case, IReadOnlyDictionary<string, Facts> roots, string group) =>
        Groups(@case, roots, group).FirstOrDefault(node => node.Number == group) is { } node ? Room(@case, node, Endless) : 0;

    static IReadOnlyList<NodeExposure> Nodes(Case @case, Facts facts, string payer) =>
        ExposureOf.Nodes(facts, @case.Company, payer, @case.Company.Get<PoliciesFacts>().Current.Policy.Netting, @case.Today);

    static decimal Room(Case @case, NodeExposure node, decimal unknown) => node.Limit.Expired ? 0 : node.Limit.Kind switch
    {
        LimitKind.None or LimitKind.Unlimited or LimitKind.Inherit => Endless,
        LimitKind.Amount when node.Limit.Currency is { } currency && currency != node.Currency => 0,
        LimitKind.Amount => Approvals.InPolicy(@case, new Money(Math.Max(0, (node.Limit.Amount ?? 0) - node.Compared), node.Currency)) ?? unknown,
    };
}
