using Aval.Company;
using Aval.Cover;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Parties.Rules;
using Aval.Receivables;

namespace Aval.Portfolio;

/// <summary>Counts what every payer comes to, once a business day, from the first time on that somebody has asked for it.</summary>
/// <remarks>Interrupted it leaves the count before, and begins again: it takes seconds for a million payers.</remarks>
sealed class CountPayers(Desk desk, Store store, ScheduledWork work) : IDayRound
{
    // Many may ask for the first count of a day at once: one makes it, and the others find it.
    static readonly SemaphoreSlim Counting = new(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        if (await KeptPortfolio.LatestAsync(store, cancel) is not { } latest) return;
        var company = await desk.CompanyAsync(cancel);
        if (latest.AsOf >= company.Through) return;
        using var step = work.Begin("portfolio");
        await CountAsync(store, company, step.Advance, cancel);
    }

    /// <summary>Counts and keeps all payers as they stand on the company's business date, unless somebody has by now.</summary>
    internal static async Task CountAsync(Store store, Facts company, Action<long>? advance, CancellationToken cancel)
    {
        await Counting.WaitAsync(cancel);
        try
        {
            if (await KeptPortfolio.LatestAsync(store, cancel) is { } latest && latest.AsOf >= company.Through) return;
            var all = await ReadAsync(store, company, advance, cancel);
            await KeptPortfolio.KeepAsync(store, new PortfolioCount(company.Through, PortfolioCount.SinceOf(company.Through)), all.Places.Count, all.Write, cancel);
        }
        finally
        {
            Counting.Release();
        }
    }

    /// <summary>Counts all payers, all of one moment.</summary>
    internal static async Task<CountedPayers> ReadAsync(Store store, Facts company, Action<long>? advance, CancellationToken cancel)
    {
        var (home, today) = (company.Get<CompanyFacts>().Main!.Currency, company.Through);
        var readers = await store.SideBySideAsync(ReadColumns.Streams, cancel);
        try
        {
            var all = new CountedPayers(await ReadColumns.AllAsync(readers, home, today, PortfolioCount.SinceOf(today), advance, cancel), company);
            await ExposeAsync(readers[0], all, cancel);
            // Last: who has neither invoices nor sales has a place only by what else counts of its exposure.
            await OtherThanInvoices.EachBehaviourAsync(readers[0], all.Behave, cancel);
            return all;
        }
        finally
        {
            foreach (var reader in readers.Reverse()) await reader.DisposeAsync();
        }
    }

    /// <summary>A payer that has more than plain invoices is counted from its facts, as whoever reads it alone does.</summary>
    static async Task ExposeAsync(StoreReader reader, CountedPayers all, CancellationToken cancel)
    {
        var others = all.Apart.Concat(await OtherThanInvoices.PayersAsync(reader, cancel)).Concat(await OpenOrderSums.PayersAsync(reader, cancel))
            .Concat(await SecuredPayers.AllAsync(reader, cancel)).Distinct(StringComparer.Ordinal);
        foreach (var some in others.Chunk(PayersAtOnce))
            foreach (var (payer, facts) in await FactsOfParties.ReadAsync(reader, some, cancel))
                if (facts.Find<Customer>(payer) is { } known) all.Expose(known, facts);
    }

    const int PayersAtOnce = 500;
}
