using Aval.Kernel;
using Aval.Web;
using FsCheck.Fluent;

namespace Aval.Tests.Web;

/// <summary>Lists that come from memory are ordered as the database orders the others.</summary>
public sealed class ListAtHandTests
{
    sealed record Row(string Number, int? Count, decimal? Amount, DateOnly? Day, string? Text);

    static readonly IReadOnlyList<ListColumn<Row>> Columns =
    [
        new("number", "Number", row => row.Number) { IsName = true },
        new("count", "Count", row => row.Count) { Sorts = true },
        new("amount", "Amount", row => row.Amount is { } major ? Money.Round(major, Currency.EUR) : null) { Sorts = true },
        new("day", "Day", row => row.Day) { Sorts = true },
        new("text", "Text", row => row.Text) { Sorts = true },
        new("said", "Said", row => $"{row.Count} of them") { Sorts = true, Key = row => row.Count },
    ];

    [Theory]
    [InlineData(null, "1 2 3 4 5", "1 2 3 4 5")]
    [InlineData("count", "2 3 1 5 4", "1 5 3 2 4")]
    [InlineData("amount", "3 1 2 4 5", "2 1 3 4 5")]
    [InlineData("day", "2 1 3 4 5", "3 1 2 4 5")]
    [InlineData("text", "4 2 3 1 5", "1 2 3 4 5")]
    [InlineData("said", "2 3 1 5 4", "1 5 3 2 4")]
    [InlineData("number", "1 2 3 4 5", "1 2 3 4 5")]
    public void Numbers_are_ordered_as_numbers_and_what_is_alike_stays_as_it_came(string? by, string rising, string falling)
    {
        Row[] rows =
        [
            new("1", 100, 90, new(2026, 3, 2), "zeta"), new("2", 9, 1000, new(2026, 2, 28), "Beta"), new("3", 20, -5, new(2026, 10, 1), "beta"),
            new("4", null, null, null, "Alpha"), new("5", 100, null, null, null),
        ];
        Assert.Equal((rising, falling), (Told(false), Told(true)));

        string Told(bool descending) => string.Join(' ', Shown(by, descending).Ordered(rows, Columns).Select(row => row.Number));
    }

    [Fact]
    public void Whatever_the_column_no_row_is_lost_and_the_parts_make_the_whole() => Prop.ForAll(
        Gen.Choose(0, 120).Two().SelectMany(sizes => Gen.Choose(-3, 3).ListOf(sizes.Item1), (_, counts) => counts).ToArbitrary(), counts =>
        {
            List<Row> rows = [.. counts.Select((count, at) => new Row($"{at}", count == 0 ? null : count, count, null, $"{count}"))];
            foreach (var by in Columns.Sorts())
            {
                var shown = Shown(by, counts.Count % 2 == 0);
                var ordered = shown.Ordered(rows, Columns);
                var parts = Enumerable.Range(1, 4).SelectMany(page => (shown with { Page = page }).PageOf(ordered)).ToList();
                if (!parts.SequenceEqual(ordered) || !ordered.ToHashSet().SetEquals(rows) || ordered.Count != rows.Count) return false;
                if (by == "count" && ordered.SkipWhile(row => row.Count is not null).Any(row => row.Count is not null)) return false;
            }

            return true;
        }).Holds();

    static ListShown Shown(string? by, bool descending) => new("rows", "/rows", [], by, descending, 1, null, null);
}
