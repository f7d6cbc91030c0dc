using System.Net;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Policies;

public sealed class PolicyScreensOnSqlite() : PolicyScreensTests(null);

public sealed class PolicyScreensOnPostgres(PostgresCluster cluster) : PolicyScreensTests(cluster);

/// <summary>The policy on its pages: nothing they do that the API does not, and nothing that they lose.</summary>
public abstract class PolicyScreensTests(PostgresCluster? cluster)
{
    const string Draft = "/policy/draft";

    [Fact]
    public async Task Every_form_that_is_sent_back_as_it_stands_leaves_the_draft_as_it_was()
    {
        await using var server = await StartedAsync();
        using var mia = await SignedInAsync(server, "mia", "creditManager");
        // All that a policy can say, and a rule for somebody.
        (await server.Put("/policies/draft", new
        {
            basedOn = "standard", currency = "USD", internalDefect = new { act = "releaseAndFix", upTo = 5 }, cashApplication = new
            {
                tolerance = 1.5, tolerancePercent = 2, discountGraceDays = 3, oldestFirst = true, writeOffUpTo = 7, allocationOrder = new[] { "costs", "interest" },
                postFrom = new[] { new { rule = "exactAmount", confidence = 0.8 } },
            },
            rules = new object[]
            {
                new { rule = "limit", severity = "warn", tolerancePercent = 5, stages = new { pickRelease = new { toleranceAmount = 9 } }, overridesRelease = true },
                new
                {
                    rule = "overdue", severity = "refer", scope = new { country = "FR" }, longestPromiseDays = 30, level = "group",
                    pairs = new[] { new { minDays = 1, minAmount = 2, minSharePercent = 3 }, new { minDays = 4, minAmount = 5, minSharePercent = 6 } },
                },
                new { rule = "orderTooLarge", severity = "complete", amount = 10, newCustomers = new { amount = 4, days = 90 } }, new { rule = "taxIdInvalid", severity = "off" },
            },
        }, "mia:creditManager")).Expect(200);
        var before = await WrittenAsync(server);
        foreach (var part in Words.All<PolicyPart>())
        {
            var address = $"{Draft}/part?part={part}";
            Assert.Equal((HttpStatusCode.SeeOther, $"{Draft}#{part}"), Went(await (await FormAsync(mia, address, address)).SendAsync()));
            Assert.Equal((part, before), (part, await WrittenAsync(server)));
        }

        foreach (var rule in RuleJson.Names.Where(rule => Standard.Policy.Rules.Any(one => one.Name == rule)))
        {
            var address = $"{Draft}/rule?rule={rule}" + (rule == "overdue" ? "&scope=country&whom=FR" : "");
            Assert.Equal((HttpStatusCode.SeeOther, $"{Draft}#blockingRules"), Went(await (await FormAsync(mia, address, address)).SendAsync()));
            Assert.Equal((rule, before), (rule, await WrittenAsync(server)));
        }
    }

    [Fact]
    public async Task What_is_wrong_is_refused_by_name_beside_its_field_and_changes_nothing()
    {
        await using var server = await StartedAsync();
        using var mia = await SignedInAsync(server, "mia", "creditManager");
        Assert.Equal((HttpStatusCode.SeeOther, Draft), Went(await (await FormAsync(mia, "/policy", Draft)).SendAsync(("basedOn", "standard"))));
        var before = (await server.Get("/policies/draft")).Expect(200).Text;
        foreach (var (address, name, value, fault) in new[]
        {
            ("rule?rule=orderTooLarge", "amount", "a lot", "Must be a number from 0 to below 10^13."), ("rule?rule=orderTooLarge", "amount", "-1", "Must be a number from 0"),
            ("rule?rule=orderTooLarge", "amount", "", "Must be a number from 0"),
            ("rule?rule=orderTooLarge", "newCustomers.amount", "1", "Must be a whole number from 1 to 3650."),
            ("rule?rule=overdue", "pairs[0].minDays", "3651", "Must be a whole number from 1 to 3650."), ("rule?rule=overdue", "bogus", "1", "is not a field here."),
            ("part?part=creditPolicy", "horizonDays", "", "Must be a whole number from 0 to 3650."), ("part?part=creditPolicy", "currency", "EURO", "Must be an ISO 4217 currency"),
            ("part?part=delegationLevels", "delegation[4].upTo", "1", "Must be one of leadership"), ("part?part=decisionDeadlines", "bogus[0].x", "1", "is not a field here."),
            ("part?part=decisionDeadlines", "decisionDeadlines[2].upTo", "5", "must rise in amount"),
            ("part?part=commercialEscalation", "escalation[0].to", "sales", "Must be one of"),
        })
        {
            var (status, text, _) = await (await FormAsync(mia, $"{Draft}/{address}", $"{Draft}/{address}")).SendAsync((name, value));
            Assert.Equal((name, HttpStatusCode.UnprocessableEntity), (name, status));
            Assert.True(text.Contains(fault, StringComparison.Ordinal), $"{name}: {fault} is not told");
            if (fault.StartsWith("Must", StringComparison.Ordinal)) Assert.Contains("aria-invalid=\"true\"", text, StringComparison.Ordinal);
        }

        Assert.Equal(before, (await server.Get("/policies/draft")).Expect(200).Text);
        foreach (var none in new[] { "rule?rule=bogus", "rule?rule=limit&scope=country", "part?part=bogus" })
            Assert.Equal(HttpStatusCode.NotFound, (await mia.GetAsync($"{Draft}/{none}")).StatusCode);
    }

