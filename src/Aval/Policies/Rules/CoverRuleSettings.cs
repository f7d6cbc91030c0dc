using System.Text.Json;

namespace Aval.Policies.Rules;

/// <summary>What a standing condition on the payer asks and the order does not meet (docs/concepts/measures.md).</summary>
public sealed record MeasureRule() : RuleSetting("measure", RuleFamily.Credit);

/// <summary>An insurer's cut of at most <paramref name="Days"/> calendar days ago, while more is owed than what it has left.</summary>
public sealed record CoverReducedRule(int Days) : RuleSetting("coverReduced", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("days", Days);
}

/// <summary>The last cover has ended, and something is owed.</summary>
public sealed record CoverExpiredRule() : RuleSetting("coverExpired", RuleFamily.Credit);

/// <summary>An insured item that the insurer must be told of, from <paramref name="DaysBefore"/> calendar days before the last day to do so.</summary>
public sealed record CoverNotificationDueRule(int DaysBefore) : RuleSetting("coverNotificationDue", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("daysBefore", DaysBefore);
}

/// <summary>The payer's review is more than <paramref name="Days"/> calendar days late, or a measure has ended that nobody has reviewed.</summary>
/// <param name="MeasureDays">A measure that ends within so many calendar days is told of beforehand, as info.</param>
public sealed record ReviewOverdueRule(int Days, int MeasureDays) : RuleSetting("reviewOverdue", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("days", Days);
        json.WriteNumber("measureDays", MeasureDays);
    }
}
