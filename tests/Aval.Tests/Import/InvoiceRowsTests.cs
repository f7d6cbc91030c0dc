using System.Text;
using Aval.Import;
using Aval.Receivables;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Import;

/// <summary>What is read straight from a row's bytes is what the reader of bodies makes of it.</summary>
public sealed class InvoiceRowsTests
{
    static readonly string[] Columns = ["number", "customer", "date", "dueDate", "currency", "amount", "order", "draft", "charge"];

    static readonly string[][] Fields =
    [
        ["I-1", "", " I", "é", "@x", "I 1", new string('9', 65)], ["C1", "", "C 1", "ÿ"],
        ["2026-02-28", "2026-02-29", "2024-02-29", "1899-12-31", "1900-01-01", "2999-12-31", "3000-01-01", "2026-2-1", "", "0000-01-01"], ["2026-03-01", "x", ""],
        ["EUR", "USD", "JPY", "XXX", "eur", "EU", ""],
        ["1", "1.50", "0100.5", "1.", ".5", "1e3", "-1", "+1", " 1", "1,5", "0", "0.000", "999999999999999999", "9999999999999999.99", "12.345", "1..2", "", "9007199254740993.1"],
        ["", "SO-1", "SO 1"], ["", "true", "false", "False"], ["", "principal", "interest", "fee"],
    ];

    static readonly Arbitrary<int[]> Rows = Gen.Choose(0, 1_000_000).ArrayOf(Columns.Length).ToArbitrary();

    [Fact]
    public void A_row_is_read_from_its_bytes_as_the_body_would_be() => Prop.ForAll(Rows, drawn =>
    {
        // Mostly what is usual, so that rows are often right as a whole.
        var fields = drawn.Select((draw, column) => draw % 3 > 0 ? Fields[column][0] : Fields[column][draw / 3 % Fields[column].Length]).ToArray();
        var record = new CsvRecord();
        record.Read(Encoding.UTF8.GetBytes(string.Join(',', fields.Select(field => $"\"{field}\"")) + "\n"), last: true);
        var swift = InvoiceRows.Of(Columns)!(record);
        var read = Header.Plain<InvoiceBody>(Columns).Value!(record);
        return swift is null || (read.Problem is null && swift == read.Value && swift.Amount.Scale == read.Value!.Amount.Scale);
    }).Holds(3_000);

    [Fact]
    public void A_usual_row_is_read_from_its_bytes_and_unknown_columns_never_are()
    {
        var record = new CsvRecord();
        record.Read("I-1,C1,2026-02-01,2026-03-01,EUR,12.50\n"u8, last: true);
        Assert.Equal(
            new InvoiceBody("I-1", "C1", new(2026, 2, 1), new(2026, 3, 1), Aval.Kernel.Currency.EUR, 12.50m), InvoiceRows.Of([.. Columns.Take(6)])!(record));
        Assert.Null(InvoiceRows.Of([.. Columns, "colour"]));
        Assert.Null(InvoiceRows.Of([.. Columns.Skip(1)]));
    }
}
