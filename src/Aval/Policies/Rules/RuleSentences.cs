namespace Aval.Policies.Rules;

/// <summary>A rule's setting as one plain sentence with all its parameters: for whom, what follows, and when.</summary>
public static class RuleSentences
{
    /// <param name="currency">Of policy's amounts.</param>
    public static string Of(RuleSetting rule, string currency)
    {
        var whom = For(rule.Scope);
        var sentence = rule is SwitchedOff off
            ? $"nobody asks about “{Figures.Plain(off.Rule)}”"
            : $"an order {Follows(rule.Severity)} when {Condition(rule, new Figures(currency))}";
        var all = whom.Length > 0 ? $"For {whom}, {sentence}" : char.ToUpperInvariant(sentence[0]) + sentence[1..];
        return all + (rule.OverridesRelease ? ". It holds even an order that somebody has released." : ".");
    }

    /// <summary>For whom a setting is made; empty for everybody.</summary>
    public static string For(Scope scope) => scope.Kind switch
    {
        ScopeKind.Customer => $"customer {scope.Value}",
        ScopeKind.Group => $"the group of {scope.Value}",
        ScopeKind.RiskClass => $"payers of risk class {scope.Value}",
        ScopeKind.Segment => $"payers of the segment {scope.Value}",
        ScopeKind.Country => $"payers in {scope.Value}",
        ScopeKind.All => "",
    };

    /// <summary>What follows, as a sentence about an order goes on.</summary>
    public static string Follows(Severity severity) => severity switch
    {
        Severity.Info => "gets a note",
        Severity.Warn => "gets a warning",
        Severity.Complete => "is held until it is put right",
        Severity.Refer => "needs a decision",
    };

    // The family of rules is closed: a test asks for every rule's sentence, and for another one when a parameter is another.
    static string Condition(RuleSetting rule, Figures said) =>
        OrderSentences.Of(rule, said) ?? CreditSentences.Of(rule, said) ?? ConductSentences.Of(rule, said)
        ?? throw new ArgumentException($"the rule {rule.Name} has no sentence", nameof(rule));
}
