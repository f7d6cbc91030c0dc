using System.Text.Json;
using Aval.Tests.Access;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Persons;

public sealed class PersonsOnSqlite(SqliteServer fixture) : PersonsTests(fixture), IClassFixture<SqliteServer>;

public sealed class PersonsOnPostgres(PostgresServer fixture) : PersonsTests(fixture), IClassFixture<PostgresServer>;

/// <summary>A person is told what is kept of them, and is forgotten at every root and beside the journal; who decided stays, and every chain proves.</summary>
public abstract class PersonsTests(ServerFixture fixture)
{
    const string Admin = "adam:administrator", Reason = "asked to be forgotten";

    [Fact]
    public async Task A_user_is_told_everything_and_once_disabled_forgotten_everywhere()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        const string name = "Ottoline Quirke";
        await desk.Payer("PU", 10_000);
        await desk.Payer("PV", 10_000);
        var token = await server.UserAsync(name, "sales");
        (await server.Put($"/users/{Uri.EscapeDataString(name)}", new { roles = new[] { "sales" }, fullName = "O. M. Q.", email = "oq@example.com" })).Expect(200);
        (await server.Get("/me", by: token)).Expect(200);
        foreach (var payer in new[] { "PU", "PV" })
        {
            await desk.Invoice($"{payer}-I", payer, 500);
            (await server.Post("/disputes", new
            {
                number = $"{payer}-D", invoice = $"{payer}-I", amount = 100, reason = "price", legitimacy = "unqualified", owner = "sales", person = name,
                note = $"{name.ToUpperInvariant()} wrote a letter",
            })).Expect(200);
        }

        var told = (await server.Post("/person-exports", new { name = name.ToLowerInvariant() }, Admin)).Expect(200);
        var user = told.Body.GetProperty("user");
        Assert.Equal(("O. M. Q.", "oq@example.com"), (user.GetProperty("fullName").GetString(), user.GetProperty("email").GetString()));
        Assert.Single(told.Body.GetProperty("account").GetProperty("sessions").EnumerateArray());
        Assert.NotEmpty(told.Body.GetProperty("account").GetProperty("calls").EnumerateArray());
        var roots = told.Body.GetProperty("texts").EnumerateArray().Select(text => text.GetProperty("root").GetString());
        Assert.Equal(["PU", "PV"], roots.Where(root => root != "@company").Distinct());
        Assert.Contains(told.Body.GetProperty("rows").EnumerateArray(), row => row.GetProperty("table").GetString() == "dispute");
        Assert.DoesNotContain(People.Password, told.Text, StringComparison.Ordinal);

        var called = (await server.Post("/person-exports", new { name = "OQ@example.com" }, Admin)).Expect(200);
        Assert.Equal("O. M. Q.", called.Body.GetProperty("user").GetProperty("fullName").GetString());
        foreach (var theirs in new[] { name, "o. m. q.", "oq@example" })
            (await server.Post("/person-erasures", new { name = theirs, reason = Reason }, Admin)).Expect(409, "person-in-use");
        (await server.Post($"/users/{Uri.EscapeDataString(name)}/disable", new { reason = "left" })).Expect(200);
        var erased = (await server.Post("/person-erasures", new { name, reason = Reason }, Admin)).Expect(200);
        Assert.Equal(3, erased.Body.GetProperty("roots").GetInt32());
        Assert.True(erased.Body.GetProperty("texts").GetInt32() >= 6, erased.Text);

