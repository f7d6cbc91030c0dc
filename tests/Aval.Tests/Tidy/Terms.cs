using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;
using Aval.Web;

namespace Aval.Tests.Tidy;

/// <summary>A word of the desk has one word in each language (<c>docs/terms</c>), and French is set as it is printed.</summary>
public sealed class Terms
{
    /// <param name="English">Any of these in a text asks for …</param>
    /// <param name="Said">… one of these in its translation, as a part of a word, too.</param>
    /// <param name="Never">No translation has a word that begins so.</param>
    /// <param name="Except">English phrases that do not mean it.</param>
    sealed record Term(IReadOnlyList<string> English, IReadOnlyList<string> Said, IReadOnlyList<string> Never, IReadOnlyList<string> Except);

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static TheoryData<string> Languages => [.. Tongue.All.Select(tongue => tongue.Code).Where(code => code != "en")];

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_term_is_always_the_same_word(string language)
    {
        var terms = Read(Repository.Files.Single(file => file.Path == $"docs/terms/{language}.md").Text).ToList();
        Assert.NotEmpty(terms);
        var lines = Repository.Files.Where(file => file.Name == $"Texts.{language}.txt")
            .SelectMany(file => Catalogue.Lines(file.Text), (file, line) => (file.Path, line.English, line.Translated)).ToList();
        Assert.NotEmpty(lines);
        Guard.Clean(
            from line in lines
            from violation in Violations(terms, line.English, line.Translated)
            select $"{line.Path}: “{line.English} = {line.Translated}” {violation}");
    }

    [Theory]
    [InlineData("Deposits", "Acomptes", 0)]
    [InlineData("Deposits", "Arrhes", 1)]
    [InlineData("Depositary", "Dépositaire", 0)]
    [InlineData("On account", "En acompte", 2)]
    [InlineData("On account", "En compte", 0)]
    [InlineData("It is kept", "Gardé en acompte", 1)]
    [InlineData("See GET /deposits/{number} on account of that", "Voyez-le", 0)]
    [InlineData("Sales", "Service commercial", 0)]
    [InlineData("Days of sales", "Jours de chiffre d’affaires", 0)]
    public void A_word_that_is_not_the_terms_and_one_that_is_never_said_are_refused(string english, string translated, int violations) =>
        Assert.Equal(violations, Violations(
            [.. Read("""
                | English | French | never | except |
                |---|---|---|---|
                | deposit, deposits | acompte | | |
                | on account | en compte | en acompte | on account of |
                | Sales | service commercial | | |
                """)],
            english, translated).Count());

    [Theory]
    [InlineData("Et après : « oui » ; sûr ? Non !", "Et après\u00a0: «\u00a0oui\u00a0»\u202f; sûr\u202f? Non\u202f!")]
    [InlineData("Déjà\u00a0; dit\u00a0:", "Déjà\u202f; dit\u00a0:")]
    [InlineData("l'avoir d'{0} qu'« il »", "l\u2019avoir d\u2019{0} qu\u2019«\u00a0il\u00a0»")]
    [InlineData("{0} % à 12:30, GET /x?y=1", "{0}\u00a0% à 12:30, GET /x?y=1")]
    public void French_is_set_so_that_no_sign_begins_a_line(string written, string set) => Assert.Equal(set, FrenchType.Set(written));

    [Fact]
    public void Whatever_is_said_in_French_is_set_so() =>
        Guard.Clean(Tongue.French.Texts.Values.Concat(Explanations.In(Tongue.French).SelectMany(one => one.Paragraphs))
            .Where(text => Regex.IsMatch(text, @" [:;?!»%]|« |\p{L}'\p{L}", RegexOptions.None, Patience)));

    static IEnumerable<Term> Read(string table) =>
        from row in table.Split('\n')
        where row.StartsWith("| ", StringComparison.Ordinal) && !row.StartsWith("| English", StringComparison.Ordinal)
        let cells = row.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)
        select new Term(Parts(cells[0], ", "), Parts(cells[1], ", "), Parts(cells[2], ", "), Parts(cells[3], "; "));

    static string[] Parts(string cell, string separator) => cell.Split(separator, StringSplitOptions.RemoveEmptyEntries);

    static IEnumerable<string> Violations(IReadOnlyList<Term> terms, string english, string translated)
    {
        var meant = Regex.Replace(english.Split('#')[0], @"\S*/\S+", " ", RegexOptions.None, Patience);
        foreach (var term in terms)
        {
            var text = term.Except.Aggregate(meant, (left, phrase) => left.Replace(phrase, " ", StringComparison.OrdinalIgnoreCase));
            if (term.English.FirstOrDefault(word => Has(text, word)) is { } said && !term.Said.Any(word => translated.Contains(word, StringComparison.OrdinalIgnoreCase)))
                yield return $"does not say “{said}” as “{string.Join("”, “", term.Said)}”";
            foreach (var never in term.Never.Where(never => Regex.IsMatch(translated, $@"(?<!\w){Regex.Escape(never)}", RegexOptions.IgnoreCase, Patience)))
                yield return $"says “{never}”";
        }
    }

    /// <summary>As a whole word; one with a capital in that form alone.</summary>
    static bool Has(string text, string word) => Regex.IsMatch(
        text, $@"(?<![\w-]){Regex.Escape(word)}(?![\w-])", char.IsUpper(word[0]) ? RegexOptions.None : RegexOptions.IgnoreCase, Patience);
}
