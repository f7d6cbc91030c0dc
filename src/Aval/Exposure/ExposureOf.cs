using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Parties;

namespace Aval.Exposure;

/// <summary>The exposure of payers and of the groups above them, from a root's facts: the one query interface of this capability.</summary>
public static class ExposureOf
{
    /// <summary>Every contributor, in the order in which the figures are told.</summary>
    public static IReadOnlyList<IContributor> Contributors { get; } = [new OrdersContributor(), new ReceivablesContributor(), new CoverContributor()];

    /// <summary>The figures that have rows, by their names in the API.</summary>
    public static IReadOnlyList<string> Terms { get; } = [.. Contributors.SelectMany(contributor => contributor.Terms)];

    public static PayerExposure Payer(Facts facts, string payer, Currency currency, DateOnly today)
    {
        var exposure = new PayerExposure(currency);
        foreach (var contributor in Contributors) exposure = contributor.AddTo(exposure, payer, facts, today);
        return exposure;
    }

    /// <summary>The documents behind a payer's figures.</summary>
    public static IEnumerable<ExposureRow> Rows(Facts facts, string payer, Netting netting, DateOnly today) =>
        Contributors.SelectMany(contributor => contributor.Rows(payer, facts, today)).Concat(CoverContributor.Parts(Payer(facts, payer, default, today), payer, netting));

    /// <summary>The nodes whose limits an order of this payer must fit: the payer, then what stands above it.</summary>
    public static IReadOnlyList<NodeExposure> Nodes(Facts facts, Facts company, string payer, Netting netting, DateOnly today)
    {
        var parties = facts.Get<PartiesFacts>();
        var limits = facts.Get<LimitsFacts>();
        var nodes = new List<NodeExposure>(2);
        foreach (var node in parties.Path(payer))
        {
            var isPayer = nodes.Count == 0;
            if (isPayer)
            {
                var own = Payer(facts, payer, node.Currency, today);
                var limit = LimitInForce.On(limits.Of(node.Number), LimitLevel.Payer, today);
                nodes.Add(new NodeExposure(node.Number, LimitLevel.Payer, limit, node.Currency, own.Compared(netting), 0, own));
            }

            var shared = LimitInForce.On(limits.Of(node.Number), LimitLevel.Group, today);
            if (shared == LimitInForce.NeverSet) continue;
            var sum = GroupSum.Of(facts, company, node.Number, new(node.Currency, netting, today));
            nodes.Add(new NodeExposure(node.Number, LimitLevel.Group, shared, node.Currency, sum.Compared, sum.Unconverted));
        }

        return nodes;
    }
}

/// <summary>A node with its limit and what is compared with it.</summary>
/// <param name="Compared">Minor units of <paramref name="Currency"/>.</param>
/// <param name="Unconverted">Payers below whose exposure, or a document of it, no rate converts: missing from the sum.</param>
/// <param name="Payer">The payer's own figures; null for a group.</param>
public sealed record NodeExposure(string Number, LimitLevel Level, LimitInForce Limit, Currency Currency, long Compared, int Unconverted, PayerExposure? Payer = null);
