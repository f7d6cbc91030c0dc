using System.Globalization;

namespace Aval.Policies.Rules;

/// <summary>What a policy says of weighing together, data, disputes, exceptions and the way up; each with its place.</summary>
static class HandlingSentences
{
    public static IEnumerable<(string Place, string Text)> Of(Policy policy, Figures said)
    {
        yield return ("arbitration", Arbitrated(policy.ArbitrationAsked, said));
        foreach (var entry in policy.Responsible) yield return ($"dataResponsibility[{entry.Field}]", Answers(entry, said));
        var excluded = said.Any(policy.ExcludeDisputes.Select(one => Of(one, said)));
        yield return ("excludeDisputes", policy.ExcludeDisputes.IsEmpty
            ? said.In(
                "Every disputed amount counts towards the exposure.", "Tout montant en litige compte dans l'encours.", "Jeder reklamierte Betrag zählt zum Obligo.")
            : said.In(
                $"Amounts in dispute do not count towards the exposure when the dispute is {excluded}.",
                $"Les montants en litige ne comptent pas dans l'encours quand le litige est : {excluded}.",
                $"Reklamierte Beträge zählen nicht zum Obligo, wenn die Reklamation so eingeordnet ist: {excluded}."));
        var disputes = policy.DisputesAsked;
        yield return ("disputes[days]", said.In(
            $"A dispute is to have an owner within {said.Days(disputes.OwnWithinDays)}, to be qualified within {said.Days(disputes.QualifyWithinDays)} and to be over within "
                + $"{said.Days(disputes.ResolveWithinDays)}; a credit note that is due is to be written within {said.Days(disputes.CreditNoteWithinDays)}. "
                + $"What is late goes to {said.Plain(disputes.EscalateTo)}.",
            $"Un litige doit avoir un responsable sous {said.Days(disputes.OwnWithinDays)}, être qualifié sous {said.Days(disputes.QualifyWithinDays)} et clos sous "
                + $"{said.Days(disputes.ResolveWithinDays)} ; un avoir dû s'établit sous {said.Days(disputes.CreditNoteWithinDays)}. "
                + $"Ce qui est en retard passe à : {said.Plain(disputes.EscalateTo)}.",
            $"Eine Reklamation soll innerhalb von {said.OfDays(disputes.OwnWithinDays)} jemanden haben, der zuständig ist, innerhalb von "
                + $"{said.OfDays(disputes.QualifyWithinDays)} eingeordnet und innerhalb von {said.OfDays(disputes.ResolveWithinDays)} erledigt sein; eine fällige Gutschrift ist "
                + $"innerhalb von {said.OfDays(disputes.CreditNoteWithinDays)} zu schreiben. Verspätetes geht an: {said.Plain(disputes.EscalateTo)}."));
        var rejected = said.Percent(disputes.TacticalRejectedPercent);
        yield return ("disputes[tactical]", said.In(
            $"A late dispute looks tactical when more than {rejected} of the payer's earlier ones were rejected.",
            $"Un litige tardif paraît tactique quand plus de {rejected} des précédents du payeur ont été rejetés.",
            $"Eine späte Reklamation wirkt taktisch, wenn mehr als {rejected} der früheren des Zahlers abgelehnt wurden."));
        yield return ("exceptions", Exceptional(policy.ExceptionsAsked, said));
        if (policy.EscalationPath.IsEmpty)
            yield return ("escalation", said.In(
                "A case that nobody decides stays where it is.", "Un cas que personne ne décide reste où il est.", "Ein Fall, über den niemand entscheidet, bleibt, wo er ist."));
        foreach (var (at, step) in policy.EscalationPath.Index())
            yield return (string.Create(CultureInfo.InvariantCulture, $"escalation[{at}]"), said.In(
                $"A case that is undecided after {said.Hours(step.AfterHours)} goes to {said.Plain(step.To)}.",
                $"Un cas non décidé après {said.Hours(step.AfterHours)} passe à : {said.Plain(step.To)}.",
                $"Ein Fall, der nach {said.Hours(step.AfterHours)} nicht entschieden ist, geht an: {said.Plain(step.To)}."));
    }

    static string Answers(DataResponsibility entry, Figures said)
    {
        var (field, enters, verifies, flags) = (said.Plain(entry.Field), said.Plain(entry.Enters), said.Plain(entry.Verifies), said.Plain(entry.Flags));
        return said.In(
            $"Of a customer, “{field}”: entered by {enters}, verified by {verifies}, flagged first by {flags}, verified again after {said.Days(entry.StaleAfterDays)}.",
            $"D'un client, « {field} » : saisie par {enters}, vérification par {verifies}, premier signalement par {flags}, nouvelle vérification après "
                + $"{said.Days(entry.StaleAfterDays)}.",
            $"Beim Kunden „{field}“: erfasst von {enters}, geprüft von {verifies}, zuerst gemeldet von {flags}, erneut geprüft nach {said.OfDays(entry.StaleAfterDays)}.");
    }

