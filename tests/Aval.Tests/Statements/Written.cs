using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Aval.Kernel;
using Aval.Statements.Rules;

namespace Aval.Tests.Statements;

/// <summary>Writes statements as banks do, to read them again.</summary>
static class Written
{
    public static string Camt053(IReadOnlyList<BankStatement> statements, int version = 2) => Camt(statements, $"camt.053.001.{version:00}", "BkToCstmrStmt", "Stmt", version);

    public static string Camt052(IReadOnlyList<BankStatement> statements, int version = 8) => Camt(statements, $"camt.052.001.{version:00}", "BkToCstmrAcctRpt", "Rpt", version);

    public static string Camt054(IReadOnlyList<BankStatement> statements, int version = 8) =>
        Camt(statements, $"camt.054.001.{version:00}", "BkToCstmrDbtCdtNtfctn", "Ntfctn", version);

    static string Camt(IReadOnlyList<BankStatement> statements, string message, string body, string part, int version)
    {
        XNamespace ns = "urn:iso:std:iso:20022:tech:xsd:" + message;
        var written = statements.Select(statement => new XElement(
            ns + part, new XElement(ns + "Id", statement.Id ?? "S"), statement.Number is null ? null : new XElement(ns + "ElctrncSeqNb", statement.Number),
            new XElement(ns + "Acct", new XElement(ns + "Id", Account(ns, statement.Account))),
            statement.Opening is { } opening ? Balance(ns, "OPBD", opening) : null, statement.Closing is { } closing ? Balance(ns, "CLBD", closing) : null,
            statement.Entries.Select(entry => Entry(ns, entry, statement.Currency, version))));
        return new XDocument(new XElement(ns + "Document", new XElement(ns + body, new XElement(ns + "GrpHdr", new XElement(ns + "MsgId", "M")), written))).ToString();
    }

    static XElement Account(XNamespace ns, string account) =>
        Told.IsLikeIban(account) ? new XElement(ns + "IBAN", account) : new XElement(ns + "Othr", new XElement(ns + "Id", account));

    static XElement Balance(XNamespace ns, string code, Balance balance) => new(
        ns + "Bal", new XElement(ns + "Tp", new XElement(ns + "CdOrPrtry", new XElement(ns + "Cd", code))), Amount(ns, balance.Minor, balance.Currency), Sign(ns, balance.Minor),
        balance.Date is { } date ? new XElement(ns + "Dt", new XElement(ns + "Dt", Iso(date))) : null);

    static XElement Entry(XNamespace ns, BankEntry entry, Currency currency, int version) => new(
        ns + "Ntry", Amount(ns, entry.Amount, currency), Sign(ns, entry.Amount), entry.Reversal ? new XElement(ns + "RvslInd", "true") : null,
        version >= 8 ? new XElement(ns + "Sts", new XElement(ns + "Cd", "BOOK")) : new XElement(ns + "Sts", "BOOK"),
        Dated(ns, "BookgDt", entry.Booked), Dated(ns, "ValDt", entry.Value),
        entry.BankReference is null ? null : new XElement(ns + "AcctSvcrRef", entry.BankReference),
        entry.Code is null ? null : new XElement(ns + "BkTxCd", new XElement(ns + "Prtry", new XElement(ns + "Cd", entry.Code))),
        new XElement(ns + "NtryDtls", entry.Parts.Select(part => Payment(ns, part, currency, entry.Amount > 0 != entry.Reversal, version))));

