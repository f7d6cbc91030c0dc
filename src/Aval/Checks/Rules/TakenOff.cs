namespace Aval.Checks.Rules;

/// <summary>What is taken off the gross exposure before it is compared with the limit, in this order.</summary>
public enum Taken { OpenCreditNotes, Deposits, LeftOut, Netted, Insured, Guaranteed }

/// <summary>One step from the gross exposure down to what is compared, in minor units of the payer's credit currency.</summary>
/// <param name="Named">What there is of it.</param>
/// <param name="Takes">What it takes off: less where less was left, since an exposure is never below zero.</param>
public readonly record struct TakenStep(Taken Kind, long Named, long Takes);

/// <summary>Tells what stands between the gross exposure and what the limit is compared with (docs/concepts/exposure.md).</summary>
public static class TakenOff
{
    /// <returns>The steps that take something; gross less all of them is what is compared.</returns>
    public static IReadOnlyList<TakenStep> Of(ExposureSeen seen)
    {
        var (steps, left) = (new List<TakenStep>(), seen.Gross);
        Take(Taken.OpenCreditNotes, seen.OpenCreditNotes);
        Take(Taken.Deposits, seen.Deposits);
        Take(Taken.LeftOut, seen.LeftOut);
        // What comes off here before the decision exposure is unapplied and on-account money, where policy nets it.
        Take(Taken.Netted, left - seen.Decision);
        // Only where the limit is compared with what is retained is anything taken off for who bears a part.
        if (seen.Compared >= seen.Decision) return steps;
        Take(Taken.Insured, seen.Insured);
        Take(Taken.Guaranteed, seen.Guaranteed);
        return steps;

        void Take(Taken kind, long named)
        {
            if (named <= 0) return;
            var takes = Math.Min(left, named);
            steps.Add(new TakenStep(kind, named, takes));
            left -= takes;
        }
    }
}
