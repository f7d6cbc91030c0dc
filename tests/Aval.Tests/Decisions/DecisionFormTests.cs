using Aval.Blocks;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Aval.Tests.Decisions;

/// <summary>What the decision form sends is read as whoever fills it in writes.</summary>
public sealed class DecisionFormTests
{
    [Theory]
    [InlineData("en", "2,500.50", "2.5")]
    [InlineData("de", "2.500,50", "2,5")]
    [InlineData("fr", "2\u202f500,50", "2,5")]
    public void Amounts_and_quantities_are_taken_as_the_screens_show_them(string code, string amount, string quantity)
    {
        Tongue.Current = Tongue.Of(code)!;
        var read = DecisionForm.Read(new FormCollection(new Dictionary<string, StringValues>
        {
            ["decision"] = "releasePartially", ["amount"] = amount, ["lines"] = "1 " + quantity, ["stageDate"] = "2026-03-09", ["stageAmount"] = amount,
        }));
        Assert.Null(read.Problem);
        Assert.Equal((2500.50m, 2.5m, 2500.50m), (read.Value!.Amount, read.Value.Lines!.Single().Quantity.Value, read.Value.Stages!.Single().Amount));
    }

    [Fact]
    public void A_value_that_is_none_names_its_field()
    {
        Tongue.Current = Tongue.English;
        foreach (var field in new[] { "amount", "until", "percent" })
            Assert.Equal(field, DecisionForm.Read(new FormCollection(new Dictionary<string, StringValues> { ["decision"] = "release", [field] = "1;2" })).Problem?.Field);
    }
}
