using System.Diagnostics;
using Aval.Checks.Rules;
using Aval.Limits.Rules;

namespace Aval.Checks;

static class InGerman
{
    /// <summary>The rule of standing conditions, whose findings name the measure.</summary>
    const string Measure = "measure";

    public static string Sentence(Finding f, string amount) => f.Code switch
    {
        "payer-unknown" => $"Der Zahler {f.Level} ist noch nicht erfasst.",
        "rates-missing" => f.Subject is null
            ? $"Belege von {f.Level} sind nicht eingerechnet, weil kein Wechselkurs bekannt ist."
            : $"Zwischen {f.Subject} und der Kreditwährung von {f.Level} ist kein Kurs bekannt.",
        "authorization-expired" => "Die Freigabe ist abgelaufen; der Auftrag muss vor dem Versand neu angefragt werden.",
        "forced-hold" => $"Das Konto von {f.Level} ist seit {Since(f)} gesperrt: {Figures.Ended(f.Subject)}",
        "condition-broken" => $"{f.Level} hat die Bedingungen einer Freigabe des Auftrags {f.Subject} nicht erfüllt, {Ago(f)}.",
        "limit-not-set" when Shared(f) => $"Die Gruppe {f.Level} hat kein Kreditlimit.",
        "limit-not-set" => $"{f.Level} hat kein Kreditlimit.",
        "limit-expired" when Shared(f) => $"Das Gruppenlimit von {f.Level} ist {Ago(f)} abgelaufen und wurde nicht ersetzt.",
        "limit-expired" => $"Das Limit von {f.Level} ist {Ago(f)} abgelaufen und wurde nicht ersetzt.",
        "limit-exceeded" when f.Rule == Measure => $"Der Auftrag würde um {amount} überschreiten, was {f.Level} nach der Maßnahme {f.Subject} schulden darf.",
        "limit-exceeded" when Shared(f) => $"Der Auftrag würde das Gruppenlimit von {f.Level} um {amount} überschreiten.",
        "limit-exceeded" => $"Der Auftrag würde das Limit von {f.Level} um {amount} überschreiten.",
        "limit-near" when Shared(f) => $"Der Auftrag ließe {amount} vom Gruppenlimit von {f.Level} übrig.",
        "limit-near" => $"Der Auftrag ließe {amount} vom Limit von {f.Level} übrig.",
        "overdue" when Shared(f) => $"Die Gruppe {f.Level} ist insgesamt mit {amount} überfällig, der älteste Posten seit {Days(f)}.",
        "overdue" => $"{f.Level} ist mit {amount} überfällig, der älteste Posten seit {Days(f)}.",
        "oldest-item-too-old" => $"{f.Level} lässt {amount} seit langem offen, den ältesten Posten seit {Days(f)} nach Fälligkeit.",
        "promise-broken" => $"{f.Level} hat die {Ago(f)} fällige Zahlungszusage {f.Subject} gebrochen.",
        "promise-too-long" =>
            $"Die Zusage {f.Subject} von {f.Level} zählt für {amount} nicht: Ihr Termin liegt {(f.Days == 1 ? "einen Tag" : $"{f.Days} Tage")} nach ihrer Abgabe.",
        "dispute-unqualified" => $"Wessen Fehler die {Ago(f)} erhobene Reklamation {f.Subject} über {amount} ist, hat noch niemand gesagt.",
        "dispute-unowned" => $"Der {Ago(f)} erhobenen Reklamation {f.Subject} über {amount} hat sich niemand angenommen.",
        "dispute-unresolved" => $"Die Reklamation {f.Subject} über {amount} ist seit {Days(f)} nicht erledigt.",
        "dispute-tactical" =>
            $"{f.Level} hat die Reklamation {f.Subject} über {amount} erst nach Fälligkeit erhoben; die meisten früheren wurden abgelehnt.",
        "invoice-rejected" => f.Nature == Cause.InternalDefect
            ? $"Die Rechnung {f.Subject} über {amount} wurde {Ago(f)} wegen unseres Fehlers zurückgewiesen."
            : $"{f.Level} hat die Rechnung {f.Subject} über {amount} {Ago(f)} zurückgewiesen.",
        "invoice-not-sent" => $"Die {Ago(f)} ausgestellte Rechnung {f.Subject} ist nicht versandt.",
        "unbilled-too-old" => $"Vor {Days(f)} gelieferte Ware des Auftrags {f.Subject} ist nicht berechnet.",
        "over-delivered" => $"Vom Auftrag {f.Subject} wurde mehr geliefert als bestellt.",
        "over-invoiced" => $"Die Rechnung {f.Subject} berechnet mehr, als ihr Auftrag hatte.",
        "risk-class-missing" => $"{f.Level} hat keine Risikoklasse; es gilt die schlechteste, die die Richtlinie annimmt.",
        "risk-class-blocked" => $"{f.Level} ist in Risikoklasse {f.Subject}, die ohne Entscheidung keinen Kredit bekommt.",
        "prepayment-required" when f.Rule == Measure => $"Die Maßnahme {f.Subject} bei {f.Level} verlangt eine Anzahlung; es fehlen noch {amount}.",
        "prepayment-required" => amount.Length == 0
            ? "Der Auftrag ist im Voraus zu bezahlen."
            : $"Der Auftrag ist im Voraus zu bezahlen; es fehlen noch {amount}.",
        "order-too-large" when f.Rule == Measure => $"Der Auftrag ist {amount} wert, mehr als die Maßnahme {f.Subject} bei {f.Level} ohne Entscheidung durchlässt.",
        "order-too-large" when f.Level is not null => $"Der Auftrag ist {amount} wert, mehr als die Richtlinie bei {f.Level}, Kunde seit {Since(f)}, ohne Entscheidung durchlässt.",
        "order-too-large" => $"Der Auftrag ist {amount} wert, mehr als die Richtlinie ohne Entscheidung durchlässt.",
        "concentration" => $"Auf {Whose(f)} entfallen {amount} aller Forderungen, {Percent(f)} der Summe vom {Day(f)}.",
        "review-overdue" => f.Subject is null ? $"Die Kreditprüfung von {f.Level} ist seit {Days(f)} überfällig."
            : f.Days > 0 ? $"Die Maßnahme {f.Subject} bei {f.Level} endete {Ago(f)}, und niemand hat gesagt, wie es weitergeht."
            : $"Die Maßnahme {f.Subject} bei {f.Level} endet {(f.Days == 0 ? "heute" : "in " + Days(f with { Days = -f.Days }))}; es ist zu klären, wie es weitergeht.",
        "cover-reduced" => $"Der Versicherer hat die Deckung {f.Subject} von {f.Level} {Ago(f)} gekürzt; {amount} sind mehr, als er noch trägt.",
        "cover-expired" => $"Die Deckung {f.Subject} von {f.Level} endete {Ago(f)} ohne Nachfolger, und {amount} sind offen.",
        "cover-notification-due" => $"Dem Versicherer ist unter der Deckung {f.Subject} zu melden, dass {f.Level} mit {amount} überfällig ist, der älteste Posten seit {Days(f)}.",
        "purchase-order-missing" => "Die Bestellnummer des Zahlers fehlt.",
        "purchase-order-malformed" => $"Die Bestellnummer {Subjects.Short(f)} hat nicht die Form, die der Zahler annimmt.",
        "purchase-order-duplicate" => $"Die Bestellnummer steht auch auf dem Auftrag {f.Subject}.",
        "buyer-reference-missing" => "Die Referenz des Bestellers fehlt; der Zahler verlangt sie.",
        "billing-address-incomplete" => $"Die Rechnungsadresse von {f.Level} ist unvollständig.",
        "terms-deviate" when f.Rule == Measure => $"Das Zahlungsziel {f.Subject} ist länger, als die Maßnahme bei {f.Level} erlaubt.",
        "terms-deviate" => $"Das Zahlungsziel {f.Subject} ist länger als vereinbart.",
        "terms-shorter" => $"Das Zahlungsziel {f.Subject} ist kürzer als vereinbart; der Kunde könnte die Fälligkeit bestreiten.",
        "discount-undocumented" => $"Den Rabatt auf {Lines(f)} hat niemand genehmigt.",
        "price-deviates" => $"Der Preis auf {Lines(f)} weicht vom Listenpreis ab.",
        "tax-id-invalid" => $"Die USt-IdNr. {f.Subject} von {f.Level} kann nicht stimmen.",
        "order-unusual" => Unusual(f, amount),
        "payment-behaviour" => $"{f.Level} {Pays(f)}.",
        "overruns-repeated" => $"{f.Subject} andere Aufträge von {f.Level} wurden in den letzten {Days(f)} wegen des Limits angehalten.",
        "order-splitting" => $"{f.Subject} Aufträge von {f.Level} innerhalb von {Days(f)} ergeben {amount}; jeder bleibt knapp in dem, was ohne Entscheidung durchgeht.",
        "dunning-level" => $"{f.Level} steht seit {Since(f)} auf Mahnstufe {f.Subject}.",
        "rates-stale" => $"Ein Wechselkurs dieser Prüfung war {(f.Days == 1 ? "einen Tag" : $"{f.Days ?? 0} Tage")} alt.",
        "legal-entity-wrong" => f.Subject is null
            ? $"{f.Level} ist seit {Since(f)} nicht mehr aktiv."
            : $"Der Auftrag nennt {f.Subject}; das ist nicht, was von {f.Level} bekannt ist.",
        "account-link-wrong" => $"Die Rechnung soll an {f.Subject} gehen, der weder bestellt hat noch für {f.Level} zahlt.",
        "portal-requirement-missing" => $"Der Zahler verlangt {Fields(f)} auf jedem Auftrag.",
        "delivery-details-missing" => "Der Auftrag sagt nicht vollständig, wohin die Ware geht.",
        _ => throw new UnreachableException(f.Code),
    };

