using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Journal;

public sealed class ErasuresOnSqlite(SqliteServer fixture) : ErasuresOverHttpTests(fixture), IClassFixture<SqliteServer>;

public sealed class ErasuresOnPostgres(PostgresServer fixture) : ErasuresOverHttpTests(fixture), IClassFixture<PostgresServer>;

/// <summary>A person asks to be forgotten: their texts are gone from the API, the screens and the journal, and the journal still verifies.</summary>
public abstract class ErasuresOverHttpTests(ServerFixture fixture)
{
    const string Person = "Ottoline Quirke", Admin = "adam:administrator";

    [Fact]
    public async Task A_persons_texts_are_gone_everywhere_and_the_journal_verifies()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        await desk.Payer("E", 10_000);
        var block = await desk.Order("E-1", "E", 12_000);
        (await desk.Decide(block, "maintainBlock", new
        {
            until = "2026-03-20", mustHappen = $"{Person} calls back", reason = $"agreed with {Person}", dissent = $"{Person.ToUpperInvariant()} thinks otherwise",
        })).Expect(200);
        await desk.Invoice("E-I", "E", 500);
        (await server.Post("/disputes", new
        {
            number = "E-D", invoice = "E-I", amount = 100, reason = "price", legitimacy = "unqualified", owner = "sales", person = Person, note = $"{Person} wrote a letter",
        })).Expect(200);
        (await server.Patch("/disputes/E-D", new { evidence = "folder 7" })).Expect(200);
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "lena", roles = new[] { "leadership" } })).Expect(201)["key"]!);
        string[] addresses = [$"/blocks/{block}", "/disputes/E-D", "/journal?root=E", "/customers/E"];
        string[] pages = [$"/blocks/{block}", "/journal/E", "/customers/E"];
        Assert.Equal(3, await CountAsync(server, addresses));

        (await server.Post("/erasures", new { customer = "E", containing = Person, reason = "asked to be forgotten" }, CreditDesk.Mia)).Expect(403, "not-permitted");
        (await server.Post("/erasures", new { customer = "E", containing = Person, reason = "asked to be forgotten" }, CreditDesk.Cora)).Expect(403, "not-permitted");
        Assert.Equal(3, await CountAsync(server, addresses));
        var erased = (await server.Post("/erasures", new { customer = "E", containing = Person, reason = "asked to be forgotten" }, Admin)).Expect(200);
        Assert.Equal("E", erased["root"]);
        Assert.True(erased.Body.GetProperty("texts").GetInt32() >= 6, erased.Text);

        Assert.Equal(0, await CountAsync(server, addresses));
        foreach (var page in pages) Assert.DoesNotContain(Person, await (await browser.GetAsync(page)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.OrdinalIgnoreCase);
        Assert.Equal("[erased]", (await server.Get("/disputes/E-D"))["note"]);
        Assert.Equal("folder 7", (await server.Get("/disputes/E-D"))["evidence"]);
        var verified = (await server.Get("/journal/verify")).Expect(200);
        Assert.Equal("True", verified["valid"]);
        var journal = (await server.Get("/journal?root=E")).Expect(200).Body.GetProperty("entries").EnumerateArray().Last();
        Assert.Equal(("eraseTexts", "key:adam", "asked to be forgotten"),
            (journal.GetProperty("command").GetString(), journal.GetProperty("actor").GetString(), journal.GetProperty("reason").GetString()));
        Assert.Equal(0, (await server.Post("/erasures", new { customer = "E", containing = Person, reason = "asked again" },
            Admin)).Expect(200).Body.GetProperty("texts").GetInt32());
    }

    [Fact]
    public async Task A_single_text_is_erased_by_its_number()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        await desk.Payer("F", 10_000);
        var block = await desk.Order("F-1", "F", 12_000);
        (await desk.Decide(block, "reject", new { reason = "somebody said so" })).Expect(200);
        var entry = (await server.Get("/journal?root=F")).Expect(200).Body.GetProperty("entries").EnumerateArray().Last();
        var texts = entry.GetProperty("texts").EnumerateArray().Where(text => text.GetProperty("text").GetString() == "somebody said so")
            .Select(text => new { entry = entry.GetProperty("number").GetInt64(), number = text.GetProperty("number").GetInt32() }).ToArray();
        Assert.NotEmpty(texts);
        (await server.Post("/erasures", new { customer = "F", texts, reason = "asked" }, CreditDesk.Lea)).Expect(200);
        Assert.DoesNotContain("somebody said so", (await server.Get($"/blocks/{block}")).Expect(200).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody said so", (await server.Get("/journal?root=F")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_erased_is_refused_by_name()
    {
        var server = await fixture.StartedAsync();
        (await server.Post("/erasures", new { customer = "nobody", containing = "Quirke", reason = "asked" }, Admin)).Expect(404, "not-found");
        (await server.Post("/erasures", new { containing = "Quirke", reason = " " }, Admin)).Expect(422, "field-invalid");
        (await server.Post("/erasures", new { containing = "Quirke" }, Admin)).Expect(422, "field-invalid");
        (await server.Post("/erasures", new { reason = "asked" }, Admin)).Expect(422, "field-invalid");
        (await server.Post("/erasures", new { containing = "Qu", reason = "asked" }, Admin)).Expect(422, "field-invalid");
        (await server.Post("/erasures", new { containing = "Quirke", reason = "Quirke asked" }, Admin)).Expect(422, "field-invalid");
        (await server.Post("/erasures", new { containing = "Quirke", reason = "asked", all = true }, Admin)).Expect(422, "field-unknown");
        Assert.Equal("0", (await server.Post("/erasures", new { containing = "nobody of this name", reason = "asked" }, Admin)).Expect(200)["texts"]);
    }

    /// <summary>How many of these answers name the person.</summary>
    static async Task<int> CountAsync(RunningServer server, string[] addresses)
    {
        var count = 0;
        foreach (var address in addresses)
            if ((await server.Get(address)).Text.Contains(Person, StringComparison.OrdinalIgnoreCase)) count++;
        return count;
    }
}
