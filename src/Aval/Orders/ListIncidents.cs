using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Rates;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Orders;

/// <summary>Something that should not have happened.</summary>
/// <param name="Code">delivered-while-held, over-delivered or over-invoiced.</param>
/// <param name="Date">Of the delivery or the invoice.</param>
/// <param name="Amount">What it concerns, in the order's currency: what was delivered, or what was billed beyond the order.</param>
/// <param name="By">Who recorded it.</param>
public sealed record IncidentAnswer(string Id, string Code, string Order, string Customer, DateOnly Date, decimal Amount, Currency Currency, string By)
{
    public static IncidentAnswer Of(Incident incident) => new(
        incident.Id, incident.Code, incident.Order, incident.Customer, incident.Date, new Money(incident.Amount, incident.Currency).Major, incident.Currency, incident.By);
}

/// <param name="Next">What to send as <c>cursor</c> for those that follow; null when there are none.</param>
public sealed record IncidentsAnswer(IReadOnlyList<IncidentAnswer> Incidents, string? Next);

/// <param name="CustomerName">Its number where the name is not known.</param>
public sealed record IncidentRow(Incident Incident, string CustomerName);

/// <param name="Text">Part of the customer's number or name.</param>
public sealed record IncidentsView(ListShown Shown, IncidentFilter Filter, string? Text, IReadOnlyList<IncidentRow> Rows, int Total);

/// <summary>Lists incidents, newest first.</summary>
static class ListIncidents
{
    internal static void Map(Api api) => api.Get<IncidentsAnswer>(
        "/incidents", OrderPermissions.Read, "What should not have happened: goods delivered without a claim, more delivered or invoiced than ordered; newest first",
        async (request, cancel) =>
        {
            var code = request.Query<string>("code");
            if (code is not null && !Incident.Codes.Contains(code)) return KernelProblems.Invalid("code", $"must be one of {string.Join(", ", Incident.Codes)}");
            var asked = DayPage.Of(request);
            if (asked.Value is not { } page) return asked.Problem!;
            var customer = request.Query<string>("customer");
            var filter = new IncidentFilter(code, request.Query<DateOnly?>("from"), request.Query<DateOnly?>("to"), customer is null ? null : [customer]);
            var found = await IncidentSearch.PageAsync(request.Store, filter, page.After, page.Limit + 1, cancel);
            return new IncidentsAnswer([.. found.Take(page.Limit).Select(IncidentAnswer.Of)], page.Next(found, incident => (incident.Date, incident.Id)));
        },
        [
            new("code", typeof(string), "one of " + string.Join(", ", Incident.Codes) + "; all when absent"), new("from", typeof(DateOnly), "the first day"),
            new("to", typeof(DateOnly), "the last day"), new("customer", typeof(string), "who ordered; all when absent"),
            .. DayPage.Fields("incidents"),
        ]);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/incidents", OrderPermissions.Read, async (request, cancel) =>
    {
        var shown = ListShown.Of(request, "incidents", "/incidents", ["code", "from", "to", "customer"], IncidentSearch.Sorting.Names);
        var text = request.Query("customer");
        var filter = new IncidentFilter(
            Incident.Codes.FirstOrDefault(code => code == request.Query("code")), request.Day("from"), request.Day("to"),
            await CustomerSearch.MeantAsync(request.Store, text, cancel));
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Incidents"), IncidentsPage.Columns, async part => (await ReadAsync(part)).Rows);
        var (rows, total) = await ReadAsync(shown);
        return PageAnswer.Of<IncidentsPage, IncidentsView>(T("Incidents"), new IncidentsView(shown, filter, text, rows, total));

        async Task<(IReadOnlyList<IncidentRow> Rows, int Total)> ReadAsync(ListShown part)
        {
            var (found, all) = await IncidentSearch.FindAsync(
                request.Store, filter, Weights.Of(request.Company), part.By, part.Descending, part.Skip, part.Most, cancel);
            var names = await CustomerSearch.NamesAsync(request.Store, found.Select(incident => incident.Customer), cancel);
            return ([.. found.Select(incident => new IncidentRow(incident, names.GetValueOrDefault(incident.Customer, incident.Customer)))], all);
        }
    });
}
