using System.Globalization;
using Aval.Kernel;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>Takes a promise to pay from the customer's page: which invoices, how much, by when.</summary>
static class TakePromise
{
    const int MostInvoices = 8;

    /// <summary>What of the payer's open invoices may still be promised, for whoever may record it.</summary>
    public static IReadOnlyList<Invoice> InvoicesFor(PageRequest request, Facts root, string payer)
    {
        if (!PromisePermissions.Record.IsGrantedTo(request.Actor)) return [];
        return Promisable.Choice(root.Get<ReceivablesFacts>().Of(payer).OpenItems.Select(item => root.Find<Invoice>(item.Invoice)).OfType<Invoice>(), MostInvoices);
    }

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapForm("/customers/{number}/promises", PromisePermissions.Record, async (request, cancel) =>
    {
        var (number, sent) = (request.Route("number"), await request.SentAsync(cancel));
        var command = new RecordPromise(new PromiseBody(
            sent.Needed("promise"), number, sent.Texts("invoice"), sent.NeededNumber("amount"), sent.NeededDay("date"), Contact: sent.Text("contact")));
        var refused = sent.Fault ?? command.Refuse() ?? (await request.Desk.SubmitAsync(command, request.Actor, cancel: cancel)).Problem;
        return refused is null ? PageAnswer.To(Links.Customer(number) + "#matters") : PageAnswer.Of(refused);
    });

    /// <summary>A number is proposed, so that the same form sent twice is one promise.</summary>
    public static string Fresh(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"PR-{now:yyMMdd-HHmmss-fff}");
}
