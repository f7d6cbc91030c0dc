using static Aval.Web.Translated;

namespace Aval.Web;

/// <summary>A page of the main navigation.</summary>
/// <param name="Name">In the visitor's language.</param>
/// <param name="Key">What leads there behind <c>g</c>; null when no key does.</param>
public sealed record Place(string Path, string Name, string Icon, string? Key = null);

/// <summary>The main navigation: its groups and the pages in them, those that one reaches for most first.</summary>
public static class Places
{
    /// <summary>The groups with the pages that somebody may open; a group without any is left out.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<Place> Places)> For(IReadOnlySet<string> opens) =>
        from grouped in All
        let open = grouped.Places.Where(place => opens.Contains(place.Path)).ToList()
        where open.Count > 0
        select (grouped.Name, (IReadOnlyList<Place>)open);

    /// <summary>What a page of the navigation, or the help, is called; null for any other.</summary>
    public static string? NameOf(string path) => path switch
    {
        "/help" => T("Help"),
        "/policy/draft" => T("Draft of the policy"),
        "/policy/trial" => T("Try the draft"),
        "/journal/" + Kernel.Facts.Company => T("company"),
        _ => All.SelectMany(grouped => grouped.Places).FirstOrDefault(place => place.Path == path)?.Name,
    };

    static (string Name, Place[] Places)[] All =>
    [
        (T("Orders"),
        [
            new("/", T("Home"), "home", "s"), new("/blocks", T("Held orders"), "lock", "h"), new("/work", T("Work lists"), "list-check", "w"),
            new("/orders", T("Orders"), "file-text", "o"),
            new("/incidents", T("Incidents"), "alert-triangle"), new("/deferred-risks", T("Deferred risks"), "clock"),
        ]),
        (T("Customers"),
        [
            new("/customers", T("Customers"), "users", "c"), new("/commitments", T("Commitments"), "calendar-due", "p"), new("/promises", T("Promises"), "message-circle"),
        ]),
        (T("Money"),
        [
            new("/invoices", T("Invoices"), "file-invoice", "i"), new("/aging", T("Aging"), "hourglass", "a"), new("/disputes", T("Disputes"), "messages", "d"),
            new("/cash", T("Cash"), "circle-check", "r"), new("/bank-statements", T("Bank statements"), "books", "b"),
        ]),
        (T("Results"),
        [
            new("/outcomes", T("Outcomes"), "chart-bar"), new("/indicators", T("Indicators"), "chart-line"), new("/reports", T("Reports"), "report-money"),
        ]),
        (T("Set-up"),
        [
            new("/policy", T("Policy"), "scale", "l"), new("/journal", T("Journal"), "link", "j"),
            new("/users", T("Users and roles"), "user-cog"), new("/keys", T("API keys"), "key"), new("/access-log", T("Access log"), "history"),
            new("/persons", T("Personal data"), "info-circle"),
        ]),
    ];
}
