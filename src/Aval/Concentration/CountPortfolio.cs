using Aval.Company;
using Aval.Concentration.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Policies;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Microsoft.Extensions.Logging;

namespace Aval.Concentration;

/// <summary>Keeps a count of the portfolio for the checks that follow.</summary>
public sealed record KeepPortfolio(PortfolioSnapshot Counted) : Command
{
    public override string Name => "keepPortfolio";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;
    public override bool AlwaysLeavesEntry => false;

    /// <summary>Of several nodes that have counted the same day one is enough.</summary>
    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Get<ConcentrationFacts>().Latest is not { } latest || latest.AsOf < Counted.AsOf) @case.Put(ConcentrationFacts.Table, Counted);
        return null;
    }
}

/// <summary>Counts what all payers owe, once a business day, where policy looks at it and there is enough for it to find anything.</summary>
sealed class CountPortfolio(Desk desk, Store store, ScheduledWork work, ILogger<CountPortfolio> log) : IDayRound
{
    public async Task RunAsync(CancellationToken cancel)
    {
        var company = await desk.CompanyAsync(cancel);
        if (company.Get<PoliciesFacts>().Current.LeastConcentration is not { } least || company.Get<ConcentrationFacts>().Latest?.AsOf >= company.Through) return;
        var counted = await CountAsync(company, cancel);
        // A count too small to find anything is kept only in place of an earlier one.
        if (company.Get<ConcentrationFacts>().Latest is null && new Money(counted.Total, counted.Currency).Major < least) return;
        var kept = await desk.SubmitAsync(new KeepPortfolio(counted), Actor.Rule("portfolio"), low: true, cancel);
        if (kept.Problem is { } problem) log.LogWarning("The portfolio of {Day} could not be kept: {Problem}", counted.AsOf, problem);
    }

    /// <summary>The same sums as <c>GET /aging</c> has for the day, by the payers' countries and segments as they are now.</summary>
    async Task<PortfolioSnapshot> CountAsync(Facts company, CancellationToken cancel)
    {
        var (today, currency) = (company.Through, company.Get<CompanyFacts>().Main!.Currency);
        using var step = work.Begin("portfolio");
        var counted = new PortfolioSnapshot(today, currency, 0, PortfolioSnapshot.Nothing, PortfolioSnapshot.Nothing);
        var places = await CustomerSearch.PlacesAsync(store, cancel);
        foreach (var (payer, credit, sum) in await ReadColumns.OwedAsync(store, currency, today, step.Advance, cancel))
            if (company.Get<RatesFacts>().Converted(new Money(sum.Buckets.Total, credit), currency, today) is { } converted && places.TryGetValue(payer, out var place))
                counted = counted.With(converted.Minor, place.Country, place.Segment);
        return counted;
    }
}
