namespace Aval.Kernel;

/// <summary>Brings one root to the business date and looks at what reactions left there. It decides nothing; the journal names the rules as the actors.</summary>
public sealed record RunDue(string Root) : Command
{
    public override string Name => "runDue";
    public override Subject Subject => Subject.NewParty(Root);
    public override bool AlwaysLeavesEntry => false;
    public override Problem? Decide(Case @case) => null;
}
