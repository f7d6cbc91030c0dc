using Aval.Cash;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Tests.Receivables;

namespace Aval.Tests.Cash;

/// <summary>Receipts in one currency for invoices in another, and what the rates have done meanwhile. P1 is told in EUR; one EUR is 1.25 USD at first.</summary>
public sealed class AcrossCurrenciesTests
{
    static readonly Currency Usd = Currency.Of("USD");
    readonly Books books = new();

    [Fact]
    public void Euros_pay_a_named_invoice_in_dollars_at_the_days_rate_and_the_difference_is_told()
    {
        Invoice("INV-100001", Usd, 125);
        books.Rate(Books.Opening.AddDays(10), Usd, 1.20m);
        Receive("R-1", 104.17m, "INV-100001");
        Assert.Equal(0, books.Document<Invoice>("INV-100001").Open);
        Assert.Equal(0, books.Document<Receipt>("R-1").Open);
        // The invoice was worth 100.00 when it was issued, and cost its payer 104.17.
        Assert.Equal(417, books.All<Settlement>().Single(part => part.Source == SettlementSource.Receipt).ExchangeDifference);
        Assert.Equal((0, 0), (books.Of("P1").Receivables, books.Of("P1").Unapplied));

        Assert.Null(books.Do(new UndoMatch("R-1", new("meant otherwise"), books.Matched("R-1"))));
        Assert.Equal((10_000, 10_417), (books.Of("P1").Receivables, books.Of("P1").Unapplied));
        Assert.Equal(0, books.All<Settlement>().Sum(part => part.ExchangeDifference ?? 0));
    }

    [Fact]
    public void One_receipt_pays_invoices_of_several_currencies_when_it_names_them_and_their_sum_fits()
    {
        Invoice("INV-100001", Usd, 250);
        Invoice("INV-100002", Currency.EUR, 40);
        Invoice("INV-100003", Currency.Of("JPY"), 16_000);
        Receive("R-1", 340, "INV-100001 INV-100002 INV-100003");
        Assert.All(books.All<Invoice>(), invoice => Assert.Equal(0, invoice.Open));
        Assert.Equal(0, books.Document<Receipt>("R-1").Open);
        Assert.Equal(MatchStatus.Posted, books.Document<ReceiptMatch>("R-1").Status);
    }

    [Fact]
    public void Less_than_the_days_rate_asks_for_pays_in_part_and_an_amount_alone_never_crosses_currencies()
    {
        Invoice("INV-100001", Usd, 125);
        Receive("R-1", 100, null);
        Assert.Equal(12_500, books.Document<Invoice>("INV-100001").Open);
        Receive("R-2", 60, "invoice INV-100001");
        Assert.Equal(5_000, books.Document<Invoice>("INV-100001").Open);
        Assert.Equal(0, books.Document<Receipt>("R-2").Open);
    }

    [Fact]
    public void Dollars_for_dollars_gain_or_lose_too_where_the_payer_is_told_in_euros()
    {
        Invoice("INV-100001", Usd, 125);
        books.Rate(Books.Opening.AddDays(10), Usd, 1.5625m);
        Receive("R-1", 125, "INV-100001", Usd);
        Assert.Equal(-2_000, books.All<Settlement>().Single().ExchangeDifference);
    }

    [Fact]
    public void Neither_a_match_nor_its_undoing_changes_what_was_open_on_a_day_that_is_over()
    {
        Invoice("INV-100001", Currency.EUR, 1000);
        Assert.Null(books.Do(new PostCreditNote(new("GS-500001", "P1", Books.Opening.AddDays(9), Currency.EUR, 100))));
        Assert.Null(books.Do(new PostReceipt(new("R-1", "P1", Books.Opening.AddDays(20), Currency.EUR, 900, "INV-100001 less GS-500001"))));
        books.Today = Books.Opening.AddDays(60);
        Assert.Null(books.Do(new MatchReceipt("R-1", [])));
        Assert.Equal(100_000, books.Document<Invoice>("INV-100001").Settled);
        AssertOpen(30, 59);
        books.Today = Books.Opening.AddDays(70);
        Assert.Null(books.Do(new UndoMatch("R-1", new("meant otherwise"), books.Matched("R-1"))));
        AssertOpen(30, 59, 70);
        Assert.Empty(books.OpenOn(Books.Opening.AddDays(65)));

        void AssertOpen(params int[] days) => Assert.All(days, day => Assert.Equal(100_000, Assert.Single(books.OpenOn(Books.Opening.AddDays(day))).Open));
    }

    void Invoice(string number, Currency currency, decimal amount) =>
        Assert.Null(books.Do(new PostInvoice(new(number, "P1", Books.Opening, Books.Opening.AddDays(30), currency, amount))));

    void Receive(string number, decimal amount, string? text, Currency? currency = null)
    {
        Assert.Null(books.Do(new PostReceipt(new(number, "P1", Books.Opening.AddDays(20), currency ?? Currency.EUR, amount, text))));
        Assert.Null(books.Do(new MatchReceipt(number, [])));
    }
}
