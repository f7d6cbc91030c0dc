using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>The options that are a day: when it could ship, and when what is expected would have made room.</summary>
static class LaterOptions
{
    /// <summary>The first ship date that passes: today's check for one beyond the horizon, the check of that day for one that expected money makes possible.</summary>
    public static Option? Of(WhatIf asked, Proof proof, int daysLate)
    {
        var beyond = asked.Today.AddDays(asked.Policy.Policy.HorizonDays + 1);
        if (asked.Order.ShipDate >= beyond) return null;
        var option = new Option(OptionAction.LaterShipDate, OwnerFunction.CustomerService);
        foreach (var day in Expectations.Days(asked, daysLate))
        {
            if (day >= beyond) break;
            if (day <= asked.Order.ShipDate) continue;
            if (proof.Of(asked.On(day, daysLate).Shipping(day), option with { Until = day }) is { } expected) return expected;
        }

        return proof.Of(asked.Shipping(beyond), option with { Until = beyond });
    }

    /// <summary>The first day on which expected payments alone would let the order pass; null when none can be told.</summary>
    public static DateOnly? FirstPassing(WhatIf asked, Proof proof, int daysLate)
    {
        foreach (var day in Expectations.Days(asked, daysLate))
            if (proof.Passes(asked.On(day, daysLate))) return day;
        return null;
    }
}
