using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>A schema file only adds, in ways that the version before does not notice: it goes on beside the new one while nodes are upgraded one after the other.</summary>
/// <remarks>docs/operating/upgrading.md</remarks>
public sealed class Additions
{
    static readonly Regex Comment = new("--[^\n]*", RegexOptions.None, TimeSpan.FromSeconds(1));
    static readonly Regex Created = new(@"^CREATE TABLE (?<table>\w+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    static readonly Regex Unique = new(@"^CREATE UNIQUE INDEX \w+ ON (?<table>\w+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    static readonly Regex Added = new(
        @"^(CREATE TABLE \w+ \(|CREATE INDEX \w+ ON |DROP INDEX (IF EXISTS )?\w+$|ALTER TABLE \w+ SET \(fillfactor = \d+\)$"
        + @"|ALTER TABLE \w+ ADD COLUMN \w+ \w+( NOT NULL DEFAULT \S+| DEFAULT \S+)?$)",
        RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>The first refuses what no version of Aval has ever done, and the second less than the first, so that no version notices.</summary>
    static readonly string[] Known = ["src/Aval/Access/Schema/005-the-access-log-only-grows.", "src/Aval/Access/Schema/010-the-access-log-is-shortened-after-a-year."];

    [Fact]
    public void A_schema_file_adds_tables_indexes_and_columns_that_the_version_before_need_not_fill() =>
        Guard.Clean(Repository.Files.Where(file => file.Path.StartsWith("src/Aval/", StringComparison.Ordinal) && file.Extension == ".sql").SelectMany(Violations));

    [Theory]
    [InlineData("ALTER TABLE sales_order ADD COLUMN vat_id TEXT NOT NULL;")]
    [InlineData("ALTER TABLE sales_order ADD COLUMN vat_id TEXT UNIQUE;")]
    [InlineData("ALTER TABLE sales_order ADD COLUMN payer TEXT REFERENCES customer (number);")]
    [InlineData("ALTER TABLE sales_order DROP COLUMN vat_id;")]
    [InlineData("ALTER TABLE sales_order RENAME COLUMN vat_id TO tax_id;")]
    [InlineData("ALTER TABLE sales_order ALTER COLUMN vat_id TYPE BIGINT;")]
    [InlineData("DROP TABLE incident;")]
    [InlineData("CREATE UNIQUE INDEX order_by_reference ON sales_order (reference);")]
    [InlineData("UPDATE sales_order SET vat_id = '';")]
    [InlineData("CREATE TRIGGER order_is_not_changed BEFORE UPDATE ON sales_order BEGIN SELECT 1; END;")]
    public void What_the_version_before_would_notice_is_refused(string sql) => Assert.NotEmpty(Violations(new SourceFile("src/Aval/Orders/Schema/010-orders-are-told.sql", sql)));

    [Fact]
    public void Additions_are_free() => Assert.Empty(Violations(new SourceFile("src/Aval/Orders/Schema/010-orders-are-told.sql", """
        -- A table of its own; its uniqueness binds nobody who does not know it.
        CREATE TABLE told (lane SMALLINT NOT NULL, number TEXT NOT NULL, PRIMARY KEY (lane, number));
        CREATE UNIQUE INDEX told_once ON told (lane, number);
        ALTER TABLE sales_order ADD COLUMN told_on DATE;
        ALTER TABLE sales_order ADD COLUMN times BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE sales_order SET (fillfactor = 80);
        DROP INDEX order_by_day;
        CREATE INDEX order_by_day ON sales_order (told_on) WHERE told_on IS NOT NULL;
        """)));

    static IEnumerable<string> Violations(SourceFile file)
    {
        if (Known.Any(name => file.Path.StartsWith(name, StringComparison.Ordinal))) yield break;
        var statements = Comment.Replace(file.Text, "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var own = statements.Select(statement => Created.Match(statement).Groups["table"].Value).Where(table => table.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var statement in statements)
            if (!Added.IsMatch(statement) && !own.Contains(Unique.Match(statement).Groups["table"].Value))
                yield return $"{file.Path}: \"{statement.Split('\n')[0]}\" is more than an addition";
    }
}
