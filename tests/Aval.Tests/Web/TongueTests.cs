using Aval.Kernel;
using Aval.Tests.Infrastructure;
using Aval.Web;

namespace Aval.Tests.Web;

/// <summary>Numbers and days as people write them, in three languages and without any locale of the machine.</summary>
public sealed class TongueTests
{
    [Fact]
    public void Amounts_and_days_look_as_in_the_visitors_country()
    {
        Assert.Equal(["−1,234.50 EUR", "3 Mar 2026", "12,000"], Said(Tongue.English));
        Assert.Equal(["−1.234,50 EUR", "3. März 2026", "12.000"], Said(Tongue.German));
        Assert.Equal(["−1\u202f234,50 EUR", "3 mars 2026", "12\u202f000"], Said(Tongue.French));
    }

    [Theory]
    [InlineData("en", "1,234.50", "1234.50")]
    [InlineData("en", "1,234", "1234")]
    [InlineData("en", "12,5", "12.5")]
    [InlineData("en", "1 234,50", "1234.50")]
    [InlineData("de", "1.234,50", "1234.50")]
    [InlineData("de", "1.234", "1234")]
    [InlineData("de", "1234.50", "1234.50")]
    [InlineData("de", "1,234", "1.234")]
    [InlineData("de", "1.234.567", "1234567")]
    [InlineData("fr", "1\u202f234,50", "1234.50")]
    [InlineData("fr", "-12,5", "-12.5")]
    [InlineData("fr", "1’234.50", "1234.50")]
    [InlineData("en", "0,125", "0.125")]
    [InlineData("de", "0.125", "0.125")]
    [InlineData("de", "1,2,3", null)]
    [InlineData("de", "12.34.567", null)]
    [InlineData("en", "x", null)]
    [InlineData("en", "", null)]
    [InlineData("en", "1e5", null)]
    public void Fields_take_numbers_as_people_write_them(string code, string typed, string? number)
    {
        Tongue.Current = Tongue.Of(code)!;
        Assert.Equal(number, Entered.Number(typed)?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_a_field_shows_it_takes()
    {
        foreach (var tongue in Tongue.All)
            foreach (var minor in new[] { 0L, 1, -1, 99, 100, 123_45, 1_234_50, -1_234_567_89, 100_000_000_00 })
            {
                Tongue.Current = tongue;
                var money = new Money(minor, Currency.EUR);
                Assert.Equal(money.Major, Entered.Number(Say.Plain(money)));
                Assert.Equal(money.Major, Entered.Number(Say.Number(money)));
            }
    }

    static string[] Said(Tongue tongue)
    {
        Tongue.Current = tongue;
        return [Say.Amount(new Money(-123450, Currency.EUR)).Replace('\u00a0', ' '), Say.Date(new DateOnly(2026, 3, 3)), Say.Number(12_000)];
    }
}
