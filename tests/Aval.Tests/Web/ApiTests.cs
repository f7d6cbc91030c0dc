using Aval.Tests.Infrastructure;
using System.Text;
using System.Text.Json;
using Aval.Kernel.Web;
using static Aval.Tests.Infrastructure.RunningServer;

namespace Aval.Tests.Web;

public sealed class ApiOnSqlite(SqliteProbe fixture) : ApiTests(fixture), IClassFixture<SqliteProbe>;

public sealed class ApiOnPostgres(PostgresProbe fixture) : ApiTests(fixture), IClassFixture<PostgresProbe>;

/// <summary>What every address does, shown on addresses that only do that.</summary>
public abstract class ApiTests(ServerFixture fixture)
{
    [Theory]
    [InlineData("A-1", "A-1")]
    [InlineData("A%2F1", "A/1")]
    [InlineData("a%2fb%2Fc", "a/b/c")]
    [InlineData("A%252F1", "A%2F1")]
    [InlineData("100%25", "100%")]
    [InlineData("A%20B", "A B")]
    [InlineData("%C3%89t%C3%A9%20%2F%20%E5%A4%8F", "Été / 夏")]
    [InlineData("a+b&c=d", "a+b&c=d")]
    public async Task A_number_in_an_address_is_decoded(string sent, string number)
    {
        var server = await fixture.StartedAsync();
        Assert.Equal(number, (await server.Get($"/probes/{sent}")).Expect(200)["number"]);
        Assert.Equal(number, (await server.Post($"/probes/{sent}", new { text = "a" })).Expect(200)["root"]);
    }

    [Theory]
    [InlineData("asOf=2026-03-02&most=7&kind=rule&text=a%20b", "2026-03-02", "7", "rule", "a b")]
    [InlineData("", "", "", "", "")]
    [InlineData("most=-1", "", "-1", "", "")]
    public async Task Fields_of_the_query_have_types(string query, string asOf, string most, string kind, string text)
    {
        var answer = (await (await fixture.StartedAsync()).Get($"/probes/1?{query}")).Expect(200);
        Assert.Equal((asOf, most, kind, text), (answer["asOf"], answer["most"], answer["kind"], answer["text"]));
    }

    [Theory]
    [InlineData("asof=2026-03-02", "field-unknown", "asof is not a field here; did you mean asOf?")]
    [InlineData("asOf=", "field-invalid", "asOf must be a date as YYYY-MM-DD, from 1900 to 2999.")]
    [InlineData("asOf=2026-02-30", "field-invalid", "asOf must be a date as YYYY-MM-DD, from 1900 to 2999.")]
    [InlineData("asOf=2026-03-02&asOf=2026-03-03", "field-invalid", "asOf stands more than once.")]
    [InlineData("most=1.5", "field-invalid", "most must be a whole number.")]
    [InlineData("most=1e3", "field-invalid", "most must be a whole number.")]
    [InlineData("most=99999999999", "field-invalid", "most must be a whole number.")]
    [InlineData("kind=Rule", "field-invalid", "kind must be one of person, key, rule.")]
    [InlineData("text=a%00b", "field-invalid", "text must contain no control characters.")]
    public async Task A_query_that_means_nothing_is_refused(string query, string code, string detail)
    {
        var refusal = (await (await fixture.StartedAsync()).Get($"/probes/1?{query}")).Expect(422, code);
        Assert.Equal((detail, query.Split('=')[0]), (refusal["detail"], refusal["field"]));
    }

    [Fact]
    public async Task A_part_of_the_address_has_a_type_too()
    {
        var server = await fixture.StartedAsync();
        Assert.Equal("2026-03-02", (await server.Get("/probe-days/2026-03-02")).Expect(200)["asOf"]);
        Assert.Equal("day", (await server.Get("/probe-days/tomorrow")).Expect(422, "field-invalid")["field"]);
    }

