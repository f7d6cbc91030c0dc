namespace Aval.Kernel;

/// <summary>Brings one root to the business date and looks at what reactions left there. It decides nothing; the journal names the rules as the actors.</summary>
/// <param name="Afresh">True when policy or rates have changed: all that they may concern there is left to the reactions first.</param>
public sealed record RunDue(string Root, bool Afresh = false) : Command
{
    public override string Name => "runDue";
    public override Subject Subject => Subject.NewParty(Root);
    public override bool AlwaysLeavesEntry => false;
    public override Problem? Decide(Case @case) => null;
}
