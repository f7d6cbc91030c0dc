using Aval.Checks.Rules;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Limits.Rules;

namespace Aval.Checks;

/// <summary>The figures of an exposure as the API tells them, in major units of <paramref name="Currency"/>.</summary>
/// <param name="DepositsBeyondOrders">Money paid in advance beyond what its orders have in the exposure: it lowers nothing.</param>
/// <param name="Headroom">Limit less what is compared with it; below zero when overrun, null unless the limit is an amount.</param>
/// <param name="LeftOut">The disputed part that policy leaves out of the decision.</param>
public record ExposureFigures(
    Currency Currency, LimitFigure Limit, decimal OpenOrders, decimal Unbilled, decimal Receivables, decimal AtRisk, decimal OpenCreditNotes, decimal Unapplied,
    decimal OnAccount, decimal Deposits, decimal PromisedCreditNotes, decimal Disputed, decimal Insured, decimal Guaranteed, decimal Overdue, decimal Gross,
    decimal Decision, decimal? Headroom, decimal LeftOut, decimal DepositsBeyondOrders)
{
    public static ExposureFigures Of(ExposureSeen seen)
    {
        decimal Major(long minor) => new Money(minor, seen.Currency).Major;
        return new ExposureFigures(
            seen.Currency, new LimitFigure(seen.Limit.Kind, seen.Limit.Amount is { } limit ? Major(limit) : null, seen.Limit.ValidTo), Major(seen.OpenOrders),
            Major(seen.Unbilled), Major(seen.Receivables), Major(seen.AtRisk), Major(seen.OpenCreditNotes), Major(seen.Unapplied), Major(seen.OnAccount),
            Major(seen.Deposits), Major(seen.PromisedCreditNotes), Major(seen.Disputed), Major(seen.Insured), Major(seen.Guaranteed), Major(seen.Overdue),
            Major(seen.Gross), Major(seen.Decision), seen.Headroom is { } headroom ? Major(headroom) : null, Major(seen.LeftOut), Major(seen.DepositsBeyondOrders));
    }

    /// <param name="adds">What an order adds to what is compared; zero where no order is asked about.</param>
    public static ExposureSeen Seen(PayerExposure exposure, LimitInForce limit, Netting netting, long adds) => new(
        exposure.Currency, limit, exposure.OpenOrders, exposure.Unbilled, exposure.Receivables, exposure.AtRisk, exposure.OpenCreditNotes, exposure.Unapplied,
        exposure.OnAccount, exposure.Deposits, exposure.PromisedCreditNotes, exposure.Disputed, exposure.Insured(netting),
        exposure.Guaranteed(netting), exposure.Overdue, exposure.Gross,
        exposure.Decision(netting), exposure.Compared(netting), exposure.Compared(netting) + adds,
        exposure.InDispute.LeftOut(netting), exposure.DepositsBeyondOrders);
}

/// <summary>The figures that an order was checked on, and what it adds to them.</summary>
public sealed record OrderExposure : ExposureFigures
{
    OrderExposure(ExposureFigures before, decimal afterOrder, decimal overrun) : base(before) => (AfterOrder, Overrun) = (afterOrder, overrun);

    /// <summary>What is compared with the limit once the order is added.</summary>
    public decimal AfterOrder { get; }

    /// <summary>By how much that passes the limit; zero when it does not, or when the limit is no amount.</summary>
    public decimal Overrun { get; }

    public static new OrderExposure Of(ExposureSeen seen) =>
        new(ExposureFigures.Of(seen), new Money(seen.AfterOrder, seen.Currency).Major, new Money(seen.Overrun, seen.Currency).Major);
}

/// <param name="Amount">Null unless the kind is an amount.</param>
/// <param name="ValidTo">The last good day; null when it has no end.</param>
public sealed record LimitFigure(LimitKind Kind, decimal? Amount, DateOnly? ValidTo);
