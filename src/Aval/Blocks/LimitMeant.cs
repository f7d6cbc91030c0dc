using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Parties.Rules;

namespace Aval.Blocks;

/// <summary>The limit that a decision is about: whose it is, whether the payer's own or the one that a group shares, and the currency in which it is told.</summary>
readonly record struct LimitMeant(string Number, LimitLevel Level, Currency Currency)
{
    /// <summary>As said, else the first on the way up that stands in the way, else the payer's own; neither limit nor problem while the payer has not been entered.</summary>
    /// <remarks>Refuses with <c>field-invalid</c> who is not on the way up, with <c>parameter-missing</c> a customer that has a limit of its own and a shared one.</remarks>
    public static (LimitMeant? Limit, Problem? Refusal) Of(DecisionBody body, WhatIf asked)
    {
        IReadOnlyList<Customer> path = [.. asked.Root.Get<PartiesFacts>().Path(asked.Order.Payer)];
        if (path.Count == 0) return body.Level is { } nobody && nobody != asked.Order.Payer ? (null, NotAbove) : (null, null);
        if (body.Level is not { } number) return Unnamed(body.LimitLevel, path, asked);
        if (path.FirstOrDefault(customer => customer.Number == number) is not { } named) return (null, NotAbove);
        var nodes = asked.Facts().Nodes;
        var shares = nodes.Any(node => node.Number == number && node.Level == LimitLevel.Group);
        if (number != asked.Order.Payer)
            return body.LimitLevel == LimitLevel.Payer ? (null, KernelProblems.Invalid("limitLevel", $"must be group of {number}, who does not pay the order"))
                : shares || number == path[^1].Number ? (Group(named), null)
                : (null, KernelProblems.Invalid("level", "must be the payer, or a customer above it with a limit, or at the top"));
        if (body.LimitLevel is { } said) return (new LimitMeant(number, said, named.Currency), null);
        return shares
            ? (null, DecisionProblems.ParameterMissing.With($"{number} has a limit of its own and shares one with its group: say which is meant.", "limitLevel"))
            : (new LimitMeant(number, LimitLevel.Payer, named.Currency), null);
    }

    static Problem NotAbove => KernelProblems.Invalid("level", "must be the payer or a customer above it");

    static LimitMeant Group(Customer customer) => new(customer.Number, LimitLevel.Group, customer.Currency);

    static (LimitMeant? Limit, Problem? Refusal) Unnamed(LimitLevel? level, IReadOnlyList<Customer> path, WhatIf asked)
    {
        var nodes = asked.Facts().Nodes.Where(node => level is null || node.Level == level).ToList();
        var findings = asked.Check().Findings;
        foreach (var node in nodes)
            if (findings.Any(finding => finding.Blocks && IsOf(finding, node))) return (new LimitMeant(node.Number, node.Level, node.Currency), null);
        if (level != LimitLevel.Group) return (new LimitMeant(path[0].Number, LimitLevel.Payer, path[0].Currency), null);
        return nodes.Count > 0 ? (new LimitMeant(nodes[0].Number, LimitLevel.Group, nodes[0].Currency), null) : (Group(path[^1]), null);
    }

    static bool IsOf(Finding finding, NodeFacts node) => finding.Level == node.Number && finding.LimitLevel == node.Level
        && (finding.Code == FindingKinds.LimitExceeded.Code || finding.Code == FindingKinds.LimitNotSet.Code || finding.Code == FindingKinds.LimitExpired.Code);
}
