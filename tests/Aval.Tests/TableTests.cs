using Xunit.Sdk;

namespace Aval.Tests;

public sealed class TableTests
{
    enum Verdict { Accept, CompleteFirst }

    static readonly IReadOnlyList<Row> Rows = Table.Rows("""
        limit  due         name         hold | verdict         findings
        10000  2026-03-31  "Nord Stahl"  yes | accept
        -0.50  -           -              no | complete-first  overdue oldest-item
        """);

    [Fact]
    public void Cells_are_read_by_name_and_type()
    {
        Assert.Equal(10000m, Rows[0].Number("limit"));
        Assert.Equal(10000, Rows[0].Integer("limit"));
        Assert.Equal(new DateOnly(2026, 3, 31), Rows[0].Date("due"));
        Assert.Equal("Nord Stahl", Rows[0]["name"]);
        Assert.True(Rows[0].Flag("hold"));
        Assert.Equal(Verdict.CompleteFirst, Rows[1].One<Verdict>("verdict"));
        Assert.Equal(-0.5m, Rows[1].NumberOrNone("limit"));
    }

    [Fact]
    public void A_dash_is_an_empty_cell()
    {
        Assert.Equal("", Rows[1]["name"]);
        Assert.False(Rows[1].Has("name"));
        Assert.Null(Rows[1].DateOrNone("due"));
    }

    [Fact]
    public void The_last_column_takes_the_rest_and_may_be_missing()
    {
        Assert.Empty(Rows[0].Words("findings"));
        Assert.Equal(["overdue", "oldest-item"], Rows[1].Words("findings"));
    }

    [Theory]
    [InlineData("limit")]
    [InlineData("due")]
    [InlineData("flag")]
    [InlineData("verdict")]
    [InlineData("absent")]
    public void An_unreadable_cell_names_the_row(string column)
    {
        var row = Table.Rows("limit due flag verdict\nmany soon maybe never")[0];
        var failure = Assert.Throws<FormatException>(() => _ = column switch
        {
            "limit" => row.Number(column),
            "due" => row.Date(column),
            "flag" => row.Flag(column),
            "verdict" => row.One<Verdict>(column),
            _ => (object)row[column],
        });
        Assert.Contains("many soon maybe never", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_row_and_a_column_given_twice_are_refused()
    {
        Assert.Contains("only one", Assert.Throws<FormatException>(() => Table.Rows("a b c d\nonly one")).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Table.Rows("a b a\n1 2 3"));
        Assert.Throws<FormatException>(() => Table.Rows("a b"));
    }

    [Fact]
    public void A_check_reports_every_failing_row_and_no_other()
    {
        var failure = Assert.Throws<XunitException>(() => Table.Check("""
            left right
               1     1
               1     2
               3     4
            """, row => Assert.Equal(row.Number("left"), row.Number("right"))));
        Assert.Contains("1     2", failure.Message, StringComparison.Ordinal);
        Assert.Contains("3     4", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1     1", failure.Message, StringComparison.Ordinal);
    }
}
