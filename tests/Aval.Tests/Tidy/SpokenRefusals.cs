using System.Text.RegularExpressions;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using Aval.Web;

namespace Aval.Tests.Tidy;

/// <summary>A refusal on a page speaks to whoever sits before it: no address, no path of a field, no document of ours, no word in the API's own writing.</summary>
public sealed partial class SpokenRefusals
{
    /// <summary>Sentences that only a caller of the API can provoke, and why.</summary>
    static readonly HashSet<string> OfCallersAlone =
    [
        "must name one of customer, group, riskClass, segment, country", // a screen offers the scopes
        "must hold bookingDate or valueDate", "and debitWords must say what the words of the direction column mean", // mappings of CSV columns
        "must not be before validFrom", "or creditNote must be named, and one of them alone", // limits and refunds, whose forms have both
        "The body is not JSON at line {0}, byte {1}, or too deep.",
    ];

    [Fact]
    public void What_to_do_about_a_refusal_is_said_on_screens_without_the_API() => Guard.Clean(
        from kind in Capabilities.All.SelectMany(capability => capability.Problems).Concat(KernelProblems.All).Distinct()
        where kind != KernelProblems.JsonMalformed // a form sends none
        where Speaks(kind.OnScreens ?? kind.Remedy) || Speaks(kind.Title)
        select $"{kind.Code} says on screens: {kind.Title}. {kind.OnScreens ?? kind.Remedy}");

    [Fact]
    public void The_sentence_of_a_refusal_names_nothing_of_the_API_but_the_field_that_it_begins_with() => Guard.Clean(
        from pattern in Wordings.Sentences()
        where !OfCallersAlone.Contains(pattern) && Speaks(BehindField().Replace(pattern, ""))
        select $"a refusal says on screens: {pattern}");

    [Fact]
    public void Words_of_the_API_are_noticed()
    {
        foreach (var said in new[] { "Use PUT /orders/{number}.", "See docs/problems.md.", "rules[3].minDays is wrong.", "maintainBlock needs reason.", "conditions[0] is none." })
            Assert.True(Speaks(said), said);
        foreach (var said in new[] { "Prüfen Sie die USt-IdNr.", "C-SA-001 is not known.", "It came to 1.234,50 EUR." }) Assert.False(Speaks(said), said);
    }

    internal static bool Speaks(string text) => OfApi().IsMatch(text);

    [GeneratedRegex(
        @"\b(PUT|POST|GET|PATCH|DELETE) /|/problems/|docs/|\b[a-z]+\[\d*\]|\b[a-z]+[A-Z][a-z]+|OpenAPI|JSON|Retry-After|the detail", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfApi();

    [GeneratedRegex(@"^[a-z]+[A-Za-z]* (?=must|has|is|was|may|goes|names|needs|comes|holds)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BehindField();
}
