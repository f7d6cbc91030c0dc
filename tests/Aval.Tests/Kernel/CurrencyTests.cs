using System.Text.Json;
using Aval.Kernel;

namespace Aval.Tests.Kernel;

public sealed class CurrencyTests
{
    [Fact]
    public void A_currency_has_the_decimals_of_its_minor_unit() => Table.Check("""
        code  decimals  minor-per-major
        EUR          2              100
        USD          2              100
        CHF          2              100
        HUF          2              100
        MGA          2              100
        JPY          0                1
        KRW          0                1
        ISK          0                1
        CLP          0                1
        BHD          3             1000
        KWD          3             1000
        TND          3             1000
        CLF          4            10000
        """, row =>
    {
        var currency = Currency.Of(row["code"]);
        Assert.Equal(row["code"], currency.Code);
        Assert.Equal(row.Integer("decimals"), currency.Decimals);
        Assert.Equal(row.Integer("minor-per-major"), currency.MinorPerMajor);
    });

    [Theory]
    [InlineData("eur")]
    [InlineData("EURO")]
    [InlineData("XAU")]
    [InlineData("")]
    [InlineData(null)]
    public void A_code_that_is_no_currency_is_not_taken(string? code)
    {
        Assert.False(Currency.TryOf(code, out var currency));
        Assert.Equal(default, currency);
        Assert.Equal("", currency.Code);
    }

    [Fact]
    public void Every_known_currency_is_found_by_its_own_code_and_its_minor_unit_fits_its_decimals() =>
        Assert.All(Currency.All, known =>
        {
            Assert.Matches("^[A-Z]{3}$", known.Key);
            Assert.True(Currency.TryOf(known.Key, out var found));
            Assert.Equal(known.Value, found);
            Assert.Equal((decimal)Math.Pow(10, found.Decimals), found.MinorPerMajor);
            Assert.Equal(1m, found.MinorPerMajor * found.MinorUnit);
        });

    /// <summary>Codes of ISO 4217 that no order is paid in, and codes withdrawn since the list was printed.</summary>
    const string LeftOut = """
        code  why
        BOV   funds code of Bolivia
        CHE   complementary currency of a Swiss bank
        CHW   complementary currency of a Swiss bank
        COU   funds code of Colombia
        MXV   funds code of Mexico
        USN   US dollar of the next day
        XAG   silver
        XAU   gold
        XPD   palladium
        XPT   platinum
        XBA   bond market unit
        XBB   bond market unit
        XBC   bond market unit
        XBD   bond market unit
        XDR   special drawing right
        XSU   unit of account between states
        XUA   unit of account of a development bank
        XTS   for testing
        XXX   no currency
        CUC   withdrawn in 2021
        HRK   withdrawn in 2023, became EUR
        SLL   withdrawn in 2024, became SLE
        ZWL   withdrawn in 2024, became ZWG
        """;

    [Fact]
    public void No_currency_is_both_known_and_left_out() =>
        Assert.All(Table.Rows(LeftOut), row => Assert.False(Currency.TryOf(row["code"], out _), row.Text));

    [Fact]
    public void Every_code_of_the_printed_list_is_known_or_left_out_on_purpose()
    {
        using var list = JsonDocument.Parse(File.ReadAllText(Reference.File("iso-codes/iso_4217.json")));
        var printed = list.RootElement.GetProperty("4217").EnumerateArray().Select(entry => entry.GetProperty("alpha_3").GetString()!).ToHashSet();
        var leftOut = Table.Rows(LeftOut).Select(row => row["code"]).ToHashSet();
        Assert.Empty(printed.Except(Currency.All.Keys).Except(leftOut));
        // The guilder of the Caribbean and Zimbabwe Gold came after that list.
        Assert.Equal(["XCG", "ZWG"], Currency.All.Keys.Except(printed).Order(StringComparer.Ordinal));
    }
}
