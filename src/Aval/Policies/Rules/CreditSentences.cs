namespace Aval.Policies.Rules;

/// <summary>When the rules about limits, overdue items, cover and concentration find something, as a sentence goes on behind "when".</summary>
static class CreditSentences
{
    /// <summary>Null for a rule about something else.</summary>
    public static string? Of(RuleSetting rule, Figures said) => rule switch
    {
        LimitRule limit => Limit(limit, said),
        LimitNotSetRule => said.In("the payer has no limit", "le payeur n'a pas de limite", "der Zahler kein Kreditlimit hat"),
        LimitExpiredRule => said.In("the payer's limit has run out", "la limite du payeur a expiré", "das Kreditlimit des Zahlers abgelaufen ist"),
        OverdueRule overdue => Overdue(overdue, said),
        OldestItemRule oldest => said.In(
            $"items more than {said.Days(oldest.Days)} past due come to {said.Amount(oldest.MinAmount)} or more",
            $"des postes échus depuis plus de {said.Days(oldest.Days)} font {said.Amount(oldest.MinAmount)} ou plus",
            $"seit mehr als {said.OfDays(oldest.Days)} überfällige Posten {said.Amount(oldest.MinAmount)} oder mehr ausmachen"),
        RiskClassMissingRule => said.In("the payer has no risk class", "le payeur n'a pas de classe de risque", "der Zahler keine Risikoklasse hat"),
        RiskClassRule { Classes: [] } => said.In(
            "the payer is in a risk class that gets no credit, of which none is named",
            "le payeur est dans une classe de risque sans crédit, dont aucune n'est nommée",
            "der Zahler in einer Risikoklasse ohne Kredit ist, von denen keine genannt ist"),
        RiskClassRule risk => said.In(
            $"the payer is in risk class {said.Any(risk.Classes)}", $"le payeur est dans la classe de risque {said.Any(risk.Classes)}",
            $"der Zahler in Risikoklasse {said.Any(risk.Classes)} ist"),
        PrepaymentRequiredRule => said.In(
            "the payer must pay in advance and the money has not come",
            "le payeur doit payer d'avance et que l'argent n'est pas venu",
            "der Zahler vorauszahlen muss und das Geld nicht da ist"),
        ConcentrationRule concentration => Concentration(concentration, said),
        CoverReducedRule reduced => said.In(
            $"an insurer has cut the payer's cover within the last {said.Days(reduced.Days)} and more is owed than what is left of it",
            $"un assureur a réduit la couverture du payeur ces {said.Days(reduced.Days)} derniers et qu'il est dû plus que ce qu'il en reste",
            $"ein Versicherer die Deckung des Zahlers in den letzten {said.OfDays(reduced.Days)} gekürzt hat und mehr geschuldet ist, als davon übrig ist"),
        CoverExpiredRule => said.In(
            "the payer's last cover has ended while something is owed",
            "la dernière couverture du payeur a pris fin alors qu'il doit encore",
            "die letzte Deckung des Zahlers geendet hat, während noch etwas geschuldet ist"),
        CoverNotificationDueRule due => said.In(
            $"the insurer must be told of an insured item within {said.Days(due.DaysBefore)}",
            $"un poste assuré doit être déclaré à l'assureur sous {said.Days(due.DaysBefore)}",
            $"dem Versicherer innerhalb von {said.OfDays(due.DaysBefore)} ein versicherter Posten zu melden ist"),
        ReviewOverdueRule review => said.In(
            $"the payer's review is more than {said.Days(review.Days)} late or nobody has looked again at a measure that ended "
                + $"(a measure that ends within {said.Days(review.MeasureDays)} is told of beforehand)",
            $"la revue du payeur a plus de {said.Days(review.Days)} de retard ou que personne n'a revu une mesure qui a pris fin "
                + $"(une mesure qui finit sous {said.Days(review.MeasureDays)} est annoncée)",
            $"die Überprüfung des Zahlers mehr als {said.Days(review.Days)} überfällig ist oder niemand eine beendete Maßnahme angesehen hat "
                + $"(eine Maßnahme, die innerhalb von {said.OfDays(review.MeasureDays)} endet, wird vorher gemeldet)"),
        _ => null,
    };

    static string Limit(LimitRule limit, Figures said)
    {
        var entry = limit.Tolerance is { } tolerance ? Beyond(tolerance, said) : null;
        var pick = limit.ToleranceAtPick is { } atPick ? Beyond(atPick, said) : null;
        return said.In(
            "it takes the payer beyond its limit" + (entry is null ? "" : $" by more than {entry}") + (pick is null ? "" : $" (before picking, by more than {pick})"),
            "elle porte le payeur au-delà de sa limite" + (entry is null ? "" : $" de plus de {entry}") + (pick is null ? "" : $" (avant la préparation, de plus de {pick})"),
            "er das Kreditlimit des Zahlers" + (entry is null ? "" : $" um mehr als {entry}") + (pick is null ? "" : $" (vor der Kommissionierung um mehr als {pick})")
                + " überschreitet");
    }

