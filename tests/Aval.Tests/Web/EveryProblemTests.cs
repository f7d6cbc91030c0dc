using System.Reflection;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using Aval.Tests.Tidy;

namespace Aval.Tests.Web;

/// <summary>Every way to refuse is shown by a test: those of the customers' and orders' rules here, the others where their rule is tested.</summary>
public sealed class EveryProblemTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    /// <summary>The fields that declare the kinds: a test may name a refusal by them too.</summary>
    static readonly Dictionary<ProblemKind, string> Declared = typeof(Capabilities).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(field => field.FieldType == typeof(ProblemKind))
        .ToDictionary(field => (ProblemKind)field.GetValue(null)!, field => $"{field.DeclaringType!.Name}.{field.Name}");

    [Fact]
    public void Every_code_of_the_catalogue_is_named_by_a_test() => Guard.Clean(Violations(new Composition(Capabilities.All).Problems, Repository.Files));

    [Fact]
    public void A_code_that_no_test_names_is_refused()
    {
        var lonely = new ProblemKind("moon-unknown", 404, "There is no such moon", "Look up.");
        var file = new SourceFile("tests/Aval.Tests/MoonTests.cs", """reply.Expect(404, "moon-unknowns"); // moon-unknown""");
        Assert.Single(Violations([lonely], [file]));
        Assert.Empty(Violations([lonely], [file with { Text = """reply.Expect(404, "moon-unknown");""" }]));
        Assert.Single(Violations([lonely], [file with { Path = "src/Aval/Moon.cs", Text = "\"moon-unknown\"" }]));
        Assert.Single(Violations([KernelProblems.Busy], [file]));
        Assert.Empty(Violations([KernelProblems.Busy], [file with { Text = "Refused(KernelProblems.Busy, answer);" }]));
    }

    [Fact]
    public async Task A_payer_is_one_hop_away_and_a_group_has_a_top()
    {
        var server = await fixture.StartedAsync();
        foreach (var number in new[] { "P1", "P2", "P3" }) (await server.Put($"/customers/{number}", Customer)).Expect(200);
        (await server.Put("/customers/P2", new { payer = "P1" })).Expect(200);
        Assert.Equal("payer", (await server.Put("/customers/P3", new { payer = "P2" })).Expect(422, "payer-chain")["field"]);
        (await server.Put("/customers/P1", new { payer = "P3" })).Expect(422, "payer-chain");

        foreach (var number in new[] { "G1", "G2", "G3" }) (await server.Put($"/customers/{number}", Customer)).Expect(200);
        (await server.Put("/customers/G2", new { group = "G1" })).Expect(200);
        (await server.Put("/customers/G3", new { group = "G2" })).Expect(200);
        Assert.Equal("group", (await server.Put("/customers/G1", new { group = "G3" })).Expect(422, "group-cycle")["field"]);
        (await server.Put("/customers/G1", new { group = "G1" })).Expect(422, "group-cycle");
        (await server.Post("/limits", Limit("G2"))).Expect(422, "group-limit-below-top");
        (await server.Post("/limits", Limit("G1"))).Expect(200);
    }

    [Fact]
    public async Task What_is_finished_is_neither_cancelled_nor_picked()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/F", Customer)).Expect(200);
        foreach (var number in new[] { "F-1", "F-2" })
            (await server.Post("/orders", new
            {
                number, customer = "F", currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = 5, taxRate = 0 } },
            })).Expect(200);
        (await server.Post("/orders/F-1/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 1 } } })).Expect(200);
        (await server.Post("/orders/F-1/cancel", new { reason = "late" })).Expect(409, "order-finished");
        (await server.Post("/orders/F-1/pick-release", new { })).Expect(409, "order-finished");
        (await server.Post("/orders/F-2/cancel", new { reason = "late" })).Expect(200);
        (await server.Post("/orders/F-2/pick-release", new { })).Expect(409, "order-finished");
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        var server = await fixture.StartedAsync();
        (await server.Get("/blocks/none")).Expect(404, "block-unknown");
        (await server.Get("/policies/99")).Expect(404, "policy-unknown");
        (await server.Put("/policies/draft", new { basedOn = 99 })).Expect(404, "policy-unknown");
    }

    static object Customer => new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30" };

    static object Limit(string customer) => new
    {
        customer, level = "group", kind = "standing", limit = "amount", amount = 10, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
    };

    static IEnumerable<string> Violations(IEnumerable<ProblemKind> kinds, IReadOnlyList<SourceFile> files)
    {
        var tests = files.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal) && file.Extension == ".cs").Select(file => file.Text).ToList();
        return kinds.Where(kind => !tests.Exists(text => Names(text, kind))).Select(kind => $"{kind.Code}: no test provokes it");
    }

    /// <summary>As a code, as the import tells it, or as its declaration.</summary>
    static bool Names(string text, ProblemKind kind) =>
        text.Contains($"\"{kind.Code}\"", StringComparison.Ordinal) || text.Contains($"[{kind.Code}]", StringComparison.Ordinal)
        || (Declared.TryGetValue(kind, out var field) && text.Contains(field, StringComparison.Ordinal));
}
