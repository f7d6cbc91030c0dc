using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>What a form has sent is read by <c>SentForm</c>, which refuses what it cannot read; a value tried and dropped in silence would mean what nobody typed.</summary>
public sealed class SentValues
{
    static readonly Regex Parse = new(@"\b(?:int|long|decimal|double|DateOnly|TimeOnly|DateTimeOffset|bool)\.TryParse(?:Exact)?\(", RegexOptions.None, TimeSpan.FromSeconds(1));

    static readonly Regex Form = new(@"(?:TryParse(?:Exact|<\w+>)?|TryOf)\(\s*form\b", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>Screens that read a number by themselves, and why nothing is dropped there.</summary>
    static readonly Dictionary<string, string> Excepted = new(StringComparer.Ordinal)
    {
        ["Blocks/Screens/DecisionForm.cs"] = "the place of an option: one that is none is refused",
        ["Cash/Screens/ReceiptDone.cs"] = "a part of an address",
        ["Checks/Screens/SendOrder.cs"] = "a hidden field of two values: one that is none is refused",
        ["Indicators/Screens/IndicatorWords.cs"] = "a part of a kept number",
        ["Policies/Screens/ShowPolicies.cs"] = "a part of an address",
        ["Policies/Screens/EditDraft.cs"] = "a version or a word: what is neither is refused by the command",
        ["Policies/Screens/FormBody.cs"] = "the place in a field's name",
        ["TimeMachine/Screens/TrialPages.cs"] = "what cannot be read is refused with its field",
    };

    [Fact]
    public void A_screen_reads_what_was_sent_by_its_form() => Guard.Clean(Violations(Repository.Files));

    [Theory]
    [InlineData("Access/Screens/ShowLater.cs", "DateOnly? ends = DateOnly.TryParse(form[\"ends\"], out var day) ? day : null;", 1)]
    [InlineData("Access/Screens/ShowLater.cs", "var ends = sent.Day(\"ends\");", 0)]
    [InlineData("Access/ReadLater.cs", "int.TryParse(text, out var number)", 0)]
    [InlineData("Cash/Screens/ShowLater.cs", "Currency.TryOf(form[\"currency\"], out var currency)", 1)]
    [InlineData("Cash/Screens/ReceiptDone.cs", "long.TryParse(number, out var sequence)", 0)]
    [InlineData("Cash/Screens/ReceiptDone.cs", "Words.TryParse<CashList>(form[\"list\"], out var list)", 1)]
    public void A_value_that_is_tried_and_dropped_is_refused(string file, string text, int violations) =>
        Assert.Equal(violations, Violations([new("src/Aval/" + file, text)]).Count());

    static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Path.StartsWith("src/Aval/", StringComparison.Ordinal) && file.Path.Contains("/Screens/", StringComparison.Ordinal)
        let path = file.Path["src/Aval/".Length..]
        where Form.IsMatch(file.Text) || (Parse.IsMatch(file.Text) && !Excepted.ContainsKey(path))
        select $"{path} reads a value by itself: SentForm refuses what it cannot read";
}
