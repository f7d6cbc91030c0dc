using Aval.Reports;

namespace Aval.Tests.Reports;

public sealed class LedgerTotalsTests
{
    [Theory]
    [InlineData("payer,currency,amount\nA,EUR,10.50\n,USD,-3\n", "A EUR 10.50, USD -3")]
    [InlineData("\ufeffAmount; Currency\r\n 1000.00;EUR\r\n\r\n", "EUR 1000.00")]
    [InlineData("currency,amount,payer\nEUR,1,\"A, the \"\"first\"\"\"", "A, the \"first\" EUR 1")]
    public void Totals_are_read_by_their_heads(string text, string told) => Assert.Equal(
        told, string.Join(", ", LedgerTotals.Read(text).Value!.Select(total => FormattableString.Invariant($"{total.Payer} {total.Currency} {total.Amount}").Trim())));

    [Theory]
    [InlineData("", "totals")]
    [InlineData("payer,amount\nA,1\n", "totals")]
    [InlineData("payer,currency,amount\nA,XXQ,1\n", "line 2, currency")]
    [InlineData("payer,currency,amount\nA,EUR,1\nB,EUR,\"1,000.00\"\n", "line 3, amount")]
    [InlineData("payer,currency,amount\nA,EUR\n", "line 2, amount")]
    public void What_cannot_be_read_is_refused_with_its_line(string text, string field) => Assert.Equal(field, LedgerTotals.Read(text).Problem!.Field);
}
