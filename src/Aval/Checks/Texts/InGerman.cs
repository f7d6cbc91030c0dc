using System.Diagnostics;
using Aval.Checks.Rules;

namespace Aval.Checks;

static class InGerman
{
    public static string Sentence(Finding f, string amount) => f.Code switch
    {
        "payer-unknown" => $"Der Zahler {f.Level} ist noch nicht erfasst.",
        "rates-missing" => f.Subject is null
            ? $"Belege von {f.Level} sind nicht eingerechnet, weil kein Wechselkurs bekannt ist."
            : $"Zwischen {f.Subject} und der Kreditwährung von {f.Level} ist kein Kurs bekannt.",
        "authorization-expired" => "Die Freigabe ist abgelaufen; der Auftrag muss vor dem Versand neu angefragt werden.",
        "forced-hold" => $"Das Konto von {f.Level} ist seit {Since(f)} gesperrt: {f.Subject}",
        "condition-broken" => $"{f.Level} hat die Bedingungen einer Freigabe des Auftrags {f.Subject} nicht erfüllt, vor {Days(f)}.",
        "limit-not-set" => $"{f.Level} hat kein Kreditlimit.",
        "limit-expired" => $"Das Limit von {f.Level} ist vor {Days(f)} abgelaufen und wurde nicht ersetzt.",
        "limit-exceeded" => $"Der Auftrag würde das Limit von {f.Level} um {amount} überschreiten.",
        "limit-near" => $"Der Auftrag ließe {amount} vom Limit von {f.Level} übrig.",
        "overdue" => $"{f.Level} ist mit {amount} überfällig, der älteste Posten seit {Days(f)}.",
        "oldest-item-too-old" => $"{f.Level} lässt {amount} seit langem offen, den ältesten Posten seit {Days(f)} nach Fälligkeit.",
        "risk-class-missing" => $"{f.Level} hat keine Risikoklasse; es gilt die schlechteste, die die Richtlinie annimmt.",
        "risk-class-blocked" => $"{f.Level} ist in Risikoklasse {f.Subject}, die ohne Entscheidung keinen Kredit bekommt.",
        "prepayment-required" => amount.Length == 0
            ? "Der Auftrag ist im Voraus zu bezahlen."
            : $"Der Auftrag ist im Voraus zu bezahlen; es fehlen noch {amount}.",
        "order-too-large" => $"Der Auftrag ist {amount} wert, mehr als die Richtlinie ohne Entscheidung durchlässt.",
        "purchase-order-missing" => "Die Bestellnummer des Zahlers fehlt.",
        "purchase-order-malformed" => $"Die Bestellnummer {f.Subject} hat nicht die Form, die der Zahler annimmt.",
        "purchase-order-duplicate" => $"Die Bestellnummer steht auch auf dem Auftrag {f.Subject}.",
        "buyer-reference-missing" => "Die Referenz des Bestellers fehlt; der Zahler verlangt sie.",
        "billing-address-incomplete" => $"Die Rechnungsadresse von {f.Level} ist unvollständig.",
        "terms-deviate" => $"Das Zahlungsziel {f.Subject} ist länger als vereinbart.",
        "terms-shorter" => $"Das Zahlungsziel {f.Subject} ist kürzer als vereinbart; der Kunde könnte die Fälligkeit bestreiten.",
        "discount-undocumented" => $"Den Rabatt auf {Lines(f)} hat niemand genehmigt.",
        "price-deviates" => $"Der Preis auf {Lines(f)} weicht vom Listenpreis ab.",
        "tax-id-invalid" => $"Die USt-IdNr. {f.Subject} von {f.Level} kann nicht stimmen.",
        "order-unusual" =>
            $"Der Auftrag ist {amount} wert, das {Figures.Number(f.Subject, Language.German)}-Fache dessen, was {f.Level} sonst bestellt.",
        _ => throw new UnreachableException(f.Code),
    };

    static string Since(Finding f) => f.Days > 0 ? Days(f) : "heute";

    static string Days(Finding f) => f.Days == 1 ? "einem Tag" : $"{f.Days ?? 0} Tagen";

    static string Lines(Finding f) =>
        f.Subject?.Contains(',', StringComparison.Ordinal) == true ? $"den Zeilen {f.Subject}" : $"Zeile {f.Subject}";
}
