using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>The compiler keeps rules pure: no clock, no waiting, nothing outside, no dice. This watches its orders.</summary>
public sealed class Purity
{
    static readonly string[] Banned =
    [
        "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTime.Today",
        "P:System.DateTimeOffset.Now", "P:System.DateTimeOffset.UtcNow", "T:System.TimeProvider", "T:System.Diagnostics.Stopwatch",
        "T:System.Threading.Tasks.Task", "T:System.Threading.Tasks.Task`1", "T:System.Threading.Tasks.ValueTask",
        "T:System.Threading.Tasks.ValueTask`1", "T:System.Threading.Thread",
        "T:System.IO.File", "T:System.IO.Directory", "T:System.IO.FileStream", "T:System.Console", "T:System.Environment",
        "T:System.Net.Http.HttpClient", "P:System.Random.Shared", "M:System.Random.#ctor", "M:System.Guid.NewGuid", "M:System.Guid.CreateVersion7",
        "N:System.Data", "N:System.Data.Common", "N:Npgsql", "N:Microsoft.Data.Sqlite", "N:Dapper",
        "N:Microsoft.AspNetCore", "N:Microsoft.AspNetCore.Http", "N:Microsoft.AspNetCore.Builder", "N:Microsoft.AspNetCore.Components",
    ];

    static readonly Regex Section = new(
        @"^\[src/Aval/\*/Rules/\*\*\.cs\]\n(?<body>(?:[^\[\n].*\n|\n)*)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        TimeSpan.FromSeconds(1));

    /// <summary>The analyzer sees calls, not signatures: waiting and whole namespaces are refused by the text.</summary>
    static readonly Regex Impure = new(
        @"\b(?:async|await)\b|\busing\s+(?:static\s+)?(?:\w+\s*=\s*)?(?:global::)?"
        + @"(?:System\.(?:Data|IO|Net|Threading)|Npgsql|NpgsqlTypes|Dapper|Microsoft\.\w+)\b",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    [Fact]
    public void The_compiler_is_told_what_rules_may_not_use() =>
        Guard.Clean(Violations(Repository.Read(".editorconfig"), Repository.Read("src/Aval/BannedSymbols.txt")));

    [Fact]
    public void No_rule_waits_or_opens_an_impure_namespace() => Guard.Clean(Impurities(Repository.Files));

    [Theory]
    [InlineData("static async ValueTask<int> Wait(ValueTask<int> other) => other;")]
    [InlineData("var limit = await_ + 1; var open = await other;")]
    [InlineData("using System.Data.Common;")]
    [InlineData("using Context = Microsoft.AspNetCore.Http.HttpContext;")]
    [InlineData("using static System.IO.File;")]
    public void A_rule_that_waits_or_opens_an_impure_namespace_is_refused(string text)
    {
        Assert.Single(Impurities([new("src/Aval/Checks/Rules/Check.cs", text)]));
        Assert.Empty(Impurities([new("src/Aval/Checks/CheckOrder.cs", text)]));
    }

    [Fact]
    public void A_pure_rule_is_free() =>
        Assert.Empty(Impurities([new("src/Aval/Checks/Rules/Check.cs", "using System.Globalization;\nusing Aval.Kernel;\n// what we await")]));

    [Fact]
    public void A_softer_severity_is_refused() => Assert.Single(Violations(Severity("warning"), All));

    [Fact]
    public void A_severity_of_another_section_does_not_count() =>
        Assert.Single(Violations("[src/Aval/*/Rules/**.cs]\nindent_size = 4\n[*.cs]\ndotnet_diagnostic.RS0030.severity = error\n", All));

    [Fact]
    public void A_symbol_left_out_is_refused() =>
        Assert.Single(Violations(Severity("error"), All.Replace("T:System.Console;why\n", "", StringComparison.Ordinal)));

    [Fact]
    public void Complete_orders_are_free() => Assert.Empty(Violations(Severity("error"), All));

    [Fact]
    public void A_symbol_without_its_reason_is_refused() => Assert.Single(Violations(Severity("error"), All + "\nT:System.IO.StreamReader"));

    static string All => string.Join('\n', Banned.Select(symbol => symbol + ";why"));

    static string Severity(string severity) => $"root = true\n\n[src/Aval/*/Rules/**.cs]\ndotnet_diagnostic.RS0030.severity = {severity}\n";

    static IEnumerable<string> Impurities(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Capability is not null && file.Path.Contains("/Rules/", StringComparison.Ordinal) && Guard.Written(file)
        from impure in Impure.Matches(CodeText.Of(file.Text).Code)
        select $"{file.Path}: a rule is pure, so not: {impure.Value}";

    static IEnumerable<string> Violations(string editorConfig, string bannedSymbols)
    {
        if (!Section.Match(editorConfig).Groups["body"].Value.Split('\n').Contains("dotnet_diagnostic.RS0030.severity = error"))
            yield return ".editorconfig: RS0030 is not an error for [src/Aval/*/Rules/**.cs]";
        var entries = bannedSymbols.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';', 2)).ToList();
        foreach (var symbol in Banned.Except(entries.Select(entry => entry[0]))) yield return $"src/Aval/BannedSymbols.txt: {symbol} is missing";
        foreach (var entry in entries.Where(entry => entry.Length < 2 || entry[1].Trim().Length == 0))
            yield return $"src/Aval/BannedSymbols.txt: {entry[0]} has no reason";
    }
}
