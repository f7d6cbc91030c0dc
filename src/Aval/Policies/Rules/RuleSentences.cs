namespace Aval.Policies.Rules;

/// <summary>A rule's setting as one plain sentence with all its parameters: for whom, what follows, and when.</summary>
public static class RuleSentences
{
    /// <param name="currency">Of policy's amounts.</param>
    public static string Of(RuleSetting rule, string currency, Language language)
    {
        var said = new Figures(currency, language);
        var whom = For(rule.Scope, language);
        var sentence = rule is SwitchedOff off
            ? said.In($"nobody asks about “{said.Plain(off.Rule)}”", $"personne ne contrôle « {said.Plain(off.Rule)} »", $"niemand prüft „{said.Plain(off.Rule)}“")
            : said.In("an order ", "une commande ", "ein Auftrag ") + Follows(rule.Severity, language) + said.In(" when ", " quand ", ", wenn ") + Condition(rule, said);
        var all = whom.Length == 0 ? Capital(sentence) : said.In($"For {whom}, {sentence}", $"Pour {whom}, {sentence}", $"Für {whom} gilt: {Capital(sentence)}");
        return !rule.OverridesRelease ? all + "." : all + said.In(
            ". It holds even an order that somebody has released.",
            ". Elle bloque même une commande déjà libérée.",
            ". Das sperrt auch einen Auftrag, den jemand freigegeben hat.");
    }

    /// <summary>For whom a setting is made, as it stands behind "for"; empty for everybody.</summary>
    public static string For(Scope scope, Language language)
    {
        var said = new Figures("", language);
        return scope.Kind switch
        {
            ScopeKind.Customer => said.In($"customer {scope.Value}", $"le client {scope.Value}", $"den Kunden {scope.Value}"),
            ScopeKind.Group => said.In($"the group of {scope.Value}", $"le groupe de {scope.Value}", $"die Gruppe von {scope.Value}"),
            ScopeKind.RiskClass => said.In(
                $"payers of risk class {scope.Value}", $"les payeurs de la classe de risque {scope.Value}", $"Zahler der Risikoklasse {scope.Value}"),
            ScopeKind.Segment => said.In($"payers of the segment {scope.Value}", $"les payeurs du segment {scope.Value}", $"Zahler des Segments {scope.Value}"),
            ScopeKind.Country => said.In($"payers in {scope.Value}", $"les payeurs du pays {scope.Value}", $"Zahler in {scope.Value}"),
            ScopeKind.All => "",
        };
    }

    /// <summary>What follows, as a sentence about an order goes on.</summary>
    public static string Follows(Severity severity, Language language)
    {
        var said = new Figures("", language);
        return severity switch
        {
            Severity.Info => said.In("gets a note", "reçoit une note", "bekommt einen Hinweis"),
            Severity.Warn => said.In("gets a warning", "reçoit un avertissement", "bekommt eine Warnung"),
            Severity.Complete => said.In("is held until it is put right", "est bloquée jusqu'à sa correction", "ist bis zur Berichtigung gesperrt"),
            Severity.Refer => said.In("needs a decision", "demande une décision", "braucht eine Entscheidung"),
        };
    }

    // The family of rules is closed: a test asks for every rule's sentence, and for another one when a parameter is another.
    static string Condition(RuleSetting rule, Figures said) =>
        OrderSentences.Of(rule, said) ?? CreditSentences.Of(rule, said) ?? ConductSentences.Of(rule, said)
        ?? throw new ArgumentException($"the rule {rule.Name} has no sentence", nameof(rule));

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
