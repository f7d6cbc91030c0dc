using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>Reads one statement, report or notification: account, balances, totals, and the entries one after the other.</summary>
sealed class CamtStatement(StatementFormat format, int? messagePage, bool isLastPage)
{
    const string All = "TtlNtries", Credits = "TtlCdtNtries";

    readonly List<(string Code, Balance Balance)> balances = [];
    readonly List<(CamtEntry Entry, bool Booked)> entries = [];
    readonly List<(string Name, Wording What, int? Count, string? Sum, string? Net, string? Sign, int Line)> totals = [];
    int? page = messagePage;
    bool last = isLastPage;

    public BankStatement Read(XmlReader xml)
    {
        var (depth, line) = (xml.Depth, CamtReader.LineOf(xml));
        string? account = null, currency = null, id = null, electronic = null, legal = null;
        var inside = !xml.IsEmptyElement && xml.Read();
        while (inside && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                inside = xml.Read();
                continue;
            }

            switch (xml.LocalName)
            {
                case "Id": id = CamtReader.Element(xml).Value; break;
                case "ElctrncSeqNb": electronic = CamtReader.Element(xml).Value; break;
                case "LglSeqNb": legal = CamtReader.Element(xml).Value; break;
                case "StmtPgntn" or "RptPgntn" or "NtfctnPgntn": ReadPage(CamtReader.Element(xml)); break;
                case "Acct":
                    if (account is not null) throw new UnreadableException(CamtReader.LineOf(xml), "Acct: expected once in a statement");
                    (account, currency) = ReadAccount(CamtReader.Element(xml));
                    break;
                case "Bal": ReadBalance(CamtReader.Element(xml)); break;
                case "TxsSummry": ReadTotals(CamtReader.Element(xml)); break;
                case "Ntry":
                    var element = CamtReader.Element(xml);
                    var entry = CamtEntry.Read(element);
                    entries.Add((entry, CamtEntry.IsBooked(element)));
                    break;
                default: xml.Skip(); break;
            }
        }