    [Fact]
    public async Task A_rule_for_somebody_is_set_seen_beside_what_holds_and_taken_away()
    {
        await using var server = await StartedAsync();
        using var mia = await SignedInAsync(server, "mia", "creditManager");
        await (await FormAsync(mia, "/policy", Draft)).SendAsync(("basedOn", "1"));
        const string Address = Draft + "/rule?rule=orderTooLarge&scope=country&whom=FR";
        await (await FormAsync(mia, Address, Address)).SendAsync(("amount", "5000"), ("severity", "refer"));
        const string Sentence = "For payers in FR, an order needs a decision when it is worth more than 5,000 EUR.";
        Assert.Contains(Sentence, await TextAsync(mia, "/policy/compare?from=1&to=draft"), StringComparison.Ordinal);
        Assert.Contains("They do not differ.", await TextAsync(mia, "/policy/compare?from=1&to=standard"), StringComparison.Ordinal);
        Assert.Contains(Sentence, await TextAsync(mia, Draft), StringComparison.Ordinal);
        await (await FormAsync(mia, Address, Address.Replace("/rule?", "/rule/remove?", StringComparison.Ordinal))).SendAsync();
        Assert.DoesNotContain(Sentence, await TextAsync(mia, Draft), StringComparison.Ordinal);
        Assert.Null(await PageForm.FindAsync(mia, Draft + "/rule?rule=limit", Draft + "/rule/remove?rule=limit"));
        foreach (var none in new[] { "/policy/versions/2", "/policy/versions/x", "/policy/compare?from=2", "/policy/compare?to=x" })
            Assert.Equal(HttpStatusCode.NotFound, (await mia.GetAsync(none)).StatusCode);
    }

