using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Aval.Kernel;
using Aval.Statements;
using Aval.Statements.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Statements;

public sealed class StatementPagesOnSqlite(SqliteServer fixture) : StatementPagesTests(fixture), IClassFixture<SqliteServer>;

public sealed class StatementPagesOnPostgres(PostgresServer fixture) : StatementPagesTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Files from the bank, taken on the page as a browser without scripts sends them.</summary>
public abstract class StatementPagesTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_file_that_comes_again_leads_to_the_statement_that_it_was_and_says_that_nothing_was_posted()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedIn(server, "sina1");
        var first = await Upload(browser, Of("DE75512108001245126199", 1000, 1000));
        Assert.Equal("/bank-statements/DE75512108001245126199-EUR.1", first.Split('?')[0]);
        Assert.Contains("1 payment is new, 0 were known already.", await Text(browser, first), StringComparison.Ordinal);
        var again = await Upload(browser, Of("DE75512108001245126199", 1000, 1000));
        Assert.Equal(first.Split('?')[0], again.Split('?')[0]);
        var page = await Text(browser, again);
        Assert.Contains("All payments were known already (0 new, 1 known), so none was posted again.", page, StringComparison.Ordinal);
        Assert.Contains("The same file was taken on", page, StringComparison.Ordinal);

        var other = await Upload(browser, Of("DE75512108001245126199", 1000, 1000) + "\n");
        Assert.Equal("/bank-statements/DE75512108001245126199-EUR.2", other.Split('?')[0]);
        page = await Text(browser, other);
        Assert.Contains("(0 new, 1 known)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("The same file was taken on", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_files_have_brought_is_told_to_whoever_sent_them_and_no_link_can_say_it()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedIn(server, "sina2");
        using var other = await SignedIn(server, "sven2");
        var taken = await Upload(browser, Of("DE02100500000054540402", 2000, 2000), Of("DE02300209000106531065", 3000, 3000));
        Assert.Equal("/bank-statements", taken.Split('?')[0]);
        Assert.Contains("2 payments are new", await Text(browser, taken), StringComparison.Ordinal);
        Assert.DoesNotContain("payments are new", await Text(other, taken), StringComparison.Ordinal);
        var lie = await Text(browser, "/bank-statements?taken=%7B%22By%22%3A%22sina2%22%2C%22Fresh%22%3A7%7D");
        Assert.DoesNotContain("payments are new", lie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_agree_is_told_in_the_language_of_whoever_reads_it()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedIn(server, "sina3");
        var statement = (await Upload(browser, Of("DE02200505501015871393", 1_234_500, 1_234_600), "accept")).Split('?')[0];
        Assert.Contains("Opening balance 0.00 EUR and entries of 12345.00 EUR give 12345.00 EUR, but the closing balance is 12346.00 EUR.",
            (await Text(browser, statement)).Replace(",", "", StringComparison.Ordinal).Replace("EUR but", "EUR, but", StringComparison.Ordinal), StringComparison.Ordinal);
        browser.Language = "de";
        Assert.Contains("Anfangssaldo 0,00 EUR und Buchungen über 12.345,00 EUR ergeben 12.345,00 EUR, der Endsaldo ist aber 12.346,00 EUR.",
            await Text(browser, statement), StringComparison.Ordinal);
        var told = (await server.Get("/bank-statements/DE02200505501015871393-EUR.1")).Expect(200);
        Assert.Equal("opening balance 0.00 EUR and entries of 12345.00 EUR give 12345.00 EUR, but the closing balance is 12346.00 EUR", told["differences"]);
    }

    [Fact]
    public async Task A_payment_that_became_a_receipt_is_called_one_and_not_matched()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/SP4", new { name = "Customer SP4", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        using var browser = await SignedIn(server, "sina4");
        (await server.Post("/invoices", new { number = "SP4-70001", customer = "SP4", date = "2026-02-01", dueDate = "2026-03-20", currency = "EUR", amount = 5000 })).Expect(200);
        var statement = await Upload(browser, Of("DE02500105170137075030", 777_00, 777_00, "SP4-70001 in part"));
        var page = await Text(browser, statement);
        Assert.Contains(">Receipt<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Matched", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mapping_is_made_of_a_sample_tried_saved_and_read_by_and_whoever_only_reads_makes_none()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedIn(server, "sina5");
        const string Sample = "Meine Bank\nBuchungstag;Auftraggeber;Verwendungszweck;Betrag\n01.03.2026;Muster GmbH;<b>RE 4711</b>;1.234,56\n02.03.2026;Beispiel;RE 4712;-7,00\n";
        using var form = new MultipartFormDataContent { { new StringContent(await browser.TokenAsync("/csv-mappings")), "token" } };
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(Sample)), "sample", "house.csv");
        using var looked = await browser.AskAsync(HttpMethod.Post, "/csv-mappings/sample", form);
        var page = await looked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("&lt;b&gt;RE 4711&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Matches("value=\"bookingDate\" selected", page);
        Assert.Matches("value=\"remittance\" selected", page);
        Assert.Matches("name=\"skipLines\" value=\"1\"", page);

        List<KeyValuePair<string, string>> Fields(string name, string currency, string token) =>
        [
            new("token", token), new("text", Sample), new("delimiter", ";"), new("decimal", ","), new("dateForm", "dd.MM.yyyy"), new("skipLines", "1"),
            new("account", "DE02120300000000202051"), new("currency", currency), new("name", name),
            .. new[] { ("Buchungstag", "bookingDate"), ("Auftraggeber", "counterparty"), ("Verwendungszweck", "remittance"), ("Betrag", "amount") }
                .SelectMany(column => new KeyValuePair<string, string>[] { new("header", column.Item1), new("holds", column.Item2) }),
        ];
        var token = await browser.TokenAsync("/csv-mappings");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendAsync("/csv-mappings/try", Fields("", "", token))).StatusCode);
        var tried = await (await browser.SendAsync("/csv-mappings/try", Fields("", "EUR", token))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("2 payments are read from the sample", tried, StringComparison.Ordinal);
        Assert.Contains("1,234.56", tried, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendAsync("/csv-mappings", Fields("", "EUR", token))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SendAsync("/csv-mappings", Fields("house5", "EUR", token))).StatusCode);
        using var again = await browser.SendAsync("/csv-mappings", Fields("house5", "EUR", token));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        var said = await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(StatementProblems.MappingInUse.Title, said, StringComparison.Ordinal);
        Assert.Contains("Mapping house5 reads files already.", said, StringComparison.Ordinal);
        Assert.Contains("name=\"replace\"", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SendAsync("/csv-mappings", [.. Fields("house5", "EUR", token), new("replace", "1")])).StatusCode);
        foreach (var slip in new[] { ("skipLines", "some"), ("skipLines", "1001"), ("skipLines", "1.5"), ("currency", "EURO") })
            Assert.Equal((slip, HttpStatusCode.UnprocessableEntity), (slip, (await browser.SendAsync(
                "/csv-mappings", [.. Fields("house6", "EUR", token).Where(field => field.Key != slip.Item1), new(slip.Item1, slip.Item2)])).StatusCode));
        Assert.Contains("house5", await Text(browser, "/csv-mappings"), StringComparison.Ordinal);
        Assert.DoesNotContain("house6", await Text(browser, "/csv-mappings"), StringComparison.Ordinal);
        Assert.Contains("<option value=\"house5\">", await Text(browser, "/bank-statements"), StringComparison.Ordinal);
        Assert.Contains("Muster GmbH", await Text(browser, await Upload(browser, Sample)), StringComparison.Ordinal);

        using var reader = new Browser(server);
        await reader.SignInAsync((await server.Post("/api-keys", new { name = "rita5", roles = new[] { "creditAnalyst" } })).Expect(201)["key"]!);
        Assert.DoesNotContain("csv-mappings/sample", await Text(reader, "/csv-mappings"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendAsync("/csv-mappings", Fields("mine", "EUR", await reader.TokenAsync("/account")))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PostAsync("/csv-mappings/house5/remove", new() { ["token"] = token })).StatusCode);
        Assert.DoesNotContain("house5", await Text(browser, "/csv-mappings"), StringComparison.Ordinal);
    }

    static string Of(string account, long amount, long closing, string text = "payment of somebody") => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $":20:A\n:25:{account}\n:28C:1/1\n:60F:C260301EUR0,00\n"
        + $":61:2603010301C{amount / 100},{amount % 100:00}NTRFNONREF\n:86:{text}\n:62F:C260301EUR{closing / 100},{closing % 100:00}\n-\n");

    /// <summary>Where the visitor is led after sending these files.</summary>
    static async Task<string> Upload(Browser browser, params string[] files)
    {
        var accepts = files is [_, "accept"];
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await browser.TokenAsync("/bank-statements")), "token" }, { new StringContent(accepts ? "accept" : "refuse"), "balances" },
        };
        foreach (var (text, at) in (accepts ? files[..1] : files).Select((text, at) => (text, at)))
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "files", $"file-{at}.sta");
        using var sent = await browser.AskAsync(HttpMethod.Post, "/bank-statements", form);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        return sent.Headers.Location!.OriginalString;
    }

    static async Task<Browser> SignedIn(RunningServer server, string name)
    {
        var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name, roles = new[] { "accountsReceivable" } })).Expect(201)["key"]!);
        return browser;
    }

    static async Task<string> Text(Browser browser, string path)
    {
        var text = WebUtility.HtmlDecode(await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return Regex.Replace(text.Replace('\u00a0', ' '), @"\s+", " ");
    }
}