        if (account is null) throw new UnreadableException(line, "expected an Acct with the account's number");
        return Statement(account, CurrencyOf(currency, line), Told.Text(id), NumberOf(electronic) ?? NumberOf(legal), line);
    }

    BankStatement Statement(string account, Currency currency, string? id, string? number, int line)
    {
        foreach (var (entry, _) in entries)
            if (entry.Currency != currency)
                throw new UnreadableException(entry.Line, $"Ntry: expected {currency} like the other entries of the statement, found {entry.Currency}");
        var booked = entries.Where(entry => entry.Booked).Select(entry => entry.Entry.Entry).ToImmutableArray();
        return new BankStatement(
            format, account, currency, id, number, page, last, Find(first: true), Find(first: false), booked, entries.Count - booked.Length, [.. Differences(currency)], line);
    }

    /// <summary>The entries', as what is posted; else the account's, else the balances'.</summary>
    Currency CurrencyOf(string? account, int line)
    {
        if (entries.Count > 0) return entries[0].Entry.Currency;
        if (account is not null) return Told.Currency(account, line, "Acct/Ccy");
        if (balances.Count > 0) return balances[0].Balance.Currency;
        throw new UnreadableException(line, "expected a currency: of the account, a balance or an entry");
    }

    /// <summary>The booked balance at the beginning or the end. A page between begins and ends with interim ones.</summary>
    Balance? Find(bool first)
    {
        var codes = first ? new[] { "OPBD", "PRCD" } : ["CLBD"];
        var found = codes.Select(code => balances.FirstOrDefault(balance => balance.Code == code).Balance).FirstOrDefault(balance => balance is not null);
        if (found is not null || format != StatementFormat.Camt053 || page is null) return found;
        var interim = balances.Where(balance => balance.Code == "ITBD").Select(balance => balance.Balance).ToList();
        var other = balances.Exists(balance => balance.Code is "OPBD" or "PRCD" or "CLBD");
        return interim.Count == 0 || (interim.Count == 1 && !other && !first) ? null : first ? interim[0] : interim[^1];
    }

    /// <summary>A count of zeros is none.</summary>
    static string? NumberOf(string? told) => Told.Text(told)?.TrimStart('0') is { Length: > 0 } number ? number : null;

    void ReadPage(XElement element)
    {
        page = CamtEntry.Number(element, "PgNb");
        last = element.At("LastPgInd")?.Value.Trim() is not ("false" or "0");
    }

    static (string Account, string? Currency) ReadAccount(XElement element)
    {
        var id = element.At("Id", "IBAN") ?? element.At("Id", "Othr", "Id") ?? element.At("Id", "PrtryAcct", "Id") ?? element.At("Id", "BBAN") ?? element.At("Id", "UPIC");
        return (Told.Account(id?.Value) ?? throw new UnreadableException(element.Line(), "Acct/Id: expected an IBAN or another number"), Told.Text(element.At("Ccy")?.Value));
    }

    void ReadBalance(XElement element)
    {
        var code = (element.At("Tp", "CdOrPrtry", "Cd") ?? element.At("Tp", "CdOrPrtry", "Prtry") ?? element.At("Tp", "Cd"))?.Value.Trim() ?? "";
        var (amount, currency) = CamtEntry.Amount(element, "Bal");
        var date = element.One("Dt") is { } day ? CamtEntry.Date(day, "Bal/Dt") : null;
        balances.Add((code, new Balance(CamtEntry.Sign(element, "Bal") * amount, currency, date)));
    }

    void ReadTotals(XElement element)
    {
        foreach (var (name, what) in new (string, Wording)[] { (All, "all entries"), (Credits, "credits"), ("TtlDbtNtries", "debits") })
            if (element.One(name) is { } total)
                totals.Add((
                    name, what, CamtEntry.Number(total, "NbOfNtries"), Told.Text(total.One("Sum")?.Value),
                    Told.Text((total.At("TtlNetNtry", "Amt") ?? total.One("TtlNetNtryAmt"))?.Value),
                    Told.Text((total.At("TtlNetNtry", "CdtDbtInd") ?? total.One("CdtDbtInd"))?.Value), total.Line()));
    }

    /// <summary>What the bank's own totals say, where they are told, against its entries. Banks count pending ones in, or not.</summary>
    IEnumerable<Wording> Differences(Currency currency)
    {
        foreach (var (name, what, count, sum, net, sign, line) in totals)
        {
            var all = entries.Where(entry => name == All || (name == Credits) == (entry.Entry.Entry.Amount > 0 || entry.Entry.IsCredit)).ToList();
            var booked = all.Where(entry => entry.Booked).ToList();
            if (count is { } told && told != all.Count && told != booked.Count) yield return $"line {line}: the bank counts {told} of {what}, the file has {all.Count}";
            if (sum is not null && Told.Amount(sum.TrimStart('-'), '.', currency, line, "TxsSummry/Sum") is var total && total != Sum(all) && total != Sum(booked))
                yield return $"line {line}: the bank sums {what} to {new Money(total, currency)}, the file to {new Money(Sum(all), currency)}";
            if (net is null || sign is null) continue;
            var netted = Told.Amount(net.TrimStart('-'), '.', currency, line, "TxsSummry/TtlNetNtry") * (sign == "DBIT" ? -1 : 1);
            var has = all.Sum(entry => entry.Entry.Entry.Amount);
            if (netted != has && netted != booked.Sum(entry => entry.Entry.Entry.Amount))
                yield return $"line {line}: the bank nets {what} to {new Money(netted, currency)}, the file to {new Money(has, currency)}";
        }
    }

    static long Sum(IEnumerable<(CamtEntry Entry, bool Booked)> entries) => entries.Sum(entry => Math.Abs(entry.Entry.Entry.Amount));
}
