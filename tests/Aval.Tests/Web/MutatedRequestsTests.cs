using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using Aval.Tests.Tidy;

namespace Aval.Tests.Web;

/// <summary>Ten thousand calls that somebody got wrong: each is answered or refused by a code of the catalogue, and the journal stays provable.</summary>
public sealed class MutatedRequestsTests
{
    const int Calls = 10_000;
    const int Clients = 8;

    /// <summary>Bodies that are right: the mutations start from them.</summary>
    static readonly (string Method, string Path, string Body)[] Seeds =
    [
        ("PUT", "/customers/C1", """
            {"name":"A","country":"DE","currency":"EUR","paymentTerms":"NET30","payer":null,"group":"C2","vatId":"DE123456789","lei":null,"riskClass":"B",
             "billingAddress":{"line1":"x","city":"y","postalCode":"1","country":"DE"},"customerSince":"2020-01-01","largeAccount":true,
             "profile":{"purchaseOrderRequired":true,"purchaseOrderPattern":"PO-[0-9]+","buyerReferenceRequired":false},
             "contacts":[{"name":"n","function":"f","email":"a@b.example"}]}
            """),
        ("PUT", "/customers/C3", """{"name":"C","country":"FR","currency":"USD","paymentTerms":"2/10 NET30","payer":"C2"}"""),
        ("POST", "/limits", """
            {"customer":"C1","kind":"temporary","limit":"amount","amount":1000,"currency":"EUR","validFrom":"2026-01-01","validTo":"2026-05-01","mode":"adds","reason":"r"}
            """),
        ("POST", "/orders", Order),
        ("PUT", "/orders/O1", Order),
        ("POST", "/orders/check", Order),
        ("POST", "/orders/batch", Order),
        ("POST", "/orders/O1/deliveries", """{"date":"2026-03-01","lines":[{"line":1,"quantity":1}]}"""),
        ("POST", "/orders/O1/pick-release", "{}"),
        ("POST", "/orders/O1/cancel", """{"reason":"r"}"""),
        ("PUT", "/rates/2026-01-01", """{"base":"EUR","rates":{"USD":1.25,"GBP":0.8}}"""),
        ("POST", "/customers/C1/hold", """{"reason":"r"}"""),
        ("POST", "/customers/C1/unhold", """{"reason":"r"}"""),
        ("POST", "/invoices", """
            {"number":"I1","customer":"C1","date":"2026-02-01","dueDate":"2026-03-20","currency":"EUR","amount":100,"order":"O1","lines":[{"line":1,"quantity":1}],"draft":false}
            """),
        ("POST", "/invoices/I1/issue", "{}"),
        ("POST", "/credit-notes", """{"number":"N1","customer":"C1","date":"2026-02-11","currency":"EUR","amount":30,"invoice":"I1"}"""),
        ("POST", "/receipts", """
            {"number":"R1","payer":"C1","date":"2026-02-20","currency":"EUR","amount":50,"reference":"x","cleared":false,"depositFor":null}
            """),
        ("POST", "/receipts/R1/allocations", """[{"invoice":"I1","amount":10,"date":"2026-02-21"}]"""),
        ("POST", "/receipts/R1/clear", """{"date":"2026-02-27"}"""),
        ("POST", "/receipts/R1/return", """{"date":"2026-03-01","reason":"r"}"""),
        ("POST", "/write-offs", """{"number":"W1","invoice":"I1","date":"2026-02-12","amount":1,"reason":"cents"}"""),
        ("POST", "/api-keys", """{"name":"anna","roles":["sales","billing"]}"""),
        ("PUT", "/policies/draft", """{"basedOn":"standard","watchPercent":80,"rules":[{"rule":"limit","severity":"off"}]}"""),
        ("POST", "/policies/draft/activate", """{"reason":"r"}"""),
        ("POST", "/clock", """{"today":"2026-03-02"}"""),
    ];

    const string Order = """
        {"number":"O1","customer":"C1","currency":"EUR","orderDate":"2026-02-01","shipDate":"2026-03-20","paymentTerms":"NET30","purchaseOrder":"PO-1","enteredBy":"e",
         "lines":[{"line":1,"item":"steel","quantity":10,"unitPrice":9.99,"taxRate":19,"discountPercent":5,"discountApproval":"x","listPrice":9.99,"unitCost":5}],
         "context":{"urgency":"high","recurring":true,"note":"n"}}
        """;

    /// <summary>Values of every wrong kind, as JSON.</summary>
    static readonly string[] Odd =
    [
        "null", "true", "\"\"", "\" \"", "0", "-1", "1e400", "1e-400", "9999999999999999999999999999999", "-0.0000000001", "0.001", "9999999999999.99", "2147483648", "NaN",
        "-Infinity", "\"NaN\"", "\"1\"", "[]", "{}", "[[[[]]]]", "{\"a\":{\"b\":[1,{\"c\":null}]}}", "\"0001-01-01\"", "\"9999-12-31\"", "\"2026-02-30\"", "\"2999-12-31\"",
        "\"1900-01-01\"", "\"\\u0000\"", "\"\\ud800\"", "\"\u202e\U0001F9FE\"", "\"C2\"", "\"C9\"", "\"O1\"", "\"EUR\"", "\"USD\"", "\"XXX\"",
        "\"DROP TABLE\"", "\"(a+)+$\"", "\"../..\"",
    ];

