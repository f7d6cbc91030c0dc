using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Aval.Access;
using Aval.Casework;
using Aval.Kernel;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Tidy;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Tests.Web;

public sealed class FormsOnSqlite(SqliteServer fixture) : FormsTests(fixture), IClassFixture<SqliteServer>;

public sealed class FormsOnPostgres(PostgresServer fixture) : FormsTests(fixture), IClassFixture<PostgresServer>;

/// <summary>What holds for every form: who may send it, what comes of one that cannot be read, and where its address leads.</summary>
public abstract class FormsTests(ServerFixture fixture)
{
    /// <summary>What somebody types who wants to see it break.</summary>
    static readonly string[] Odd =
    [
        "99999999999", "-99999999999999999999", "1e400", "NaN", "0,0000000001", "9999999999999,99", "0001-01-01", "9999-12-31", "2026-02-30", "\ufffd\u202e", "release", "1 1\n1 1",
        "99999999999 1", "1 99999999999999999999999", "X1", "*", "' OR 1=1 --", "../..", "escalate", "releaseUnderCondition", "stagedInvoicing", "releasePartially", "",
    ];

    /// <summary>All fields that any form reads.</summary>
    static readonly string[] Fields = [.. FieldNames()];

    [Fact]
    public async Task A_form_without_the_token_of_its_page_is_refused()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedInAsync(server);
        foreach (var form in Forms(server))
            Assert.Equal((form.Path, HttpStatusCode.BadRequest), (form.Path, (await browser.PostAsync(Filled(form.Path, ""), new() { ["reason"] = "x" })).StatusCode));
    }

    [Fact]
    public async Task A_form_is_not_taken_from_a_role_that_has_no_right_to_it()
    {
        var server = await fixture.StartedAsync();
        foreach (var role in Roles.All)
        {
            using var browser = new Browser(server);
            await browser.SignInAsync((await server.Post("/api-keys", new { name = "forms-" + role, roles = new[] { role } })).Expect(201)["key"]!);
            var token = await browser.TokenAsync("/account");
            foreach (var form in Forms(server).Where(form => form.Permission is { } right && !right.IsGrantedTo(Actor.Key("forms", role))))
                Assert.Equal(
                    (role, form.Path, HttpStatusCode.Forbidden),
                    (role, form.Path, (await browser.PostAsync(Filled(form.Path, ""), new() { ["token"] = token })).StatusCode));
        }
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused_with_a_page_and_is_no_fault_of_ours()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedInAsync(server);
        using var stranger = new Browser(server);
        var token = await browser.TokenAsync("/account");
        foreach (var form in Forms(server))
            foreach (var by in new[] { browser, stranger })
                foreach (var (body, headers) in Unreadable(token))
                {
                    using var answer = await by.AskAsync(HttpMethod.Post, Filled(form.Path, ""), body, headers);
                    Assert.Equal((form.Path, HttpStatusCode.BadRequest, "text/html"), (form.Path, answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
                }

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync("/orders?q=%00")).StatusCode);
    }

    /// <summary>What somebody has typed is told as they typed it.</summary>
    static string ButTyped(string said) => Odd.Where(odd => odd.Length > 3).OrderByDescending(odd => odd.Length)
        .Aggregate(said, (told, odd) => told.Replace(odd, "…", StringComparison.Ordinal));

    [Fact]
    public async Task Whatever_is_typed_into_a_form_is_answered_or_refused()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("FO", 100);
        var block = await desk.Order("FO-1", "FO", 1_000, units: 4);
        await desk.Invoice("FO-I", "FO", 500);
        (await desk.Dispute("FO-D", "FO-I", 100)).Expect(200);
        (await desk.Server.Post("/receipts", new { number = "FO-R", payer = "FO", date = "2026-03-02", currency = "EUR", amount = 77, cleared = true })).Expect(200);
        using var browser = await SignedInAsync(desk.Server);
        var token = await browser.TokenAsync("/account");
        var random = new Random(20260302);
        var faults = new List<string>();
        foreach (var form in Forms(desk.Server).Where(form => form.Permission is not null && !Ends(form.Path)))
            for (var at = 0; at < 12; at++)
            {
                var sent = Fields.Select(name => KeyValuePair.Create(name, Odd[random.Next(Odd.Length)])).Append(new("decision", "release")).Append(new("token", token));
                using var answer = await browser.SendAsync(Filled(form.Path, block), at < 4 ? sent : sent.Where(field => field.Key == "token" || random.Next(3) == 0));
                if ((int)answer.StatusCode >= 500) faults.Add($"{form.Path}: {answer.StatusCode}");
                faults.AddRange(Refusals(await TextAsync(answer)).Select(ButTyped).Where(SpokenRefusals.Speaks).Select(said => $"{form.Path} says: {said}"));
            }

        Guard.Clean(faults.Distinct());

        foreach (var number in new[] { "99999999999", "-1", "x" })
        {
            using var answer = await browser.PostAsync($"/blocks/{block}/decisions", new() { ["token"] = token, ["option"] = number, ["reason"] = "r" });
            Assert.Equal((number, HttpStatusCode.UnprocessableEntity), (number, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_text_that_the_interface_would_not_take_is_taken_by_no_form()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("FL", 100);
        var block = await desk.Order("FL-1", "FL", 1_000);
        using var browser = await SignedInAsync(desk.Server);
        var token = await browser.TokenAsync("/account");
        foreach (var (reason, told) in new[] { (new string('x', 4_001), "4,000 characters"), ("a\u0007b", "no control characters") })
            foreach (var address in new[] { $"/blocks/{block}/decisions", $"/work/{block}/hand-over", "/orders/FL-1/waive" })
            {
                using var refused = await browser.PostAsync(address, new() { ["token"] = token, ["decision"] = "release", ["to"] = "credit", ["reason"] = reason });
                if (refused.StatusCode == HttpStatusCode.NotFound) continue;
                Assert.Equal((address, HttpStatusCode.UnprocessableEntity), (address, refused.StatusCode));
                Assert.Contains(told, await TextAsync(refused), StringComparison.Ordinal);
            }

        var handOver = await PageForm.FindAsync(browser, "/work?owner=all", $"/work/{block}/hand-over");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await handOver!.SendAsync(("to", "sales"), ("reason", "theirs"), ("edition", null))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await handOver.SendAsync(("to", "sales"), ("reason", "theirs"), ("edition", "*"))).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await handOver.SendAsync(("to", "sales"), ("reason", "theirs"), ("edition", "old"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await handOver.SendAsync(("to", "sales"), ("reason", new string('x', 4_000)))).Status);
    }

    [Fact]
    public async Task Nobody_decides_or_activates_on_a_page_what_the_page_has_not_shown()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("FV", 100);
        var block = await desk.Order("FV-1", "FV", 1_000);
        using var browser = await SignedInAsync(desk.Server);
        var token = await browser.TokenAsync("/account");
        using var decided = await browser.PostAsync($"/blocks/{block}/decisions", new() { ["token"] = token, ["decision"] = "release", ["reason"] = "so" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, decided.StatusCode);
        Assert.Equal("held", (await desk.Get("FV-1")).Expect(200)["status"]);
        (await desk.Server.Put("/policies/draft", new { basedOn = "standard", watchPercent = 87 }, CreditDesk.Mia)).Expect(200);
        using var activated = await browser.PostAsync("/policy/draft/activate", new() { ["token"] = token, ["reason"] = "so" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, activated.StatusCode);
        (await desk.Server.Get("/policies/draft")).Expect(200);
    }

    [Fact]
    public async Task The_address_of_a_form_leads_to_the_page_that_it_stands_on()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedInAsync(server);
        var pages = Addresses(server).Where(page => page.Method == "GET").Select(page => page.Path).ToHashSet();
        foreach (var form in Forms(server).Where(form => !pages.Contains(form.Path)))
        {
            using var answer = await browser.GetAsync(Filled(form.Path, "") + "?x=1");
            var to = answer.Headers.Location?.OriginalString.Split('?')[0];
            Assert.Equal((form.Path, HttpStatusCode.SeeOther), (form.Path, answer.StatusCode));
            Assert.StartsWith(to!.Split("/X1")[0], form.Path, StringComparison.Ordinal);
            Assert.NotEqual(HttpStatusCode.MethodNotAllowed, (await browser.GetAsync(to!)).StatusCode);
        }

        Assert.Equal($"{WorkShown.Path}/X1?owner=all", (await browser.GetAsync($"{WorkShown.Path}/X1/claim?owner=all")).Headers.Location!.OriginalString);
        Assert.Equal("/customers/X%201", (await browser.GetAsync("/customers/X%201/promises")).Headers.Location!.OriginalString);
        using var put = await browser.AskAsync(HttpMethod.Put, "/orders/X1");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, put.StatusCode);
        Assert.Contains("This cannot be asked here", await TextAsync(put), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_refuses_a_form_says_where_it_stands()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("FP", 100);
        var block = await desk.Order("FP-1", "FP", 1_000);
        using var browser = await SignedInAsync(desk.Server);
        var token = await browser.TokenAsync("/account");
        using var refused = await browser.PostAsync($"/blocks/{block}/decisions", new() { ["token"] = token, ["decision"] = "release" });
        var text = await TextAsync(refused);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var returns = Regex.Matches(text, "name=\"return\" value=\"(?<to>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Groups["to"].Value);
        Assert.Equal([$"/blocks/{block}"], returns.Distinct());
        Assert.DoesNotContain(block, Crumbs(text), StringComparison.Ordinal);
        using var told = await browser.PostAsync("/customers/FP/promises", new() { ["token"] = token });
        Assert.Contains("href=\"/customers\"", Crumbs(await TextAsync(told)), StringComparison.Ordinal);
    }

    static IEnumerable<(HttpContent Body, (string, string)[] Headers)> Unreadable(string token)
    {
        yield return (new FormUrlEncodedContent(Enumerable.Range(0, 1_100).Select(at => KeyValuePair.Create("f" + at, "x"))), []);
        yield return (new FormUrlEncodedContent([new("token", token), new("reason", "a\0b")]), []);
        yield return (Typed("--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nbroken", "multipart/form-data; boundary=b"), []);
        yield return (Typed("x", "multipart/form-data"), []);
        yield return (Typed("{}", "application/json"), [("RequestVerificationToken", token)]);
    }

    static ByteArrayContent Typed(string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    /// <summary>It ends the session that the others need.</summary>
    static bool Ends(string path) => path.Contains("sessions", StringComparison.Ordinal) || path.Contains("/password", StringComparison.Ordinal);

    static IReadOnlyList<PageAddress> Forms(RunningServer server) => [.. Addresses(server).Where(page => page.Method == "POST")];

    static IEnumerable<PageAddress> Addresses(RunningServer server) =>
        server.Get<EndpointDataSource>().Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<PageAddress>()).OfType<PageAddress>();

    /// <summary>The address of something that is there, where the test has made it.</summary>
    static string Filled(string path, string block)
    {
        var known = path.StartsWith("/blocks", StringComparison.Ordinal) && block.Length > 0 ? block
            : block.Length == 0 ? "X1"
            : path.StartsWith("/customers", StringComparison.Ordinal) ? "FO"
            : path.StartsWith("/orders", StringComparison.Ordinal) ? "FO-1"
            : path.StartsWith("/disputes", StringComparison.Ordinal) ? "FO-D"
            : path.StartsWith("/cash/receipts", StringComparison.Ordinal) ? "FO-R"
            : "X1";
        return Regex.Replace(path, @"\{\w+\}", known, RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    /// <summary>What a page says of a form that was refused.</summary>
    static IEnumerable<string> Refusals(string page) => Regex.Matches(
        page, "(?:role=\"alert\"|invalid-feedback|<section class=\"message\")[^>]*>(?<said>.*?)</(?:p|div|section|span)>", RegexOptions.Singleline, TimeSpan.FromSeconds(5))
        .Select(match => Regex.Replace(match.Groups["said"].Value, "<[^>]*>", "", RegexOptions.None, TimeSpan.FromSeconds(1)));

    static string Crumbs(string page) => Regex.Match(page, "<nav class=\"crumbs\".*?</nav>", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Value;

    static async Task<string> TextAsync(HttpResponseMessage reply) =>
        WebUtility.HtmlDecode(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    static async Task<Browser> SignedInAsync(RunningServer server)
    {
        var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);
        return browser;
    }

    /// <summary>As the components name them; a form is sent more than its page has.</summary>
    static IEnumerable<string> FieldNames() => Repository.Files.Where(file => file.Extension is ".razor" or ".cs" && file.Path.StartsWith("src/Aval/", StringComparison.Ordinal))
        .SelectMany(file => Regex.Matches(
            file.Text, "(?:form\\[\"|name=\"|Text\\((?:form, )?\"|Number\\(\"|Day\\(\")(?<name>[a-zA-Z]+)\"", RegexOptions.None, TimeSpan.FromSeconds(10)))
        .Select(match => match.Groups["name"].Value).Where(name => name is not ("token" or "viewport")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
