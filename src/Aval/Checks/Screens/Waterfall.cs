using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>How a bar of the waterfall is drawn.</summary>
public enum StepKind { Term, Less, Sum, Order, Limit, Over }

/// <summary>One line of the waterfall from the first bucket to what the limit is compared with.</summary>
/// <param name="Term">The figure whose documents can be opened; null for what is no sum of documents.</param>
/// <param name="From">Where its bar begins, and <paramref name="To"/> where it ends, in minor units.</param>
public sealed record Step(string Name, string? Term, StepKind Kind, Money Amount, long From, long To);

/// <summary>An exposure as steps that add up: the buckets, what is taken off, what is compared, the order, and what that leaves of the limit.</summary>
/// <param name="Widest">The longest bar, in minor units.</param>
public sealed record Waterfall(IReadOnlyList<Step> Steps, LimitInForce Limit, long Widest)
{
    /// <param name="withOrder">True when an order is asked about: what it adds is then a step.</param>
    public static Waterfall Of(ExposureSeen seen, bool withOrder)
    {
        var steps = new List<Step>();
        Money Of(long minor) => new(minor, seen.Currency);
        long at = 0;
        foreach (var (name, term, amount) in Buckets(seen))
        {
            steps.Add(new Step(name, term, StepKind.Term, Of(amount), at, at + amount));
            at += amount;
        }

        steps.Add(new Step(T("Exposure, gross"), null, StepKind.Sum, Of(at), 0, at));
        foreach (var (name, term, amount) in TakenOff(seen))
        {
            if (amount == 0) continue;
            steps.Add(new Step(name, term, StepKind.Less, Of(-amount), at, Math.Max(0, at - amount)));
            at = Math.Max(0, at - amount);
        }

        // What policy nets is not among the figures a check keeps, so it is told as one step.
        if (at != seen.Compared) steps.Add(new Step(T("Netted by policy"), null, StepKind.Less, Of(seen.Compared - at), at, seen.Compared));
        steps.Add(new Step(T("Compared with the limit"), null, StepKind.Sum, Of(seen.Compared), 0, seen.Compared));
        if (withOrder)
        {
            steps.Add(new Step(T("This order"), null, StepKind.Order, Of(seen.AfterOrder - seen.Compared), seen.Compared, seen.AfterOrder));
            steps.Add(new Step(T("With this order"), null, StepKind.Sum, Of(seen.AfterOrder), 0, seen.AfterOrder));
        }

        if (seen.Limit.Amount is { } limit)
        {
            steps.Add(new Step(T("Limit"), null, StepKind.Limit, Of(limit), limit, limit));
            steps.Add(seen.AfterOrder > limit
                ? new Step(T("Over the limit"), null, StepKind.Over, Of(seen.AfterOrder - limit), limit, seen.AfterOrder)
                : new Step(T("Left of the limit"), null, StepKind.Sum, Of(limit - seen.AfterOrder), seen.AfterOrder, limit));
        }

        return new Waterfall(steps, seen.Limit, Math.Max(1, steps.Max(step => Math.Max(step.From, step.To))));
    }

    static IEnumerable<(string Name, string Term, long Amount)> Buckets(ExposureSeen seen) =>
    [
        (T("Open orders"), "openOrders", seen.OpenOrders), (T("Delivered, not invoiced"), "unbilled", seen.Unbilled),
        (T("Open invoices"), "receivables", seen.Receivables), (T("Paid, not cleared yet"), "atRisk", seen.AtRisk),
    ];

    static IEnumerable<(string Name, string? Term, long Amount)> TakenOff(ExposureSeen seen) =>
    [
        (T("Open credit notes"), "openCreditNotes", seen.OpenCreditNotes), (T("Deposits"), "deposits", seen.Deposits),
        (T("Disputed, left out by policy"), null, seen.LeftOut),
        // Where the limit includes the insurer's part, nothing is taken off for it.
        (T("Insured"), "insured", seen.Compared < seen.Decision ? seen.Insured : 0), (T("Guaranteed"), "guaranteed", seen.Compared < seen.Decision ? seen.Guaranteed : 0),
    ];
}
