using System.Globalization;
using Aval.Exposure;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;

namespace Aval.Checks;

/// <param name="Payer">Whose exposure it is.</param>
/// <param name="Term">The figure that the row is part of.</param>
/// <param name="Amount">In <paramref name="Currency"/>; the rows of a term add up to its figure.</param>
public sealed record ExposureRowAnswer(string Payer, string Term, string Kind, string Number, string Customer, decimal Amount, Currency Currency, DateOnly? Date);

/// <summary>A page of the documents behind the figures: by figure, date and number. Who sees some customers alone is shown theirs.</summary>
/// <param name="Totals">The sum of each term that has rows, on whichever page: its figure in the exposure.</param>
/// <param name="Total">That of the term asked for; null when none was, since some terms raise the exposure and others lower it.</param>
/// <param name="Count">Rows on all pages.</param>
/// <param name="Next">What to send as <c>cursor</c> for the rows that follow; null when there are none.</param>
public sealed record ExposureRowsAnswer(
    IReadOnlyList<ExposureRowAnswer> Rows, IReadOnlyDictionary<string, decimal> Totals, decimal? Total, int Count, string? Next);

/// <summary>Reads the documents behind the figures of a customer's payer, page by page.</summary>
static class GetExposureRows
{
    const int MostRows = 500;

    internal static void Map(Api api) => api.Get<ExposureRowsAnswer>(
        "/customers/{number}/exposure/rows", PartyPermissions.Read, "The documents behind the figures of the customer's payer", ReadAsync,
        [
            new("term", typeof(string), $"One figure: {string.Join(", ", ExposureOf.Terms)}; all when absent"), new("asOf", typeof(DateOnly), "As for the exposure."),
            new("cursor", typeof(string), "The next of the page before."), new("limit", typeof(int), $"Rows of a page, from 1 to {MostRows}; 100 when absent."),
        ],
        [PartyProblems.CustomerUnknown]);

    static async Task<Answered<ExposureRowsAnswer>> ReadAsync(ApiRequest request, CancellationToken cancel)
    {
        var term = request.Query<string>("term");
        if (term is not null && !ExposureOf.Terms.Contains(term)) return KernelProblems.Invalid("term", $"must be one of {string.Join(", ", ExposureOf.Terms)}");
        var most = request.Query<int?>("limit") ?? 100;
        if (most is < 1 or > MostRows) return KernelProblems.Invalid("limit", $"must be from 1 to {MostRows}");
        var cursor = request.Query<string>("cursor");
        RowPlace? after = cursor is null ? null : RowPlace.Parse(cursor);
        if (cursor is not null && after is null) return KernelProblems.Invalid("cursor", "must be what the page before gave as next");
        var found = await GetExposure.SeenAsync(request, cancel);
        if (found.Value is not { } view) return found.Problem!;
        var currency = view.Seen.Currency;
        var rows = ExposureOf.Rows(view.Facts, view.Payer, view.Netting, view.AsOf).Where(row => term is null || row.Term == term)
            .Select(row => (Place: RowPlace.Of(row), Row: row)).OrderBy(placed => placed.Place).ToList();
        var totals = rows.GroupBy(placed => placed.Row.Term, StringComparer.Ordinal)
            .ToDictionary(sum => sum.Key, sum => new Money(sum.Sum(placed => placed.Row.Amount), currency).Major, StringComparer.Ordinal);
        var seen = await SeenOfAsync(request.Desk, rows.Select(placed => placed.Row), cancel);
        rows.RemoveAll(placed => !seen(placed.Row));
        var page = rows.Where(placed => after is not { } last || placed.Place.CompareTo(last) > 0).Take(most + 1).ToList();
        return new ExposureRowsAnswer(
            [.. page.Take(most).Select(placed => Answer(placed.Row, view.Payer, currency))], totals, term is null ? null : totals.GetValueOrDefault(term), rows.Count,
            page.Count > most ? page[most - 1].Place.ToString() : null);
    }

    /// <summary>Which documents the caller sees: of a payer's figures those of others' customers are left out, though they count.</summary>
    internal static async Task<Predicate<ExposureRow>> SeenOfAsync(SeenDesk desk, IEnumerable<ExposureRow> rows, CancellationToken cancel)
    {
        if (!desk.IsNarrow) return _ => true;
        var seen = await CustomerSearch.NamesAsync(desk.Store, rows.Select(row => row.Customer), cancel);
        return row => seen.ContainsKey(row.Customer);
    }

    static ExposureRowAnswer Answer(ExposureRow row, string payer, Currency currency) =>
        new(payer, row.Term, row.Kind, row.Number, row.Customer, new Money(row.Amount, currency).Major, currency, row.Date);

    /// <summary>Where a row stands in the order of all; a page goes on behind it even when the row itself is gone by then.</summary>
    readonly record struct RowPlace(int Term, DateOnly Date, string Number) : IComparable<RowPlace>
    {
        const string Day = "yyyyMMdd";

        /// <summary>A row without a date stands behind those that have one.</summary>
        public static RowPlace Of(ExposureRow row)
        {
            for (var term = 0; term < ExposureOf.Terms.Count; term++)
                if (ExposureOf.Terms[term] == row.Term) return new(term, row.Date ?? DateOnly.MaxValue, row.Number);
            throw new InvalidOperationException($"no figure is named {row.Term}");
        }

        public static RowPlace? Parse(string cursor) =>
            cursor.Split('_', 3) is [var term, var date, { Length: > 0 } number] && int.TryParse(term, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && DateOnly.TryParseExact(date, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
                ? new(at, on, number)
                : null;

        public int CompareTo(RowPlace other) =>
            Term != other.Term ? Term.CompareTo(other.Term) : Date != other.Date ? Date.CompareTo(other.Date) : string.CompareOrdinal(Number, other.Number);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Term}_{Date.ToString(Day, CultureInfo.InvariantCulture)}_{Number}");
    }
}
