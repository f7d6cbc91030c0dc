using Aval.Concentration.Rules;
using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>What a finding's amount is a part of.</summary>
/// <param name="Percent">To two places.</param>
/// <param name="AsOf">The day on which the whole was counted.</param>
public sealed record Share(decimal Percent, DateOnly AsOf);

/// <summary>Whether too much of all receivables stands with one payer, one country or one segment.</summary>
static class ConcentrationRules
{
    /// <summary>What a finding's subject begins with.</summary>
    public const string OfPayer = "payer", OfCountry = "country", OfSegment = "segment";

    /// <summary>A payer's own part is what it owes now, of what was counted; a country's and a segment's are as they were counted.</summary>
    public static void Find(CheckFacts facts, ConcentrationRule rule, ref PolicyAmounts amounts, ref Found found)
    {
        if (facts.Portfolio is not { Total: > 0 } counted) return;
        var payer = facts.Payer!;
        if (rule.PayerPercent is { } ofPayer)
        {
            var owed = new Money(facts.Receivables.Receivables + facts.Receivables.AtRisk, payer.Currency);
            // What was billed since the count is a part of the whole too.
            if (amounts.Of(owed.Minor) is { } part && Whole(facts, counted, ref amounts) is { } whole)
                Weigh(facts, rule, ofPayer, part, Math.Max(whole, part), payer, OfPayer, name: null, owed, ref found);
        }

        if (rule.CountryPercent is { } ofCountry)
            Counted(facts, rule, ofCountry, counted.ByCountry.GetValueOrDefault(payer.Country), payer, OfCountry, payer.Country, ref amounts, ref found);
        if (rule.SegmentPercent is { } ofSegment && payer.Segment is { } segment)
            Counted(facts, rule, ofSegment, counted.BySegment.GetValueOrDefault(segment), payer, OfSegment, segment, ref amounts, ref found);
    }

    static void Counted(
        CheckFacts facts, ConcentrationRule rule, decimal most, long sum, Customer payer, string of, string name, ref PolicyAmounts amounts, ref Found found)
    {
        var counted = facts.Portfolio!;
        if (amounts.Of(sum, counted.Currency, facts.PortfolioFactor) is { } part && Whole(facts, counted, ref amounts) is { } whole)
            Weigh(facts, rule, most, part, whole, payer, of, name, new Money(sum, counted.Currency), ref found);
    }

    static decimal? Whole(CheckFacts facts, PortfolioSnapshot counted, ref PolicyAmounts amounts) => amounts.Of(counted.Total, counted.Currency, facts.PortfolioFactor);

    static void Weigh(
        CheckFacts facts, ConcentrationRule rule, decimal most, decimal part, decimal whole, Customer payer, string of, string? name, Money amount, ref Found found)
    {
        if (part < rule.MinAmount || part * 100 <= most * whole) return;
        var (kind, percent) = (FindingKinds.Concentration, Math.Round(part * 100 / whole, 2, MidpointRounding.AwayFromZero));
        found.Add(new Finding(
            kind.Code, rule.Severity, kind.Owner, rule.Name, payer.Number, amount.Minor, amount.Currency, Subject: name is null ? of : $"{of} {name}", Scope: Found.ScopeOf(rule),
            Share: new Share(percent, facts.Portfolio!.AsOf)));
    }
}
