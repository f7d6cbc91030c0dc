using System.Text.Json;
using Aval.Parties.Rules;

namespace Aval.Tests.Parties;

public sealed class CountryTests
{
    [Theory]
    [InlineData("DE", true)]
    [InlineData("GR", true)]
    [InlineData("XK", true)]
    [InlineData("EL", false)]
    [InlineData("UK", false)]
    [InlineData("de", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_country_is_known_by_its_capital_letters(string? code, bool known) => Assert.Equal(known, Country.IsKnown(code));

    [Fact]
    public void The_countries_are_those_of_the_standard_and_Kosovo()
    {
        Assert.Equal(250, Country.All.Count);
        using var list = JsonDocument.Parse(File.ReadAllText(Reference.File("iso-codes/iso_3166-1.json")));
        var standard = list.RootElement.GetProperty("3166-1").EnumerateArray().Select(entry => entry.GetProperty("alpha_2").GetString()!);
        Assert.Equal(standard.Append("XK").Order(StringComparer.Ordinal), Country.All.Order(StringComparer.Ordinal));
    }
}
