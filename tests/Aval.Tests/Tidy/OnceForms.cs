using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>What may move money is asked by an <c>OnceForm</c> and taken by <c>MapOnce</c>, so that it carries its key and what was read.</summary>
/// <remarks>What posts nothing stands here with its reason.</remarks>
public sealed class OnceForms
{
    static readonly string[] Capabilities = ["Cash", "Receivables", "Disputes", "Statements"];

    static readonly Regex Form = new("<form [^>]*method=\"post\"|\\bMapForm\\(", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>How many forms of its own a file has, and why they post nothing twice.</summary>
    static readonly Dictionary<string, (int Forms, string Reason)> Excepted = new(StringComparer.Ordinal)
    {
        ["Cash/Screens/CashPages.cs"] = (1, "looks again at each line that waits, by a command of its own"),
        ["Cash/Screens/WaitingList.razor"] = (1, "looks again at each line that waits, by a command of its own"),
        ["Cash/Screens/LessonsPage.razor"] = (1, "what payers are known by"),
        ["Cash/Screens/ShowLessons.cs"] = (1, "what payers are known by"),
        ["Statements/Screens/MappingPage.razor"] = (1, "how files are read"),
        ["Statements/Screens/MappingsPage.razor"] = (2, "how files are read"),
        ["Statements/Screens/ShowMappings.cs"] = (4, "how files are read"),
        ["Statements/Screens/StatementPages.cs"] = (1, "a file is known by its content"),
        ["Statements/Screens/StatementsPage.razor"] = (1, "a file is known by its content"),
    };

    [Fact]
    public void Every_form_that_may_move_money_is_done_once() => Guard.Clean(Violations(Repository.Files));

    [Fact]
    public void Every_exception_is_needed() => Assert.Empty(Excepted.Keys.Except(Forms(Repository.Files).Select(found => found.File)));

    [Theory]
    [InlineData("Cash/Screens/LaterPage.razor", "<form class=\"padded\" action=\"/cash/x\" method=\"post\">", 1)]
    [InlineData("Cash/Screens/LaterPage.razor", "<OnceForm Action=\"/cash/x\" Editions=\"[View.Edition]\">", 0)]
    [InlineData("Cash/Screens/LaterPage.razor", "<form class=\"filters\" action=\"/cash\" method=\"get\">", 0)]
    [InlineData("Receivables/Screens/ShowLater.cs", "pages.MapForm(Address + \"/later\",", 1)]
    [InlineData("Disputes/Screens/ShowLater.cs", "pages.MapOnce(Address + \"/later\",", 0)]
    [InlineData("Statements/Screens/MappingPage.razor", "<form action=\"/a\" method=\"post\"></form><form action=\"/b\" method=\"post\">", 1)]
    [InlineData("Access/Screens/LaterPage.razor", "<form action=\"/account\" method=\"post\">", 0)]
    public void A_form_that_has_no_key_is_refused(string file, string text, int violations) =>
        Assert.Equal(violations, Violations([new("src/Aval/" + file, text)]).Count());

    static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from found in Forms(files)
        let allowed = Excepted.GetValueOrDefault(found.File).Forms
        where found.Count > allowed
        select $"{found.File}: {found.Count} forms, {allowed} allowed: use OnceForm and MapOnce, or say why it posts nothing";

    static IEnumerable<(string File, int Count)> Forms(IEnumerable<SourceFile> files) =>
        from file in files
        where Capabilities.Any(capability => file.Path.StartsWith($"src/Aval/{capability}/", StringComparison.Ordinal))
        let count = Form.Count(file.Text)
        where count > 0
        select (file.Path["src/Aval/".Length..], count);
}
