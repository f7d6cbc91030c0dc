using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Receivables.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Receivables;

/// <param name="PayerName">Its number where the name is not known.</param>
public sealed record InvoiceRow(Invoice Invoice, string PayerName, DateOnly Today)
{
    public InvoiceState State => InvoiceWords.StateOf(Invoice, Today);
}

public sealed record InvoicesView(ListShown Shown, string? Text, string? Payer, InvoiceState? State, AgingBucket? Bucket, IReadOnlyList<InvoiceRow> Found, int Total);

/// <param name="Settled">What has been taken of it, and what was taken back, in order.</param>
public sealed record InvoiceView(Invoice Invoice, IReadOnlyDictionary<string, string> Names, IReadOnlyList<Settlement> Settled, DateOnly Today);

/// <summary>Shows invoices, and one with its life: what it bills, how far it has come, what was settled, what of it is disputed or promised.</summary>
static class ListInvoices
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage("/invoices", ReceivablesPermissions.Read, ListAsync);
        pages.MapPage("/invoices/{number}", ReceivablesPermissions.Read, async (request, cancel) =>
        {
            var number = request.Route("number");
            if (await new ReceivablesQuery(request.Store).InvoiceAsync(number, cancel) is not { } invoice) return PageAnswer.Missing(T("There is no invoice {0}.", number));
            var names = await CustomerSearch.NamesAsync(request.Store, [invoice.Customer, invoice.Payer], cancel);
            return PageAnswer.Of<InvoicePage, InvoiceView>(
                T("Invoice {0}", number), new InvoiceView(invoice, names, await InvoiceSearch.SettledAsync(request.Store, number, cancel), request.Today));
        });
    }

    static async Task<PageAnswer> ListAsync(PageRequest request, CancellationToken cancel)
    {
        var shown = ListShown.Of(request, "invoices", "/invoices", ["q", "payer", "state", "bucket"], InvoiceSearch.Sorting.Names);
        var (text, payer, state, bucket) = (request.Query("q"), request.Query("payer"), request.Word<InvoiceState>("state"), request.Word<AgingBucket>("bucket"));
        var payers = await CustomerSearch.MeantAsync(request.Store, payer, cancel);
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Invoices"), InvoicesPage.Columns, async part => (await ReadAsync(part)).Rows);
        var (rows, total) = await ReadAsync(shown);
        return PageAnswer.Of<InvoicesPage, InvoicesView>(T("Invoices"), new InvoicesView(shown, text, payer, state, bucket, rows, total));

        async Task<(IReadOnlyList<InvoiceRow> Rows, int Total)> ReadAsync(ListShown part)
        {
            var (found, all) = await InvoiceSearch.FindAsync(
                request.Store, new InvoiceFilter(text, payers, state, bucket), request.Company, part.By, part.Descending, part.Skip, part.Most, cancel);
            var names = await CustomerSearch.NamesAsync(request.Store, found.Select(invoice => invoice.Payer), cancel);
            return ([.. found.Select(invoice => new InvoiceRow(invoice, names.GetValueOrDefault(invoice.Payer, invoice.Payer), request.Today))], all);
        }
    }
}
