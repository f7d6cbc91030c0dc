using Aval.Cover.Rules;
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
/// <param name="DepositsBeyondOrders">The rest of them: more than their orders have in the buckets, so they lower nothing.</param>
/// <param name="PromisedCreditNotes">Open amounts that we have promised to credit; they lower nothing until the credit note is issued.</param>
/// <param name="InDispute">Open amounts in dispute, by whose fault.</param>
/// <param name="Overdue">Open invoices past their due date.</param>
/// <param name="Unconverted">Documents for which no rate is known: their value is missing above.</param>
/// <param name="Cover">What insurers and guarantors may bear of it; null for most, where nobody does.</param>
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
    long Overdue = 0,
    int Unconverted = 0,
    PayerCover? Cover = null,
    long DepositsBeyondOrders = 0)
{
    public long Gross => OpenOrders + Unbilled + Receivables + AtRisk;

    /// <summary>Open amounts in dispute, by whosever fault.</summary>
    public long Disputed => InDispute.Total;

    /// <summary>Gross less credit notes, deposits, disputes left out and, where policy nets them, unapplied and on-account money. Never below zero.</summary>
    public long Decision(Netting netting) =>
        Math.Max(0, Gross - OpenCreditNotes - Deposits - InDispute.LeftOut(netting) - (netting.Unapplied ? Unapplied + OnAccount : 0));

    /// <summary>Decision exposure less what insurers and guarantors bear. Never below zero.</summary>
    public long Retained(Netting netting) => Retained(Cover, Decision(netting));

    /// <summary>What the insurer bears of the decision exposure, in the first place.</summary>
    public long Insured(Netting netting) => Cover?.Insured(Decision(netting)) ?? 0;

    /// <summary>What guarantors bear of the rest; never the same cent as the insurer.</summary>
    public long Guaranteed(Netting netting) => Cover?.Guaranteed(Decision(netting)) ?? 0;

    /// <summary>What an order that is to be shipped would add to what is compared: less than its value where others bear a part of it.</summary>
    /// <param name="adds">What it adds to the decision exposure.</param>
    public long Adds(Netting netting, long adds, DateOnly ships)
    {
        if (Cover is null || adds <= 0 || netting.Compare != Compare.Retained) return adds;
        return Math.Max(0, Retained(Cover.With(ships, adds), Decision(netting) + adds) - Retained(netting));
    }

    /// <summary>What the limit is compared with.</summary>
    public long Compared(Netting netting) => netting.Compare switch
    {
        Compare.Retained => Retained(netting),
        Compare.Decision => Decision(netting),
    };

    static long Retained(PayerCover? cover, long decision) => cover is null ? decision : Math.Max(0, decision - cover.Insured(decision) - cover.Guaranteed(decision));
}

/// <summary>One document behind a figure.</summary>
/// <param name="Term">The figure's name in the API: <c>openOrders</c>, <c>receivables</c>, …</param>
/// <param name="Kind"><c>order</c>, <c>invoice</c>, <c>receipt</c>, <c>creditNote</c>, <c>dispute</c>, <c>creditNotePromise</c>, <c>insuranceCover</c>,
/// <c>guarantee</c>.</param>
/// <param name="Amount">Minor units of the payer's credit currency; the rows of a term add up to it.</param>
/// <param name="Date">The date that matters: ship date or due date.</param>
public sealed record ExposureRow(string Term, string Kind, string Number, string Customer, long Amount, DateOnly? Date);
