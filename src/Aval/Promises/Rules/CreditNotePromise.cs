using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Promises.Rules;

public enum CreditNotePromiseStatus { Open, Kept, Cancelled }

/// <summary>Our own word to issue a credit note on an invoice. It lowers nothing by itself: the credit note does.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, the invoice's.</param>
/// <param name="Kept">Minor units that credit notes on the invoice have come to since.</param>
/// <param name="Owner">The function that is to issue it.</param>
/// <param name="Made">The day on which it was given.</param>
/// <param name="DueBy">The last good day.</param>
/// <param name="Ended">The day on which it was kept or cancelled; null while it is open.</param>
public sealed record CreditNotePromise(
    string Number,
    string Customer,
    string Payer,
    string Invoice,
    long Amount,
    long Kept,
    Currency Currency,
    string Reason,
    OwnerFunction Owner,
    string? Person,
    DateOnly Made,
    DateOnly DueBy,
    CreditNotePromiseStatus Status,
    DateOnly? Ended)
{
    public long Rest => Status == CreditNotePromiseStatus.Open ? Amount - Kept : 0;

    /// <summary>The promises after a credit note of this amount: the one due first is kept first.</summary>
    /// <returns>Those that changed.</returns>
    public static IEnumerable<CreditNotePromise> Credited(IEnumerable<CreditNotePromise> promises, long amount, DateOnly today)
    {
        foreach (var promise in promises.OrderBy(promise => promise.DueBy).ThenBy(promise => promise.Number, StringComparer.Ordinal))
        {
            var kept = Math.Min(amount, promise.Rest);
            amount -= kept;
            if (kept == 0) continue;
            var after = promise with { Kept = promise.Kept + kept };
            yield return after.Rest > 0 ? after : after with { Status = CreditNotePromiseStatus.Kept, Ended = today };
        }
    }
}
