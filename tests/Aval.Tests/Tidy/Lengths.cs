using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>One whole idea a file: a second subject is a second file. A long file is listed with its reason, and the list can only shrink.</summary>
public sealed class Lengths
{
    const int MostLines = 300;
    const int MostCharacters = 180;

    /// <summary>Files that are one thing though long: the lines they may have, and why.</summary>
    static readonly Dictionary<string, (int Lines, string Reason)> Longer = [];

    /// <summary>Files with lines wider than the page, and how many; the list only shrinks.</summary>
    static readonly Dictionary<string, int> Wider = [];

    [Fact]
    public void No_file_of_the_sources_is_longer_than_one_idea() => Guard.Clean(TooManyLines(Repository.Files, Longer));

    [Fact]
    public void No_line_is_wider_than_the_page() => Guard.Clean(TooWide(Repository.Files, Wider));

    [Theory]
    [InlineData(301, null, 1)]
    [InlineData(300, null, 0)]
    [InlineData(400, 400, 0)]
    [InlineData(401, 400, 1)]
    [InlineData(399, 400, 1)]
    [InlineData(10, 400, 1)]
    public void A_file_too_long_and_a_list_too_generous_are_refused(int lines, int? listed, int violations)
    {
        const string path = "src/Aval/Orders/Order.cs";
        var longer = new Dictionary<string, (int, string)>();
        if (listed is { } most) longer[path] = (most, "one state machine");
        Assert.Equal(violations, TooManyLines([new(path, string.Concat(Enumerable.Repeat("x\n", lines)))], longer).Count());
    }

    [Fact]
    public void A_listed_file_that_is_gone_is_refused() =>
        Assert.Single(TooManyLines([], new Dictionary<string, (int, string)> { ["src/Aval/Gone.cs"] = (400, "one table") }));

    [Theory]
    [InlineData("src/Aval/Orders/Order.cs", 181, 1)]
    [InlineData("src/Aval/Orders/Order.cs", 180, 0)]
    [InlineData("tests/run.sh", 181, 1)]
    [InlineData("docs/README.md", 500, 0)]
    public void A_line_too_wide_is_refused_except_in_prose(string path, int width, int violations) =>
        Assert.Equal(violations, TooWide([new(path, "short\n" + new string('x', width) + "\r\nshort\n")], []).Count());

    [Theory]
    [InlineData(3, 2, 3)]
    [InlineData(2, 2, 0)]
    [InlineData(0, 2, 1)]
    public void More_wide_lines_than_listed_and_an_idle_entry_are_refused(int wide, int listed, int violations)
    {
        const string path = "src/Aval/Orders/Order.cs";
        var text = string.Concat(Enumerable.Repeat(new string('x', MostCharacters + 1) + "\n", wide));
        Assert.Equal(violations, TooWide([new(path, text)], new Dictionary<string, int> { [path] = listed }).Count());
    }

    static IEnumerable<string> TooManyLines(IReadOnlyCollection<SourceFile> files, Dictionary<string, (int Lines, string Reason)> longer)
    {
        foreach (var file in files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && Programmed(file)))
        {
            var lines = file.Lines.Length - (file.Text.EndsWith('\n') ? 1 : 0);
            if (!longer.TryGetValue(file.Path, out var listed))
            {
                if (lines > MostLines) yield return $"{file.Path}: {lines} lines; at most {MostLines}, or an entry with its reason";
            }
            else if (lines <= MostLines) yield return $"{file.Path}: {lines} lines need no entry any more";
            else if (lines != listed.Lines) yield return $"{file.Path}: {lines} lines, listed with {listed.Lines}; the list only shrinks";
        }
        foreach (var gone in longer.Keys.Except(files.Select(file => file.Path))) yield return $"{gone}: listed, but not there";
    }

    static IEnumerable<string> TooWide(IEnumerable<SourceFile> files, Dictionary<string, int> wider)
    {
        foreach (var file in files.Where(Programmed))
        {
            var wide = file.Lines.Index().Where(line => line.Item.TrimEnd('\r').Length > MostCharacters).ToList();
            var listed = wider.GetValueOrDefault(file.Path);
            if (wide.Count == 0 && listed > 0) yield return $"{file.Path}: needs no entry for wide lines any more";
            if (wide.Count > listed)
                foreach (var line in wide) yield return $"{file.Path}:{line.Index + 1}: {line.Item.Length} characters; at most {MostCharacters}";
        }
    }

    static bool Programmed(SourceFile file) =>
        file.Extension is ".cs" or ".razor" or ".sql" or ".css" or ".js" or ".sh" or ".props" or ".csproj" || file.Path is "aval" or ".ci/run";
}
