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

    /// <summary>The same question with one more row, or another in place of the one with its key.</summary>
    public WhatIf With(object row) => this with { Root = Root.With(row) };
}
