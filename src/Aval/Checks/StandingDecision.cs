using Aval.Checks.Rules;
using Aval.Decisions.Rules;
using Aval.Orders.Rules;

namespace Aval.Checks;

/// <summary>What a person has decided about an order holds it though a check would let it pass: that is only proposed, until they, or somebody after them, decide so.</summary>
static class StandingDecision
{
    /// <summary>Of what the check lets go, what the decision that stands lets go: the part that it has released, or nothing of an order that it keeps.</summary>
    /// <param name="asked">With the order as it would be put.</param>
    /// <param name="mayGo">What the check lets go, in minor units of the payer's credit currency; null where nothing.</param>
    public static long? LetsGo(WhatIf asked, CheckFacts facts, CheckResult result, long? mayGo)
    {
        if (mayGo is null || facts.Value.Open == 0 || asked.Order.Decision is not { } id || asked.Root.Find<Decision>(id) is not { Stands: true }) return mayGo;
        // A part that was released before goes on under whatever was decided about the rest.
        var isOwn = asked.Order.Release?.Decision == id;
        return isOwn || asked.Root.Find<Order>(asked.Order.Number) is { } known && known.IsPart() ? HumanCover.Of(asked, facts, result) : null;
    }
}
