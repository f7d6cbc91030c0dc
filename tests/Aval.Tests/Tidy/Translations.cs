using System.Reflection;
using System.Text.RegularExpressions;
using Aval.Access;
using Aval.Blocks;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Indicators.Rules;
using Aval.Journal;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Policies.Screens;
using Aval.Receivables.Rules;
using Aval.Reports;
using Aval.Reports.Rules;
using Aval.Reports.Screens;
using Aval.Tests.Infrastructure;
using Aval.Web;

namespace Aval.Tests.Tidy;

/// <summary>Every text that the screens say through <c>T</c> stands in each language's catalogue, and nothing else does.</summary>
public sealed class Translations
{
    static readonly string[] Languages = [.. Tongue.All.Select(tongue => tongue.Code).Where(code => code != "en")];

    static readonly Regex Told = new(
        """\b(T|Sentence)\(\s*"(?<key>(\\.|[^"\\])*)"|\bSeveral\([^"]*?"(?<key>(\\.|[^"\\])*)",\s*"(?<key>(\\.|[^"\\])*)"|\?\s*T\("(?<key>[^"]*)"\)""",
        RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    static readonly Regex Hole = new(@"\{\d\}", RegexOptions.None, TimeSpan.FromSeconds(1));

    [Fact]
    public void Every_text_has_its_translations_and_every_translation_its_text() => Guard.Clean(Violations(Repository.Files, [.. Codes()], [.. Glossary()]));

    [Theory]
    [InlineData("<p>@T(\"Held\")</p>", "Held = Gesperrt", 0)]
    [InlineData("<p>@T(\"Held\")</p>", "", 1)]
    [InlineData("<p>@Several(3, \"{0} order\", \"{0} orders\")</p>", "{0} order = {0} Auftrag", 1)]
    [InlineData("<p>@T(\"Held\")</p>", "Held = Gesperrt\nIdle = Unbenutzt", 1)]
    [InlineData("<p>@T(\"Held\")</p>", "Held = Gesperrt\nHeld = Angehalten", 1)]
    [InlineData("<p>@T(\"{0} of {1}\", 1, 2)</p>", "{0} of {1} = {0} von", 1)]
    [InlineData("<p>@T(\"Held\")</p>", "Held = ", 1)]
    public void A_text_without_translation_and_a_translation_without_text_are_refused(string page, string lines, int violations)
    {
        var texts = Languages.Select(code => new SourceFile($"src/Aval/Orders/Texts.{code}.txt", lines));
        Assert.Equal(violations * Languages.Length, Violations([new("src/Aval/Orders/Page.razor", page), .. texts], [], []).Count());
    }

    static IEnumerable<string> Violations(IReadOnlyCollection<SourceFile> files, HashSet<string> codes, HashSet<string> glossary)
    {
        var sources = files.Where(file => Guard.Written(file) && file.Path.StartsWith("src/", StringComparison.Ordinal));
        var used = sources.SelectMany(Keys).Concat(codes).ToHashSet(StringComparer.Ordinal);
        foreach (var language in Languages)
        {
            var lines = files.Where(file => file.Name == $"Texts.{language}.txt")
                .SelectMany(file => Catalogue.Lines(file.Text), (file, line) => (file.Path, line.English, line.Translated)).ToList();
            foreach (var missing in used.Except(lines.Select(line => line.English))) yield return $"“{missing}” has no {language} text";
            foreach (var line in lines.Where(line => !used.Contains(line.English) && !glossary.Contains(line.English))) yield return $"{line.Path}: nobody says “{line.English}”";
            foreach (var twice in lines.GroupBy(line => line.English, StringComparer.Ordinal).Where(same => same.Count() > 1))
                yield return $"{language}: “{twice.Key}” stands in {string.Join(" and ", twice.Select(line => line.Path))}: what several capabilities say stands in src/Aval/Web";
            foreach (var line in lines.Where(line => line.Translated.Length == 0 || !Holes(line.English).SetEquals(Holes(line.Translated))))
                yield return $"{line.Path}: “{line.English}” and its translation have not the same parts";
        }
    }

    static IEnumerable<string> Keys(SourceFile file) =>
        Told.Matches(Regex.Replace(file.Text, "^ *///.*$", "", RegexOptions.Multiline, TimeSpan.FromSeconds(5)))
            .SelectMany(found => found.Groups["key"].Captures).Select(key => key.Value.Replace("\\\"", "\"", StringComparison.Ordinal));

    static HashSet<string> Holes(string text) => [.. Hole.Matches(text).Select(hole => hole.Value)];

    /// <summary>Texts that the screens say although no source has them between the brackets of T: the words of closed lists.</summary>
    static IEnumerable<string> Codes() =>
    [
        .. Roles.All.Select(Say.Word), .. FindingKinds.All.Select(kind => Say.Word(kind.Code)), .. Incident.Codes.Select(Say.Word), .. DemoPeople.All.Select(person => person.Does),
        .. Wordings.All(),
        .. Capabilities.All.SelectMany(capability => capability.Tables).Where(table => !EntryWords.Kept.Contains(table.Name)).Select(table => EntryWords.NameOf(table.Name)),
        .. Capabilities.All.SelectMany(capability => capability.Tables).Select(table => table.RowType.GetProperty("Status")?.PropertyType).OfType<Type>()
            .Where(type => type.IsEnum).SelectMany(Enum.GetNames).Select(name => Say.Word(char.ToLowerInvariant(name[0]) + name[1..])),
        .. EntryWords.Acts.Values, .. ContextQuestions.All.Select(question => question.Asks), .. Explanations.In(Tongue.English).Select(one => Say.Word(one.Code)),
        .. Indicator.All.Select(indicator => indicator.Definition), .. ParameterWords.All, .. SevenQuestions.All.SelectMany(QuestionTexts),
        .. ReportCatalogue.All.SelectMany(ReportTexts),
        .. new[] { typeof(ReportBy), typeof(OwnerFunction), typeof(AgingBasis), typeof(Language), typeof(LedgerKind), typeof(ReceiptStatus), typeof(InvoiceStage) }
            .SelectMany(Enum.GetNames).Concat(["notDue", "d1to30", "d31to60", "d61to90", "over90", "deposit", "later"])
            .Select(word => ReportWords.English(char.ToLowerInvariant(word[0]) + word[1..])),
    ];

    /// <summary>Risk classes are the same in every language.</summary>
    static IEnumerable<string> QuestionTexts(Question question) =>
    [
        question.Title, question.Why, .. question.Fields.Select(field => field.Label),
        .. question.Fields.SelectMany(field => field.Choices).Select(choice => choice.Said).Except(Policy.RiskClasses),
    ];

    static IEnumerable<string> ReportTexts(Report report) =>
    [
        report.Title, report.About, .. ReportAsked.Query(report.Fields).SelectMany(field => new[] { ReportWords.English(field.Name), field.Meaning }),
        .. Enum.GetValues<ReportBy>().SelectMany(by => report.Columns(
            new ReportAsked(default, by, null, null, null, null, AgingBasis.DueDate, default, 1, 1) { TellsFrom = true })).Select(column => column.Head),
    ];

    /// <summary>Words that the screens may say: those of our enums, and the names of tables.</summary>
    static IEnumerable<string> Glossary() =>
        typeof(Tongue).Assembly.GetTypes().Where(type => type.IsEnum).SelectMany(type => Enum.GetNames(type)).Select(name => Say.Word(char.ToLowerInvariant(name[0]) + name[1..]))
            .Concat(Capabilities.All.SelectMany(capability => capability.Tables).Select(table => table.Name.Replace('_', ' ')));
}