    [Fact]
    public async Task A_draft_is_activated_by_another_person_who_saw_it_as_it_is()
    {
        await using var server = await StartedAsync();
        using var mia = await SignedInAsync(server, "mia", "creditManager", "leadership");
        using var cora = await SignedInAsync(server, "cora", "customerService");
        using var lea = await SignedInAsync(server, "lea", "leadership");
        const string Activate = Draft + "/activate";
        Assert.Equal(HttpStatusCode.SeeOther, (await lea.GetAsync(Draft)).StatusCode);
        await (await FormAsync(mia, "/policy", Draft)).SendAsync(("basedOn", "1"));
        // Nobody activates their own, and who has no right sees no button and is refused.
        Assert.Null(await PageForm.FindAsync(mia, Draft, Activate));
        Assert.Null(await PageForm.FindAsync(cora, Draft, Activate));
        Assert.Null(await PageForm.FindAsync(cora, "/policy", Draft));
        Assert.Null(await PageForm.FindAsync(lea, "/policy", Draft));
        var seen = await FormAsync(lea, Draft, Activate);
        var token = seen.Fields.Single(field => field.Key == "token").Value;
        Assert.Equal(HttpStatusCode.BadRequest, (await cora.SendAsync(Activate, [KeyValuePair.Create("token", token)])).StatusCode);
        foreach (var (who, status) in new[] { (cora, HttpStatusCode.Forbidden), (mia, HttpStatusCode.Forbidden) })
        {
            var edition = seen.Fields.Single(field => field.Key == "edition");
            var sent = await who.SendAsync(Activate, [KeyValuePair.Create("token", await TokenAsync(who)), KeyValuePair.Create("reason", "mine"), edition]);
            Assert.Equal(status, sent.StatusCode);
        }

        foreach (var page in new[] { Draft, Draft + "/part?part=creditPolicy", Draft + "/rule?rule=limit", "/policy/setup" })
            Assert.Equal(
                HttpStatusCode.Forbidden, (await cora.SendAsync(page, [KeyValuePair.Create("token", await TokenAsync(cora)), KeyValuePair.Create("basedOn", "1")])).StatusCode);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await seen.SendAsync(("reason", " "))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await seen.SendAsync(("reason", "spring"), ("effectiveFrom", "2026-03-01"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await seen.SendAsync(("reason", "spring"), ("effectiveFrom", "soon"))).Status);
        const string Limit = Draft + "/rule?rule=limit";
        await (await FormAsync(mia, Limit, Limit)).SendAsync(("severity", "warn"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await seen.SendAsync(("reason", "spring"))).Status);
        Assert.Equal((HttpStatusCode.SeeOther, "/policy/versions/2"), Went(await (await FormAsync(lea, Draft, Activate)).SendAsync(("reason", "spring <b>sale</b>"))));
        var page2 = await (await cora.GetAsync("/policy/versions/2")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("spring &lt;b&gt;sale", page2, StringComparison.Ordinal);
        Assert.Contains("mia", page2, StringComparison.Ordinal);
        Assert.Equal("warn", Severity((await server.Get("/policies/current")).Expect(200)));
        Assert.Contains("An order gets a warning when it takes the payer beyond its limit.", await TextAsync(cora, "/policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seven_answers_make_a_whole_draft_and_lead_on_to_the_past()
    {
        await using var server = await StartedAsync();
        using var mia = await SignedInAsync(server, "mia", "creditManager");
        const string Setup = "/policy/setup";
        var (status, text, _) = await (await FormAsync(mia, Setup, Setup)).SendAsync(("overdueDays", "never"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("id=\"overdueDays-fault\"", text, StringComparison.Ordinal);
        (await server.Get("/policies/draft")).Expect(409, "draft-missing");
        (status, text, _) = await (await FormAsync(mia, Setup, Setup)).SendAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Nothing: these answers say what holds today.", text, StringComparison.Ordinal);
        (string, string?)[] answers =
        [
            ("large", "5000"), ("tolerancePercent", "5"), ("overdueDays", "30"), ("serviceUpTo", "800"), ("newAbove", "300"), ("newDays", "60"), ("disputes", null),
            ("countries", "us, br"), ("countriesAbove", "100"), ("autoRelease", null), ("noLimit", "off"),
        ];
        var mark = await WouldAsync(mia, answers, "An order needs a decision when it is worth more than 5,000 EUR");
        (await server.Get("/policies/draft")).Expect(409, "draft-missing");
        // What is answered otherwise meanwhile is shown first.
        Assert.Equal(HttpStatusCode.OK, (await (await FormAsync(mia, Setup, Setup)).SendAsync([.. answers[1..], ("large", "6000"), ("seen", mark)])).Status);
        Assert.Equal((HttpStatusCode.SeeOther, "/policy/trial"), Went(await SendSeenAsync(mia, answers, mark)));
        var said = await TextAsync(mia, Draft);
        foreach (var sentence in new[]
        {
            "An order needs a decision when it is worth more than 5,000 EUR, or more than 300 EUR while the payer has been a customer for fewer than 60 days.",
            "it takes the payer beyond its limit by more than 5 % of it.", "are at least 30 days late; disputed amounts count",
            "Customer service may let go orders up to 800 EUR, up to 0 % over the limit, while nothing is overdue by more than 29 days.",
            "For payers in US, an order needs a decision when it is worth more than 100 EUR.", "For payers in BR, an order needs", "Nobody asks about “limit not set”.",
            "A held order is released by a person alone", "Every disputed amount counts towards the exposure.",
        })
            Assert.Contains(sentence, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seven_questions_begin_with_what_holds_and_take_nothing_back()
    {
        await using var server = await StartedAsync();
        using var mia = await SignedInAsync(server, "mia", "creditManager");
        using var lea = await SignedInAsync(server, "lea", "leadership");
        (string, string?)[] answers = [("overdueDays", "30"), ("large", "5000"), ("countries", "US, BR"), ("countriesAbove", "100")];
        Assert.Equal((HttpStatusCode.SeeOther, "/policy/trial"), Went(await SendSeenAsync(mia, answers, await WouldAsync(mia, answers, "at least 30 days late"))));
        Assert.Equal((HttpStatusCode.SeeOther, "/policy/versions/2"), Went(await (await FormAsync(lea, Draft, Draft + "/activate")).SendAsync(("reason", "spring"))));
        var begun = (await FormAsync(mia, "/policy/setup", "/policy/setup")).Fields.ToLookup(field => field.Key, field => field.Value);
        Assert.Equal(
            ("30", "5000", "BR, US", "100"),
            (begun["overdueDays"].Single(), begun["large"].Single(), Sorted(begun["countries"].Single()), begun["countriesAbove"].Single()));
        (string, string?)[] others = [("toleranceAmount", "250"), ("countries", "US")];
        Assert.Equal((HttpStatusCode.SeeOther, "/policy/trial"), Went(await SendSeenAsync(mia, others, await WouldAsync(mia, others, "250 EUR"))));
        var said = await TextAsync(mia, Draft);
        foreach (var sentence in new[] { "at least 30 days late", "worth more than 5,000 EUR", "For payers in US, an order needs a decision" })
            Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.DoesNotContain("For payers in BR, an order needs", said, StringComparison.Ordinal);
        Assert.Contains("version 2", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seven_answers_are_named_by_who_gives_them_in_their_tongue_unless_they_say_otherwise()
    {
        await using var server = await StartedAsync();
        using var mia = await SignedInAsync(server, "mia", "creditManager");
        mia.Language = "de";
        var form = await FormAsync(mia, "/policy/setup", "/policy/setup");
        Assert.Equal("Sieben Fragen", form.Fields.Single(field => field.Key == "policyName").Value);
        Assert.Equal("Sieben Fragen", await NameAsync(("large", "5000")));
        Assert.Equal("Frühjahr", await NameAsync(("large", "6000"), ("policyName", "Frühjahr")));
        (await server.Post("/policies/draft/activate", new { reason = "spring" }, "lea:leadership")).Expect(200);
        Assert.Equal("Frühjahr", (await FormAsync(mia, "/policy/setup", "/policy/setup")).Fields.Single(field => field.Key == "policyName").Value);

        async Task<string?> NameAsync(params (string, string?)[] answers)
        {
            Assert.Equal((HttpStatusCode.SeeOther, "/policy/trial"), Went(await SendSeenAsync(mia, answers, await WouldAsync(mia, answers, "000 EUR"))));
            return (await server.Get("/policies/draft")).Expect(200).Body.GetProperty("name").GetString();
        }
    }

    static string Sorted(string countries) => string.Join(", ", countries.Split(", ").Order(StringComparer.Ordinal));

    /// <summary>Asks what the answers would change: nothing is drafted by that.</summary>
    static async Task<string> WouldAsync(Browser browser, (string, string?)[] answers, string sentence)
    {
        var (status, text, _) = await (await FormAsync(browser, "/policy/setup", "/policy/setup")).SendAsync(answers);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(sentence, text.Replace('\u00a0', ' '), StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Match(text, "name=\"seen\" value=\"(?<mark>[0-9A-F]+)\"", default, TimeSpan.FromSeconds(1)).Groups["mark"].Value;
    }

    static async Task<(HttpStatusCode Status, string Text, string? To)> SendSeenAsync(Browser browser, (string, string?)[] answers, string mark)
    {
        var form = await FormAsync(browser, "/policy/setup", "/policy/setup");
        return await form.SendAsync([.. answers, ("seen", mark)]);
    }

    /// <summary>What the draft says, whoever wrote it.</summary>
    static async Task<string> WrittenAsync(RunningServer server) =>
        (await server.Get("/policies/draft")).Expect(200).Text.Replace("\"mia-page\"", "\"mia\"", StringComparison.Ordinal);

    static string? Severity(ServerReply policy) =>
        policy.Body.GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("rule").GetString() == "limit").GetProperty("severity").GetString();

    static (HttpStatusCode, string?) Went((HttpStatusCode Status, string Text, string? To) answer) => (answer.Status, answer.To);

    static async Task<PageForm> FormAsync(Browser browser, string page, string action) =>
        await PageForm.FindAsync(browser, page, action) ?? throw new InvalidOperationException($"{page} has no form {action}");

    static async Task<string> TextAsync(Browser browser, string page) =>
        WebUtility.HtmlDecode(await (await browser.GetAsync(page)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace('\u00a0', ' ');

    /// <summary>A token of their own session, from a form that every page has.</summary>
    static async Task<string> TokenAsync(Browser browser) => (await FormAsync(browser, "/policy", "/theme")).Fields.Single(field => field.Key == "token").Value;

    static async Task<Browser> SignedInAsync(RunningServer server, string name, params string[] roles)
    {
        var key = (await server.Post("/api-keys", new { name = name + "-page", roles })).Expect(201)["key"]!;
        var browser = new Browser(server);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync(key)).StatusCode);
        return browser;
    }

    async Task<RunningServer> StartedAsync() => await RunningServer.StartAsync(RunningServer.NewStore(cluster));
}