/// <summary>Sentences that are kept with their parts.</summary>
public sealed class KeptWordingsTests
{
    [Fact]
    public void A_sentence_that_was_kept_says_the_same_again_and_keeps_its_parts()
    {
        var (page, money) = (7, new Money(1_234_500, Currency.EUR));
        Wording inner = $"credits";
        Wording[] said = [$"page {page}/{"A"} of {inner} {{odd}} began with {money}, or {12.5m}", $"nothing{(string?)null}"];
        var read = KeptWordings.Read(KeptWordings.Write(said));
        Assert.Equal(said, read);
        Assert.Equal(said.Select(one => one.Pattern), read.Select(one => one.Pattern));
        Assert.Equal([7L, "A", inner, money, 12.5m], read[0].Parts);
    }

    [Fact]
    public void Nothing_is_kept_of_nothing_and_what_was_kept_in_English_before_is_still_told()
    {
        Assert.Null(KeptWordings.Write([]));
        Assert.Empty(KeptWordings.Read(null));
        Assert.Equal("page 7/1 is missing {before} page 7/2; line 3: more", Assert.Single(KeptWordings.Read("page 7/1 is missing {before} page 7/2; line 3: more")).ToString());
    }

    [Fact]
    public void All_totals_of_a_bank_that_its_entries_contradict_are_said_with_their_parts()
    {
        var read = StatementFile.Read(Encoding.UTF8.GetBytes(":20:A\n:25:4455\n:28C:1/1\n:60F:C260301EUR1,00\n:61:2603010301C2,00NTRFNONREF\n:62F:C260301EUR4,00\n-\n"));
        Assert.Equal(4, Assert.Single(Balances.Differences(Assert.Single(read.Statements))).Parts.Count);
    }
}
