using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>The options that are a day: when it could ship, and when what is expected would have made room.</summary>
static class LaterOptions
{
    /// <summary>The first ship date that passes: today's check for one beyond the horizon, the check of that day for one that expected money makes
    /// possible, beyond the horizon too where the horizon alone does not do.</summary>
    public static Option? Of(WhatIf asked, Proof proof, Expectations expected)
    {
        var beyond = asked.Today.AddDays(asked.Policy.Policy.HorizonDays + 1);
        if (asked.Order.ShipDate >= beyond) return null;
        var option = new Option(OptionAction.LaterShipDate, OwnerFunction.CustomerService);
        foreach (var day in expected.Days)
        {
            if (day >= beyond) break;
            if (day <= asked.Order.ShipDate) continue;
            if (proof.Of(expected.On(day).Shipping(day), option with { Until = day }) is { } passes) return passes;
        }

        var unseen = expected.HasMore && expected.Days[^1] < beyond;
        if (proof.Of(asked.Shipping(beyond), option with { Until = beyond, Approximate = unseen }) is { } atHorizon) return atHorizon;
        // What is late holds an order beyond the horizon too, until it is paid.
        foreach (var day in expected.Days)
        {
            if (day > beyond && proof.Of(expected.On(day).Shipping(day), option with { Until = day }) is { } passes) return passes;
        }

        return null;
    }

    /// <summary>The first day on which expected payments alone would let the order pass; null when none can be told.</summary>
    public static DateOnly? FirstPassing(Proof proof, Expectations expected)
    {
        foreach (var day in expected.Days)
            if (proof.Passes(expected.On(day))) return day;
        return null;
    }
}
