using System.Text.RegularExpressions;
using Aval.Journal;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>Every command is told on the journal's pages by what it did, in words: its own name is none.</summary>
public sealed class Acts
{
    static readonly Regex Names = new("""override string Name =>(?<names>[^;]*);|const string Verb = (?<names>"\w+");""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
    static readonly Regex Name = new("\"(?<name>\\w+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [Fact]
    public void Every_command_has_words_for_what_it_did() => Guard.Clean(Violations(Repository.Files));

    [Fact]
    public void A_command_without_words_is_noticed() => Assert.Equal(
        ["bendTheRules has no words in EntryWords", "straighten has no words in EntryWords"],
        Violations([new("src/Aval/Orders/Bend.cs", """public override string Name => Bends ? "bendTheRules" : "straighten"; public string Other => "x";""")]));

    static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Extension == ".cs" && file.Path.StartsWith("src/Aval/", StringComparison.Ordinal)
        from names in Names.Matches(file.Text)
        from found in Name.Matches(names.Groups["names"].Value)
        let name = found.Groups["name"].Value
        where !EntryWords.Acts.ContainsKey(name)
        select $"{name} has no words in EntryWords";
}
