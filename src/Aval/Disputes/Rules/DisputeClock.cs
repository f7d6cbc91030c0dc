using Aval.Policies.Rules;

namespace Aval.Disputes.Rules;

/// <summary>What a dispute needs next.</summary>
public enum DisputeStep { Own, Qualify, CreditNote, Resolve }

/// <summary>What is to be done about a dispute next, and by when (policy part <c>disputes</c>).</summary>
/// <param name="DueOn">The last good day.</param>
/// <param name="DaysLate">Calendar days past it; 0 while there is time.</param>
/// <param name="EscalateTo">The role that hears of it; null while there is time.</param>
public sealed record DisputeClock(DisputeStep Step, DateOnly DueOn, int DaysLate, string? EscalateTo)
{
    /// <summary>Of the steps that are left the one due first; of one day the one that comes first. Null once the dispute is over.</summary>
    public static DisputeClock? Of(Dispute dispute, DisputeHandling handling, DateOnly today)
    {
        if (!dispute.Stands) return null;
        var (step, due) = (DisputeStep.Resolve, dispute.Raised.AddDays(handling.ResolveWithinDays));
        if (dispute.AskedBy is { } asked) Sooner(ref step, ref due, DisputeStep.Resolve, asked);
        // Once it is accepted nothing but the credit note is left to do, whoever owns it.
        var accepted = dispute.Status == DisputeStatus.CreditNoteDue;
        if (accepted) Sooner(ref step, ref due, DisputeStep.CreditNote, (dispute.QualifiedOn ?? dispute.Raised).AddDays(handling.CreditNoteWithinDays));
        if (accepted) step = DisputeStep.CreditNote;
        if (dispute.Legitimacy == Legitimacy.Unqualified) Sooner(ref step, ref due, DisputeStep.Qualify, dispute.Raised.AddDays(handling.QualifyWithinDays));
        if (dispute.Person is null && !accepted) Sooner(ref step, ref due, DisputeStep.Own, dispute.Raised.AddDays(handling.OwnWithinDays));
        var late = Math.Max(0, today.DayNumber - due.DayNumber);
        return new DisputeClock(step, due, late, late > 0 ? handling.EscalateTo : null);
    }

    static void Sooner(ref DisputeStep step, ref DateOnly due, DisputeStep other, DateOnly day)
    {
        if (day <= due) (step, due) = (other, day);
    }
}
