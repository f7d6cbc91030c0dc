using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>Cleared money that was paid in advance for one order, and serves no other.</summary>
static class Deposits
{
    /// <summary>What of it is not allocated yet, in minor units of the payer's credit currency.</summary>
    public static long For(CheckFacts facts) => For(facts.Receivables, facts.Order.Number);

    /// <inheritdoc cref="For(CheckFacts)"/>
    public static long For(PayerReceivables receivables, string order)
    {
        long sum = 0;
        var deposits = receivables.Deposits;
        for (var at = 0; at < deposits.Count; at++)
            if (deposits[at].Order == order) sum += deposits[at].Open;
        return sum;
    }
}
