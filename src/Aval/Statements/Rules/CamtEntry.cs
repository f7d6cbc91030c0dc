using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>One entry of a camt message with its payments.</summary>
sealed record CamtEntry(BankEntry Entry, Currency Currency, bool IsCredit)
{
    public int Line => Entry.Line;

    public static CamtEntry Read(XElement entry)
    {
        var (amount, currency) = Amount(entry, "Ntry");
        var sign = Sign(entry, "Ntry");
        var reversal = Flag(entry, "RvslInd");
        var details = entry.Elements().Where(child => child.Name.LocalName == "NtryDtls").SelectMany(part => part.Elements())
            .Where(child => child.Name.LocalName == "TxDtls").ToList();
        var signed = sign * amount;
        var parts = Parts(entry, details, signed, currency, fromDebtor: (sign > 0) != reversal);
        return new CamtEntry(
            new BankEntry(
                entry.Line(), Dated(entry, "BookgDt"), Dated(entry, "ValDt"), signed, reversal, Told.Reference(entry.One("AcctSvcrRef")?.Value), Code(entry), parts),
            currency, sign > 0);
    }

    /// <summary>Booked, by the words of all versions; announced and informative ones are not.</summary>
    public static bool IsBooked(XElement entry)
    {
        var told = entry.One("Sts") ?? throw new UnreadableException(entry.Line(), "Ntry: expected a status (Sts)");
        return (told.At("Cd") ?? told.At("Prtry") ?? told).Value.Trim() switch
        {
            "BOOK" or "BOOKED" or "POSTED" => true,
            "PDNG" or "INFO" or "FUTR" or "PENDING" => false,
            var other => throw new UnreadableException(told.Line(), $"Ntry/Sts: expected BOOK, PDNG, INFO or FUTR, found {Told.Short(other)}"),
        };
    }

    public static (long Amount, Currency Currency) Amount(XElement parent, string where)
    {
        var told = parent.One("Amt") ?? throw new UnreadableException(parent.Line(), $"{where}: expected an amount (Amt)");
        var currency = Told.Currency(told.Attribute("Ccy")?.Value, told.Line(), $"{where}/Amt/@Ccy");
        return (Told.Amount(told.Value.Trim(), '.', currency, told.Line(), $"{where}/Amt"), currency);
    }

    public static int Sign(XElement parent, string where) => parent.One("CdtDbtInd") switch
    {
        { Value: var told } when told.Trim() == "CRDT" => 1,
        { Value: var told } when told.Trim() == "DBIT" => -1,
        var told => throw new UnreadableException((told ?? parent).Line(), $"{where}/CdtDbtInd: expected CRDT or DBIT, found {Told.Short(told?.Value)}"),
    };

    /// <summary>The day of a date or of an instant, as the bank writes it: never moved to another time zone.</summary>
    public static DateOnly? Date(XElement told, string where)
    {
        var text = (told.At("Dt") ?? told.At("DtTm") ?? told).Value.Trim();
        if (text.Length > 10 && text[10] is not ('T' or 'Z' or '+' or '-')) throw new UnreadableException(told.Line(), $"{where}: expected a date, found {Told.Short(text)}");
        return Told.Date(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", told.Line(), where);
    }

    public static int? Number(XElement parent, params string[] path) => parent.At(path) is { } told
        ? int.TryParse(told.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UnreadableException(told.Line(), $"{path[^1]}: expected a count, found {Told.Short(told.Value)}")
        : null;

    static DateOnly? Dated(XElement entry, string name) => entry.One(name) is { } told ? Date(told, "Ntry/" + name) : null;

    static bool Flag(XElement entry, string name) => entry.One(name) is not { } told ? false : told.Value.Trim() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        var other => throw new UnreadableException(told.Line(), $"Ntry/{name}: expected true or false, found {Told.Short(other)}"),
    };

    static string? Code(XElement entry)
    {
        if (entry.One("BkTxCd") is not { } told) return null;
        var domain = new[] { told.At("Domn", "Cd"), told.At("Domn", "Fmly", "Cd"), told.At("Domn", "Fmly", "SubFmlyCd") }.OfType<XElement>().Select(part => part.Value.Trim());
        return Told.Text(string.Join('-', domain)) ?? Told.Text(told.At("Prtry", "Cd")?.Value);
    }

    /// <summary>The payments apart where the bank tells an amount of each, in the entry's currency, and they sum to the entry; else the entry as one.</summary>
    static ImmutableArray<EntryPart> Parts(XElement entry, List<XElement> details, long signed, Currency currency, bool fromDebtor)
    {
        var fallback = Told.Text(entry.One("AddtlNtryInf")?.Value);
        var own = Told.Reference(entry.One("NtryRef")?.Value);
        if (details.Count == 0) return [new EntryPart(signed, CustomerReference: own, Remittance: fallback, Payments: Batched(entry, 1))];
        var read = details.ConvertAll(part => CamtPayment.Read(part, signed, fromDebtor));
        if (details.Count == 1)
        {
            var (remittance, reference) = (read[0].Remittance ?? fallback, read[0].CustomerReference ?? own);
            return [read[0] with { Amount = signed, Remittance = remittance, CustomerReference = reference, Payments = Batched(entry, 1) }];
        }

        var amounts = details.ConvertAll(part => CamtPayment.AmountIn(part, currency, Math.Sign(signed)));
        if (amounts.TrueForAll(amount => amount is not null) && amounts.Sum(amount => amount!.Value) == signed)
            return [.. read.Select((part, at) => part with { Amount = amounts[at]!.Value, Remittance = part.Remittance ?? fallback })];
        return
        [
            new EntryPart(
                signed, CreditorReference: Same(read, part => part.CreditorReference), Mandate: Same(read, part => part.Mandate), CustomerReference: own,
                Counterparty: Same(read, part => part.Counterparty), CounterpartyAccount: Same(read, part => part.CounterpartyAccount),
                CounterpartyBank: Same(read, part => part.CounterpartyBank),
                Remittance: Told.Text(string.Join(' ', read.Select(part => part.Remittance).Prepend(fallback).OfType<string>().Distinct())), Payments: details.Count),
        ];
    }

    static int Batched(XElement entry, int least) =>
        Math.Max(least, entry.Elements().Where(child => child.Name.LocalName == "NtryDtls").Select(part => Number(part, "Btch", "NbOfTxs") ?? 0).Sum());

    static string? Same(List<EntryPart> parts, Func<EntryPart, string?> of) => parts.TrueForAll(part => of(part) == of(parts[0])) ? of(parts[0]) : null;
}

/// <summary>Finds children by their names, whatever the namespace.</summary>
static class ByName
{
    public static XElement? At(this XElement element, params string[] path)
    {
        XElement? at = element;
        foreach (var name in path) at = at?.Elements().FirstOrDefault(child => child.Name.LocalName == name);
        return at;
    }

    /// <summary>The only child of this name; refused when it stands twice.</summary>
    public static XElement? One(this XElement element, string name)
    {
        XElement? found = null;
        foreach (var child in element.Elements())
            if (child.Name.LocalName == name)
                found = found is null ? child : throw new UnreadableException(child.Line(), $"{element.Name.LocalName}/{name}: expected once");
        return found;
    }

    public static int Line(this XElement element) => ((IXmlLineInfo)element).LineNumber;
}
