namespace Aval.Policies.Rules;

/// <summary>When the rules about limits, overdue items, cover and concentration find something, as a sentence goes on behind "when".</summary>
static class CreditSentences
{
    /// <summary>Null for a rule about something else.</summary>
    public static string? Of(RuleSetting rule, Figures said) => rule switch
    {
        LimitRule limit => Limit(limit, said),
        LimitNotSetRule => "the payer has no limit",
        LimitExpiredRule => "the payer's limit has run out",
        OverdueRule overdue => Overdue(overdue, said),
        OldestItemRule oldest => $"items more than {Figures.Days(oldest.Days)} past due come to {said.Amount(oldest.MinAmount)} or more",
        RiskClassMissingRule => "the payer has no risk class",
        RiskClassRule { Classes: [] } => "the payer is in a risk class that gets no credit, of which none is named",
        RiskClassRule risk => $"the payer is in risk class {Figures.Any(risk.Classes)}",
        PrepaymentRequiredRule => "the payer must pay in advance and the money has not come",
        ConcentrationRule concentration => Concentration(concentration, said),
        CoverReducedRule reduced => $"an insurer has cut the payer's cover within the last {Figures.Days(reduced.Days)} and more is owed than what is left of it",
        CoverExpiredRule => "the payer's last cover has ended while something is owed",
        CoverNotificationDueRule due => $"the insurer must be told of an insured item within {Figures.Days(due.DaysBefore)}",
        ReviewOverdueRule review =>
            $"the payer's review is more than {Figures.Days(review.Days)} late or nobody has looked again at a measure that ended "
            + $"(a measure that ends within {Figures.Days(review.MeasureDays)} is told of beforehand)",
        _ => null,
    };

    static string Limit(LimitRule limit, Figures said)
    {
        var entry = limit.Tolerance is { } tolerance ? " by more than " + Beyond(tolerance, said) : "";
        var pick = limit.ToleranceAtPick is { } atPick ? $" (before picking, by more than {Beyond(atPick, said)})" : "";
        return $"it takes the payer beyond its limit{entry}{pick}";
    }

    /// <summary>What is tolerated must keep to both bounds, so passing either is too much.</summary>
    static string Beyond(LimitTolerance tolerance, Figures said) => Figures.Any(new[]
    {
        tolerance.Percent is { } percent ? Figures.Percent(percent) + " of it" : null, tolerance.Amount is { } amount ? said.Amount(amount) : null,
    }.OfType<string>());

    static string Overdue(OverdueRule overdue, Figures said)
    {
        var whose = overdue.OfGroup ? "the payer's whole group" : "the payer";
        var tests = Figures.Any(overdue.Tests.Select(test =>
            $"{said.Amount(test.MinAmount)} and {Figures.Percent(test.MinSharePercent)} of what {whose} owes are at least {Figures.Days(test.MinDays)} late"));
        var disputed = overdue.DisputedParts switch
        {
            DisputedParts.Count => "disputed amounts count",
            DisputedParts.IgnoreCompanyFault => "amounts in dispute by our own fault do not count",
            DisputedParts.Ignore => "amounts in dispute do not count",
        };
        var promised = overdue.PromisedParts switch
        {
            PromisedParts.Count => "promised amounts count",
            PromisedParts.Ignore => $"amounts promised within {Figures.Days(overdue.LongestPromise)} do not count",
        };
        return $"at least {tests}; {disputed}, {promised}{(overdue.AtPick is { } atPick ? AtPick(atPick, said) : "")}";
    }

    static string AtPick(OverdueAtStage atPick, Figures said)
    {
        var least = new[]
        {
            atPick.MinAmount is { } amount ? said.Amount(amount) : null, atPick.MinSharePercent is { } share ? Figures.Percent(share) + " of what is owed" : null,
            atPick.MinDays is { } days ? Figures.Days(days) : null,
        }.OfType<string>().ToList();
        return least.Count == 0 ? "" : $" (before picking, at least {Figures.All(least)})";
    }

    static string Concentration(ConcentrationRule rule, Figures said)
    {
        var shares = Figures.Any(new[]
        {
            rule.PayerPercent is { } payer ? $"more than {Figures.Percent(payer)} with the payer" : null,
            rule.CountryPercent is { } country ? $"more than {Figures.Percent(country)} with the payers of its country" : null,
            rule.SegmentPercent is { } segment ? $"more than {Figures.Percent(segment)} with the payers of its segment" : null,
        }.OfType<string>());
        return $"of all receivables {shares} stand, {said.Amount(rule.MinAmount)} or more";
    }
}
