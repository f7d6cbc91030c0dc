using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>A schema file's name is its number and a sentence; where the two databases differ it is a pair.</summary>
public sealed class Schemas
{
    static readonly Regex Sentence = new(
        @"^(?<number>\d{3})(?:-[a-z0-9]+){3,}(?<database>\.sqlite|\.pg)?\.sql$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [Fact]
    public void Every_schema_file_is_a_numbered_sentence_and_every_pair_is_complete() => Guard.Clean(Violations(Repository.Paths));

    [Theory]
    [InlineData("001-customers.sql")]
    [InlineData("001-two-words.sql")]
    [InlineData("1-customers-have-names.sql")]
    [InlineData("001-Customers-have-names.sql")]
    [InlineData("001_customers_have_names.sql")]
    [InlineData("001-customers-have-names.mysql.sql")]
    [InlineData("001-customers-have-names.pg.sql")]
    [InlineData("001-customers-have-names.sqlite.sql")]
    public void A_name_that_is_no_sentence_and_half_a_pair_are_refused(string name) =>
        Assert.Single(Violations(["src/Aval/Parties/Schema/" + name]));

    [Fact]
    public void A_number_used_twice_is_refused() =>
        Assert.Single(Violations(["src/Aval/Parties/Schema/001-customers-have-names.sql", "src/Aval/Parties/Schema/001-groups-have-tops.sql"]));

    [Fact]
    public void A_schema_outside_its_folder_is_refused() => Assert.Single(Violations(["src/Aval/Parties/001-customers-have-names.sql"]));

    [Fact]
    public void Sentences_and_pairs_are_free() =>
        Assert.Empty(Violations(
        [
            "src/Aval/Parties/Schema/001-customers-have-names.sql", "src/Aval/Orders/Schema/001-orders-have-lines.sql",
            "src/Aval/Parties/Schema/002-names-are-searched.sqlite.sql", "src/Aval/Parties/Schema/002-names-are-searched.pg.sql", "docs/example.sql",
        ]));

    static IEnumerable<string> Violations(IReadOnlyCollection<string> paths)
    {
        var schemas = paths.Where(path => path.StartsWith("src/Aval/", StringComparison.Ordinal) && Path.GetExtension(path) == ".sql").ToList();
        foreach (var path in schemas)
        {
            if (path.Split('/') is not [_, _, _, "Schema", var name])
            {
                yield return $"{path}: a schema lives in its capability's folder Schema";
                continue;
            }
            var said = Sentence.Match(name);
            if (!said.Success) yield return $"{path}: not NNN-words-with-dashes of three words or more";
            var other = said.Groups["database"].Value switch
            {
                ".sqlite" => path.Replace(".sqlite.sql", ".pg.sql", StringComparison.Ordinal),
                ".pg" => path.Replace(".pg.sql", ".sqlite.sql", StringComparison.Ordinal),
                _ => path,
            };
            if (!schemas.Contains(other)) yield return $"{path}: its pair {Path.GetFileName(other)} is missing";
        }
        var numbers = schemas.Select(path => (Folder: Path.GetDirectoryName(path), Said: Sentence.Match(Path.GetFileName(path)), Path: path))
            .Where(file => file.Said.Success && file.Said.Groups["database"].Value != ".pg")
            .GroupBy(file => (file.Folder, file.Said.Groups["number"].Value));
        foreach (var twice in numbers.Where(group => group.Count() > 1))
            yield return $"{twice.Key.Folder}: {twice.Key.Value} is used by {string.Join(", ", twice.Select(file => Path.GetFileName(file.Path)))}";
    }
}