    static XElement Payment(XNamespace ns, EntryPart part, Currency currency, bool fromDebtor, int version)
    {
        var role = fromDebtor ? "Dbtr" : "Cdtr";
        var name = part.Counterparty is null ? null : new XElement(ns + "Nm", part.Counterparty);
        return new XElement(
            ns + "TxDtls",
            new XElement(ns + "Refs",
                Text(ns, "AcctSvcrRef", part.BankReference), Text(ns, "InstrId", part.CustomerReference), Text(ns, "EndToEndId", part.EndToEnd),
                Text(ns, "MndtId", part.Mandate)),
            Amount(ns, part.Amount, currency), Sign(ns, part.Amount),
            new XElement(
                ns + "RltdPties", new XElement(ns + role, version >= 8 ? new XElement(ns + "Pty", name) : name),
                part.CounterpartyAccount is { } account ? new XElement(ns + role + "Acct", new XElement(ns + "Id", Account(ns, account))) : null),
            part.CounterpartyBank is { } bank
                ? new XElement(ns + "RltdAgts", new XElement(ns + role + "Agt", new XElement(ns + "FinInstnId", new XElement(ns + (version >= 4 ? "BICFI" : "BIC"), bank))))
                : null,
            new XElement(
                ns + "RmtInf", Text(ns, "Ustrd", part.Remittance),
                part.CreditorReference is { } reference ? new XElement(ns + "Strd", new XElement(ns + "CdtrRefInf", new XElement(ns + "Ref", reference))) : null));
    }

    /// <summary>With what is told to the owner in subfields of 27 places, broken into lines of 65.</summary>
    public static string Mt940(IReadOnlyList<BankStatement> statements)
    {
        var text = new StringBuilder();
        foreach (var statement in statements)
        {
            text.Append(Invariant, $":20:{statement.Id ?? "S"}\r\n:25:{statement.Account}\r\n:28C:{statement.Number ?? "0"}/1\r\n:60F:{Swift(statement.Opening!)}\r\n");
            foreach (var entry in statement.Entries)
            {
                var part = entry.Parts[0];
                var sign = entry.Reversal ? (entry.Amount > 0 ? "RD" : "RC") : entry.Amount > 0 ? "C" : "D";
                var amount = Comma(Math.Abs(entry.Amount), statement.Currency);
                text.Append(Invariant, $":61:{entry.Value:yyMMdd}{entry.Booked:MMdd}{sign}{amount}{entry.Code}{part.CustomerReference ?? "NONREF"}");
                text.Append(entry.BankReference is null ? "" : "//" + entry.BankReference).Append("\r\n");
                var told = "166?00GUTSCHRIFT" + Subfields(part);
                text.Append(":86:").Append(string.Join("\r\n", told.Chunk(65).Select(line => new string(line)))).Append("\r\n");
            }

            text.Append(Invariant, $":62F:{Swift(statement.Closing!)}\r\n-\r\n");
        }

        return text.ToString();
    }

    static string Subfields(EntryPart part)
    {
        var chunks = new[] { ("EREF+", part.EndToEnd), ("MREF+", part.Mandate), ("SVWZ+", part.Remittance) }
            .SelectMany(piece => piece.Item2 is null ? [] : (piece.Item1 + piece.Item2).Chunk(27).Select(chunk => new string(chunk))).ToList();
        var names = (part.Counterparty ?? "").Chunk(27).Select(chunk => new string(chunk)).ToList();
        return string.Concat(chunks.Select((chunk, at) => $"?{(at < 10 ? 20 + at : 50 + at)}{chunk}")) + (part.CounterpartyBank is null ? "" : "?30" + part.CounterpartyBank)
            + (part.CounterpartyAccount is null ? "" : "?31" + part.CounterpartyAccount) + string.Concat(names.Select((name, at) => $"?{32 + at}{name}"));
    }

