using Aval.Kernel;

namespace Aval.Receivables.Rules;

/// <summary>What the rates have done between an invoice and its payment, as a document of its own. It comes with the payment from the day on which that counts, is never
/// changed, and another one takes it back when the payment is taken back.</summary>
/// <param name="Number"><c>FX-</c>, the receipt's number and a count: unique.</param>
/// <param name="Payer">The invoice's.</param>
/// <param name="Amount">In the payer's credit currency, in which its account is kept: above zero for a gain.</param>
/// <param name="Reverses">The number of the one that it takes back; null for most.</param>
/// <param name="ReversedBy">The number of what has taken it back; null while it stands.</param>
public sealed record ExchangeDifference(
    string Number, string Payer, string Receipt, string Invoice, DateOnly Date, Money Amount, string? Reverses = null, string? ReversedBy = null)
{
    const string Prefix = "FX-";
    const string OfReceipt = "receipt:";

    /// <summary>The number of what a receipt's settlement brings.</summary>
    public static string NumberOf(string settlement)
    {
        var count = settlement.LastIndexOf(':');
        return $"{Prefix}{settlement[OfReceipt.Length..count]}-{settlement[(count + 1)..]}";
    }

    /// <summary>The receipt that a number tells of; null where it is none of these numbers.</summary>
    public static string? ReceiptOf(string number)
    {
        var count = number.LastIndexOf('-');
        return number.StartsWith(Prefix, StringComparison.Ordinal) && count > Prefix.Length ? number[Prefix.Length..count] : null;
    }

    /// <summary>All that one receipt has brought.</summary>
    /// <param name="settlements">Of the receipt, in the order in which they were made.</param>
    public static IReadOnlyList<ExchangeDifference> Of(IEnumerable<Settlement> settlements, Currency credit)
    {
        var (told, standing) = (new List<ExchangeDifference>(), new List<(Settlement Settlement, int At)>());
        foreach (var settlement in settlements)
        {
            if (settlement is not { CountsFrom: { } date, ExchangeDifference: { } difference and not 0 }) continue;
            var one = new ExchangeDifference(
                NumberOf(settlement.Id), settlement.Payer, settlement.SourceNumber, settlement.Invoice, date, new Money(difference, credit));
            var first = settlement.Amount > 0 ? -1 : standing.FindIndex(paid => IsTakenBackBy(paid.Settlement, settlement));
            if (first < 0) standing.Add((settlement, told.Count));
            else
            {
                var at = standing[first].At;
                one = one with { Reverses = told[at].Number };
                told[at] = told[at] with { ReversedBy = one.Number };
                standing.RemoveAt(first);
            }

            told.Add(one);
        }

        return told;
    }

    static bool IsTakenBackBy(Settlement paid, Settlement back) =>
        paid.Invoice == back.Invoice && paid.Amount == -back.Amount && paid.SourceAmount == -back.SourceAmount && paid.ExchangeDifference == -back.ExchangeDifference;
}
