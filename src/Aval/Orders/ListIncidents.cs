using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Routing;

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
    const int MostOnPage = 500;
    const int MostCustomers = 500;

    internal static void Map(Api api) => api.Get<IncidentsAnswer>(
        "/incidents", OrderPermissions.Read, "What should not have happened: goods delivered without a claim, more delivered or invoiced than ordered; newest first",
        async (request, cancel) =>
        {
            var (code, limit) = (request.Query<string>("code"), request.Query<int?>("limit") ?? 100);
            if (code is not null && !Incident.Codes.Contains(code)) return KernelProblems.Invalid("code", $"must be one of {string.Join(", ", Incident.Codes)}");
            if (limit is < 1 or > MostOnPage) return KernelProblems.Invalid("limit", $"must be from 1 to {MostOnPage}");
            var cursor = request.Query<string>("cursor");
            var after = PlaceOf(cursor);
            if (cursor is not null && after is null) return KernelProblems.Invalid("cursor", "must be what the page before gave as next");
            var customer = request.Query<string>("customer");
            var filter = new IncidentFilter(code, request.Query<DateOnly?>("from"), request.Query<DateOnly?>("to"), customer is null ? null : [customer]);
            var found = await IncidentSearch.PageAsync(request.Store, filter, after, limit + 1, skip: 0, cancel);
            return new IncidentsAnswer([.. found.Take(limit).Select(IncidentAnswer.Of)], found.Count > limit ? CursorOf(found[limit - 1]) : null);
        },
        [
            new("code", typeof(string), "one of " + string.Join(", ", Incident.Codes) + "; all when absent"), new("from", typeof(DateOnly), "the first day"),
            new("to", typeof(DateOnly), "the last day"), new("customer", typeof(string), "who ordered; all when absent"),
            new("cursor", typeof(string), "the next of the page before"), new("limit", typeof(int), $"incidents on a page, 1 to {MostOnPage}; 100 when absent"),
        ]);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/incidents", OrderPermissions.Read, async (request, cancel) =>
    {
        var (text, code) = (request.Query("customer"), Incident.Codes.FirstOrDefault(code => code == request.Query("code")));
        var customers = text is null ? null : (await CustomerSearch.FindAsync(request.Store, text, 0, MostCustomers, cancel)).Found.Select(customer => customer.Number).ToList();
        var filter = new IncidentFilter(code, DateOf(request.Query("from")), DateOf(request.Query("to")), customers);
        var found = await IncidentSearch.PageAsync(request.Store, filter, null, Pager.PageSize, (request.PageNumber - 1) * Pager.PageSize, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, found.Select(incident => incident.Customer), cancel);
        return PageAnswer.Of<IncidentsPage, IncidentsView>("Incidents", new IncidentsView(
            code, filter.From, filter.To, text, found, names, await IncidentSearch.CountAsync(request.Store, filter, cancel), request.PageNumber));
    });

    static string CursorOf(Incident incident) => $"{incident.Date:yyyy-MM-dd}_{incident.Id}";

    static (DateOnly Date, string Id)? PlaceOf(string? cursor) =>
        cursor?.Split('_', 2) is [var date, { Length: > 0 } id] && DateOf(date) is { } on ? (on, id) : null;

    static DateOnly? DateOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