    /// <summary>What is tolerated must keep to both bounds, so passing either is too much.</summary>
    static string Beyond(LimitTolerance tolerance, Figures said) => said.Any(new[]
    {
        tolerance.Percent is { } percent ? said.In($"{said.Percent(percent)} of it", $"{said.Percent(percent)} de celle-ci", $"{said.Percent(percent)} davon") : null,
        tolerance.Amount is { } amount ? said.Amount(amount) : null,
    }.OfType<string>());

    static string Overdue(OverdueRule overdue, Figures said)
    {
        var whose = overdue.OfGroup
            ? said.In("the payer's whole group owes", "tout le groupe du payeur doit", "die ganze Gruppe des Zahlers schuldet")
            : said.In("the payer owes", "le payeur doit", "der Zahler schuldet");
        var tests = said.Any(overdue.Tests.Select(test => said.In(
            $"{said.Amount(test.MinAmount)} and {said.Percent(test.MinSharePercent)} of what {whose} are at least {said.Days(test.MinDays)} late",
            $"{said.Amount(test.MinAmount)} et {said.Percent(test.MinSharePercent)} de ce que {whose} ont au moins {said.Days(test.MinDays)} de retard",
            $"{said.Amount(test.MinAmount)} und {said.Percent(test.MinSharePercent)} dessen, was {whose}, mindestens {said.Days(test.MinDays)} überfällig sind")));
        var disputed = overdue.DisputedParts switch
        {
            DisputedParts.Count => said.In("disputed amounts count", "les montants en litige comptent", "reklamierte Beträge zählen mit"),
            DisputedParts.IgnoreCompanyFault => said.In(
                "amounts in dispute by our own fault do not count", "les montants en litige de notre fait ne comptent pas",
                "Beträge, die durch unser Verschulden reklamiert sind, zählen nicht"),
            DisputedParts.Ignore => said.In("amounts in dispute do not count", "les montants en litige ne comptent pas", "reklamierte Beträge zählen nicht"),
        };
        var promised = overdue.PromisedParts switch
        {
            PromisedParts.Count => said.In("promised amounts count", "les montants promis comptent", "zugesagte Beträge zählen mit"),
            PromisedParts.Ignore => said.In(
                $"amounts promised within {said.Days(overdue.LongestPromise)} do not count", $"les montants promis sous {said.Days(overdue.LongestPromise)} ne comptent pas",
                $"innerhalb von {said.OfDays(overdue.LongestPromise)} zugesagte Beträge zählen nicht"),
        };
        return $"{said.In("at least", "au moins", "mindestens")} {tests}; {disputed}, {promised}{(overdue.AtPick is { } atPick ? AtPick(atPick, said) : "")}";
    }

    static string AtPick(OverdueAtStage atPick, Figures said)
    {
        var least = new[]
        {
            atPick.MinAmount is { } amount ? said.Amount(amount) : null,
            atPick.MinSharePercent is { } share
                ? said.In($"{said.Percent(share)} of what is owed", $"{said.Percent(share)} de ce qui est dû", $"{said.Percent(share)} des Geschuldeten")
                : null,
            atPick.MinDays is { } days ? said.Days(days) : null,
        }.OfType<string>().ToList();
        return least.Count == 0 ? "" : said.In(
            $" (before picking, at least {said.All(least)})", $" (avant la préparation, au moins {said.All(least)})", $" (vor der Kommissionierung mindestens {said.All(least)})");
    }

    static string Concentration(ConcentrationRule rule, Figures said)
    {
        var shares = said.Any(new[]
        {
            rule.PayerPercent is { } payer
                ? said.In($"more than {said.Percent(payer)} with the payer", $"plus de {said.Percent(payer)} chez le payeur", $"mehr als {said.Percent(payer)} beim Zahler")
                : null,
            rule.CountryPercent is { } country
                ? said.In($"more than {said.Percent(country)} with the payers of its country", $"plus de {said.Percent(country)} chez les payeurs de son pays",
                    $"mehr als {said.Percent(country)} bei den Zahlern seines Landes")
                : null,
            rule.SegmentPercent is { } segment
                ? said.In($"more than {said.Percent(segment)} with the payers of its segment", $"plus de {said.Percent(segment)} chez les payeurs de son segment",
                    $"mehr als {said.Percent(segment)} bei den Zahlern seines Segments")
                : null,
        }.OfType<string>());
        return said.In(
            $"of all receivables {shares} stand, {said.Amount(rule.MinAmount)} or more",
            $"de toutes les créances {shares} sont ouvertes, {said.Amount(rule.MinAmount)} ou plus",
            $"von allen Forderungen {shares} stehen, {said.Amount(rule.MinAmount)} oder mehr");
    }
}
