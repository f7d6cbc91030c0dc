using Aval.Tests.Cover;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public class MovedOrderTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    /// <summary>The third entry of one journal checks the order, and so does the third of the journal to which it has moved.</summary>
    [Fact]
    public async Task A_check_after_a_move_does_not_take_the_place_of_one_before_it()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/MO1", CoverOverHttpTests.Body(null))).Expect(200);
        (await server.Post("/limits", CoverOverHttpTests.Limit("MO1", 10))).Expect(200);
        var first = (await server.Post("/orders", CoverOverHttpTests.Order("MO1-O", "MO1", 100))).Expect(200);
        (await server.Put("/customers/MO1top", CoverOverHttpTests.Body(null))).Expect(200);
        (await server.Put("/customers/MO1", new { group = "MO1top" })).Expect(200);
        var second = (await server.Post("/orders/MO1-O/pick-release", new { })).Expect(200);
        Assert.Equal(Place(first, "MO1"), Place(second, "MO1top"));
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);

        static long Place(ServerReply order, string root)
        {
            Assert.Equal(root, order.Body.GetProperty("journal").GetProperty("root").GetString());
            return order.Body.GetProperty("journal").GetProperty("sequence").GetInt64();
        }
    }
}