    [Fact]
    public async Task Lists_nothing_and_files_are_bodies()
    {
        var server = await fixture.StartedAsync();
        Assert.Equal("""["a","b"]""", (await server.Post("/probes/all/list", new[] { new { text = "a" }, new { text = "b" } })).Expect(200).Text);
        var incomplete = await server.Post("/probes/all/list", new object[] { new { text = "a" }, new { } });
        Assert.Equal("[1].text is missing.", incomplete.Expect(422, "field-invalid")["detail"]);
        (await server.Post("/probes/all/nothing", new { })).Expect(200);
        (await server.SendAsync(HttpMethod.Post, "/probes/all/nothing", null)).Expect(200);
        (await server.Post("/probes/all/nothing", new { text = "a" })).Expect(422, "field-unknown");
        Assert.Equal("3", (await server.SendAsync(HttpMethod.Post, "/probes/all/file", Raw("<a>", "application/xml"))).Expect(200)["bytes"]);
        (await server.SendAsync(HttpMethod.Post, "/probes/all/file", Raw("<a>", "application/json"))).Expect(415, "media-type-unsupported");
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("Application/JSON", 200)]
    [InlineData(null, 200)]
    [InlineData("application/json; charset=latin1", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("nonsense", 415)]
    public async Task A_body_is_json_in_utf8(string? mediaType, int status) =>
        (await (await fixture.StartedAsync()).SendAsync(HttpMethod.Post, "/probes/1", Raw("""{"text":"a"}""", mediaType)))
            .Expect(status, status == 200 ? null : "media-type-unsupported");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_too_large_is_refused_whether_it_says_its_length_or_not(bool saysLength)
    {
        var server = await fixture.StartedAsync();
        var body = Encoding.UTF8.GetBytes("{\"text\":\"" + new string('a', 9 * 1024 * 1024) + "\"}");
        var content = saysLength ? Raw(body) : new StreamContent(new Unmeasured(body));
        (await server.SendAsync(HttpMethod.Post, "/probes/1", content)).Expect(413, "body-too-large");
    }

    [Fact]
    public async Task The_key_comes_before_the_right_the_right_before_the_body_the_body_before_the_decision()
    {
        var server = await fixture.StartedAsync();
        (await server.SendAsync(HttpMethod.Post, "/probes/1", Raw("{"), by: "nobody")).Expect(401, "key-unknown");
        (await server.SendAsync(HttpMethod.Post, "/probes/1", Raw("{"), by: "sam:sales")).Expect(403, "not-permitted");
        (await server.SendAsync(HttpMethod.Post, "/probes/1", Raw("{"), by: "quentin:quality")).Expect(400, "json-malformed");
        (await server.Post("/probes/1", new { text = "no" }, by: "quentin:quality")).Expect(422, "probe-refused");
        (await server.Post("/probes/1", new { text = "yes" }, by: "quentin:quality")).Expect(200);
    }

    [Fact]
    public async Task A_problem_says_what_who_and_where()
    {
        var problem = (await (await fixture.StartedAsync()).Post("/probes/1", new { text = "no" })).Expect(422, "probe-refused");
        Assert.Equal("application/problem+json", problem.Type!.MediaType);
        Assert.Equal("/problems/probe-refused 422 The probe says no|The text is no.|text",
            $"{problem["type"]} {problem["status"]} {problem["title"]}|{problem["detail"]}|{problem["field"]}");
        Assert.NotEmpty(problem["trace"]!);
    }

    [Fact]
    public async Task A_defect_is_answered_without_its_secrets()
    {
        var problem = (await (await fixture.StartedAsync()).Post("/probes/all/fail", new { })).Expect(500, "internal-error");
        Assert.DoesNotContain("secret", problem.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_or_method_that_is_not_there_is_a_problem_too()
    {
        var server = await fixture.StartedAsync();
        (await server.Get("/probe")).Expect(404, "not-found");
        (await server.Get("//api/v2/probes/1")).Expect(404, "not-found");
        var refusal = (await server.Delete("/probes/1")).Expect(405, "method-not-allowed");
        Assert.Contains("GET", refusal["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_with_the_same_content_is_done_once()
    {
        var server = await fixture.StartedAsync();
        var first = (await server.Post("/probes/K-1", new { text = "a" }, key: "k1")).Expect(200);
        var again = (await server.SendAsync(HttpMethod.Post, "/probes/K-1", Raw(""" { "text" : "\u0061" } """), key: "k1")).Expect(200);
        Assert.Equal((first["sequence"], "True", "a"), (again["sequence"], again["repeated"], again["text"]));
        (await server.Post("/probes/K-1", new { text = "b" }, key: "k1")).Expect(409, "key-reused");
        (await server.Post("/probes/K-2", new { text = "a" }, key: "k1")).Expect(409, "key-reused");
        Assert.Equal("False", (await server.Post("/probes/K-1", new { text = "b" }, by: "quentin:quality", key: "k1")).Expect(200)["repeated"]);
        Assert.Equal("False", (await server.Post("/probes/K-1", new { text = "a" })).Expect(200)["repeated"]);
    }

    [Fact]
    public async Task A_refused_call_leaves_its_key_unused()
    {
        var server = await fixture.StartedAsync();
        (await server.Post("/probes/K-3", new { text = "no" }, key: "k3")).Expect(422, "probe-refused");
        (await server.Post("/probes/K-3", new { text = "yes" }, key: "k3")).Expect(200);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("201")]
    public async Task A_key_is_visible_and_short(string key)
    {
        if (key == "201") key = new string('k', 201);
        var refusal = await (await fixture.StartedAsync()).Post("/probes/1", new { text = "a" }, key: key);
        Assert.Equal("Idempotency-Key", refusal.Expect(422, "field-invalid")["field"]);
    }

    [Fact]
    public async Task Lines_are_answered_in_their_order_and_a_refused_one_by_its_problem()
    {
        var server = await fixture.StartedAsync();
        string[] lines = [Line("L-1", "a"), "", Line("L-2", "no"), "{", """{"number":"L-3","txt":"a"}""", Line("L-1", "b") + "\r"];
        var answers = await SendAsync(server, string.Join('\n', lines));
        Assert.Equal(["a", "probe-refused", "json-malformed", "field-unknown", "b"], answers.Select(Gist));
    }

    [Fact]
    public async Task Many_lines_sent_before_an_answer_is_read_lock_nobody_out()
    {
        var server = await fixture.StartedAsync();
        const int count = 5_000;
        var filler = new string('x', 2_000);
        var lines = string.Concat(Enumerable.Range(0, count).Select(i => Line($"M-{i % 50}", $"{i} {filler}") + "\n"));
        var answers = await SendAsync(server, lines);
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), answers.Select(answer => Gist(answer).Split(' ')[0]));
    }

    [Fact]
    public async Task Lines_sent_again_under_their_key_are_done_once()
    {
        var server = await fixture.StartedAsync();
        (await server.Post("/probes/N-1", new { text = "first" })).Expect(200);
        var lines = Line("N-1", "a") + "\n" + Line("N-1", "b") + "\n";
        for (var time = 0; time < 2; time++)
            Assert.Equal(["2", "3"], (await SendAsync(server, lines, "lines")).Select(answer => answer.GetProperty("sequence").ToString()));
    }

    [Fact]
    public async Task Lines_of_one_customer_are_decided_in_their_order_on_a_server_that_does_not_know_it_yet()
    {
        var server = await fixture.StartedAsync();
        string[] numbers = [.. Enumerable.Range(0, 20).Select(i => $"P-{i}")];
        foreach (var number in numbers) (await server.Post($"/probes/{number}", new { text = "first" })).Expect(200);
        server.ForgetRoots();
        var lines = string.Join('\n', Enumerable.Range(0, 400).Select(i => Line(numbers[i * 7 % 20], "a")));
        var answers = await SendAsync(server, lines);
        foreach (var root in answers.GroupBy(answer => answer.GetProperty("root").GetString(), answer => answer.GetProperty("sequence").GetInt64()))
            Assert.Equal(Enumerable.Range(2, 20).Select(n => (long)n), root);
    }

    static string Line(string number, string text) => JsonSerializer.Serialize(new { number, text });

    static async Task<List<JsonElement>> SendAsync(RunningServer server, string lines, string? key = null)
    {
        var reply = (await server.SendAsync(HttpMethod.Post, "/probes/all/lines", Raw(lines, "application/x-ndjson"), key: key)).Expect(200);
        return [.. reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    static string Gist(JsonElement answer) => (answer.TryGetProperty("text", out var text) ? text : answer.GetProperty("code")).GetString()!;

    /// <summary>A stream that does not say how long it is, so that the body travels in chunks.</summary>
    sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
