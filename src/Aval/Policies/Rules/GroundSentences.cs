using System.Globalization;

namespace Aval.Policies.Rules;

/// <summary>What a policy says of exposure and money, of the rules as a whole, and of who decides by when; each with its place.</summary>
static class GroundSentences
{
    public static IEnumerable<(string Place, string Text)> Of(Policy policy, Figures said)
    {
        yield return ("compare", policy.Compare switch
        {
            Compare.Retained => said.In(
                "A limit is our own risk: what insurers and guarantors bear is taken off before anything is compared with it.",
                "Une limite est notre propre risque : la part des assureurs et garants est retirée avant toute comparaison.",
                "Ein Kreditlimit ist unser eigenes Risiko: Was Versicherer und Bürgen tragen, wird vor jedem Vergleich abgezogen."),
            Compare.Decision => said.In(
                "A limit includes the insurer's part: nothing of what others bear is taken off before it is compared.",
                "Une limite comprend la part de l'assureur : rien de ce que d'autres portent n'est retiré avant la comparaison.",
                "Ein Kreditlimit schließt den Teil des Versicherers ein: Was andere tragen, wird vor dem Vergleich nicht abgezogen."),
        });
        yield return ("nettingUnapplied", policy.NettingUnapplied
            ? said.In(
                "Money that is not applied to an invoice yet lowers the exposure.", "L'argent pas encore lettré réduit l'encours.",
                "Geld, das noch keiner Rechnung zugeordnet ist, mindert das Obligo.")
            : said.In(
                "Money that is not applied to an invoice yet does not lower the exposure.", "L'argent pas encore lettré ne réduit pas l'encours.",
                "Geld, das noch keiner Rechnung zugeordnet ist, mindert das Obligo nicht."));
        yield return ("horizonDays", said.In(
            $"Orders count towards the exposure from {said.Days(policy.HorizonDays)} before they ship.",
            $"Les commandes comptent dans l'encours dès {said.Days(policy.HorizonDays)} avant leur expédition.",
            $"Aufträge zählen ab {said.Days(policy.HorizonDays)} vor dem Versand zum Obligo."));
        yield return ("authorizationDays", said.In(
            $"A released order keeps its part of the limit for {said.Days(policy.AuthorizationDays)} after its release or its ship date.",
            $"Une commande libérée garde sa part de limite {said.Days(policy.AuthorizationDays)} après sa libération ou sa date d'expédition.",
            $"Ein freigegebener Auftrag behält seinen Teil des Kreditlimits {said.Days(policy.AuthorizationDays)} nach Freigabe oder Versanddatum."));
        yield return ("watchPercent", said.In(
            $"An account is near its limit from {said.Percent(policy.WatchPercent)} of it.",
            $"Un compte est proche de sa limite dès {said.Percent(policy.WatchPercent)} de celle-ci.",
            $"Ein Konto ist ab {said.Percent(policy.WatchPercent)} seines Kreditlimits nahe daran."));
        yield return ("temporaryLimitStep", said.In(
            $"A temporary limit that is proposed is rounded up to the next {said.Amount(policy.TemporaryLimitStep)}.",
            $"Une limite temporaire proposée est arrondie au multiple supérieur de {said.Amount(policy.TemporaryLimitStep)}.",
            $"Ein vorgeschlagenes befristetes Kreditlimit wird auf die nächsten {said.Amount(policy.TemporaryLimitStep)} aufgerundet."));
        foreach (var text in MoneySentences.Of(policy, said)) yield return text;
        yield return ("autoRelease", policy.AutoRelease
            ? said.In(
                "A held order that nobody has decided goes by itself when the check finds nothing any more.",
                "Une commande bloquée que personne n'a décidée part d'elle-même quand le contrôle ne trouve plus rien.",
                "Ein gesperrter Auftrag, über den niemand entschieden hat, geht von selbst weiter, wenn die Prüfung nichts mehr findet.")
            : said.In(
                "A held order is released by a person alone, even when the check finds nothing any more.",
                "Une commande bloquée n'est libérée que par une personne, même quand le contrôle ne trouve plus rien.",
                "Ein gesperrter Auftrag wird nur von einem Menschen freigegeben, auch wenn die Prüfung nichts mehr findet."));
        yield return ("recheck", said.In(
            $"What a person releases covers the order's value and {said.Percent(policy.Recheck.DeviationPercent)} more, for {said.Days(policy.Recheck.Days)}.",
            $"Ce qu'une personne libère couvre la valeur de la commande et {said.Percent(policy.Recheck.DeviationPercent)} de plus, pour {said.Days(policy.Recheck.Days)}.",
            $"Was ein Mensch freigibt, deckt den Auftragswert und {said.Percent(policy.Recheck.DeviationPercent)} mehr, für {said.Days(policy.Recheck.Days)}."));
        yield return ("internalDefect", policy.InternalDefect switch
        {
            null or { Act: DefectAct.Hold } => said.In(
                "An order is held for our own defects too.", "Une commande est aussi bloquée pour nos propres défauts.", "Ein Auftrag wird auch wegen eigener Fehler gesperrt."),
            { UpTo: { } most } => said.In(
                $"An order up to {said.Amount(most)} that only our own defects would hold is released, and the defect is fixed later.",
                $"Une commande jusqu'à {said.Amount(most)} que seuls nos propres défauts bloqueraient est libérée, et le défaut corrigé plus tard.",
                $"Ein Auftrag bis {said.Amount(most)}, den nur eigene Fehler sperren würden, wird freigegeben und der Fehler später behoben."),
            { UpTo: null } => said.In(
                "An order that only our own defects would hold is released, and the defect is fixed later.",
                "Une commande que seuls nos propres défauts bloqueraient est libérée, et le défaut corrigé plus tard.",
                "Ein Auftrag, den nur eigene Fehler sperren würden, wird freigegeben und der Fehler später behoben."),
        });
        foreach (var entry in policy.Delegation) yield return ($"delegation[{entry.Role}]", Delegated(entry, said));
        foreach (var (at, tier) in policy.DecisionDeadlines.Index())
            yield return (string.Create(CultureInfo.InvariantCulture, $"decisionDeadlines[{at}]"), tier.UpTo is { } bound
                ? said.In(
                    $"A held order up to {said.Amount(bound)} is to be decided within {said.Hours(tier.Hours)}.",
                    $"Une commande bloquée jusqu'à {said.Amount(bound)} se décide sous {said.Hours(tier.Hours)}.",
                    $"Über einen gesperrten Auftrag bis {said.Amount(bound)} ist innerhalb von {said.Hours(tier.Hours)} zu entscheiden.")
                : said.In(
                    $"{(at == 0 ? "A held order" : "A larger one")} is to be decided within {said.Hours(tier.Hours)}.",
                    $"{(at == 0 ? "Une commande bloquée" : "Une plus grande")} se décide sous {said.Hours(tier.Hours)}.",
                    $"{(at == 0 ? "Über einen gesperrten Auftrag" : "Über einen größeren")} ist innerhalb von {said.Hours(tier.Hours)} zu entscheiden."));
    }

