using System.Text.Json;

namespace Aval.Policies.Rules;

/// <summary>An order worth more than <paramref name="Amount"/>; what a risk class may order is set by the rule's scope.</summary>
/// <param name="NewCustomers">What holds in place of the amount while the payer is new; null when nothing is different then.</param>
public sealed record OrderTooLargeRule(decimal Amount, NewCustomers? NewCustomers = null) : RuleSetting("orderTooLarge", RuleFamily.Credit)
{
    /// <summary>The amount that holds on a day for a payer that has been a customer since another; one of which nobody knows since when is not new.</summary>
    public decimal AmountFor(DateOnly? since, DateOnly today) => IsNew(since, today) ? Math.Min(Amount, NewCustomers!.Amount) : Amount;

    public bool IsNew(DateOnly? since, DateOnly today) => NewCustomers is { } less && since is { } day && today.DayNumber - day.DayNumber < less.Days;

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("amount", Amount);
        if (NewCustomers is not { } less) return;
        json.WriteStartObject("newCustomers");
        json.WriteNumber("amount", less.Amount);
        json.WriteNumber("days", less.Days);
        json.WriteEndObject();
    }
}

/// <summary>Whoever has been a customer for fewer than so many calendar days may order this much.</summary>
public sealed record NewCustomers(decimal Amount, int Days)
{
    internal static NewCustomers Read(Fields fields) => new(fields.Amount("amount"), fields.Whole("days", 1, 3650));
}

/// <summary>More than a share of all receivables stands with one payer, one country or one segment. Shares in percent; one that is null is not asked.</summary>
/// <param name="PayerPercent">Of what the payer owes.</param>
/// <param name="CountryPercent">Of what all payers of its country owe.</param>
/// <param name="SegmentPercent">Of what all payers of its segment owe.</param>
/// <param name="MinAmount">What must stand there at least; enough when reached.</param>
public sealed record ConcentrationRule(decimal? PayerPercent, decimal? CountryPercent, decimal? SegmentPercent, decimal MinAmount)
    : RuleSetting("concentration", RuleFamily.Credit)
{
    internal static ConcentrationRule Read(Fields fields)
    {
        var rule = new ConcentrationRule(
            fields.NumberOrNull("payerPercent", 100), fields.NumberOrNull("countryPercent", 100), fields.NumberOrNull("segmentPercent", 100), fields.Amount("minAmount"));
        return rule is { PayerPercent: null, CountryPercent: null, SegmentPercent: null }
            ? fields.Refuse("", "must name one of the shares: of the payer, the country or the segment", rule)
            : rule;
    }

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumberIfGiven("payerPercent", PayerPercent);
        json.WriteNumberIfGiven("countryPercent", CountryPercent);
        json.WriteNumberIfGiven("segmentPercent", SegmentPercent);
        json.WriteNumber("minAmount", MinAmount);
    }
}
