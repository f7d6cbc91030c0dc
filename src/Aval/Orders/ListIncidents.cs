using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders.Rules;
using Aval.Parties;
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

/// <param name="Text">Part of the customer's number or name.</param>
/// <param name="Names">Of the customers, by number.</param>
public sealed record IncidentsView(
    string? Code, DateOnly? From, DateOnly? To, string? Text, IReadOnlyList<Incident> Found, IReadOnlyDictionary<string, string> Names, int Total, int Page);

/// <summary>Lists incidents, newest first.</summary>
static class ListIncidents
{
    const int MostCustomers = 500;

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
            var found = await IncidentSearch.PageAsync(request.Store, filter, page.After, page.Limit + 1, skip: 0, cancel);
            return new IncidentsAnswer([.. found.Take(page.Limit).Select(IncidentAnswer.Of)], page.Next(found, incident => (incident.Date, incident.Id)));
        },
        [
            new("code", typeof(string), "one of " + string.Join(", ", Incident.Codes) + "; all when absent"), new("from", typeof(DateOnly), "the first day"),
            new("to", typeof(DateOnly), "the last day"), new("customer", typeof(string), "who ordered; all when absent"),
            .. DayPage.Fields("incidents"),
        ]);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/incidents", OrderPermissions.Read, async (request, cancel) =>
    {
        var (text, code) = (request.Query("customer"), Incident.Codes.FirstOrDefault(code => code == request.Query("code")));
        var customers = text is null ? null : (await CustomerSearch.FindAsync(request.Store, text, 0, MostCustomers, cancel)).Found.Select(customer => customer.Number).ToList();
        var filter = new IncidentFilter(code, DateOf(request.Query("from")), DateOf(request.Query("to")), customers);
        var found = await IncidentSearch.PageAsync(request.Store, filter, null, Pager.PageSize, (request.PageNumber - 1) * Pager.PageSize, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, found.Select(incident => incident.Customer), cancel);
        return PageAnswer.Of<IncidentsPage, IncidentsView>(T("Incidents"), new IncidentsView(
            code, filter.From, filter.To, text, found, names, await IncidentSearch.CountAsync(request.Store, filter, cancel), request.PageNumber));
    });

    static DateOnly? DateOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
