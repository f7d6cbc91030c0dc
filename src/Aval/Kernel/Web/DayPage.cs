using System.Globalization;

namespace Aval.Kernel.Web;

/// <summary>The part that is asked for of a list which goes from day to day, and within a day from id to id.</summary>
/// <param name="Limit">Rows on the page, 1 to <see cref="Most"/>.</param>
/// <param name="After">Where the page before ended; null for the first page.</param>
public sealed record DayPage(int Limit, (DateOnly Day, string Id)? After)
{
    public const int Most = 500;
    const int Usual = 100;

    /// <summary>Reads <c>limit</c> and <c>cursor</c>; refuses either with <c>field-invalid</c>.</summary>
    public static Answered<DayPage> Of(ApiRequest request)
    {
        var limit = request.Query<int?>("limit") ?? Usual;
        if (limit is < 1 or > Most) return KernelProblems.Invalid("limit", $"must be from 1 to {Most}");
        var cursor = request.Query<string>("cursor");
        var after = PlaceOf(cursor);
        return cursor is null == after is null ? new DayPage(limit, after) : KernelProblems.Invalid("cursor", "must be what the page before gave as next");
    }

    /// <summary>The two fields as they are declared.</summary>
    /// <param name="rows">What the list is of, in the plural.</param>
    public static IReadOnlyList<QueryField> Fields(string rows) =>
    [
        new("cursor", typeof(string), "the next of the page before"), new("limit", typeof(int), $"{rows} on a page, 1 to {Most}; {Usual} when absent"),
    ];

    /// <summary>The cursor behind which the next page begins; null when there is none.</summary>
    /// <param name="found">What was found, up to one more than <see cref="Limit"/>.</param>
    public string? Next<T>(IReadOnlyList<T> found, Func<T, (DateOnly? Day, string Id)> place) => found.Count > Limit ? CursorOf(place(found[Limit - 1])) : null;

    public static string CursorOf((DateOnly? Day, string Id) place) => $"{place.Day:yyyy-MM-dd}_{place.Id}";

    /// <summary>Null for what is no cursor.</summary>
    public static (DateOnly Day, string Id)? PlaceOf(string? cursor) => cursor?.Split('_', 2) is [var day, { Length: > 0 } id]
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? (on, id) : null;
}
