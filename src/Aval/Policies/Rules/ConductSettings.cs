using System.Text.Json;

namespace Aval.Policies.Rules;

/// <summary>How the payer pays, by value: late on average, ever later, or beyond reckoning. Each test is enough.</summary>
/// <param name="Days">Average calendar days beyond terms that must be exceeded.</param>
/// <param name="TrendDays">Days by which the average grows from month to month that must be exceeded; null when nobody asks.</param>
/// <param name="Months">Months with payments without which there is no trend; null for <see cref="UsualMonths"/>.</param>
/// <param name="DeviationDays">Standard deviation in days that must be exceeded; null when nobody asks.</param>
public sealed record PaymentBehaviourRule(int Days, decimal? TrendDays, int? Months, decimal? DeviationDays)
    : RuleSetting("paymentBehaviour", RuleFamily.Credit)
{
    /// <summary>A line through three points or fewer is hardly a trend.</summary>
    public const int UsualMonths = 4;

    public int MonthsOfTrend => Months ?? UsualMonths;

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("days", Days);
        if (TrendDays is { } trend) json.WriteNumber("trendDays", trend);
        if (Months is { } months) json.WriteNumber("months", months);
        if (DeviationDays is { } deviation) json.WriteNumber("deviationDays", deviation);
    }
}

/// <summary>At least <paramref name="Count"/> other orders of the payer were held for its limit in the last <paramref name="WindowDays"/> calendar days.</summary>
public sealed record OverrunsRepeatedRule(int Count, int WindowDays) : RuleSetting("overrunsRepeated", RuleFamily.Credit)
{
    /// <summary>Overruns that are remembered of a payer.</summary>
    public const int Most = 12;

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("count", Count);
        json.WriteNumber("windowDays", WindowDays);
    }
}

/// <summary>Orders of one customer, each just within an amount, that come to more than it together.</summary>
/// <param name="Amount">Null for that of the rule <c>orderTooLarge</c>; where that is off, nothing can be split.</param>
/// <param name="WindowDays">Calendar days between the first and the last of them.</param>
/// <param name="Count">How many there must be at least, the order checked among them.</param>
/// <param name="UnderPercent">Percent by which an order may stay below the amount and is still just within it.</param>
public sealed record OrderSplittingRule(int WindowDays, int Count, decimal UnderPercent, decimal? Amount) : RuleSetting("orderSplitting", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("windowDays", WindowDays);
        json.WriteNumber("count", Count);
        json.WriteNumber("underPercent", UnderPercent);
        if (Amount is { } amount) json.WriteNumber("amount", amount);
    }
}

/// <summary>Who orders, or who pays, has been dunned beyond this level.</summary>
public sealed record DunningLevelRule(int Level) : RuleSetting("dunningLevel", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("level", Level);
}

/// <summary>An exchange rate that the check used was more than <paramref name="Days"/> calendar days old on the day for which it was used.</summary>
public sealed record RatesStaleRule(int Days) : RuleSetting("ratesStale", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json) => json.WriteNumber("days", Days);
}
