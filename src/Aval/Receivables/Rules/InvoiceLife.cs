namespace Aval.Receivables.Rules;

/// <summary>How far an invoice has come at the customer's.</summary>
public enum InvoiceStage { Issued, Sent, Received, Approved, Rejected, Corrected }

/// <summary>Through whose error an invoice was rejected.</summary>
public enum RejectionFault { Company, Customer }

/// <summary>The last that was told of an invoice on its way.</summary>
/// <param name="Date">The day on which it came to this stage.</param>
/// <param name="Fault">Of a rejection; else null.</param>
public sealed record InvoiceLife(InvoiceStage Stage, DateOnly Date, string? Reason = null, RejectionFault? Fault = null)
{
    /// <summary>When the invoice is due once it has come to a stage. One that we got wrong and have put right is paid within its terms from then on: the customer could not
    /// pay it before.</summary>
    public static DateOnly DueAfter(Invoice invoice, InvoiceStage next, DateOnly date)
    {
        if (next != InvoiceStage.Corrected || invoice.Life?.Fault != RejectionFault.Company) return invoice.DueDate;
        var due = date.AddDays(Math.Max(0, invoice.DueDate.DayNumber - invoice.Date.DayNumber));
        return due > invoice.DueDate ? due : invoice.DueDate;
    }

    /// <summary>Whether an invoice may come from one stage to another; one of which nothing was told counts as issued.</summary>
    /// <remarks>Forward in <c>issued → sent → received → approved</c>, stages skipped or not: many portals tell the end alone. Rejected from any of them. A rejected
    /// one is corrected, or approved when the customer takes back what it rejected without our error; a corrected one is on its way again.</remarks>
    public static bool MayFollow(InvoiceLife? told, InvoiceStage next)
    {
        var stage = told?.Stage ?? InvoiceStage.Issued;
        return next switch
        {
            InvoiceStage.Issued => told is null,
            InvoiceStage.Sent => stage is InvoiceStage.Issued or InvoiceStage.Corrected,
            InvoiceStage.Received => stage is InvoiceStage.Issued or InvoiceStage.Sent or InvoiceStage.Corrected,
            InvoiceStage.Approved => stage != InvoiceStage.Approved && told is not { Stage: InvoiceStage.Rejected, Fault: RejectionFault.Company },
            InvoiceStage.Rejected => stage != InvoiceStage.Rejected,
            InvoiceStage.Corrected => stage == InvoiceStage.Rejected,
        };
    }
}

/// <summary>A payer of whose invoices somebody tells the stages: from then on every invoice to it is followed from its issue.</summary>
/// <param name="Since">The business date on which a stage was first told.</param>
public sealed record InvoiceTracking(string Payer, DateOnly Since);

/// <summary>An open invoice that the customer has sent back.</summary>
public readonly record struct RejectedInvoice(DateOnly Date, string Invoice, RejectionFault Fault, long Open) : IComparable<RejectedInvoice>
{
    public int CompareTo(RejectedInvoice other)
    {
        var byDate = Date.CompareTo(other.Date);
        return byDate != 0 ? byDate : string.CompareOrdinal(Invoice, other.Invoice);
    }

    public static bool operator <(RejectedInvoice left, RejectedInvoice right) => left.CompareTo(right) < 0;
    public static bool operator >(RejectedInvoice left, RejectedInvoice right) => left.CompareTo(right) > 0;
    public static bool operator <=(RejectedInvoice left, RejectedInvoice right) => left.CompareTo(right) <= 0;
    public static bool operator >=(RejectedInvoice left, RejectedInvoice right) => left.CompareTo(right) >= 0;
}
