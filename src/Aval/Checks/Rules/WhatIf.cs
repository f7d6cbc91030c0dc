using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>An order on all facts of its root, asked as it stands or with something changed. Causes and options are told by asking again: there is no second
/// rule book.</summary>
/// <param name="Root">With the order in it or not: it is asked as if it held no claim.</param>
/// <param name="Today">The business date of the question.</param>
/// <param name="AtPick">What is picked now leaves now, whatever its ship date says.</param>
public sealed record WhatIf(Facts Root, Facts Company, Order Order, DateOnly Today, CompiledPolicy Policy, bool AtPick = false)
{
    /// <summary>What the check looks at here.</summary>
    public CheckFacts Facts() => CheckOrder.FactsOf(Root, Company, Order, Today, Policy, AtPick);

    public CheckResult Check() => Rules.Check.Run(Facts(), Policy);

    /// <summary>What decides whether the order may go: the check as booked, or without our own defects where policy lets go what only these hold.</summary>
    public CheckResult Verdict()
    {
        var booked = Check();
        return booked.Passes || !IsFixedLater() ? booked : Defects.Mended(this, Order.Payer).Without.Check();
    }

    /// <summary>Whether policy lets this order go though we have not done our part yet.</summary>
    /// <remarks>The findings stay on the check, and with their owners. What is ours by its code alone (a limit that has run out, terms that nobody has agreed) stands
    /// without our defects too: what it would have tested was never asked, so it goes on holding.</remarks>
    public bool IsFixedLater()
    {
        if (Policy.Policy.InternalDefect is not { Act: DefectAct.ReleaseAndFix } act) return false;
        return act.UpTo is not { } most || (Facts() is { IsConverted: true } facts && new PolicyAmounts(facts).Of(facts.Value.CreditTotal) <= most);
    }

    /// <summary>The same question with one more row, or another in place of the one with its key.</summary>
    public WhatIf With(object row) => this with { Root = Root.Supposed.With(row) };
}
