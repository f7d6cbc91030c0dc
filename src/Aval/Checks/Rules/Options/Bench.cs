using System.Collections.Immutable;

namespace Aval.Checks.Rules.Options;

/// <summary>What somebody imagines done about a held order, all of it together. What is null or empty stays as it is.</summary>
/// <param name="Amount">All that is still to come of the order, in minor units of its currency.</param>
/// <param name="Deposit">Cleared money for this order alone, in minor units of the payer's credit currency; zero for none.</param>
/// <param name="Paid">Invoices that are paid in full.</param>
public sealed record Imagined(long? Amount, DateOnly? ShipDate, long Deposit, ImmutableArray<string> Paid)
{
    public static readonly Imagined Nothing = new(null, null, 0, []);
}

/// <summary>What the check says of a held order once something is done that somebody imagines: nothing is decided, reserved or recorded.</summary>
/// <param name="Passes">Nothing would stand in the way of a release.</param>
/// <param name="Left">What would still hold it, or newly.</param>
/// <param name="Gone">What holds it today and would not then.</param>
/// <param name="Nodes">The limits that it must fit then, the payer's own first.</param>
public sealed record Bench(bool Passes, ImmutableArray<Finding> Left, ImmutableArray<Finding> Gone, IReadOnlyList<NodeFacts> Nodes)
{
    public static Bench Of(WhatIf asked, Imagined imagined) => After(asked, Done(asked, imagined));

    /// <summary>What an option comes to, as far as its figures say what is done; null where they do not, or where others must act besides.</summary>
    public static Bench? Of(WhatIf asked, Option option, ImmutableArray<Defect> defects) =>
        Afterwards.Of(asked, option, defects) is { } done && After(asked, done) is { Passes: true } proved ? proved : null;

    /// <summary>The limit of which least would stay free, of equal ones the nearest; null where none is an amount.</summary>
    public NodeFacts? Tightest => Nodes.Where(node => node.Limit.Amount is not null).MinBy(node => node.Limit.Amount - node.After);

    static Bench After(WhatIf asked, WhatIf done)
    {
        var (booked, then) = (asked.Verdict(), done.Verdict());
        return new Bench(
            then.Passes, [.. then.Findings.Where(finding => finding.Blocks)],
            [.. booked.Findings.Where(finding => finding.Blocks && then.ForSameReason(finding) is not { Blocks: true })],
            done.Facts().Nodes);
    }

    static WhatIf Done(WhatIf asked, Imagined imagined)
    {
        var done = imagined.Amount is { } amount ? asked.WorthOnly(amount) : asked;
        if (imagined.ShipDate is { } date) done = done.Shipping(date);
        foreach (var invoice in imagined.Paid) done = done.Paid(invoice);
        return imagined.Deposit > 0 && asked.Facts().Payer is { } payer ? done.Deposited(imagined.Deposit, payer.Currency) : done;
    }
}
