using System.Net;
using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Decisions;

/// <summary>Decisions on the screens, as a browser without scripts sends them.</summary>
public sealed partial class BlockPageTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    [Fact]
    public async Task A_person_chooses_a_kind_fills_its_fields_and_sees_what_was_decided()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("W", 10_000);
        var block = await desk.Order("W-1", "W", 12_000, units: 12);
        using var browser = await SignedIn(desk, "mona", "creditManager");
        var order = await Text(await browser.GetAsync("/orders/W-1"));
        Assert.Contains($"/blocks/{block}", order, StringComparison.Ordinal);
        var page = await Text(await browser.GetAsync($"/blocks/{block}?decision=requestDeposit"));
        Assert.Contains("name=\"percent\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"paymentTerms\"", page, StringComparison.Ordinal);

        var address = $"/blocks/{block}/decisions";
        var lacking = await SendAsync(browser, address, ("decision", "requestDeposit"), ("reason", "agreed <b>here</b>"), ("percent", "25"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lacking.StatusCode);
        var again = await Text(lacking);
        Assert.Contains("needs “Until”", again, StringComparison.Ordinal);
        Assert.Contains("agreed &lt;b&gt;here&lt;/b&gt;", again, StringComparison.Ordinal);
        var wrong = await SendAsync(browser, address, ("decision", "requestDeposit"), ("reason", "agreed"), ("percent", "much"), ("until", "2026-03-20"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        var done = await SendAsync(browser, address, ("decision", "requestDeposit"), ("reason", "agreed"), ("percent", "25"), ("until", "2026-03-20"));
        Assert.Equal((HttpStatusCode.SeeOther, $"/blocks/{block}"), (done.StatusCode, done.Headers.Location!.OriginalString));
        Assert.Contains("received in advance", await Text(await browser.GetAsync($"/blocks/{block}")), StringComparison.Ordinal);
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        var stale = await SendAsync(browser, address, ("decision", "release"), ("reason", "agreed"), ("version", "1"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        var told = await Text(stale);
        Assert.Contains("Somebody has decided since you opened this page", told, StringComparison.Ordinal);
        Assert.DoesNotContain("decided requestDeposit", told, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(browser, address, ("decision", "release"), ("reason", "agreed"))).StatusCode);
        Assert.Equal("released 12000", await desk.State("W-1"));
    }

    [Fact]
    public async Task What_was_decided_comes_first_with_what_happens_next_and_what_else_could_be_decided_is_folded_away()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("F", 10_000);
        var block = await desk.Order("F-1", "F", 12_000, units: 12);
        using var browser = await SignedIn(desk, "faye", "creditManager");
        var before = Verdict(await Text(await browser.GetAsync($"/blocks/{block}")));
        Assert.Contains("exceed", before, StringComparison.Ordinal);
        Assert.Contains("The first way out: ", before, StringComparison.Ordinal);

        (await desk.Decide(block, "requestDeposit", new { percent = 25, until = "2026-03-20" })).Expect(200);
        var page = await Text(await browser.GetAsync($"/blocks/{block}"));
        var after = Verdict(page);
        Assert.Contains("<strong><bdi>mia has decided: request deposit, until 20 Mar 2026.</bdi></strong>", after, StringComparison.Ordinal);
        Assert.Matches("released by itself as soon as this holds: 3,000.00.EUR received in advance", after);
        Assert.Contains("If it has not come by then, the case goes to whoever stands above.", after, StringComparison.Ordinal);
        Assert.Contains("It was decided on this: ", after, StringComparison.Ordinal);
        Assert.DoesNotContain("The first way out", page, StringComparison.Ordinal);
        Assert.Contains("<details class=\"otherwise\">", page, StringComparison.Ordinal);
        Assert.InRange(page.IndexOf("id=\"options\"", StringComparison.Ordinal), page.IndexOf("id=\"decided-part\"", StringComparison.Ordinal), page.Length);
        Assert.Contains("<details class=\"otherwise\" open>", await Text(await browser.GetAsync($"/blocks/{block}?decision=release")), StringComparison.Ordinal);

        browser.Language = "de";
        Assert.Contains("mia hat entschieden: Anzahlung verlangen, bis 20. März 2026.", Verdict(await Text(await browser.GetAsync($"/blocks/{block}"))), StringComparison.Ordinal);
        browser.Language = "en";
        (await desk.Decide(block, "release")).Expect(200);
        Assert.Contains("mia decided on 2 Mar 2026: release (fulfilled).", Verdict(await Text(await browser.GetAsync($"/blocks/{block}"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_only_to_be_completed_leads_to_where_it_is_completed_and_is_no_decision()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("G", 10_000, purchaseOrder: true);
        var block = await desk.Order("G-1", "G", 1_000);
        using var browser = await SignedIn(desk, "gus", "customerService");
        var page = await Text(await browser.GetAsync($"/blocks/{block}"));
        var options = page[page.IndexOf("aria-labelledby=\"options\"", StringComparison.Ordinal)..];
        options = options[..options.IndexOf("</section>", StringComparison.Ordinal)];
        Assert.Contains("To complete or correct", options, StringComparison.Ordinal);
        Assert.Contains("href=\"/orders/G-1#complete\"", options, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"option\"", options, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_proposed_waits_for_a_second_person_in_the_first_sentence()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("E", 150_000);
        var block = await desk.Order("E-1", "E", 160_000);
        (await desk.Decide(block, "release")).Expect(200);
        using var browser = await SignedIn(desk, "mel", "creditManager");
        var page = Verdict(await Text(await browser.GetAsync($"/blocks/{block}")));
        Assert.Contains("mia has proposed, and a second person has to confirm: release.", page, StringComparison.Ordinal);
        Assert.Contains("Nothing is done yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_a_decision_says_is_read_on_both_pages_and_whoever_is_asked_reads_the_question_on_their_list()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("Q", 10_000);
        var block = await desk.Order("Q-1", "Q", 12_000, units: 12);
        using var browser = await SignedIn(desk, "quinn", "creditManager");
        var said = new[] { "May we lose them?", "their last accounts", "a parent letter", "the weekly payment run, by Ana", "Sales holds it for harmless" };
        var done = await SendAsync(
            browser, $"/blocks/{block}/decisions", ("decision", "escalate"), ("to", "leadership"), ("question", said[0]), ("until", "2026-03-05"), ("reason", "too large for me"),
            ("basis", said[1]), ("counterpart", said[2]), ("monitoring", said[3]), ("dissent", said[4]));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        foreach (var address in new[] { $"/blocks/{block}", "/orders/Q-1" })
        {
            var page = WebUtility.HtmlDecode(await Text(await browser.GetAsync(address)));
            foreach (var told in said.Append("<dt>To whom</dt><dd><bdi>Leadership</bdi>")) Assert.Contains(told, page, StringComparison.Ordinal);
        }

        using var leader = await SignedIn(desk, "laura", "leadership");
        Assert.Contains(said[0], WebUtility.HtmlDecode(await Text(await leader.GetAsync("/work"))), StringComparison.Ordinal);
        var line = (await desk.Server.Get($"/work/{block}")).Expect(200);
        Assert.Equal(("quinn", said[0]), (line["askedBy"], line["question"]));

        (await desk.Decide(block, "releasePartially", new { lines = new[] { new { line = 1, quantity = 3 } } }, CreditDesk.Lea)).Expect(200);
        Assert.Equal("", (await desk.Server.Get($"/work/{block}")).Expect(200)["question"]);
        Assert.Contains("<dt>Lines</dt><dd><bdi>3 of line 1</bdi>", await Text(await browser.GetAsync($"/blocks/{block}")), StringComparison.Ordinal);
        Assert.Contains("May ship: 3 of line 1.", await Text(await browser.GetAsync("/orders/Q-1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_sends_back_what_it_showed_and_is_refused_what_has_changed_since()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("Y", 10_000);
        var block = await desk.Order("Y-1", "Y", 12_000, units: 12);
        using var browser = await SignedIn(desk, "yara", "creditManager");
        var shown = Regex.Match(await Text(await browser.GetAsync($"/blocks/{block}?decision=release")), "name=\"version\" value=\"([^\"]+)\"").Groups[1].Value;
        await desk.Invoice("Y-I", "Y", 5_000);
        var address = $"/blocks/{block}/decisions";
        var refused = await SendAsync(browser, address, ("option", "1"), ("reason", "so"), ("version", shown));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var page = await Text(refused);
        Assert.Contains("is not what you read", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<input[^>]* checked", page);
        var late = await SendAsync(browser, address, ("decision", "release"), ("reason", "so"), ("version", shown));
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Contains("limit-exceeded was 2000.00 EUR and is 7000.00 EUR", await Text(late), StringComparison.Ordinal);
        (await desk.Decide(block, "escalate", new { to = "leadership", question = "may we?", until = "2026-03-20" })).Expect(200);
        await desk.Invoice("Y-J", "Y", 1_000);
        var both = WebUtility.HtmlDecode(await Text(await browser.GetAsync($"/blocks/{block}")));
        Assert.Matches("As decided: order .*12,000.00.*, over the limit by .*7,000.00", both);
        Assert.Contains("8,000.00", both, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_decide_sees_the_case_and_no_form()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("V", 10_000);
        var block = await desk.Order("V-1", "V", 12_000);
        using var browser = await SignedIn(desk, "sam", "sales");
        var page = await Text(await browser.GetAsync($"/blocks/{block}"));
        Assert.Contains("Nobody has decided yet.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"decision\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"option\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(browser, $"/blocks/{block}/decisions", ("decision", "release"), ("reason", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/blocks/none")).StatusCode);
    }

    [Fact]
    public async Task What_no_option_cures_is_told_on_the_block_and_on_both_pages()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("R", 10_000);
        (await desk.Server.Post("/customers/R/hold", new { reason = "rumours" })).Expect(200);
        var block = await desk.Order("R-1", "R", 1_000);
        var remaining = Assert.Single((await desk.Server.Get($"/blocks/{block}")).Body.GetProperty("remaining").EnumerateArray());
        Assert.Equal(("forced-hold", "decision"), (remaining.GetProperty("code").GetString(), remaining.GetProperty("cure").GetString()));
        var sentence = remaining.GetProperty("sentence").GetString()!;
        using var browser = await SignedIn(desk, "rita", "creditManager");
        Assert.Contains(sentence, WebUtility.HtmlDecode(await Text(await browser.GetAsync($"/blocks/{block}"))), StringComparison.Ordinal);
        Assert.Contains(sentence, WebUtility.HtmlDecode(await Text(await browser.GetAsync("/orders/R-1"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_person_confirms_on_the_page()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("U", 150_000);
        var block = await desk.Order("U-1", "U", 160_000);
        var pending = (await desk.Decide(block, "release")).Expect(200).Body.GetProperty("decision").GetProperty("id").GetString();
        var seen = (await desk.VersionOf(block))!.Trim('"');
        using var browser = await SignedIn(desk, "moira", "creditManager");
        Assert.Contains("Confirm as the second person", await Text(await browser.GetAsync($"/blocks/{block}")), StringComparison.Ordinal);
        Assert.Equal(4, (await Text(await browser.GetAsync($"/blocks/{block}?decision=release"))).Split($"name=\"version\" value=\"{seen}\"").Length - 1);
        var old = await SendAsync(browser, $"/blocks/{block}/decisions/{pending}/confirm", ("version", "1"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, old.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(browser, $"/blocks/{block}/decisions/{pending}/confirm", ("version", seen))).StatusCode);
        Assert.Equal("released 160000", await desk.State("U-1"));
    }

    [Fact]
    public async Task What_a_decision_would_do_is_shown_before_it_is_taken_and_what_is_wrong_stands_beside_its_field()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("T", 10_000);
        var block = await desk.Order("T-1", "T", 12_000, units: 12);
        using var browser = await SignedIn(desk, "tina", "creditManager");
        var address = $"/blocks/{block}/decisions";
        var shown = await SendAsync(browser, address, ("decision", "release"), ("reason", "an old customer"), ("preview", "1"));
        var page = await Text(shown);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("Nothing is decided yet.", page, StringComparison.Ordinal);
        Assert.Contains("an old customer", page, StringComparison.Ordinal);
        Assert.Equal("held limit-exceeded", await desk.State("T-1"));
        Assert.Equal(0, (await desk.Server.Get($"/blocks/{block}")).Body.GetProperty("decisions").GetArrayLength());

        foreach (var chosen in new[] { ("decision", "release"), ("option", "1") })
            Assert.Contains("Nothing is decided yet.", await Text(await SendAsync(browser, address, chosen, ("reason", ""), ("preview", "1"))), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(browser, address, ("decision", "release"), ("reason", ""))).StatusCode);
        Assert.Matches("name=\"preview\" value=\"1\" formnovalidate", page);
        var escalating = await Text(await browser.GetAsync($"/blocks/{block}?decision=escalate"));
        Assert.Single(Regex.Matches(escalating, "<option value=\"[a-zA-Z]+\">Customer Service</option>", RegexOptions.IgnoreCase));

        var wrong = await Text(await SendAsync(browser, address, ("decision", "requestDeposit"), ("reason", "agreed"), ("percent", "much"), ("until", "2026-03-20")));
        Assert.Contains("id=\"percent-fault\"", wrong, StringComparison.Ordinal);
        Assert.Contains("value=\"much\"", wrong, StringComparison.Ordinal);
        var lacking = await Text(await SendAsync(browser, address, ("decision", "requestDeposit"), ("reason", "agreed"), ("percent", "5")));
        Assert.Contains("id=\"until-fault\"", lacking, StringComparison.Ordinal);

        (await desk.Server.Post($"{address}/preview", new { decision = "release", reason = "x" }, "carl:customerService")).Expect(403, "authority-exceeded");
        Assert.Equal("released", (await desk.Server.Post($"{address}/preview", new { decision = "release", reason = "x" }, CreditDesk.Mia)).Expect(200)["status"]);
        Assert.Equal("held limit-exceeded", await desk.State("T-1"));
    }

    [Fact]
    public async Task The_preview_holds_the_button_that_decides_and_comes_first()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("TB", 10_000);
        var block = await desk.Order("TB-1", "TB", 12_000, units: 12);
        using var browser = await SignedIn(desk, "tobi", "creditManager");
        foreach (var (chosen, form, button) in new[]
        {
            (("decision", "release"), "decide-form", "Decide so"), (("option", "1"), "option-form", "Decide so"),
            (("decision", "reject"), "decide-form", "Reject it, and cancel the order"),
        })
        {
            var page = await Text(await SendAsync(browser, $"/blocks/{block}/decisions", chosen, ("reason", "so"), ("preview", "1")));
            var preview = page[page.IndexOf("id=\"preview\"", StringComparison.Ordinal)..page.IndexOf("id=\"verdict-part\"", StringComparison.Ordinal)];
            Assert.Contains("tabindex=\"-1\" autofocus", preview, StringComparison.Ordinal);
            Assert.Matches($"<button class=\"btn btn-[a-z-]+\" form=\"{form}\"[^>]*>{button}</button>", preview);
            Assert.Contains($"<form id=\"{form}\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_an_option_one_is_asked_for_in_a_persons_words_beside_the_options()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("TC", 10_000);
        var block = await desk.Order("TC-1", "TC", 12_000, units: 12);
        using var browser = await SignedIn(desk, "tess", "creditManager");
        foreach (var button in new[] { ("preview", "1"), ("sure", "1") })
        {
            var sent = await SendAsync(browser, $"/blocks/{block}/decisions", ("reason", "so"), button);
            var page = await Text(sent);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
            Assert.Contains("Choose one of the options first.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("lacks a parameter", page, StringComparison.Ordinal);
            Assert.Matches("<input[^>]* type=\"radio\"[^>]* aria-invalid=\"true\"", page);
        }
    }

    [Fact]
    public async Task The_second_person_refuses_with_a_reason_and_the_order_stays_held()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("TD", 150_000);
        var block = await desk.Order("TD-1", "TD", 160_000);
        (await desk.Decide(block, "release")).Expect(200);
        using var author = await SignedIn(desk, "mia", "creditManager");
        Assert.DoesNotContain("Do not confirm it", await Text(await author.GetAsync($"/blocks/{block}")), StringComparison.Ordinal);
        using var browser = await SignedIn(desk, "milo", "creditManager");
        Assert.Contains("Do not confirm it", await Text(await browser.GetAsync($"/blocks/{block}")), StringComparison.Ordinal);
        var seen = (await desk.VersionOf(block))!.Trim('"');
        var refused = await SendAsync(
            browser, $"/blocks/{block}/decisions", ("version", seen), ("decision", "maintainBlock"), ("reason", "too much at once"), ("mustHappen", "their accounts are there"),
            ("until", "2026-03-10"));
        Assert.Equal(HttpStatusCode.SeeOther, refused.StatusCode);
        Assert.Equal(("withdrawn", "inForce"), (await desk.DecisionStatus(block), await desk.DecisionStatus(block, 1)));
        Assert.StartsWith("held", await desk.State("TD-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_purchase_order_number_of_another_form_is_told_with_the_form_and_never_longer_than_a_sentence_bears()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("TE", 10_000);
        (await desk.Server.Put("/customers/TE", new { profile = new { purchaseOrderRequired = true, purchaseOrderPattern = "45\\d{8}" } })).Expect(200);
        var block = await desk.Order("TE-1", "TE", 3_000);
        (await desk.Change("TE-1", "TE", 3_000, purchaseOrder: new string('z', 200))).Expect(200);
        using var browser = await SignedIn(desk, "tamara", "creditManager");
        foreach (var path in new[] { $"/blocks/{block}", "/orders/TE-1" })
        {
            var page = await Text(await browser.GetAsync(path));
            var verdict = page[page.IndexOf("id=\"verdict-part\"", StringComparison.Ordinal)..][..2000];
            Assert.Contains("looks like 4534567890", verdict, StringComparison.Ordinal);
            Assert.Contains(new string('z', 40) + "…", WebUtility.HtmlDecode(verdict), StringComparison.Ordinal);
            Assert.DoesNotContain(new string('z', 41), verdict, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_tells_what_the_decision_is_about_and_who_may_take_it_and_offers_every_condition()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("P", 10_000);
        var block = await desk.Order("P-1", "P", 12_000, units: 12);
        using var browser = await SignedIn(desk, "paula", "creditManager");
        var page = (await Text(await browser.GetAsync($"/blocks/{block}?decision=releaseUnderCondition"))).Replace('\u00A0', ' ');
        foreach (var told in new[] { "Customer P (P)", "Over the limit by", "2,000.00", "12 × <bdi>A-100</bdi>", "A release may be decided by" })
            Assert.Contains(told, page, StringComparison.Ordinal);
        foreach (var field in new[] { "paidMore", "deposit", "guarantee", "cap", "purchaseOrder", "qualified", "limitApproved", "validUntil", "atExpiry" })
            Assert.Contains($"name=\"{field}\"", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"leadership\"", await Text(await browser.GetAsync($"/blocks/{block}?decision=escalate")), StringComparison.Ordinal);

        var address = $"/blocks/{block}/decisions";
        var preview = await Text(await SendAsync(browser, address, ("decision", "releasePartially"), ("amount", "5000"), ("reason", "so"), ("preview", "1")));
        Assert.Contains("a part of the order worth", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("the order would be <strong>released", preview, StringComparison.Ordinal);
        var done = await SendAsync(
            browser, address, ("decision", "releaseUnderCondition"), ("limitApproved", "1"), ("qualified", "30"), ("validUntil", "2026-03-20"),
            ("atExpiry", "reject"), ("reason", "so"));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        var decided = await desk.Decision(block);
        Assert.Equal("reject", decided.GetProperty("atExpiry").GetString());
        Assert.Equal(["disputesQualified", "limitApproved", "validUntil"],
            decided.GetProperty("conditions").EnumerateArray().Select(condition => condition.GetProperty("kind").GetString()));
    }

    /// <summary>What cancels the order cannot be taken back: the first click shows it, the second does it.</summary>
    [Fact]
    public async Task A_rejection_is_shown_once_before_it_is_done()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("RJ", 10_000);
        var block = await desk.Order("RJ-1", "RJ", 12_000);
        using var browser = await SignedIn(desk, "petra", "creditManager");
        var address = $"/blocks/{block}/decisions";
        using var asked = await SendAsync(browser, address, ("decision", "reject"), ("reason", "they have closed"));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var page = await Text(asked);
        foreach (var told in new[] { "Nothing is decided yet.", "name=\"sure\" value=\"1\"", "they have closed", "Reject it, and cancel the order" })
            Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.Equal("open", (await desk.Server.Get($"/blocks/{block}"))["status"]);
        using var done = await SendAsync(browser, address, ("decision", "reject"), ("reason", "they have closed"), ("sure", "1"));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Equal("cancelled", (await desk.Get("RJ-1"))["status"]);
    }

    [Fact]
    public async Task Work_lists_open_on_ones_own_and_the_menu_shows_only_what_opens()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("L", 10_000);
        await desk.Order("L-1", "L", 12_000);
        using var browser = await SignedIn(desk, "lara", "creditAnalyst");
        var own = await Text(await browser.GetAsync("/work"));
        Assert.Contains("on my lists", own, StringComparison.Ordinal);
        Assert.Contains("Decide about order </span>", own, StringComparison.Ordinal);
        Assert.Contains("href=\"/work\" class=\"chosen\"", own, StringComparison.Ordinal);
        Assert.Contains("href=\"/work?owner=all\" class=\"chosen\"", await Text(await browser.GetAsync("/work?owner=all")), StringComparison.Ordinal);
        using var seller = await SignedIn(desk, "saul", "sales");
        Assert.Equal(HttpStatusCode.Forbidden, (await seller.GetAsync("/bank-statements")).StatusCode);
        var menu = await Text(await seller.GetAsync("/work"));
        Assert.DoesNotContain("href=\"/bank-statements\"", menu, StringComparison.Ordinal);
        Assert.Contains("href=\"/orders\"", menu, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customer_Service_challenges_the_limit_where_it_sees_it_and_then_reads_that_it_is_challenged()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("CH", 10_000);
        var block = await desk.Order("CH-1", "CH", 12_000);
        using var analyst = await SignedIn(desk, "clea", "creditAnalyst");
        using var browser = await SignedIn(desk, "corin", "customerService");
        var pages = new[] { $"/blocks/{block}", "/customers/CH" };
        foreach (var page in pages)
        {
            Assert.DoesNotContain("limit-challenge", await Text(await analyst.GetAsync(page)), StringComparison.Ordinal);
            Assert.Contains("action=\"/customers/CH/limit-challenge\"", await Text(await browser.GetAsync(page)), StringComparison.Ordinal);
        }

        var sent = await SendAsync(browser, "/customers/CH/limit-challenge", ("reason", "their sales have doubled"), ("return", pages[0]));
        Assert.Equal((HttpStatusCode.SeeOther, pages[0]), (sent.StatusCode, sent.Headers.Location!.OriginalString));
        foreach (var page in pages)
        {
            var told = await Text(await browser.GetAsync(page));
            Assert.DoesNotContain("limit-challenge", told, StringComparison.Ordinal);
            Assert.Contains("their sales have doubled", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_tile_of_ones_own_lists_counts_the_lines_that_it_opens()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("TI", 10_000);
        foreach (var order in new[] { "TI-1", "TI-2" }) await desk.Order(order, "TI", 12_000);
        var put = await desk.Order("TI-3", "TI", 12_000);
        using var browser = await SignedIn(desk, "tilda", "creditAnalyst");
        string Counted(string page) => System.Text.RegularExpressions.Regex.Match(page, "My lists<strong>([0-9,]+)</strong>").Groups[1].Value;
        var before = Counted(await Text(await browser.GetAsync("/work")));
        (await desk.Server.Post($"/work/{put}/snooze", new { until = "2026-03-05", reason = "they call back" }, CreditDesk.Ana)).Expect(200);
        var page = await Text(await browser.GetAsync("/work"));
        Assert.Contains($"{Counted(page)} lines on my lists", page, StringComparison.Ordinal);
        Assert.NotEqual(before, Counted(page));
    }

    [Fact]
    public async Task Customer_Service_reads_what_comes_next_and_the_customer_does_not()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("N", 10_000);
        var block = await desk.Order("N-1", "N", 12_000, units: 12);
        async Task<System.Text.Json.JsonElement> Texts() => (await desk.Get("N-1")).Body.GetProperty("texts");
        var texts = await Texts();
        Assert.Matches("Next: Credit decides by [0-9]+ March 2026\\. First option: .+", texts.GetProperty("customerService").GetString());
        Assert.DoesNotContain("option", texts.GetProperty("customer").GetString(), StringComparison.OrdinalIgnoreCase);
        (await desk.Decide(block, "requestDeposit", new { amount = 2000, until = "2026-03-20" })).Expect(200);
        Assert.EndsWith("Next: what mia decided takes its course by 20 March 2026.", (await Texts()).GetProperty("customerService").GetString(), StringComparison.Ordinal);
    }

    static async Task<Browser> SignedIn(CreditDesk desk, string name, string role)
    {
        var key = (await desk.Server.Post("/api-keys", new { name, roles = new[] { role } })).Expect(201)["key"]!;
        var browser = new Browser(desk.Server);
        await browser.SignInAsync(key);
        return browser;
    }

    static async Task<HttpResponseMessage> SendAsync(Browser browser, string path, params (string Name, string Value)[] fields)
    {
        var form = fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        form["token"] = await browser.TokenAsync();
        if (BlockOf().Match(path) is { Success: true } block) form.TryAdd("version", EditionIn().Match(await Text(await browser.GetAsync(block.Value))).Groups["edition"].Value);
        return await browser.PostAsync(path, form);
    }

    /// <summary>The block's page shows the edition that its forms send.</summary>
    [GeneratedRegex("^/blocks/[^/]+(?=/decisions)")]
    private static partial Regex BlockOf();

    [GeneratedRegex("name=\"version\" value=\"(?<edition>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex EditionIn();

    static string Verdict(string page) => WebUtility.HtmlDecode(Regex.Match(page, "<section class=\"verdict case.*?</section>", RegexOptions.Singleline).Value);

    static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
