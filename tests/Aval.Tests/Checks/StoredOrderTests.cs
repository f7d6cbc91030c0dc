using System.Text.Json;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;

namespace Aval.Tests.Checks;

/// <summary>What an order's row keeps of its lines and its claim: all that is said and nothing else, to be read as rows of before are.</summary>
public sealed class StoredOrderTests
{
    static readonly OrderLine Bare = new(1, "A-100", Quantity.Of(2), UnitPrice.Of(49.99m), 0);

    static readonly OrderLine Full = new(
        2, "\"Ä\" <b>", Quantity.Of(0.00001m), UnitPrice.Of(0), 20.5m, "größer\n", 2.5m, "Clara", UnitPrice.Of(5), UnitPrice.Of(0), Quantity.Of(1), Quantity.Of(2),
        Quantity.Of(3), -4, Quantity.Of(0), true);

    static readonly Authorization Claim = new("A-1-2", 35994, Currency.EUR, new DateOnly(2026, 3, 2), new DateOnly(2026, 4, 1));

    [Fact]
    public void A_line_is_stored_without_what_it_does_not_say() => Assert.Equal(
        """[{"line":1,"item":"A-100","quantity":2,"unitPrice":49.99,"taxRate":0,"discountPercent":0,"cancelled":0}]""", StoredOrder.Written([Bare]));

    [Fact]
    public void What_a_full_line_says_is_stored_as_it_always_was() => Assert.Equal(WithAllFields(Full), StoredOrder.Written([Full]));

    [Fact]
    public void Lines_are_read_as_they_were_written_now_and_before()
    {
        Assert.Equal([Bare, Full], JsonSerializer.Deserialize<OrderLine[]>(StoredOrder.Written([Bare, Full]), Json.Options)!);
        Assert.Equal([Bare, Full], JsonSerializer.Deserialize<OrderLine[]>(WithAllFields(Bare, Full), Json.Options)!);
    }

    [Fact]
    public void A_claim_is_read_as_it_was_written()
    {
        Assert.Equal("""{"number":"A-1-2","amount":35994,"currency":"EUR","granted":"2026-03-02","expires":"2026-04-01"}""", StoredOrder.Written(Claim));
        foreach (var claim in new[] { Claim, Claim with { Expires = null, PickReleased = true }, Claim with { Amount = 0, BeyondHorizon = true, Withheld = 7 } })
            Assert.Equal(claim, JsonSerializer.Deserialize<Authorization>(StoredOrder.Written(claim), Json.Options));
    }

    static string WithAllFields(params OrderLine[] lines) => JsonSerializer.Serialize(lines, Json.Options);
}
