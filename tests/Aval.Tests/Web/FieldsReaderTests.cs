using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Tests.Web;

public sealed class FieldsReaderTests
{
    public sealed record Address(string Line1, string? City = null);

    public sealed record Row(
        string Number, Currency Currency, DateOnly? Since = null, int? Days = null, decimal? Amount = null, bool Large = false,
        ActorKind Kind = ActorKind.Key, Address? BillingAddress = null, IReadOnlyList<string>? Tags = null,
        Optional<string> Name = default, Optional<decimal?> Limit = default);

    [Fact]
    public void A_row_becomes_the_body_that_the_api_takes()
    {
        var read = Read(
            "number=C 1;currency=EUR;since=2026-03-02;days=-3;amount=1234.50;large=true;kind=rule;"
            + "billingAddress.line1=1 rue du Port;billingAddress.city=;name=007;limit=0.1");
        Assert.Null(read.Problem);
        var billing = new Address("1 rue du Port");
        var wanted = new Row("C 1", Currency.EUR, new DateOnly(2026, 3, 2), -3, 1234.50m, true, ActorKind.Rule, billing, null, "007", (decimal?)0.1m);
        Assert.Equal(wanted, read.Value);
    }

    [Fact]
    public void An_empty_column_is_an_absent_field()
    {
        var row = Read("number=C1;currency=EUR;since=;billingAddress.line1=;name=").Value!;
        Assert.Equal((null, null, false), (row.Since, row.BillingAddress, row.Name.IsGiven));
    }

    [Theory]
    [InlineData("number=C1", "field-invalid", "currency", "currency is missing.")]
    [InlineData("number=C1;currency=EURO", "field-invalid", "currency", "currency must be an ISO 4217 currency code in capitals.")]
    [InlineData("number=C1;currency=EUR;since=02.03.2026", "field-invalid", "since", "since must be a date as YYYY-MM-DD, from 1900 to 2999.")]
    [InlineData("number=C1;currency=EUR;amount=1,234.50", "field-invalid", "amount", "amount must be a number.")]
    [InlineData("number=C1;currency=EUR;amount=1234,50", "field-invalid", "amount", "amount must be a number.")]
    [InlineData("number=C1;currency=EUR;limit=much", "field-invalid", "limit", "limit must be a number.")]
    [InlineData("number=C1;currency=EUR;days=1.5", "field-invalid", "days", "days must be a whole number.")]
    [InlineData("number=C1;currency=EUR;large=yes", "field-invalid", "large", "large must be true or false.")]
    [InlineData("number=C1;currency=EUR;kind=Rule", "field-invalid", "kind", "kind must be one of person, key, rule.")]
    [InlineData("number=C1;currency=EUR;billingAddress.city=Lyon", "field-invalid", "billingAddress.line1", "billingAddress.line1 is missing.")]
    [InlineData("number=C1;currency=EUR;billingAddress=Lyon", "field-invalid", "billingAddress", "billingAddress cannot stand in one column.")]
    [InlineData("number=C1;currency=EUR;tags=a", "field-invalid", "tags", "tags cannot stand in one column.")]
    [InlineData("billingAddress.line=a", "field-unknown", "billingAddress.line", "billingAddress.line is not a field here; did you mean line1?")]
    [InlineData("number=C1;currency=EUR;adress.line1=a", "field-unknown", "adress.line1", "adress.line1 is not a field here.")]
    [InlineData("number=C1;currency=EUR;number.line1=a", "field-unknown", "number.line1", "number.line1 is not a field here.")]
    [InlineData("number=C1;curency=", "field-unknown", "curency", "curency is not a field here; did you mean currency?")]
    public void A_row_is_refused_in_the_words_of_the_api_with_the_columns_name(string row, string code, string column, string detail)
    {
        var problem = Read(row).Problem!;
        Assert.Equal((code, column, detail), (problem.Code, problem.Field, problem.Detail));
    }

    static Answered<Row> Read(string row) => FieldsReader.Read<Row>(
        row.Split(';').Select(column => column.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal));
}
