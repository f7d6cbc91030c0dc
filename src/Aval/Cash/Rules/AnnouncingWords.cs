using System.Collections.Frozen;

namespace Aval.Cash.Rules;

/// <summary>Words after which payers write a number of ours or of something else, and words for "up to", in the languages of our customers' banks.</summary>
static class AnnouncingWords
{
    static readonly FrozenSet<ulong> Numbers = Hashed(
        "INVOICE", "INVOICES", "INV", "INVS", "INVNO", "BILL", "DOC", "DOCUMENT", "REF", "REFERENCE", "NO", "NR", "NRO", "NUM", "NUMBER", "ORDER", "PO", "SO", "CREDIT", "CN",
        "FACTURE", "FACTURES", "FACT", "FACTS", "FAC", "FA", "FCT", "AVOIR", "COMMANDE", "CDE",
        "RECHNUNG", "RECHNUNGEN", "RECHN", "RECHNR", "RECHNUNGSNR", "RE", "RENR", "RG", "RGNR", "RNR", "BELEG", "BELEGNR", "AUFTRAG", "BESTELLUNG", "GUTSCHRIFT",
        "FACTURA", "FACTURAS", "FRA", "FRAS", "PEDIDO", "FATTURA", "FATTURE", "FATT", "FT", "FATURA", "FATURAS",
        "FACTUUR", "FACTUREN", "FACTUURNR", "FACTNR", "BETALINGSKENMERK", "KENMERK", "FAKTURA", "FAKTURY", "FAKT", "FV", "FVAT", "LASKU", "SZAMLA");

    static readonly FrozenSet<ulong> Others = Hashed(
        "MANDAT", "MANDATE", "MANDATO", "MANDATSREF", "MANDATSNR", "POLICE", "POLICEN", "POLICENNR", "POLICY", "POLIZZA", "POLIZA", "POLIS", "VERSICHERUNG",
        "VERSICHERUNGSNR", "CUSTOMER", "CLIENT", "KUNDE", "KUNDEN", "KUNDENNR", "KUNDENNUMMER", "KDNR", "KD", "KLANT", "KLANTNR", "KLIENT", "DEBITOR", "DEBITORNR",
        "ACCOUNT", "ACCT", "KONTO", "KTO", "KTONR", "CONTRACT", "VERTRAG", "VERTRAGS", "VERTRAGSNR", "CONTRAT", "CONTRATTO", "CONTRATO", "TEL", "TELEFON", "PHONE",
        "FAX", "VAT", "UST", "USTID", "STEUERNR", "MEMBER", "MITGLIED", "MITGLIEDSNR", "TICKET", "TELEPHONE", "FON", "MOBIL", "MOBILE", "MOB", "CUST", "COMPTE",
        "REKENING", "IBAN", "BIC", "BLZ", "SWIFT", "VATNO", "VATID", "USTIDNR", "TAX", "TVA", "SIREN", "SIRET", "BTW", "KVK", "NIP", "HRB", "CREDITORID", "PLZ", "ZIP",
        "ID");

    static readonly FrozenSet<ulong> UpTo = Hashed(
        "TO", "UNTIL", "THROUGH", "THRU", "BIS", "A", "À", "AU", "AL", "TOT", "DO", "TILL", "TIL", "M", "TM", "HASTA", "ATE", "ATÉ", "FINO", "JUSQU");

    static readonly FrozenSet<ulong> Neutral = Hashed("NO", "NR", "NRO", "NUM", "NUMBER", "N", "REF", "IS");

    /// <summary>Words after which the number of something else stands: of a telephone, a customer, an account, a mandate, a tax office.</summary>
    public static bool AnnounceOther(ReadOnlySpan<char> word) => Others.Contains(Hash(word));

    /// <summary>Words that say of a number only that it is one.</summary>
    public static bool SayNothing(ReadOnlySpan<char> word) => Neutral.Contains(Hash(word));

    public static bool AnnounceNumber(ReadOnlySpan<char> word) => Numbers.Contains(Hash(word));

    public static bool SayUpTo(ReadOnlySpan<char> word) => UpTo.Contains(Hash(word));

    static FrozenSet<ulong> Hashed(params string[] words) => words.Select(word => Hash(word)).ToFrozenSet();

    static ulong Hash(ReadOnlySpan<char> word)
    {
        var hash = new NumberHash();
        hash.Add(word, digits: false);
        return hash.Value;
    }
}
