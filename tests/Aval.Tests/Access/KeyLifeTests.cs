using Aval.Tests.Infrastructure;

namespace Aval.Tests.Access;

public sealed class KeyLivesOnSqlite(SqliteServer fixture) : KeyLifeTests(fixture), IClassFixture<SqliteServer>;

public sealed class KeyLivesOnPostgres(PostgresServer fixture) : KeyLifeTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Keys that are narrowed, replaced and looked after.</summary>
public abstract class KeyLifeTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_key_is_narrowed_to_some_rights_of_its_roles()
    {
        var server = await fixture.StartedAsync();
        var key = (await server.Post("/api-keys", new { name = "shop", roles = new[] { "sales" }, rights = new[] { "enterOrders", "readOrders" } })).Expect(201)["key"]!;
        (await server.Get("/blocks", by: key)).Expect(200);
        (await server.Post("/orders", new { }, by: key)).Expect(422, "field-invalid");
        (await server.Get("/customers/C1", by: key)).Expect(403, "not-permitted");
        (await server.Post("/disputes", new { }, by: key)).Expect(403, "not-permitted");

        foreach (var rights in new[] { new[] { "makeKeys" }, ["flyHome"], [] })
            (await server.Post("/api-keys", new { name = "shop", roles = new[] { "sales" }, rights })).Expect(422, "field-invalid");
    }

    [Fact]
    public async Task A_key_that_may_read_only_changes_nothing()
    {
        var server = await fixture.StartedAsync();
        var key = (await server.Post("/api-keys", new { name = "reports", roles = new[] { "administrator" }, readOnly = true })).Expect(201)["key"]!;
        (await server.Get("/api-keys", by: key)).Expect(200);
        (await server.Post("/api-keys", new { name = "more", roles = new[] { "sales" } }, by: key)).Expect(403, "not-permitted");
        (await server.Delete("/api-keys/reports", by: key)).Expect(403, "not-permitted");
        (await server.Put("/users/X", new { roles = new[] { "sales" } }, by: key)).Expect(403, "not-permitted");
    }

    [Fact]
    public async Task A_key_is_replaced_without_a_gap_and_the_old_one_retires()
    {
        var server = await fixture.StartedAsync();
        var narrowed = new { name = "wms", roles = new[] { "orderManager" }, rights = new[] { "readOrders", "read" }, readOnly = true };
        var old = (await server.Post("/api-keys", narrowed)).Expect(201)["key"]!;
        var rotated = (await server.Post("/api-keys/wms/rotate", new { graceHours = 1 })).Expect(201);
        Assert.Equal("1", rotated["retired"]);
        var now = rotated["key"]!;
        foreach (var key in new[] { old, now })
        {
            (await server.Get("/blocks", by: key)).Expect(200);
            Assert.Equal("True", (await server.Get("/me", by: key)).Expect(200)["readOnly"]);
        }

        (await server.Post("/api-keys/wms/rotate", new { graceHours = 0 })).Expect(201);
        foreach (var key in new[] { old, now }) (await server.Get("/blocks", by: key)).Expect(401, "key-unknown");
        (await server.Post("/api-keys/none/rotate", new { })).Expect(404, "api-key-unknown");
        (await server.Post("/api-keys/wms/rotate", new { graceHours = -1 })).Expect(422, "field-invalid");
        (await server.Post("/api-keys/wms/rotate", new { graceHours = 721 })).Expect(422, "field-invalid");
        (await server.Post("/api-keys/wms/rotate", new { }, key: "rotate-1")).Expect(201);
        (await server.Post("/api-keys/wms/rotate", new { }, key: "rotate-1")).Expect(409, "api-key-shown-once");
    }

    [Fact]
    public async Task The_list_says_when_a_key_was_last_used()
    {
        var server = await fixture.StartedAsync();
        var key = (await server.Post("/api-keys", new { name = "edi", roles = new[] { "sales" } })).Expect(201)["key"]!;
        Assert.Null(LastUsed(await server.Get("/api-keys")));
        (await server.Get("/company", by: key)).Expect(200);
        Assert.NotNull(LastUsed(await server.Get("/api-keys")));

        static string? LastUsed(ServerReply reply) => reply.Expect(200).Body.GetProperty("keys").EnumerateArray()
            .Single(listed => listed.GetProperty("name").GetString() == "edi").GetProperty("lastUsed").GetString();
    }
}
