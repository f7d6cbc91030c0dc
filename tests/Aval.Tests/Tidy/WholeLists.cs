using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>What is a list can be ordered, filtered, paged and taken along: it is a <c>DataList</c>. A table that is none stands here with its reason.</summary>
public sealed class WholeLists
{
    static readonly Regex Table = new("<table [^>]*class=\"[^\"]*\\blist\\b", RegexOptions.None, TimeSpan.FromSeconds(1));

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

    static IEnumerable<(string Component, int Count)> Tables(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Extension == ".razor" && file.Path.StartsWith("src/Aval/", StringComparison.Ordinal)
        let count = Table.Count(file.Text)
        where count > 0
        select (file.Path["src/Aval/".Length..], count);
}
