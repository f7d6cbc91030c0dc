using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Exposure.Rules;

/// <summary>What stands with one payer, in minor units of its credit currency. Every term is a sum of rows that <see cref="IContributor"/>s can name.</summary>
/// <param name="OpenOrders">Released inside the horizon, neither delivered nor billed.</param>
/// <param name="Unbilled">Delivered, not billed.</param>
/// <param name="Receivables">Open invoices.</param>
/// <param name="AtRisk">Allocated from uncleared receipts: still owed.</param>
/// <param name="OpenCreditNotes">Issued, not applied.</param>
/// <param name="Unapplied">Cleared receipts, not matched.</param>
/// <param name="Deposits">Earmarked to one order each, counted up to that order's value in the buckets.</param>
/// <param name="PromisedCreditNotes">Open amounts that we have promised to credit; they lower nothing until the credit note is issued.</param>
/// <param name="InDispute">Open amounts in dispute, by whose fault.</param>
/// <param name="Overdue">Open invoices past their due date.</param>
/// <param name="Unconverted">Documents for which no rate is known: their value is missing above.</param>
public readonly record struct PayerExposure(
    Currency Currency,
    long OpenOrders = 0,
    long Unbilled = 0,
    long Receivables = 0,
    long AtRisk = 0,
    long OpenCreditNotes = 0,
    long Unapplied = 0,
    long OnAccount = 0,
    long Deposits = 0,
    long PromisedCreditNotes = 0,
    DisputedSums InDispute = default,
    long Insured = 0,
    long Guaranteed = 0,
    long Overdue = 0,
    int Unconverted = 0)
{
    public long Gross => OpenOrders + Unbilled + Receivables + AtRisk;

    /// <summary>Open amounts in dispute, by whosever fault.</summary>
    public long Disputed => InDispute.Total;

    /// <summary>Gross less credit notes, deposits, disputes left out and, where policy nets them, unapplied and on-account money. Never below zero.</summary>
    public long Decision(Netting netting) =>
        Math.Max(0, Gross - OpenCreditNotes - Deposits - InDispute.LeftOut(netting) - (netting.Unapplied ? Unapplied + OnAccount : 0));

    /// <summary>Decision exposure less what insurers and guarantors bear. Never below zero.</summary>
    public long Retained(Netting netting) => Math.Max(0, Decision(netting) - Insured - Guaranteed);

    /// <summary>What the limit is compared with.</summary>
    public long Compared(Netting netting) => netting.Compare switch
    {
        Compare.Retained => Retained(netting),
        Compare.Decision => Decision(netting),
    };
}

/// <summary>One document behind a figure.</summary>
/// <param name="Term">The figure's name in the API: <c>openOrders</c>, <c>receivables</c>, …</param>
/// <param name="Kind"><c>order</c>, <c>invoice</c>, <c>receipt</c>, <c>creditNote</c>, <c>dispute</c>, <c>creditNotePromise</c>.</param>
/// <param name="Amount">Minor units of the payer's credit currency; the rows of a term add up to it.</param>
/// <param name="Date">The date that matters: ship date or due date.</param>
public sealed record ExposureRow(string Term, string Kind, string Number, string Customer, long Amount, DateOnly? Date);
