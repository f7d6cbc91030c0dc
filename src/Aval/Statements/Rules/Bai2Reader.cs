using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>Reads BAI2: files of groups of accounts of transactions, each with its control total.</summary>
/// <remarks>Cash Management Balance Reporting Specifications, version 2. Amounts are in minor units without a mark; the type code says the sign.</remarks>
static class Bai2Reader
{
    static readonly Regex Label = new(@"^(?<word>[A-Z]{4}): ?(?<text>.*)$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Credit reversal, deposited item returned, individual ACH return item, ACH reversal debit, return item.</summary>
    static readonly FrozenSet<string> Reversals = FrozenSet.Create(StringComparer.Ordinal, "552", "555", "557", "558", "566");

    const string OpeningLedger = "010", ClosingLedger = "015";

    public static ImmutableArray<BankStatement> Read(string text)
    {
        var records = Bai2Records.Of(text);
        if (records.Count == 0 || records[0].Code != "01") throw new UnreadableException(1, "expected a file header (01)");
        if (records[^1].Code != "99") throw new UnreadableException(records[^1].Line, "expected a file trailer (99) behind this line");
        var statements = ImmutableArray.CreateBuilder<BankStatement>();
        var differences = new List<Wording>();
        var (groupTotal, fileTotal, accounts, groups, groupBegins) = (0m, 0m, 0, 0, -1);
        for (var i = 1; i < records.Count - 1; i++)
        {
            var record = records[i];
            switch (record.Code)
            {
                case "02" when groupBegins < 0: (groupBegins, groupTotal, accounts) = (i, 0, 0); break;
                case "03" when groupBegins >= 0:
                    var end = records.FindIndex(i, other => other.Code is "49" or "98" or "99");
                    if (records[end].Code != "49") throw new UnreadableException(records[end].Line, "expected the account's trailer (49) before this record");
                    statements.Add(Account(records[groupBegins], records[i..end], Control(records[end]), out var total));
                    (groupTotal, accounts, i) = (groupTotal + total, accounts + 1, end);
                    break;
                case "98" when groupBegins >= 0:
                    var told = Control(record);
                    if (told.Total != groupTotal || told.Count != accounts)
                        differences.Add($"line {record.Line}: the group's trailer tells {told.Total} in {told.Count} accounts, its accounts {groupTotal} in {accounts}");
                    (fileTotal, groups, groupBegins) = (fileTotal + groupTotal, groups + 1, -1);
                    break;
                default:
                    throw new UnreadableException(record.Line, $"expected a group (02), an account (03) inside a group, or a trailer, found {record.Code}");
            }
        }

        if (groupBegins >= 0) throw new UnreadableException(records[^1].Line, "expected the group's trailer (98) before this record");
        var whole = Control(records[^1]);
        if (whole.Total != fileTotal || whole.Count != groups)
            differences.Add($"line {records[^1].Line}: the file's trailer tells {whole.Total} in {whole.Count} groups, its groups {fileTotal} in {groups}");
        if (statements.Count > 0 && differences.Count > 0) statements[^1] = statements[^1] with { Differences = statements[^1].Differences.AddRange(differences) };
        return statements.ToImmutable();
    }

    static (decimal Total, int Count, int? Records) Control(Bai2Record record) =>
        (Whole(record, 0), (int)Whole(record, 1), record.Fields.Count > 2 && record.Fields[2].Trim().Length > 0 ? (int)Whole(record, 2) : null);

    static decimal Whole(Bai2Record record, int field)
    {
        var told = record.Fields.ElementAtOrDefault(field)?.Trim() ?? "";
        return told.Length <= 18 && decimal.TryParse(told, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : throw new UnreadableException(record.Line, $"{record.Code}: expected a whole number, found {Told.Short(told)}");
    }

    static BankStatement Account(Bai2Record group, List<Bai2Record> records, (decimal Total, int Count, int? Records) control, out decimal total)
    {
        var header = records[0];
        var account = Told.Account(header.Fields[0]) ?? throw new UnreadableException(header.Line, "03: expected an account");
        var status = group.Fields.ElementAtOrDefault(2)?.Trim();
        if (status is not ("1" or "3")) throw new UnreadableException(group.Line, $"02: expected an update (1) or a correction (3), found {Told.Short(status)}");
        var day = Told.Date("20" + group.Fields.ElementAtOrDefault(3)?.Trim(), "yyyyMMdd", group.Line, "02");
        var code = new[] { header.Fields.ElementAtOrDefault(1), group.Fields.ElementAtOrDefault(5) }.Select(Told.Text).FirstOrDefault(told => told is not null) ?? "USD";
        var currency = Told.Currency(code, header.Line, "03");
        var summary = Bai2Summary.Read(header);
        total = summary.Sum(item => item.Amount ?? 0);
        var entries = ImmutableArray.CreateBuilder<BankEntry>();
        foreach (var record in records.Skip(1))
        {
            if (record.Code != "16") throw new UnreadableException(record.Line, $"expected a transaction (16) or the account's trailer (49), found {record.Code}");
            var (entry, amount) = Entry(record, day, currency);
            total += amount;
            if (entry is not null) entries.Add(entry);
        }

        var (sum, count) = (total, records.Sum(record => record.PhysicalRecords) + 1);
        var differences = ImmutableArray.CreateBuilder<Wording>();
        if (control.Total != sum) differences.Add($"line {header.Line}: the account's trailer tells {control.Total}, its records {sum}");
        // The third field of an account's trailer does not exist: its second counts records.
        if (control.Count != count) differences.Add($"line {header.Line}: the account's trailer counts {control.Count} records, the file has {count}");
        return new BankStatement(
            StatementFormat.Bai2, account, currency, null, null, null, true, Ledger(OpeningLedger), entries.Count == 0 ? null : Ledger(ClosingLedger),
            entries.ToImmutable(), 0, differences.ToImmutable(), header.Line);

        Balance? Ledger(string type) => summary.Find(item => item.Type == type) is { Amount: { } minor } ? new Balance((long)minor, currency, day) : null;
    }

    /// <summary>A transaction; none for a type that moves no money.</summary>
    static (BankEntry? Entry, decimal Amount) Entry(Bai2Record record, DateOnly day, Currency currency)
    {
        var type = record.Fields[0].Trim();
        if (type.Length != 3 || !type.All(char.IsAsciiDigit)) throw new UnreadableException(record.Line, $"16: expected a type of three digits, found {Told.Short(type)}");
        var told = record.Fields.ElementAtOrDefault(1)?.Trim() ?? "";
        var amount = told.Length == 0 ? 0 : Told.Amount(told.TrimStart('+'), ',', Kernel.Currency.Of("JPY"), record.Line, "16");
        if (amount >= Money.Bound) throw new UnreadableException(record.Line, "16: expected an amount below 10^13");
        var (value, at) = Bai2Summary.Funds(record, 2);
        var sign = string.CompareOrdinal(type, "890") >= 0 && string.CompareOrdinal(type, "920") < 0 ? 0
            : type[0] is '1' or '2' or '3' || (string.CompareOrdinal(type, "920") >= 0 && string.CompareOrdinal(type, "960") < 0) ? 1
            : type[0] is '4' or '5' or '6' || string.CompareOrdinal(type, "960") >= 0 ? -1
            : throw new UnreadableException(record.Line, $"16: expected the type of a credit (100 to 399, 920 to 959) or a debit (400 to 699, 960 to 999), found {type}");
        if (sign == 0) return (null, amount);
        var lines = record.TextFrom(at + 2);
        var plain = lines.Take(1).Concat(lines.Skip(1).Where(line => !Label.IsMatch(line)));
        var labels = lines.Skip(1).Select(line => Label.Match(line)).Where(found => found.Success).ToList();
        var part = new EntryPart(
            sign * amount, EndToEnd: Told.Reference(Find("EREF")), CustomerReference: Told.Reference(record.Fields.ElementAtOrDefault(at + 1)),
            Counterparty: Told.Text(Find(sign > 0 ? "DBNM" : "CRNM")), CounterpartyAccount: Told.Account(Find(sign > 0 ? "DACT" : "CACT")),
            CounterpartyBank: Told.Account(Find(sign > 0 ? "DBIC" : "CBIC") ?? Find(sign > 0 ? "DABA" : "CABA")),
            Remittance: Told.Text(Find("REMI")) ?? Told.Text(string.Join(' ', plain)));
        return (new BankEntry(record.Line, day, value, sign * amount, Reversals.Contains(type), Told.Reference(record.Fields.ElementAtOrDefault(at)), type, [part]), amount);

        string? Find(string word) => labels.Find(found => found.Groups["word"].Value == word)?.Groups["text"].Value;
    }
}