    /// <summary>It is the limit or the sum of a whole group, under the number of its top customer.</summary>
    static bool Shared(Finding f) => f.LimitLevel == LimitLevel.Group;

    static string Unusual(Finding f, string amount) => Subjects.Marked(f) switch
    {
        (HabitRules.Frequency, var usual) => $"{f.Level} bestellt nach {Days(f)} wieder; sonst liegen {usual} Tage zwischen den Bestellungen.",
        (HabitRules.Item, var item) => $"Der Auftrag besteht vor allem aus Artikeln, die {f.Level} nie bestellt hat, etwa {item}.",
        (HabitRules.ShipTo, var place) => $"Die Ware geht an einen Ort, an den {f.Level} nie liefern ließ: {place}.",
        _ => $"Der Auftrag ist {amount} wert, das {Figures.Number(f.Subject, Language.German)}-Fache dessen, was {f.Level} sonst bestellt.",
    };

    static string Pays(Finding f) => Subjects.Pays(
        f, Language.German, "zahlt im Mittel {0} Tage zu spät", "zahlt von Monat zu Monat {0} Tage später", "weicht um {0} Tage von seinem Mittel ab", " und ");

    static string Fields(Finding f) => Subjects.Fields(f, "eine Kostenstelle", "die Kennung seines Portals", " und ");

    static string Whose(Finding f) => Subjects.Whose(f, "das Land {0}", "das Segment {0}");

    static string Percent(Finding f) => Figures.Percent(f.Share?.Percent ?? 0, Language.German);

    static string Day(Finding f) => Figures.Day(f.Share?.AsOf ?? default, Language.German);

    static string Since(Finding f) => f.Days > 0 ? Days(f) : "heute";

    static string Ago(Finding f) => f.Days > 0 ? $"vor {Days(f)}" : "heute";

    static string Days(Finding f) => f.Days == 1 ? "einem Tag" : $"{f.Days ?? 0} Tagen";

    static string Lines(Finding f) =>
        f.Subject?.Contains(',', StringComparison.Ordinal) == true ? $"den Zeilen {f.Subject}" : $"Zeile {f.Subject}";
}
