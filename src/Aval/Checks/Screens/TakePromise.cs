using System.Globalization;
using Aval.Kernel;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
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
        var number = request.Route("number");
        var read = Read(request, number, await request.Context.Request.ReadFormAsync(cancel));
        var refused = read.Problem ?? (await request.Desk.SubmitAsync(read.Command!, request.Actor, cancel: cancel)).Problem;
        return refused is null
            ? PageAnswer.To(Links.Customer(number) + "#matters")
            : PageAnswer.Of(refused);
    });

    static (RecordPromise? Command, Problem? Problem) Read(PageRequest request, string customer, IFormCollection form)
    {
        if (Entered.Number(form["amount"]) is not { } amount) return (null, KernelProblems.Invalid("amount", "must be an amount"));
        if (!DateOnly.TryParseExact(form["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return (null, KernelProblems.Invalid("date", "must be a day"));
        var said = form["contact"].ToString().Trim();
        var command = new RecordPromise(new PromiseBody(
            form["promise"].ToString(), customer, [.. form["invoice"].OfType<string>()], amount, date, Contact: said.Length > 0 ? said : null));
        return (command, command.Refuse());
    }

    /// <summary>A number is proposed, so that the same form sent twice is one promise.</summary>
    public static string Fresh(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"PR-{now:yyMMdd-HHmmss-fff}");
}
