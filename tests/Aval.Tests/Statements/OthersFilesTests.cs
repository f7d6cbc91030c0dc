using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aval.Statements.Rules;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Statements;

/// <summary>Files of other projects against what their own parsers read from them, where the files are beside the checkout; skipped where they are not.</summary>
public sealed class OthersFilesTests
{
    static readonly Regex Transaction = new(@"^- !!python/object:mt940\.models\.Transaction\s*$", RegexOptions.Multiline, TimeSpan.FromSeconds(5));
    static readonly Regex Amount = new(@"decimal\.Decimal \['(?<amount>-?[0-9.]+)'\]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
    static readonly Regex Field = new(@"^    (?<name>[a-z_]+): (?<value>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, TimeSpan.FromSeconds(5));
    static readonly Regex Day = new(
        @"^    (?<name>date|entry_date):.*\n.*\n\s+(?<day>[A-Za-z0-9+/=]+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, TimeSpan.FromSeconds(5));

    [Fact]
    public void Entries_of_camt_files_agree_with_another_parsers()
    {
        var tally = new Tally();
        foreach (var file in Files("camt/genkgo", "*.xml"))
        {
            if (!File.Exists(Path.ChangeExtension(file, ".json"))) continue;
            using var json = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(file, ".json")));
            var told = json.RootElement.GetProperty("getEntries").EnumerateArray().Where(entry => Text(entry, "getStatus") == "BOOK").Select(OfGenkgo).ToList();
            tally.Compare(file, told, [.. Read(file).SelectMany(statement => statement.Entries).Select(OfCamt)]);
        }

        tally.Publish("camt");
        Assert.Empty(tally.Differing);
        Assert.Empty(tally.Refused);
        Assert.NotNull(StatementFile.Read(File.ReadAllBytes(Files("camt/genkgo", "camt053.v2.wrong.xml").Single())).Fault);
    }

    [Fact]
    public void Entries_of_MT940_files_agree_with_another_parsers()
    {
        var tally = new Tally();
        var (bank, ends, ibans) = (new List<(string?, string?)>(), new List<(string?, string?)>(), new List<(string?, string?)>());
        foreach (var file in Files("mt940/wolph", "*.sta"))
        {
            if (!File.Exists(Path.ChangeExtension(file, ".yml"))) continue;
            var told = OfYaml(File.ReadAllText(Path.ChangeExtension(file, ".yml"))).ToList();
            var read = Read(file).SelectMany(statement => statement.Entries).ToList();
            tally.Compare(file, told.ConvertAll(entry => entry.Facts), read.ConvertAll(OfSwift));
            if (read.Count != told.Count) continue;
            bank.AddRange(told.Zip(read, (first, second) => (first.Bank, second.BankReference)).Where(pair => pair.Bank is not null));
            ends.AddRange(told.Zip(read, (first, second) => (first.EndToEnd, second.Parts[0].EndToEnd)).Where(pair => pair.Item1 is not null));
            ibans.AddRange(told.Zip(read, (first, second) => (first.Iban, second.Parts[0].CounterpartyAccount)).Where(pair => pair.Iban is not null));
        }

        tally.Publish("mt940");
        Publish("the bank's references", bank);
        Publish("end-to-end references", ends);
        Publish("accounts", ibans);
        Assert.All(bank, pair => Assert.Equal(pair.Item1, pair.Item2));
        // The other parser tells the end of an account whose whole number stands beside.
        Assert.All(ibans, pair => Assert.EndsWith(pair.Item1!, pair.Item2!, StringComparison.Ordinal));
        // The other parser takes text behind a reference that has ended for a part of it.
        Assert.All(ends, pair => Assert.True(pair.Item1!.StartsWith(pair.Item2!, StringComparison.Ordinal), $"{pair.Item1} | {pair.Item2}"));
        Assert.Empty(tally.Differing);
        // Snippets without a whole statement, files cut off or broken on purpose, and marks: docs/cash-application.md.
        Assert.Equal(
            [
                "betterplace/empty_entry_date.sta", "betterplace/sepa_snippet_broken.sta", "cmxl/statement_details.sta", "cmxl/statement_line.sta",
                "self-provided/raphaelm.sta", "self-provided/sparkassen.sta",
            ],
            tally.Refused.Select(file => string.Join('/', file.Split('/')[^2..])));
    }

    [Fact]
    public void BAI2_files_are_read_with_their_own_control_totals_or_refused()
    {
        var checks = Files("bai2/moov/testdata", "*.txt").Select(file => (Path.GetFileNameWithoutExtension(file), StatementFile.Read(File.ReadAllBytes(file))))
            .Select(file => $"{file.Item1}: {Checked(file.Item2)}");
        Assert.Equal(
            [
                "sample-parseError: refused at line 1", "sample1: agrees", "sample2: agrees", "sample3: agrees", "sample4-continuations-newline-delimited: differs",
                "sample5-issue113: refused at line 63",
            ],
            checks.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_beginning_of_any_of_the_files_breaks_the_reader()
    {
        foreach (var file in Files("", "*.sta").Concat(Files("", "*.xml")).Concat(Files("", "*.txt")))
        {
            var bytes = File.ReadAllBytes(file);
            var whole = StatementFile.Read(bytes);
            var entries = whole.Statements.SelectMany(statement => statement.Entries).Select(entry => (entry.Amount, entry.Booked, entry.Value)).ToList();
            for (var length = 0; length < bytes.Length; length += 1 + (bytes.Length / 60))
            {
                var cut = StatementFile.Read(bytes.AsMemory(0, length));
                if (cut.Fault is not null || cut.Statements.Any(statement => Balances.Check(statement) != BalanceCheck.Agrees)) continue;
                var told = cut.Statements.SelectMany(statement => statement.Entries).Select(entry => (entry.Amount, entry.Booked, entry.Value)).ToList();
                Assert.Equal(entries.Take(told.Count), told);
            }
        }
    }

    static string Checked(FileRead read) =>
        read.Fault is { } fault ? $"refused at line {fault.Line}" : read.Statements.Any(told => Balances.Differences(told).Any()) ? "differs" : "agrees";

    static void Publish(string what, List<(string? Told, string? Read)> pairs) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{what}: {pairs.Count(pair => pair.Told == pair.Read)} of {pairs.Count} agree\n"
        + string.Join('\n', pairs.Where(pair => pair.Told != pair.Read).Select(pair => $"  {pair.Told} | {pair.Read}")));

    static IEnumerable<string> Files(string folder, string names)
    {
        for (var above = new DirectoryInfo(Repository.Root); above is not null; above = above.Parent)
            if (Path.Combine(above.FullName, "shared", "data", "bank-statements") is var path && Directory.Exists(path))
                return Directory.EnumerateFiles(Path.Combine(path, folder), names, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        Assert.Skip("The bank statements of other projects are not on this machine.");
        throw new InvalidOperationException("Skipped.");
    }

    static System.Collections.Immutable.ImmutableArray<BankStatement> Read(string file) => StatementFile.Read(File.ReadAllBytes(file)).Statements;

    static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static string OfGenkgo(JsonElement entry)
    {
        var money = entry.GetProperty("getAmount");
        var detail = entry.GetProperty("getTransactionDetail");
        var references = detail.ValueKind == JsonValueKind.Object ? detail.GetProperty("getReference") : default;
        return Line(
            long.Parse(Text(money, "getAmount")!, CultureInfo.InvariantCulture), Date(entry, "getBookingDate"), Date(entry, "getValueDate"),
            entry.GetProperty("getReversalIndicator").GetBoolean(), Told.Reference(Text(entry, "getAccountServicerReference")),
            // Of several payments in one entry the other parser tells the first alone.
            entry.GetProperty("getTransactionDetails").GetArrayLength() == 1 && references.ValueKind == JsonValueKind.Object
                ? Told.Reference(Text(references, "getEndToEndId"))
                : null);
    }

    static string? Date(JsonElement entry, string name) => entry.GetProperty(name) is { ValueKind: JsonValueKind.Object } date ? Text(date, "0")![..10] : null;

    static string OfCamt(BankEntry entry) => Line(
        entry.Amount, Iso(entry.Booked), Iso(entry.Value), entry.Reversal, entry.BankReference, entry.Parts.Length == 1 ? entry.Parts[0].EndToEnd : null);

    /// <summary>What the other parser tells of each entry. Where the owner's reference is short it takes the bank's for a part of it and tells none: that is left out.</summary>
    static IEnumerable<(string Facts, string? Bank, string? EndToEnd, string? Iban)> OfYaml(string yaml)
    {
        foreach (var told in Transaction.Split(yaml).Skip(1).Where(told => Amount.IsMatch(told)))
        {
            var fields = Field.Matches(told).DistinctBy(found => found.Groups["name"].Value)
                .ToDictionary(found => found.Groups["name"].Value, found => found.Groups["value"].Value.Trim('\''), StringComparer.Ordinal);
            var days = Day.Matches(told).ToDictionary(found => found.Groups["name"].Value, found => Convert.FromBase64String(found.Groups["day"].Value), StringComparer.Ordinal);
            var amount = decimal.Parse(Amount.Match(told).Groups["amount"].Value, CultureInfo.InvariantCulture);
            var (status, booked) = (fields["status"], days.TryGetValue("entry_date", out var entered) ? Of(entered) : null);
            yield return (
                Line((long)(Math.Abs(amount) * 100) * (status is "D" or "RC" ? -1 : 1), booked, Of(days["date"]), status.StartsWith('R'), null, null),
                Find("bank_reference"), Find("end_to_end_reference"), Find("applicant_iban"));

            string? Find(string name) => fields.GetValueOrDefault(name) is { } value and not "null" ? Told.Reference(value) : null;
        }
    }

    static string Of(byte[] day) => $"{(day[0] << 8) + day[1]:0000}-{day[2]:00}-{day[3]:00}";

    static string OfSwift(BankEntry entry) => Line(entry.Amount, Iso(entry.Booked), Iso(entry.Value), entry.Reversal, null, null);

    static string Line(long amount, string? booked, string? value, bool reversal, string? bank, string? endToEnd) =>
        $"{amount} booked {booked} value {value} {(reversal ? "reversal " : "")}bank {bank} end {endToEnd}";

    static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>How many entries agree, file by file.</summary>
    sealed class Tally
    {
        readonly StringBuilder report = new();
        int told;
        int agreeing;

        public List<string> Differing { get; } = [];
        public List<string> Refused { get; } = [];

        public void Compare(string file, List<string> expected, List<string> read)
        {
            told += expected.Count;
            if (StatementFile.Read(File.ReadAllBytes(file)).Fault is { } fault)
            {
                if (expected.Count > 0) Refused.Add(file);
                report.AppendLine(CultureInfo.InvariantCulture, $"{file}: {expected.Count} told, refused: {fault}");
                return;
            }

            // Of a file of several statements one of the other parsers tells the entries of the last alone.
            read = [.. read.Skip(Math.Max(0, read.Count - expected.Count))];
            var same = expected.Zip(read).Count(pair => pair.First == pair.Second);
            agreeing += same;
            if (same == expected.Count && read.Count == expected.Count) return;
            Differing.Add(file);
            report.AppendLine(CultureInfo.InvariantCulture, $"{file}: {same} of {expected.Count} agree, {read.Count} read");
            foreach (var (first, second) in expected.Zip(read).Where(pair => pair.First != pair.Second))
                report.AppendLine(CultureInfo.InvariantCulture, $"  {first}\n  {second}");
        }

        public void Publish(string name) =>
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {agreeing} of {told} entries agree, {Refused.Count} files refused, {Differing.Count} differ\n{report}");
    }
}
