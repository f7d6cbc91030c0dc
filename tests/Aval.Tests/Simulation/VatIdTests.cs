using Aval.Simulation;

namespace Aval.Tests.Simulation;

public sealed class VatIdTests
{
    // Published examples of each country's algorithm.
    [Theory]
    [InlineData("FR", 30326504, "FR40303265045")]
    [InlineData("DE", 13669597, "DE136695976")]
    [InlineData("BE", 4287594, "BE0428759497")]
    [InlineData("ES", 5837843, "ESB58378431")]
    [InlineData("IT", 74311, "IT00743110157")]
    [InlineData("NL", 449544, "NL004495445B01")]
    [InlineData("GB", 9807806, "GB980780684")]
    [InlineData("US", 1234567, null)]
    public void Check_digits_are_those_of_the_country(string country, int digits, string? vatId) => Assert.Equal(vatId, VatIds.Of(country, digits));

    [Theory]
    [InlineData("FR40303265045", "FR40303265046")]
    [InlineData("NL004495449B01", "NL004495440B01")]
    public void A_spoilt_id_differs_in_one_digit(string right, string spoilt) => Assert.Equal(spoilt, VatIds.Spoilt(right));
}
