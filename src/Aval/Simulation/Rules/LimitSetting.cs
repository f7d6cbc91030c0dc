using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>What a payer's (or a group's) exposure was when an order came in, that order included.</summary>
sealed record Sighting(DateOnly Date, long ExposureMinor);

/// <summary>Sets the limits a credit desk would have given, knowing how the customer will buy and pay: most orders fit, a few do not.</summary>
static class LimitSetting
{
    public static List<LimitRow> Standing(SimulationPlan plan, CustomerProfile payer, Habits habits, List<Sighting> sightings)
    {
        var (number, currency) = (payer.Row.Number, payer.Row.Currency);
        LimitRow Standing(long minor, DateOnly from, string reason) =>
            new(number, null, "standing", "amount", new Money(minor, currency), currency, from, null, null, reason);
        LimitRow Without(string limit, string reason) => new(number, null, "standing", limit, null, currency, plan.StartDate, null, null, reason);

        var halfway = plan.StartDate.AddDays((plan.EndDate.DayNumber - plan.StartDate.DayNumber) / 2);
        var usual = Standing(Nice(Usual(sightings, plan.EndDate) * habits.LimitPercent / 100, currency), plan.StartDate, "Opening limit");
        return payer.Kind switch
        {
            CustomerKind.GroupParent or CustomerKind.LimitNeverSet => [],
            CustomerKind.GroupMember when sightings.Count % 3 == 0 => [Without("inherit", "Covered by the group")],
            CustomerKind.PromptPayer when sightings.Count % 9 == 0 => [Without("unlimited", "Paid on time for years")],
            CustomerKind.GrowingFast =>
            [
                Standing(Nice(Usual(sightings, halfway) * 105 / 100, currency), plan.StartDate, "Opening limit"),
                usual with { ValidFrom = halfway, Reason = "Raised with sales" },
            ],
            CustomerKind.LimitExpired => [usual with { ValidTo = plan.EndDate.AddDays(-8), Reason = "Until the yearly review" }],
            CustomerKind.TemporaryLimit =>
            [
                usual,
                usual with
                {
                    Kind = "temporary", Mode = "adds", Reason = "Large project",
                    Amount = new Money(Nice(usual.Amount!.Value.Minor * 40 / 100, currency), currency),
                    ValidFrom = Later(plan.StartDate, plan.EndDate.AddDays(-75)),
                    ValidTo = plan.EndDate.AddDays(sightings.Count % 2 == 0 ? -7 : 12),
                },
            ],
            CustomerKind.PromptPayer or CustomerKind.SlowPayer or CustomerKind.Disputing or CustomerKind.Deteriorating or CustomerKind.PortalAccount
                or CustomerKind.HeadOffice or CustomerKind.Branch or CustomerKind.GroupMember or CustomerKind.Seasonal or CustomerKind.OrderSplitter
                or CustomerKind.CashAppliedLate or CustomerKind.Prepaying or CustomerKind.ForeignCurrency or CustomerKind.RiskClassMissing
                or CustomerKind.BlockedRiskClass or CustomerKind.OnHold or CustomerKind.AddressIncomplete or CustomerKind.VatIdInvalid
                or CustomerKind.LongerTermsAsked or CustomerKind.DiscountUndocumented => [usual],
        };
    }

    /// <summary>The limit on a group: what all members reached up to ten days before the end, so that the last large orders do not fit.</summary>
    public static LimitRow OfGroup(SimulationPlan plan, CustomerProfile head, List<Sighting> together) => new(
        head.Row.Number, "group", "standing", "amount",
        new Money(Nice(Peak(together, plan.EndDate.AddDays(-10)) * 105 / 100, head.Row.Currency), head.Row.Currency),
        head.Row.Currency, plan.StartDate, null, null, "Group limit");

    /// <summary>The limit in force on a day in minor units: the rules of the API, as far as the simulated limits use them.</summary>
    /// <returns>Null where nothing limits; below zero where no limit is in force, so that no order fits.</returns>
    public static long? InForce(List<LimitRow> limits, DateOnly day)
    {
        long? limit = -1;
        foreach (var row in limits)
            if (row.ValidFrom <= day && (row.ValidTo ?? day) >= day)
                limit = row.Amount is not { } amount ? null : row.Mode == "adds" ? limit + amount.Minor : amount.Minor;
        return limit;
    }

    // Nineteen of twenty orders come in at or below it: a single peak of a long history must not set the limit.
    static long Usual(List<Sighting> sightings, DateOnly upTo)
    {
        var sorted = sightings.Where(seen => seen.Date <= upTo).Select(seen => seen.ExposureMinor).Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[(sorted.Count - 1) * 95 / 100];
    }

    static long Peak(List<Sighting> sightings, DateOnly upTo) =>
        sightings.Where(seen => seen.Date <= upTo).Select(seen => seen.ExposureMinor).DefaultIfEmpty().Max();

    // Desks set round limits: steps of about a twentieth, never below 1,000.
    static long Nice(long minor, Currency currency)
    {
        var major = Math.Max(1_000, minor / currency.MinorPerMajor);
        var step = major switch { < 10_000 => 500, < 50_000 => 2_500, < 200_000 => 10_000, _ => 25_000 };
        return (major + step - 1) / step * step * currency.MinorPerMajor;
    }

    static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