    static string Delegated(Delegation entry, Figures said)
    {
        string[] bounds =
        [
            .. new[]
            {
                entry.UpTo is { } most ? said.In($"orders up to {said.Amount(most)}", $"des commandes jusqu'à {said.Amount(most)}", $"Aufträge bis {said.Amount(most)}") : null,
                entry.ExposureUpTo is { } exposure
                    ? said.In($"while the payer then owes at most {said.Amount(exposure)}", $"tant que le payeur doit alors au plus {said.Amount(exposure)}",
                        $"solange der Zahler dann höchstens {said.Amount(exposure)} schuldet")
                    : null,
                entry.OverrunPercent is { } overrun
                    ? said.In($"up to {said.Percent(overrun)} over the limit", $"jusqu'à {said.Percent(overrun)} au-delà de la limite",
                        $"bis {said.Percent(overrun)} über dem Kreditlimit")
                    : null,
                entry.OverdueDays is { } days
                    ? said.In($"while nothing is overdue by more than {said.Days(days)}", $"tant que rien n'est échu depuis plus de {said.Days(days)}",
                        $"solange nichts seit mehr als {said.OfDays(days)} überfällig ist")
                    : null,
                entry.RiskClasses is { } classes ? Classes(classes.IsEmpty ? null : said.Any(classes), said) : null,
                entry.Causes is { } causes ? Causes(causes.IsEmpty ? null : said.Any(causes.Select(said.Plain)), said) : null,
            }.OfType<string>(),
        ];
        var second = entry.SecondPersonAbove is not { } above ? "" : said.In(
            $"; above {said.Amount(above)} a second person confirms", $" ; au-delà de {said.Amount(above)} une deuxième personne confirme",
            $"; über {said.Amount(above)} bestätigt eine zweite Person");
        var (who, what) = (said.Plain(entry.Role), string.Join(", ", bounds.Length == 0 ? [said.In("any order", "toute commande", "jeden Auftrag")] : bounds));
        return said.In($"{Capital(who)} may let go {what}{second}.", $"{Capital(who)} peut libérer : {what}{second}.", $"{Capital(who)} darf freigeben: {what}{second}.");
    }

    static string Classes(string? named, Figures said) => named is null
        ? said.In("of payers of risk class none", "de payeurs d'aucune classe de risque", "von Zahlern keiner Risikoklasse")
        : said.In($"of payers of risk class {named}", $"de payeurs de la classe de risque {named}", $"von Zahlern der Risikoklasse {named}");

    static string Causes(string? named, Figures said) => named is null
        ? said.In("held for no cause", "bloquées sans cause", "ohne Ursache gesperrt")
        : said.In($"held for {named}", $"bloquées pour : {named}", $"gesperrt wegen: {named}");

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
