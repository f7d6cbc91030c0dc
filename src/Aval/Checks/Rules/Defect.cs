using System.Collections.Immutable;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>What we left undone, and what doing it would be.</summary>
public enum DefectKind
{
    /// <summary>A dispute that is our fault and still open: issue its credit note.</summary>
    CompanyFaultDispute,
    /// <summary>A credit note that we have promised: issue it.</summary>
    PromisedCreditNote,
    /// <summary>An invoice that was sent back through our error: correct it. Until then it is not late.</summary>
    RejectedInvoice,
    /// <summary>Money that came and was not matched: apply it.</summary>
    UnappliedReceipt,
}

/// <summary>One defect of ours that stands against the payer.</summary>
/// <param name="Document">The receipt, promise, dispute or invoice that waits.</param>
/// <param name="Owner">Who can mend it.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, the document's own.</param>
/// <param name="AgeDays">Calendar days for which it has waited.</param>
/// <param name="Invoices">The invoices it would settle or take out of question, earliest due first.</param>
public sealed record Defect(DefectKind Kind, string Document, OwnerFunction Owner, long Amount, Currency Currency, int AgeDays, IReadOnlyList<string> Invoices)
{
    /// <summary>Named with others that together account for the hold, though fewer of them might; or money of which not every invoice was tried: there were too many.</summary>
    public bool Approximate { get; init; }

    /// <summary>What the cascade would post the money on; the rest pays what is due first.</summary>
    public ImmutableArray<MatchPart> Meant { get; init; } = [];
}
