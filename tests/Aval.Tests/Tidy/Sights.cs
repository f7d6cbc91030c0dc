using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>What somebody does not see is kept from them by the store that their request reads: nothing reads past it, but for the few that say why.</summary>
public sealed class Sights
{
    /// <summary>Who looks past it, and why they may.</summary>
    static readonly Dictionary<string, string> Excepted = new(StringComparer.Ordinal)
    {
        ["src/Aval/Access/AccessCapability.cs"] = "what it registers keeps its own tables",
        ["src/Aval/Access/Statement.cs"] = "keys, sessions and the access log are of no customer",
        ["src/Aval/Access/SessionKeys.cs"] = "keys of sessions are of no customer",
        ["src/Aval/Journal/EraseFromJournal.cs"] = "who erases sees everything",
        ["src/Aval/Persons/ExportPerson.cs"] = "who asks what is kept of them is told all of it",
        ["src/Aval/Persons/ErasePerson.cs"] = "who erases sees everything",
        ["src/Aval/Persons/ShowPersons.cs"] = "who erases sees everything",
        ["src/Aval/Receivables/ReadAging.cs"] = "sums of what the payer of a customer who is seen owes",
        ["src/Aval/Checks/GetExposure.cs"] = "what others order adds to the exposure of a payer who is seen",
        ["src/Aval/Checks/Screens/ShowCustomer.cs"] = "sums of what the payer of a customer who is seen owed at the ends of months",
        ["src/Aval/Indicators/ReadInterface.cs"] = "whether the payer of a customer who is seen went bad",
        ["src/Aval/Indicators/Screens/ShowIndicators.cs"] = "whether the payer of a customer who is seen went bad",
    };

    static readonly Regex Past = new(
        @"\bCommandText\b|\bCreateCommand\(|\.ConnectAsync\(|\b(Get|GetRequiredService)<(Store|Desk)>\(|\bDesk\.(Whole|Everything)\b",
        RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [Fact]
    public void Nothing_reads_past_what_the_caller_sees() => Guard.Clean(Violations(Repository.Files));

    [Theory]
    [InlineData("command.CommandText = sql;")]
    [InlineData("await using var connection = await store.ConnectAsync(cancel);")]
    [InlineData("var store = request.Get<Store>();")]
    [InlineData("await request.Desk.Whole.ViewAsync(party, cancel);")]
    public void A_way_past_it_is_refused(string line) => Assert.Single(Violations([new("src/Aval/Orders/Peek.cs", line)]));

    [Fact]
    public void Every_exception_is_needed() =>
        Assert.Empty(Excepted.Keys.Except(Repository.Files.Where(file => Past.IsMatch(file.Text)).Select(file => file.Path)));

    static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        where Guard.Written(file) && file.Path.StartsWith("src/Aval/", StringComparison.Ordinal) && file.Capability is not (null or "Kernel" or "Web")
        where !Excepted.ContainsKey(file.Path)
        from line in file.Lines.Index()
        where Past.IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: reads past what the caller sees";
}
