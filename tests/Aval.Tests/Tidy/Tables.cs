using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>A table is read and written only by the capability whose Schema creates it; the others ask its query interface.</summary>
public sealed class Tables
{
    /// <summary>Tables that another capability may name, each with its reason.</summary>
    static readonly Dictionary<(string Capability, string Table), string> Excepted = [];

    const RegexOptions AnyCase = RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    static readonly Regex Created = new(
        """\bCREATE\s+(?:UNLOGGED\s+)?(?:TABLE|(?:MATERIALIZED\s+)?VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(?<name>\w+)""",
        AnyCase,
        TimeSpan.FromSeconds(1));
    static readonly Regex Verb = new(@"^[$@""\s]*(?:select|insert|update|delete|with|merge|copy|truncate)\b", AnyCase, TimeSpan.FromSeconds(1));
    static readonly Regex LoudUse = new(Use, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    static readonly Regex QuietUse = new(Use, AnyCase, TimeSpan.FromSeconds(1));

    const string Use =
        """\b(?:FROM|JOIN|INTO|UPDATE|COPY|USING|TRUNCATE|TABLE)\s+(?:ONLY\s+)?"?(?<name>\w+)"?(?:(?:\s+(?:AS\s+)?\w+)?\s*,\s*"?(?<name>\w+)"?)*""";

    [Fact]
    public void Every_table_is_named_by_its_own_capability_alone() => Guard.Clean(Violations(Repository.Files));

    [Theory]
    [InlineData(""" "SELECT name FROM customer WHERE number = @number" """)]
    [InlineData(""" $"SELECT {columns} FROM ordered_line AS l JOIN customer c ON c.id = l.customer" """)]
    [InlineData(""" "SELECT 1 FROM ordered_line l, customer c" """)]
    [InlineData(""" "INSERT INTO customer (number) VALUES (1)" """)]
    [InlineData(""" "UPDATE customer SET name = ''" """)]
    [InlineData(""" "COPY customer (number) FROM STDIN" """)]
    [InlineData(""" "select name from customer" """)]
    [InlineData(""" " LEFT JOIN customer ON true" """)]
    [InlineData(""""
         """
            DELETE FROM "customer"
            """
        """")]
    public void Another_capabilitys_table_is_refused(string literal) =>
        Assert.Single(Violations([.. Schemas, new("src/Aval/Orders/OrdersStore.cs", $"var sql = {literal};")]));

    [Fact]
    public void Another_capabilitys_table_is_refused_in_a_schema() =>
        Assert.Single(Violations(
            [.. Schemas, new("src/Aval/Orders/Schema/002-lines-have-names.sql", "UPDATE ordered_line SET name = c.name FROM customer c;")]));

    [Theory]
    [InlineData("src/Aval/Orders/OrdersStore.cs", """var sql = "SELECT 1 FROM ordered_line FOR UPDATE";""")]
    [InlineData("src/Aval/Orders/OrdersStore.cs", """var text = "The order comes from customer C1"; // FROM customer""")]
    [InlineData("src/Aval.Host/Program.cs", """var sql = "SELECT 1 FROM customer";""")]
    [InlineData("tests/Aval.Tests/Orders.cs", """var sql = "SELECT 1 FROM customer";""")]
    [InlineData("src/Aval/Orders/Schema/003-lines-name-payers.sql", "CREATE TABLE payer_line (customer TEXT REFERENCES customer (id));")]
    public void Ones_own_table_a_sentence_and_what_stands_outside_are_free(string path, string text) =>
        Assert.Empty(Violations([.. Schemas, new(path, text)]));

    static readonly SourceFile[] Schemas =
    [
        new("src/Aval/Parties/Schema/001-customers-have-names.sql", "CREATE TABLE customer (id TEXT PRIMARY KEY, number TEXT);"),
        new("src/Aval/Orders/Schema/001-orders-have-lines.sql", "CREATE TABLE IF NOT EXISTS ordered_line (customer TEXT);"),
    ];

    static IEnumerable<string> Violations(IEnumerable<SourceFile> files)
    {
        var all = files.Where(file => file.Capability is not null).ToList();
        var owners = all.Where(IsSchema)
            .SelectMany(file => Created.Matches(file.Text).Select(created => (Table: Key(created.Groups["name"].Value), file.Capability)))
            .ToLookup(pair => pair.Table, pair => pair.Capability!);
        foreach (var file in all.Where(file => IsSchema(file) || Guard.Written(file)))
            foreach (var table in Statements(file).SelectMany(Used).Select(Key).Distinct())
                if (owners.Contains(table) && !owners[table].Contains(file.Capability) && !Excepted.ContainsKey((file.Capability!, table)))
                    yield return $"{file.Path}: the table {table} belongs to {string.Join(", ", owners[table].Distinct())}";
    }

    static bool IsSchema(SourceFile file) => file.Extension == ".sql";

    static string Key(string name) => name.ToUpperInvariant();

    static IEnumerable<string> Statements(SourceFile file) => IsSchema(file) ? [file.Text] : CodeText.Of(file.Text).Literals;

    /// <summary>Lower-case key words count only in what begins like a statement: a sentence may well say "from customer".</summary>
    static IEnumerable<string> Used(string literal) =>
        (Verb.IsMatch(literal) ? QuietUse : LoudUse).Matches(literal)
            .SelectMany(use => use.Groups["name"].Captures.Select(capture => capture.Value));
}