        foreach (var address in new[] { "/disputes/PU-D", "/disputes/PV-D", "/journal?root=PU", "/journal?root=PV" })
            Assert.DoesNotContain(name, (await server.Get(address)).Expect(200).Text, StringComparison.OrdinalIgnoreCase);
        foreach (var address in new[] { "/journal?limit=500", "/users" })
            foreach (var text in new[] { "O. M. Q.", "oq@example.com" })
                Assert.DoesNotContain(text, (await server.Get(address)).Expect(200).Text, StringComparison.Ordinal);
        var after = (await server.Post("/person-exports", new { name }, Admin)).Expect(200);
        Assert.Empty(after.Body.GetProperty("texts").EnumerateArray());
        var account = after.Body.GetProperty("account");
        Assert.Equal((0, JsonValueKind.Null), (account.GetProperty("sessions").GetArrayLength(), account.GetProperty("passwordChangedAt").ValueKind));
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
        Assert.Equal(0, (await server.Post("/person-erasures", new { name, reason = Reason }, Admin)).Expect(200).Body.GetProperty("texts").GetInt32());
    }

    [Fact]
    public async Task A_sole_trader_is_forgotten_once_they_are_no_customer()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/ST", new
        {
            name = "Florist on the Corner", country = "FR", currency = "EUR", paymentTerms = "NET30", contacts = new[] { new { name = "Bea Fleur", email = "shop@example.com" } },
            billingAddress = new { line1 = "7 rue des Lilas", city = "Lyon", postalCode = "69002", country = "FR" },
        })).Expect(200);
        (await server.Post("/person-erasures", new { name = "Bea Fleur", reason = Reason, customer = "ST" }, Admin)).Expect(409, "person-in-use");
        (await server.Post("/person-erasures", new { name = "Bea Fleur", reason = Reason, customer = "nobody" }, Admin)).Expect(404, "not-found");
        (await server.Put("/customers/ST", new { active = false })).Expect(200);
        (await server.Post("/person-erasures", new { name = "Bea Fleur", reason = Reason, customer = "ST" }, Admin)).Expect(200);
        foreach (var address in new[] { "/customers/ST", "/journal?root=ST" })
            foreach (var text in new[] { "Florist", "Fleur", "shop@example.com", "Lilas" })
                Assert.DoesNotContain(text, (await server.Get(address)).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task Whoever_may_not_or_does_not_say_whom_and_why_is_refused()
    {
        var server = await fixture.StartedAsync();
        foreach (var by in new[] { CreditDesk.Mia, CreditDesk.Cora })
        {
            (await server.Post("/person-exports", new { name = "somebody" }, by)).Expect(403, "not-permitted");
            (await server.Post("/person-erasures", new { name = "somebody", reason = Reason }, by)).Expect(403, "not-permitted");
        }

        (await server.Post("/person-exports", new { name = " x " }, Admin)).Expect(422, "field-invalid");
        (await server.Post("/person-erasures", new { name = "xy", reason = Reason }, Admin)).Expect(422, "field-invalid");
        (await server.Post("/person-erasures", new { name = "somebody", reason = " " }, Admin)).Expect(422, "field-invalid");
        (await server.Post("/person-erasures", new { name = "somebody", reason = "Somebody asked" }, Admin)).Expect(422, "field-invalid");
    }

    [Fact]
    public async Task An_administrator_looks_a_person_up_takes_the_file_and_erases_on_the_screen()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        await desk.Payer("PS", 10_000);
        await desk.Invoice("PS-I", "PS", 500);
        (await server.Post("/disputes", new
        {
            number = "PS-D", invoice = "PS-I", amount = 100, reason = "price", legitimacy = "unqualified", owner = "sales", person = "Wilma Wren", note = "by letter",
        })).Expect(200);
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "office", roles = new[] { "administrator" } })).Expect(201)["key"]!);
        var page = await PostAsync(browser, "/persons", new() { ["name"] = "Wilma Wren" });
        Assert.Contains("Texts that name them", page, StringComparison.Ordinal);
        Assert.Contains("\"Wilma Wren\"", await PostAsync(browser, "/persons/export", new() { ["name"] = "Wilma Wren" }), StringComparison.Ordinal);
        var done = await PostAsync(browser, "/persons/erase", new() { ["name"] = "Wilma Wren", ["reason"] = Reason, ["customer"] = "" });
        Assert.Contains("the journal still proves", done, StringComparison.Ordinal);
        Assert.DoesNotContain("Wilma Wren", (await server.Get("/disputes/PS-D")).Expect(200).Text, StringComparison.Ordinal);
    }

    static async Task<string> PostAsync(Browser browser, string path, Dictionary<string, string> fields)
    {
        fields["token"] = await browser.TokenAsync("/persons");
        return await (await browser.PostAsync(path, fields)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
