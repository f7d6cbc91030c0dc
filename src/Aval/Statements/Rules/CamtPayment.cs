using System.Xml.Linq;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>One payment of a camt entry (TxDtls): references, counterparty, remittance.</summary>
static class CamtPayment
{
    /// <param name="fromDebtor">True where the other side is the debtor: money that came in, or the reversal of some that did.</param>
    public static EntryPart Read(XElement payment, long signed, bool fromDebtor)
    {
        var refs = payment.One("Refs");
        var parties = payment.One("RltdPties");
        var (party, account, agent) = fromDebtor ? ("Dbtr", "DbtrAcct", "DbtrAgt") : ("Cdtr", "CdtrAcct", "CdtrAgt");
        var remittance = payment.One("RmtInf");
        var id = parties?.At(account, "Id");
        return new EntryPart(
            signed,
            EndToEnd: Told.Reference(refs?.At("EndToEndId")?.Value),
            CreditorReference: CreditorReferences(remittance).FirstOrDefault(),
            Mandate: Told.Reference(refs?.At("MndtId")?.Value),
            BankReference: Told.Reference(refs?.At("AcctSvcrRef")?.Value) ?? Told.Reference(refs?.At("TxId")?.Value) ?? Told.Reference(refs?.At("UETR")?.Value),
            CustomerReference: Told.Reference((refs?.At("InstrId") ?? refs?.At("PmtInfId") ?? refs?.At("ChqNb"))?.Value),
            Counterparty: Name(parties, party) ?? Name(parties, "Ultmt" + party),
            CounterpartyAccount: Told.Account((id?.At("IBAN") ?? id?.At("Othr", "Id") ?? id?.At("PrtryAcct", "Id") ?? id?.At("BBAN"))?.Value),
            CounterpartyBank: Told.Account((payment.At("RltdAgts", agent, "FinInstnId", "BICFI") ?? payment.At("RltdAgts", agent, "FinInstnId", "BIC"))?.Value),
            Remittance: Remittance(remittance) ?? Told.Text(payment.One("AddtlTxInf")?.Value));
    }

    /// <summary>The payment's amount in the currency of the account, signed; null when the bank tells none in it.</summary>
    public static long? AmountIn(XElement payment, Currency currency, int entrySign)
    {
        var sign = payment.One("CdtDbtInd") is null ? entrySign : CamtEntry.Sign(payment, "TxDtls");
        XElement?[] told = [payment.One("Amt"), payment.At("AmtDtls", "TxAmt", "Amt"), payment.At("AmtDtls", "InstdAmt", "Amt")];
        foreach (var amount in told)
            if (amount?.Attribute("Ccy")?.Value == currency.Code) return sign * Told.Amount(amount.Value.Trim(), '.', currency, amount.Line(), "TxDtls/Amt");
        return null;
    }

    static string? Name(XElement? parties, string role) => Told.Text((parties?.At(role, "Nm") ?? parties?.At(role, "Pty", "Nm"))?.Value);

    static IEnumerable<string> CreditorReferences(XElement? remittance) => Structured(remittance)
        .Select(part => Told.Reference(part.At("CdtrRefInf", "Ref")?.Value ?? part.At("CdtrRefInf", "CdtrRef")?.Value)).OfType<string>();

    /// <summary>Free text first, then the numbers of documents, further references and notes that structured remittances name.</summary>
    static string? Remittance(XElement? remittance)
    {
        var texts = remittance?.Elements().Where(child => child.Name.LocalName == "Ustrd").Select(child => child.Value) ?? [];
        var numbers = Structured(remittance).SelectMany(part => part.Elements().Where(child => child.Name.LocalName == "RfrdDocInf")).Select(child => child.At("Nb")?.Value);
        var notes = Structured(remittance).SelectMany(part => part.Elements().Where(child => child.Name.LocalName == "AddtlRmtInf")).Select(child => child.Value);
        return Told.Text(string.Join(' ', texts.Concat(numbers).Concat(CreditorReferences(remittance).Skip(1)).Concat(notes).OfType<string>()));
    }

    static IEnumerable<XElement> Structured(XElement? remittance) => remittance?.Elements().Where(child => child.Name.LocalName == "Strd") ?? [];
}
