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
        foreach (var taken in TakenOff.Of(seen))
        {
            steps.Add(new Step(NameOf(taken.Kind), TermOf(taken.Kind), StepKind.Less, Of(-taken.Named), at, at - taken.Takes));
            at -= taken.Takes;
        }

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

    static string NameOf(Taken kind) => kind switch
    {
        Taken.OpenCreditNotes => T("Open credit notes"),
        Taken.Deposits => T("Deposits"),
        Taken.LeftOut => T("Disputed, left out by policy"),
        Taken.Netted => T("Netted by policy"),
        Taken.Insured => T("Insured"),
        Taken.Guaranteed => T("Guaranteed"),
    };

    /// <summary>What the documents behind it can be opened by.</summary>
    static string? TermOf(Taken kind) => kind switch
    {
        Taken.OpenCreditNotes => "openCreditNotes",
        Taken.Deposits => "deposits",
        Taken.LeftOut or Taken.Netted => null,
        Taken.Insured => "insured",
        Taken.Guaranteed => "guaranteed",
    };
}
