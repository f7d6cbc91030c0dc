using Aval.Checks;
using Aval.Decisions.Rules;

namespace Aval.Blocks;

/// <summary>The fixed sentences around decisions. <c>{0}</c> is the order's number, then amounts, days and documents as the name says.</summary>
/// <param name="Kinds">What each kind is called, in the order of <see cref="DecisionKind"/>.</param>
/// <param name="Waits">What Customer Service reads of each condition, in the order of <see cref="ConditionKind"/>: <c>{0}</c> is its document, <c>{1}</c> its amount, <c>{2}</c>
/// its days; empty where there is nothing to wait for.</param>
/// <param name="Asks">What the customer is asked to do for each condition, in the same order; empty where it can do nothing.</param>
/// <param name="Decided">Order, kind, who.</param>
/// <param name="Until">The day.</param>
/// <param name="ReleasedInPart">Order, amount.</param>
/// <param name="InStages">Order, how many.</param>
/// <param name="NewTerms">Order, terms.</param>
/// <param name="AskedBy">The day by which what was asked is to come.</param>
/// <param name="BackBy">The day by which we come back.</param>
/// <param name="Proposed">Order, kind, who: nothing of it has been done yet.</param>
/// <param name="WouldWait">What it is to wait for, once it is confirmed.</param>
/// <param name="PartGoes">Order: a part of it is released, and the rest is being decided.</param>
/// <param name="Needed">Order: what the customer is asked for, where that alone is not enough.</param>
/// <param name="Broken">How a decision ended whose conditions were not met.</param>
sealed record DecisionPhrases(
    IReadOnlyList<string> Kinds, IReadOnlyList<string> Waits, IReadOnlyList<string> Asks, string PayAmount, string OwePart, string Decided, string WaitsFor, string Until,
        string Confirm,
    string AskedOf, string Exceptional, string Passes, string Reason, string Basis, string Counterpart, string Monitoring, string Dissent, string Released,
    string ReleasedInPart, string InStages, string Changed, string NewTerms, string Rejected, string OnceDone, string AskedBy, string Looking, string BackBy,
    string Proposed, string WouldWait, string PartGoes, string RestLooked, string RestOnceDone, string Needed, string RejectedRest, string Broken, string Lapsed,
    string Replaced, string Overtaken, string Withdrawn)
{
    public static DecisionPhrases In(Language language) => language switch
    {
        Language.English => English,
        Language.French => French,
        Language.German => German,
    };

    public string Kind(DecisionKind kind) => Kinds[(int)kind];

    static readonly DecisionPhrases English = new(
        [
            "release it", "release a part of it", "release it under a condition", "ask for a deposit", "ask for prepayment", "wait for payment", "require a guarantee",
            "reduce the order",
            "set a temporary limit", "correct the limit", "ship it in stages", "change the payment terms", "review the disputes", "ask somebody above", "keep it held",
            "reject it",
        ],
        [
            "invoice {0} is paid", "{1} are received in advance", "the purchase order number is there", "a guarantee of {1} more is registered",
            "no dispute is unqualified for more than {2} days", "a limit is approved", "the order is worth at most {1}", "",
        ],
        [
            "Please pay invoice {0}.", "Please pay {1} in advance.", "Please send us your purchase order number.", "Please provide a guarantee of {1}.", "", "",
            "Please reduce the order to at most {1}.", "",
        ],
        "Please pay {0} of your open invoices.", "{0} of the open invoices are paid", "Order {0}: {2} has decided to {1}.", "It waits for this: {0}.", "Until {0}.",
        "A second person must confirm it.",
        "Asked: {0}", "It is an exceptional release.", "It lets pass: {0}.", "Reason: {0}", "Basis: {0}", "In return: {0}", "Watched: {0}", "Dissent: {0}",
        "Your order {0} is released.", "We ship a part of your order {0}, worth {1}, now.", "We ship your order {0} in {1} parts, each once the one before is paid.",
        "We have changed your order {0} as agreed.", "Your order {0} has the payment terms {1} now.", "We are sorry that we cannot accept your order {0}.",
        "Your order {0} goes as soon as this is done:", "We count on it by {0}.", "We are still looking into your order {0}.", "We will come back to you by {0}.",
        "Order {0}: {2} proposes to {1}.", "Its conditions would be: {0}.", "A part of your order {0} can go; we are still looking into the rest.",
        "We are still looking into the rest.", "The rest of your order {0} goes as soon as this is done:", "For your order {0} we need this from you:",
        "We are sorry that we cannot accept the rest of your order {0}.", "What it depended on has not come: it ended.", "Its date has passed: it ended.",
        "Another decision has taken its place.", "It ended: the order went another way.",
        "Nobody has confirmed it: nothing of it was done.");

    static readonly DecisionPhrases French = new(
        [
            "de la libérer", "d'en libérer une partie", "de la libérer sous condition", "de demander un acompte", "de demander un paiement d'avance", "d'attendre le paiement",
            "d'exiger une garantie", "de réduire la commande", "de fixer une limite temporaire", "de corriger la limite", "de l'expédier par étapes",
            "de changer le délai de paiement", "d'examiner les litiges", "d'interroger l'échelon supérieur", "de maintenir le blocage", "de la refuser",
        ],
        [
            "la facture {0} est payée", "{1} sont reçus d'avance", "le numéro de bon de commande est là", "une garantie de {1} de plus est enregistrée",
            "aucun litige n'est sans qualification depuis plus de {2} jours", "une limite est approuvée", "la commande vaut au plus {1}", "",
        ],
        [
            "Veuillez payer la facture {0}.", "Veuillez payer {1} d'avance.", "Veuillez nous communiquer votre numéro de bon de commande.",
            "Veuillez fournir une garantie de {1}.", "", "", "Veuillez réduire la commande à {1} au plus.", "",
        ],
        "Veuillez payer {0} de vos factures ouvertes.", "{0} des factures ouvertes sont payés", "Commande {0} : {2} a décidé {1}.", "Elle attend ceci : {0}.", "Jusqu'au {0}.",
        "Une deuxième personne doit le confirmer.", "Question : {0}", "C'est une libération exceptionnelle.", "Passe : {0}.", "Motif : {0}", "Base : {0}",
        "En contrepartie : {0}", "Suivi : {0}", "Avis contraire : {0}", "Votre commande {0} est libérée.",
        "Nous expédions maintenant une partie de votre commande {0}, d'une valeur de {1}.",
        "Nous expédions votre commande {0} en {1} parties, chacune une fois la précédente payée.",
        "Nous avons modifié votre commande {0} comme convenu.", "Votre commande {0} a désormais le délai de paiement {1}.",
        "Nous regrettons de ne pas pouvoir accepter votre commande {0}.", "Votre commande {0} part dès que ceci est fait :", "Nous comptons dessus d'ici le {0}.",
        "Nous examinons encore votre commande {0}.", "Nous revenons vers vous d'ici le {0}.", "Commande {0} : {2} propose {1}.", "Ses conditions seraient : {0}.",
        "Une partie de votre commande {0} peut partir ; nous examinons encore le reste.", "Nous examinons encore le reste.",
        "Le reste de votre commande {0} part dès que ceci est fait :", "Pour votre commande {0}, il nous faut ceci de votre part :",
        "Nous regrettons de ne pas pouvoir accepter le reste de votre commande {0}.", "Ce dont elle dépendait n'est pas venu : elle a pris fin.",
        "Sa date est passée : elle a pris fin.", "Une autre décision l'a remplacée.", "Elle a pris fin : la commande a pris un autre chemin.",
        "Personne ne l'a confirmée : rien n'en a été fait.");

    static readonly DecisionPhrases German = new(
        [
            "ihn freizugeben", "einen Teil freizugeben", "ihn unter einer Bedingung freizugeben", "eine Anzahlung zu verlangen", "Vorauszahlung zu verlangen",
            "auf Zahlung zu warten",
            "eine Sicherheit zu verlangen", "den Auftrag zu verringern", "ein befristetes Limit zu setzen", "das Limit zu berichtigen", "ihn in Stufen zu liefern",
            "die Zahlungsbedingungen zu ändern", "die Reklamationen zu prüfen", "weiter oben zu fragen", "ihn angehalten zu lassen", "ihn abzulehnen",
        ],
        [
            "Rechnung {0} ist bezahlt", "{1} sind im Voraus eingegangen", "die Bestellnummer liegt vor", "eine Sicherheit über weitere {1} ist eingetragen",
            "keine Reklamation ist länger als {2} Tage ungeklärt", "ein Limit ist genehmigt", "der Auftrag ist höchstens {1} wert", "",
        ],
        [
            "Bitte bezahlen Sie die Rechnung {0}.", "Bitte zahlen Sie {1} im Voraus.", "Bitte nennen Sie uns Ihre Bestellnummer.",
            "Bitte stellen Sie eine Sicherheit über {1}.", "",
            "", "Bitte verringern Sie den Auftrag auf höchstens {1}.", "",
        ],
        "Bitte bezahlen Sie {0} Ihrer offenen Rechnungen.", "{0} der offenen Rechnungen sind bezahlt", "Auftrag {0}: {2} hat entschieden, {1}.", "Er wartet auf dies: {0}.",
        "Bis zum {0}.",
        "Eine zweite Person muss es bestätigen.", "Frage: {0}", "Es ist eine Ausnahmefreigabe.", "Durchgelassen: {0}.", "Grund: {0}", "Grundlage: {0}", "Im Gegenzug: {0}",
        "Beobachtet: {0}", "Andere Meinung: {0}", "Ihr Auftrag {0} ist freigegeben.", "Wir liefern jetzt einen Teil Ihres Auftrags {0} im Wert von {1}.",
        "Wir liefern Ihren Auftrag {0} in {1} Teilen, jeden, sobald der vorige bezahlt ist.", "Wir haben Ihren Auftrag {0} wie vereinbart geändert.",
        "Ihr Auftrag {0} hat jetzt die Zahlungsbedingungen {1}.", "Wir bedauern, dass wir Ihren Auftrag {0} nicht annehmen können.",
        "Ihr Auftrag {0} geht hinaus, sobald dies geschehen ist:", "Wir rechnen damit bis zum {0}.", "Wir prüfen Ihren Auftrag {0} noch.", "Wir melden uns bis zum {0} bei Ihnen.",
        "Auftrag {0}: {2} schlägt vor, {1}.", "Die Bedingungen wären: {0}.", "Ein Teil Ihres Auftrags {0} kann hinausgehen; den Rest prüfen wir noch.",
        "Den Rest prüfen wir noch.", "Der Rest Ihres Auftrags {0} geht hinaus, sobald dies geschehen ist:", "Für Ihren Auftrag {0} brauchen wir dies von Ihnen:",
        "Wir bedauern, dass wir den Rest Ihres Auftrags {0} nicht annehmen können.", "Was sie voraussetzte, ist nicht gekommen: Sie ist beendet.",
        "Ihr Tag ist vorbei: Sie ist beendet.", "Eine andere Entscheidung hat sie ersetzt.", "Sie ist beendet: Der Auftrag nahm einen anderen Weg.",
        "Niemand hat sie bestätigt: Nichts davon ist geschehen.");
}