    public static string Bai2(BankStatement statement)
    {
        var day = statement.Opening!.Date!.Value;
        var account = new StringBuilder();
        account.Append(Invariant, $"03,{statement.Account},{statement.Currency.Code},010,{statement.Opening.Minor},,,015,{statement.Closing!.Minor},,/\n");
        var (total, lines) = (statement.Opening.Minor + statement.Closing.Minor, 2);
        foreach (var entry in statement.Entries)
        {
            var (part, side) = (entry.Parts[0], entry.Amount > 0 ? ('D', "195") : ('C', "495"));
            account.Append(Invariant, $"16,{side.Item2},{Math.Abs(entry.Amount)},V,{entry.Value:yyMMdd},,{entry.BankReference},{part.CustomerReference},WIRE\n");
            var labelled = new[]
            {
                ("EREF", part.EndToEnd), (side.Item1 + "ACT", part.CounterpartyAccount), (entry.Amount > 0 ? "DBNM" : "CRNM", part.Counterparty), ("REMI", part.Remittance),
            };
            foreach (var (label, told) in labelled)
                if (told is not null)
                {
                    account.Append(Invariant, $"88,{label}: {told}\n");
                    lines++;
                }

            (total, lines) = (total + Math.Abs(entry.Amount), lines + 1);
        }

        var heads = string.Create(Invariant, $"01,BANK,US,{day:yyMMdd},0800,1,,,2/\n02,US,BANK,1,{day:yyMMdd},,{statement.Currency.Code},2/\n");
        return heads + string.Create(Invariant, $"{account}49,{total},{lines}/\n98,{total},1,{lines + 2}/\n99,{total},1,{lines + 4}/\n");
    }

    /// <summary>With a balance after each entry, the newest first as banks often show them.</summary>
    public static string Csv(BankStatement statement)
    {
        var (rows, balance) = (new List<string>(), statement.Opening!.Minor);
        foreach (var entry in statement.Entries)
        {
            balance += entry.Amount;
            var part = entry.Parts[0];
            string[] fields =
            [
                $"{entry.Booked:dd.MM.yyyy}", $"{entry.Value:dd.MM.yyyy}", Grouped(entry.Amount, statement.Currency),
                Grouped(balance, statement.Currency), entry.BankReference ?? "",
                part.EndToEnd ?? "", part.Counterparty ?? "", part.CounterpartyAccount ?? "", part.Remittance ?? "",
            ];
            rows.Insert(0,
                string.Join(';', fields.Select(field => field.AsSpan().ContainsAny(";\"\n") ? "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : field)));
        }

        return string.Join("\r\n", rows.Prepend("Booked;Valued;Amount;Balance;Reference;End to end;Name;Account;Text")) + "\r\n";
    }

    public static CsvMapping CsvMapping(string account, Currency currency) => new(
        "test", account, currency.Code, ';', ',', "dd.MM.yyyy", null, 0,
        [
            ("Booked", CsvColumn.BookingDate), ("Valued", CsvColumn.ValueDate), ("Amount", CsvColumn.Amount), ("Balance", CsvColumn.Balance),
            ("Reference", CsvColumn.BankReference),
            ("End to end", CsvColumn.EndToEnd), ("Name", CsvColumn.Counterparty), ("Account", CsvColumn.CounterpartyAccount), ("Text", CsvColumn.Remittance),
        ], [], []);

    static CultureInfo Invariant => CultureInfo.InvariantCulture;

    static XElement? Text(XNamespace ns, string name, string? told) => told is null ? null : new XElement(ns + name, told);
    static XElement Amount(XNamespace ns, long minor, Currency currency) =>
        new(ns + "Amt", new XAttribute("Ccy", currency.Code), new Money(Math.Abs(minor), currency).Major.ToString(Invariant));
    static XElement Sign(XNamespace ns, long minor) => new(ns + "CdtDbtInd", minor < 0 ? "DBIT" : "CRDT");
    static XElement? Dated(XNamespace ns, string name, DateOnly? date) => date is { } day ? new XElement(ns + name, new XElement(ns + "Dt", Iso(day))) : null;
    static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", Invariant);
    static string Comma(long minor, Currency currency) => new Money(minor, currency).Major.ToString("F" + currency.Decimals, Invariant).Replace('.', ',');
    static string Swift(Balance balance) =>
        string.Create(Invariant, $"{(balance.Minor < 0 ? 'D' : 'C')}{balance.Date:yyMMdd}{balance.Currency.Code}{Comma(Math.Abs(balance.Minor), balance.Currency)}");
    static string Grouped(long minor, Currency currency) =>
        new Money(minor, currency).Major.ToString("N" + currency.Decimals, Invariant).Replace(',', '#').Replace('.', ',').Replace('#', '.');
}