    static readonly string[] Queries = ["?", "?limit=-1", "?asOf=0000-00-00", "?a=b&a=c", "?cursor=%01", "?limit=99999999999", "?%",
        "?status=open&status=", "?by=" + new string('x', 3000)];

    [Fact]
    public async Task Ten_thousand_mistaken_calls_are_answered_or_refused_by_the_catalogue_and_break_nothing()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null));
        (await server.Put("/customers/C2", new { name = "B", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
        foreach (var (method, path, body) in Seeds[..4])
            (await server.SendAsync(new HttpMethod(method), path, RunningServer.Raw(body))).Expect(200);
        var catalogue = new Composition(Capabilities.All).Problems.ToDictionary(kind => kind.Code, kind => kind.Status);
        var faults = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => SendAsync(server, client, catalogue))));
        Guard.Clean(faults.SelectMany(found => found).Take(20));
        var proof = (await server.Get("/journal/verify")).Expect(200);
        Assert.True(proof["valid"] == "True", proof.Text);
    }

    static async Task<List<string>> SendAsync(RunningServer server, int client, Dictionary<string, int> catalogue)
    {
        var random = new Random(20260302 + client);
        var faults = new List<string>();
        for (var call = 0; call < Calls / Clients; call++)
        {
            var (method, path, body) = Mutated(random);
            var key = random.Next(8) switch { 0 => "k" + random.Next(50), 1 => "a b", 2 => new string('k', 201), _ => null };
            var reply = await server.SendAsync(new HttpMethod(method), path, RunningServer.Raw(body, random.Next(40) == 0 ? "text/plain" : Type(path)), key: key);
            if (Fault(reply, catalogue) is { } fault) faults.Add($"{method} {path} [{key}] {Encoding.UTF8.GetString(body)} -> {fault}");
        }

        return faults;
    }

    static string? Fault(ServerReply reply, Dictionary<string, int> catalogue) => reply.Status switch
    {
        < 400 => null,
        503 when reply.Code == "busy" => null,
        >= 500 => $"{reply.Status} {reply.Text}",
        _ when reply.Type?.MediaType != "application/problem+json" => $"{reply.Status} as {reply.Type}",
        _ when reply.Code is not { } code || !catalogue.TryGetValue(code, out var status) || status != reply.Status => $"{reply.Status} {reply.Text}",
        _ => null,
    };

    static string Type(string path) => path.Contains("/batch", StringComparison.Ordinal) ? "application/x-ndjson" : "application/json";

    static (string Method, string Path, byte[] Body) Mutated(Random random)
    {
        var (method, path, seed) = Seeds[random.Next(Seeds.Length)];
        var known = JsonNode.Parse(seed)!;
        // Numbers of their own let accepted calls go further than the first did.
        if (random.Next(2) == 0 && known is JsonObject own && own.ContainsKey("number") && method == "POST")
            own["number"] = "X" + random.Next(1_000_000).ToString(CultureInfo.InvariantCulture);
        var text = known.ToJsonString();
        for (var times = random.Next(3); times >= 0; times--) text = Spoilt(text, random);
        if (random.Next(15) == 0) method = new[] { "GET", "PUT", "POST", "PATCH", "DELETE" }[random.Next(5)];
        if (random.Next(12) == 0) path += Queries[random.Next(Queries.Length)];
        if (random.Next(20) == 0) path = path.Replace("O1", new[] { "%01", "%2F", "..%2F", "%FF", "none", new string('n', 500) }[random.Next(6)], StringComparison.Ordinal);
        return (method, path, Encoding.UTF8.GetBytes(text.ReplaceLineEndings(" ")));
    }

    /// <summary>One mistake more: a field dropped, doubled, renamed, or of another value; text cut off or with a character changed.</summary>
    static string Spoilt(string text, Random random)
    {
        var fields = Field(text);
        if (fields.Count == 0 || random.Next(10) == 0) return text[..random.Next(text.Length + 1)];
        var (start, value, end) = fields[random.Next(fields.Count)];
        return random.Next(7) switch
        {
            0 => text[..start] + "\"n" + text[start..].TrimStart('"'),
            1 => text[..end] + "," + text[start..],
            2 => text[..start] + "\"spare\":1" + text[end..],
            3 => text[..random.Next(text.Length)] + "\u0001}]{\"x"[random.Next(6)] + text[random.Next(text.Length)..],
            _ => text[..value] + Odd[random.Next(Odd.Length)] + text[end..],
        };
    }

    /// <summary>Where fields with plain values begin, where their values do, and where they end.</summary>
    static List<(int Start, int Value, int End)> Field(string text)
    {
        var found = new List<(int, int, int)>();
        for (var colon = text.IndexOf("\":", StringComparison.Ordinal); colon >= 0; colon = text.IndexOf("\":", colon + 1, StringComparison.Ordinal))
        {
            var start = colon == 0 ? -1 : text.LastIndexOf('"', colon - 1);
            var end = text.AsSpan(colon + 2).IndexOfAny(",}]");
            if (start >= 0 && end >= 0) found.Add((start, colon + 2, colon + 2 + end));
        }

        return found;
    }
}
