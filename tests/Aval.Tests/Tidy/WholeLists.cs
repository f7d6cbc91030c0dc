using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>What is a list can be ordered, filtered, paged and taken along: it is a <c>DataList</c>. A table that is none stands here with its reason.</summary>
public sealed class WholeLists
{
    static readonly Regex Table = new("<table [^>]*class=\"[^\"]*\\blist\\b", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>What shows the beginning of a list and says so; the rest of it is reached from nowhere.</summary>
    static readonly Regex Cut = new(@"\bT\(""[^""]*\bthe first \{", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>A panel of the first page that leads to itself for all of its lines.</summary>
    static readonly Regex Itself = new(@"new Panel\((?:(?!new PanelLine).){0,200}?PanelKind\.Address\(", RegexOptions.Singleline, TimeSpan.FromSeconds(1));

    /// <summary>How many tables of its own a component has, and why they are no list.</summary>
    static readonly Dictionary<string, (int Tables, string Reason)> Excepted = new(StringComparer.Ordinal)
    {
        ["Web/DataList.razor"] = (1, "the list itself"),
        ["Access/Screens/AccountPage.razor"] = (2, "one person’s own sessions and deputies"),
        ["Cash/Screens/CandidateList.razor"] = (1, "what one proposal pays"),
        ["Cash/Screens/ChooseInvoices.razor"] = (1, "a form: the open invoices of one payer to choose from"),
        ["Cash/Screens/CreditNotePage.razor"] = (1, "where one credit note went"),
        ["Cash/Screens/LinePage.razor"] = (1, "who may have paid one bank line"),
        ["Cash/Screens/PartsTable.razor"] = (1, "what one receipt paid"),
        ["Cash/Screens/ReceiptPage.razor"] = (1, "the history of one receipt"),
        ["Cash/Screens/WentElsewhere.razor"] = (1, "where one document’s money went"),
        ["Checks/Screens/AgingTable.razor"] = (1, "the six buckets of one payer"),
        ["Checks/Screens/BehaviourPart.razor"] = (1, "one payer’s figures beside their meaning"),
        ["Checks/Screens/CommitmentList.razor"] = (1, "the commitments of one customer, on its page"),
        ["Checks/Screens/ExposureChart.razor"] = (1, "the figures of a chart"),
        ["Checks/Screens/LimitTable.razor"] = (1, "the limits of one customer"),
        ["Checks/Screens/MatterList.razor"] = (1, "the matters of one customer, on its page"),
        ["Checks/Screens/OpenInvoices.razor"] = (1, "the open invoices of one payer, on its page"),
        ["Checks/Screens/OpenOrders.razor"] = (1, "the open orders of one customer, on its page"),
        ["Checks/Screens/OrderLines.razor"] = (1, "the lines of one order"),
        ["Checks/Screens/RuleList.razor"] = (1, "the rules that one check asked"),
        ["Checks/Screens/WaterfallTable.razor"] = (1, "the steps of one sum"),
        ["Outcomes/Screens/OutcomeGroups.razor"] = (1, "sums by group, of the list below them"),
        ["Persons/PersonsPage.razor"] = (1, "asked for by a form, so that no address has a person’s name; the whole of it is given as a file"),
        ["Policies/Screens/ComparePage.razor"] = (1, "two versions side by side"),
        ["Policies/Screens/PolicyPage.razor"] = (1, "the versions of the one policy"),
        ["Receivables/Screens/InvoicePage.razor"] = (1, "what became of one invoice"),
        ["Reports/Screens/ReportsPage.razor"] = (2, "the catalogue of reports, and the beginning of one that is given as a file"),
        ["Statements/Screens/SampleColumns.razor"] = (1, "the first rows of one file, for its columns to be named"),
        ["Statements/Screens/TriedSample.razor"] = (1, "the first entries of one file, read as the mapping says"),
        ["TimeMachine/Screens/TrialFigures.razor"] = (2, "figures then and under the draft"),
    };

    [Fact]
    public void Every_table_is_a_list_or_says_why_it_is_none() => Guard.Clean(Violations(Repository.Files));

    /// <summary>Who says that they show a beginning, and where all of it is.</summary>
    static readonly Dictionary<string, string> Beginnings = new(StringComparer.Ordinal)
    {
        ["Reports/Screens/ReportsPage.razor"] = "the files of the report have all",
        ["TimeMachine/Screens/TrialResultPage.razor"] = "a trial keeps no more",
    };

    [Fact]
    public void No_list_is_cut_off_and_every_panel_leads_to_a_list_that_is_whole() => Guard.Clean(CutOff(Repository.Files));

    [Fact]
    public void Every_beginning_is_needed() =>
        Assert.Empty(Beginnings.Keys.Except(Repository.Files.Where(file => Cut.IsMatch(file.Text)).Select(file => file.Path.Replace("src/Aval/", "", StringComparison.Ordinal))));

    [Theory]
    [InlineData("Home/PanelPart.razor", "<p>@T(\"These are the first {0}.\", Panel.MostWhole)</p>", 1)]
    [InlineData("Home/PanelPart.razor", "<p>@T(\"The first page\")</p>", 0)]
    [InlineData("Home/LaterPanels.cs", "return new Panel(T(\"Orders\"), PanelKind.Address(\"orders\", whole: true), total,", 1)]
    [InlineData("Home/LaterPanels.cs", "return new Panel(\n            T(\"Orders\"), ListOrders.Path, total,", 0)]
    public void A_list_that_is_cut_off_is_refused(string component, string text, int violations) =>
        Assert.Equal(violations, CutOff([new("src/Aval/" + component, text)]).Count());

    [Fact]
    public void Every_exception_is_needed() => Assert.Empty(Excepted.Keys.Except(Tables(Repository.Files).Select(found => found.Component)));

    [Theory]
    [InlineData("Orders/Screens/LaterPage.razor", "<table class=\"list stack\">", 1)]
    [InlineData("Orders/Screens/LaterPage.razor", "<DataList TRow=\"Order\" />", 0)]
    [InlineData("Orders/Screens/LaterPage.razor", "<table class=\"figures\">", 0)]
    [InlineData("Checks/Screens/OrderLines.razor", "<table class=\"list\"><table class=\"stack list\">", 1)]
    public void A_table_that_says_nothing_is_refused(string component, string text, int violations) =>
        Assert.Equal(violations, Violations([new("src/Aval/" + component, text)]).Count());

    static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from found in Tables(files)
        where !Excepted.TryGetValue(found.Component, out var known) || known.Tables != found.Count
        select $"{found.Component}: {found.Count} tables of its own; make them a DataList, or say here why they are none";

    static IEnumerable<string> CutOff(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Path.StartsWith("src/Aval/", StringComparison.Ordinal) && file.Extension is ".razor" or ".cs"
        let component = file.Path["src/Aval/".Length..]
        where (Cut.IsMatch(file.Text) && !Beginnings.ContainsKey(component)) || Itself.IsMatch(file.Text)
        select $"{component} shows the beginning of a list that is nowhere whole; lead to a DataList";

    static IEnumerable<(string Component, int Count)> Tables(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Extension == ".razor" && file.Path.StartsWith("src/Aval/", StringComparison.Ordinal)
        let count = Table.Count(file.Text)
        where count > 0
        select (file.Path["src/Aval/".Length..], count);
}