    static string Arbitrated(Arbitration asked, Figures said)
    {
        string[] bounds =
        [
            .. new[]
            {
                asked.AmountAbove is { } amount
                    ? said.In($"is worth more than {said.Amount(amount)}", $"vaut plus de {said.Amount(amount)}", $"mehr als {said.Amount(amount)} wert ist")
                    : null,
                asked.OverrunPercentAbove is { } overrun
                    ? said.In($"passes the limit by more than {said.Percent(overrun)}", $"dépasse la limite de plus de {said.Percent(overrun)}",
                        $"das Kreditlimit um mehr als {said.Percent(overrun)} überschreitet")
                    : null,
                asked.OverdueDaysAbove is { } days
                    ? said.In($"comes from a payer more than {said.Days(days)} late", $"vient d'un payeur en retard de plus de {said.Days(days)}",
                        $"von einem Zahler kommt, der mehr als {said.Days(days)} in Verzug ist")
                    : null,
                asked.RiskClasses is [_, ..] classes
                    ? said.In($"comes from a payer of risk class {said.Any(classes)}", $"vient d'un payeur de la classe de risque {said.Any(classes)}",
                        $"von einem Zahler der Risikoklasse {said.Any(classes)} kommt")
                    : null,
            }.OfType<string>(),
        ];
        var who = said.All(asked.Between.Select(said.Plain));
        return bounds.Length == 0
            ? said.In($"No order need be weighed by {who} together.", $"Aucune commande n'exige d'être pesée ensemble par : {who}.",
                $"Kein Auftrag muss gemeinsam abgewogen werden von: {who}.")
            : said.In($"An order that {said.Any(bounds)} is weighed by {who} together.", $"Une commande qui {said.Any(bounds)} est pesée ensemble par : {who}.",
                $"Ein Auftrag, der {said.Any(bounds)}, wird gemeinsam abgewogen von: {who}.");
    }

    static string Exceptional(ExceptionConditions asked, Figures said)
    {
        var most = asked.UpTo is not { } bound ? "" : said.In(
            $"is worth at most {said.Amount(bound)}, ", $"vaut au plus {said.Amount(bound)}, ", $"ist höchstens {said.Amount(bound)} wert, ");
        var times = said.Count(asked.MostPerPayer, ("time", "times"), ("fois", "fois"), ("Mal", "Mal"));
        var beyond = (asked.Beyond ?? ExceptionAct.Mark) switch
        {
            ExceptionAct.Mark => said.In(
                "one beyond that is taken and marked as such.", "celle qui va au-delà est admise et marquée comme telle.",
                "eine darüber hinaus wird angenommen und so gekennzeichnet."),
            ExceptionAct.Refuse => said.In("one beyond that is refused.", "celle qui va au-delà est refusée.", "eine darüber hinaus wird abgelehnt."),
        };
        return said.In(
            $"An exceptional release {most}happens at most {times} a payer in {said.Days(asked.WindowDays)}, "
                + $"{(asked.Counterpart ? "is for something in return" : "may be for nothing in return")} and is looked at again within {said.Days(asked.ReviewWithinDays)}; "
                + beyond,
            $"Une libération exceptionnelle {most}a lieu au plus {times} par payeur en {said.Days(asked.WindowDays)}, "
                + $"{(asked.Counterpart ? "exige une contrepartie" : "peut se passer de contrepartie")} et est revue sous {said.Days(asked.ReviewWithinDays)} ; {beyond}",
            $"Eine Ausnahmefreigabe {most}kommt je Zahler in {said.OfDays(asked.WindowDays)} höchstens {times} vor, "
                + $"{(asked.Counterpart ? "verlangt eine Gegenleistung" : "darf ohne Gegenleistung sein")} und wird innerhalb von {said.OfDays(asked.ReviewWithinDays)} "
                + $"erneut angesehen; {beyond}");
    }

    static string Of(Legitimacy legitimacy, Figures said) => legitimacy switch
    {
        Legitimacy.CompanyFault => said.In("our own fault", "de notre fait", "unser Verschulden"),
        Legitimacy.CustomerFault => said.In("the customer's fault", "du fait du client", "Verschulden des Kunden"),
        Legitimacy.Shared => said.In("the fault of both", "du fait des deux", "Verschulden beider"),
        Legitimacy.Unqualified => said.In("not qualified yet", "pas encore qualifié", "noch nicht eingeordnet"),
    };
}
