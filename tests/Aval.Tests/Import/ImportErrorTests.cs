using Aval.Import;

namespace Aval.Tests.Import;

public sealed class ImportErrorTests : IDisposable
{
    readonly FilesStore files = new();

    [Fact]
    public Task Values_that_cannot_be_are_named_with_file_line_and_field() => Refused("invoices", """
        number,customer,date,dueDate,currency,amount
        IN-1,C1,02.03.2026,2026-04-01,EUR,100
        IN-2,C1,2026-03-02,2026-04-01,EURO,100
        IN-3,C1,2026-03-02,2026-04-01,EUR,"1,000.00"
        IN-4,C1,2026-03-02,2026-04-01,EUR,
        IN-5,C1,2026-03-02,2026-02-01,EUR,100
        IN-6,C1,2026-03-02,2026-04-01,EUR,0.001
        IN-7,C9,2026-03-02,2026-04-01,EUR,100
        IN-8,C1
        IN-9,C1,2026-03-02,2026-04-01,EUR,100
        IN-9,C1,2026-03-02,2026-04-01,EUR,200
        """, """
        invoices.csv:2: date must be a date as YYYY-MM-DD, from 1900 to 2999. [field-invalid]
        invoices.csv:3: currency must be an ISO 4217 currency code in capitals. [field-invalid]
        invoices.csv:4: amount must be a number. [field-invalid]
        invoices.csv:5: amount is missing. [field-invalid]
        invoices.csv:6: dueDate must not be before the date. [field-invalid]
        invoices.csv:7: amount must be above zero and below 10^13, with at most 2 decimals in EUR. [field-invalid]
        invoices.csv:8: customer C9 is not known. [customer-unknown]
        invoices.csv:9: The row has 2 fields, the header 6. [row-malformed]
        invoices.csv:11: IN-9 was used before with other content. [key-reused]
        """);

    [Theory]
    [InlineData("invoices", "number,customer,date,dueDate,currency,amount,ammount", "invoices.csv:1: ammount is not a field here; did you mean amount? [field-unknown]")]
    [InlineData("customers", "number,name,billingAddress.line9", "customers.csv:1: billingAddress.line9 is not a field here; did you mean line1? [field-unknown]")]
    [InlineData("allocations", "", "allocations.csv:1: The file has no header. [row-malformed]")]
    [InlineData("customers", "C1,Atelier Nord,FR", "customers.csv:1: number is missing among the columns. [field-invalid]")]
    [InlineData("customers", "name,country", "customers.csv:1: number is missing among the columns. [field-invalid]")]
    [InlineData("invoices", "number,number,customer", "invoices.csv:1: number stands twice among the columns. [field-invalid]")]
    [InlineData("invoices", "number,lines", "invoices.csv:1: lines cannot stand in one column. [field-invalid]")]
    public async Task A_header_is_refused_before_any_row(string kind, string header, string expected)
    {
        var imported = await files.ImportAsync(kind, files.File(kind + ".csv", header.Length == 0 ? "" : header + "\n"));
        Assert.Equal(expected, Assert.Single(imported.Refusals).ToString());
    }

    public void Dispose() => files.Dispose();

    async Task Refused(string kind, string content, string expected)
    {
        await files.ImportAsync("customers", files.File("customers.csv", "number,name,country,currency,paymentTerms\nC1,Atelier Nord,FR,EUR,NET30\n"));
        var before = await files.JournalAsync();
        var imported = await files.ImportAsync(kind, files.File(kind + ".csv", content));
        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', imported.Refusals));
        Assert.Equal(0, imported.Applied);
        Assert.Equal(before, await files.JournalAsync());
    }
}
