namespace Aval.Checks.Rules;

/// <summary>Cleared money that was paid in advance for one order, and serves no other.</summary>
static class Deposits
{
    /// <summary>What of it is not allocated yet, in minor units of the payer's credit currency.</summary>
    public static long For(CheckFacts facts)
    {
        long sum = 0;
        var deposits = facts.Receivables.Deposits;
        for (var at = 0; at < deposits.Count; at++)
            if (deposits[at].Order == facts.Order.Number) sum += deposits[at].Open;
        return sum;
    }
}
