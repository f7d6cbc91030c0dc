using System.Globalization;
using Aval.Checks;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;

namespace Aval.Reports.Forms;

/// <summary>The words of a statement of account in one language.</summary>
/// <param name="Tag">Of the language, as HTML names it.</param>
/// <param name="Title">With the day in the place of <c>{0}</c>.</param>
/// <param name="MoveKinds">Of each <see cref="LedgerKind"/>, then of the balance before and after.</param>
/// <param name="Customer">With the number in the place of <c>{0}</c>, as the two that follow with an amount.</param>
sealed record LetterWords(
    string Tag, string Title, string Customer, string Balance, string Favour, string Documents, string[] Heads, string Aging, string[] Buckets, string Invoice,
    string CreditNote, string Payment, string Compare, string Nothing, string Days, string Moves, string[] MoveHeads, string[] MoveKinds)
{
    static readonly LetterWords English = new(
        "en", "Statement of account as of {0}", "Customer {0}", "Balance: {0}", "In your favour: {0}", "Open documents",
        ["Document", "Number", "Date", "Due", "Days past due", "Amount", "Open", "Of which disputed"], "Open invoices by days past due",
        ["Currency", "Not due", "1–30 days", "31–60 days", "61–90 days", "Over 90 days", "Total"], "Invoice", "Credit note", "Payment",
        "Please compare this statement with your books, and tell us what differs.", "Nothing is to be paid.", "d MMM yyyy", "What has moved your account",
        ["What moved it", "Number", "Reference", "Date", "Amount", "Balance", "Exchange difference"],
        [
            "Invoice", "Credit note", "Payment", "Returned payment", "Written off", "Paid by another", "Paid for another", "Received by transfer", "Refund",
            "Passed on", "Exchange difference", "Balance before", "Balance",
        ]);

    static readonly LetterWords French = new(
        "fr", "Relevé de compte au {0}", "Client {0}", "Solde : {0}", "En votre faveur : {0}", "Documents ouverts",
        ["Document", "Numéro", "Date", "Échéance", "Jours de retard", "Montant", "Ouvert", "Dont contesté"], "Factures ouvertes par jours de retard",
        ["Devise", "Non échu", "1–30 jours", "31–60 jours", "61–90 jours", "Plus de 90 jours", "Total"], "Facture", "Avoir", "Paiement",
        "Merci de comparer ce relevé avec vos livres et de nous signaler tout écart.", "Aucun montant n’est dû.", "dd/MM/yyyy", "Mouvements de votre compte",
        ["Mouvement", "Numéro", "Référence", "Date", "Montant", "Solde", "Écart de change"],
        [
            "Facture", "Avoir", "Paiement", "Paiement rejeté", "Passé en perte", "Payé par un tiers", "Payé pour un tiers", "Reçu par transfert", "Remboursement",
            "Transféré", "Écart de change", "Solde antérieur", "Solde",
        ]);

    static readonly LetterWords German = new(
        "de", "Kontoauszug zum {0}", "Kunde {0}", "Saldo: {0}", "Zu Ihren Gunsten: {0}", "Offene Belege",
        ["Beleg", "Nummer", "Datum", "Fällig", "Tage überfällig", "Betrag", "Offen", "Davon strittig"], "Offene Rechnungen nach Tagen seit der Fälligkeit",
        ["Währung", "Nicht fällig", "1–30 Tage", "31–60 Tage", "61–90 Tage", "Über 90 Tage", "Summe"], "Rechnung", "Gutschrift", "Zahlung",
        "Bitte vergleichen Sie diesen Auszug mit Ihren Büchern, und teilen Sie uns mit, was abweicht.", "Es ist nichts zu zahlen.", "dd.MM.yyyy", "Bewegungen Ihres Kontos",
        ["Bewegung", "Nummer", "Verweis", "Datum", "Betrag", "Saldo", "Kursdifferenz"],
        [
            "Rechnung", "Gutschrift", "Zahlung", "Rücklastschrift", "Ausgebucht", "Von anderen bezahlt", "Für andere bezahlt", "Durch Übertrag erhalten", "Erstattung",
            "Übertragen", "Kursdifferenz", "Saldo zuvor", "Saldo",
        ]);

    public static LetterWords In(Language language) => language switch
    {
        Language.English => English,
        Language.French => French,
        Language.German => German,
    };

    public string Day(DateOnly day) => day.ToString(Days, CultureInfo.InvariantCulture);

    public string Kind(string kind) => kind switch { "invoice" => Invoice, "creditNote" => CreditNote, _ => Payment };

    /// <summary>Of a <see cref="LedgerKind"/>, or of the balance before and after.</summary>
    public string Move(string kind) => kind switch
    {
        "opening" => MoveKinds[^2],
        "closing" => MoveKinds[^1],
        _ => MoveKinds[(int)Kernel.Storage.Words.Parse<LedgerKind>(kind)],
    };

    /// <summary>A template with what stands in its place.</summary>
    public static string Filled(string template, string with) => template.Replace("{0}", with, StringComparison.Ordinal);
}
