using System.Runtime.CompilerServices;
using Aval.Company;
using Aval.Disputes;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Policies.Rules;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>One reading of a report, all of one moment.</summary>
public sealed class ReportReading(Store store, StoreReader reader, Facts company, ReportAsked asked, IReadOnlyList<string>? payers)
{
    const int NamesAtOnce = 100;

    public ReportAsked Asked => asked;
    public Facts Company => company;
    public StoreReader Reader => reader;
    public Store Store => store;

    /// <summary>The payers that are asked for; null for all.</summary>
    public IReadOnlyList<string>? Payers => payers;

    public Valuation Valuation { get; } = new(
        asked.ToldIn, company.Get<CompanyFacts>().Main!.Currency,
        credit => company.Get<RatesFacts>().Find(credit, company.Get<CompanyFacts>().Main!.Currency, asked.AsOf));

    /// <summary>A reading of what is asked for; null when a customer that it names is not known.</summary>
    public static async Task<ReportReading?> OpenAsync(Store store, StoreReader reader, Facts company, ReportAsked asked, CancellationToken cancel)
    {
        List<string>? payers = null;
        if (asked.Group is { } group)
        {
            if (await reader.MemberAsync(group, cancel) is null) return null;
            payers = [group];
            for (var i = 0; i < payers.Count; i++)
                foreach (var (party, _) in await reader.UnderAsync(payers[i], cancel))
                    if (!payers.Contains(party)) payers.Add(party);
        }

        if (asked.Payer is { } payer)
        {
            if (await reader.MemberAsync(payer, cancel) is null) return null;
            payers = payers is null || payers.Contains(payer) ? [payer] : [];
        }

        return new ReportReading(store, reader, company, asked, payers);
    }

    /// <summary>The invoices that are asked for, payer by payer, with the key of the row to which each belongs.</summary>
    public async IAsyncEnumerable<(PayerBook Book, IReadOnlyList<(KeptInvoice Kept, string Key)> Invoices)> BooksAsync(
        DateOnly first, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var book in PayerBooks.ReadAsync(reader, payers, first, asked.AsOf, cancel))
        {
            var owners = asked.By == ReportBy.Owner || asked.Owner is not null ? await OwnersAsync(book.Invoices, cancel) : _ => OwnerFunction.AccountsReceivable;
            var wanted = new List<(KeptInvoice, string)>();
            foreach (var kept in book.Invoices)
                if ((asked.Currency is not { } currency || kept.Invoice.Currency == currency) && (asked.Owner is not { } owner || owners(kept.Invoice) == owner))
                    wanted.Add((kept, KeyOf(kept, owners)));
            if (wanted.Count > 0) yield return (book, wanted);
        }
    }

    /// <summary>What the invoices of each row come to, each currency by itself. Rows of payers come one after the other; of others, once all is read.</summary>
    /// <param name="make">An empty one.</param>
    public async IAsyncEnumerable<(string Key, Currency? Currency, TSum Sum)> SumsAsync<TSum>(
        DateOnly first, Func<TSum> make, Action<TSum, PayerBook, Invoice> add, [EnumeratorCancellation] CancellationToken cancel) where TSum : class
    {
        var sums = new SortedDictionary<string, (string Key, Currency? Currency, TSum Sum)>(StringComparer.Ordinal);
        await foreach (var (book, invoices) in BooksAsync(first, cancel))
        {
            foreach (var (kept, key) in invoices)
            {
                var currency = Valuation.CurrencyOf(kept.Invoice);
                var place = $"{key}\0{currency?.Code}";
                if (!sums.TryGetValue(place, out var known)) sums.Add(place, known = (key, currency, make()));
                add(known.Sum, book, kept.Invoice);
            }

            if (asked.By != ReportBy.Payer) continue;
            foreach (var sum in sums.Values) yield return sum;
            sums.Clear();
        }

        foreach (var sum in sums.Values) yield return sum;
    }

    /// <summary>Rows with the name of the customer that each is about, where rows are payers or groups; looked up some at a time.</summary>
    public async IAsyncEnumerable<(TRow Row, string? Name)> NamedAsync<TRow>(
        IAsyncEnumerable<TRow> rows, Func<TRow, string> key, [EnumeratorCancellation] CancellationToken cancel)
    {
        var waiting = new List<TRow>();
        await foreach (var row in rows.WithCancellation(cancel))
        {
            waiting.Add(row);
            if (waiting.Count < NamesAtOnce) continue;
            foreach (var named in await NamesAsync()) yield return named;
            waiting.Clear();
        }

        foreach (var named in await NamesAsync()) yield return named;

        async Task<List<(TRow, string?)>> NamesAsync()
        {
            var names = asked.By is ReportBy.Payer or ReportBy.Group ? await CustomerSearch.NamesAsync(store, waiting.Select(key), cancel) : null;
            return waiting.ConvertAll(row => (row, names?.GetValueOrDefault(key(row))));
        }
    }

    /// <summary>Whose turn it is with invoices that were open on the day: of a dispute its owner's, of a rejected invoice billing's, else accounts receivable's.</summary>
    public async Task<Func<Invoice, OwnerFunction>> OwnersAsync(IReadOnlyList<KeptInvoice> invoices, CancellationToken cancel)
    {
        var disputed = invoices.Select(kept => kept.Invoice).Where(invoice => invoice.Parts.Any(part => part.WasDisputedOn(asked.AsOf))).Select(invoice => invoice.Number);
        var disputes = (await DisputeHistory.OfInvoicesAsync(reader, [.. disputed], cancel)).ToDictionary(dispute => dispute.Number, StringComparer.Ordinal);
        return invoice =>
        {
            foreach (var part in invoice.Parts)
                if (part.WasDisputedOn(asked.AsOf) && disputes.TryGetValue(part.Document, out var dispute)) return dispute.Owner;
            return invoice.Life is { Stage: InvoiceStage.Rejected } life && life.Date <= asked.AsOf ? OwnerFunction.Billing : OwnerFunction.AccountsReceivable;
        };
    }

    string KeyOf(KeptInvoice kept, Func<Invoice, OwnerFunction> owners) => asked.By switch
    {
        ReportBy.Payer => kept.Invoice.Payer,
        ReportBy.Group => kept.Root,
        ReportBy.Owner => Words.Of(owners(kept.Invoice)),
        ReportBy.Company => company.Get<CompanyFacts>().Main!.Number,
        ReportBy.Currency => kept.Invoice.Currency.Code,
    };
}
