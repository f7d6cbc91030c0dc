using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Decisions;

/// <summary>What money has come, gone back or been given up with the rows of one change, in minor units of the payers' credit currencies.</summary>
/// <remarks>Documents that are settled leave the facts, so that what came can be told only while it comes.</remarks>
sealed class MoneyTold
{
    readonly Dictionary<string, long> paidBy = new(StringComparer.Ordinal);
    readonly Dictionary<(string Payer, string Order), long> deposited = [];
    readonly Dictionary<string, long> givenUp = new(StringComparer.Ordinal);

    /// <summary>Orders whose deposits went back.</summary>
    public HashSet<string> TakenBack { get; } = new(StringComparer.Ordinal);

    public List<Settlement> WriteOffs { get; } = [];

    /// <summary>Invoices on which nothing is open any more.</summary>
    public HashSet<string> Settled { get; } = new(StringComparer.Ordinal);

    public bool IsNone =>
        paidBy.Count == 0 && deposited.Count == 0 && givenUp.Count == 0 && TakenBack.Count == 0 && WriteOffs.Count == 0 && Settled.Count == 0;

    public static MoneyTold Of(Facts before, IReadOnlyList<object> rows)
    {
        var told = new MoneyTold();
        foreach (var settlement in rows.OfType<Settlement>()) told.Take(settlement, rows);
        foreach (var invoice in rows.OfType<Invoice>())
            if (invoice is { IsOpen: false, Draft: false }) told.Settled.Add(invoice.Number);
            else told.Settled.Remove(invoice.Number);
        // Of a receipt that is put more than once the last row is the one that stays.
        foreach (var receipt in rows.OfType<Receipt>().Where(receipt => receipt.DepositFor is not null).GroupBy(receipt => receipt.Number, StringComparer.Ordinal))
            told.Take(before.Find<Receipt>(receipt.Key), receipt.Last());
        return told;
    }

    /// <summary>Cleared receipts that have found this payer's invoices, less what was taken back.</summary>
    public long PaidBy(string payer) => paidBy.GetValueOrDefault(payer);

    /// <summary>Cleared money of this payer earmarked to the order, allocated since or not.</summary>
    public long Deposited(string payer, string order) => deposited.GetValueOrDefault((payer, order));

    /// <summary>What credit notes and write-offs have taken of the order's invoices.</summary>
    public long GivenUp(string order) => givenUp.GetValueOrDefault(order);

    void Take(Settlement settlement, IReadOnlyList<object> rows)
    {
        if (settlement.Source == SettlementSource.Receipt)
        {
            if (settlement.CreditAmount is { } paid) Add(paidBy, settlement.Payer, paid);
            return;
        }

        if (settlement.Source == SettlementSource.WriteOff) WriteOffs.Add(settlement);
        if (rows.OfType<Invoice>().FirstOrDefault(invoice => invoice.Number == settlement.Invoice) is { Order: { } order } billed && CreditValue.Of(billed) is { } value)
            Add(givenUp, order, value.Between(0, settlement.Amount));
    }

    void Take(Receipt? before, Receipt after)
    {
        // One that had found its invoices has left the facts: that it had cleared, it says itself.
        var was = before ?? (after is { Status: ReceiptStatus.Returned, ClearedOn: not null } ? after with { Status = ReceiptStatus.Cleared } : null);
        var came = Counted(after) - (was is null ? 0 : Counted(was));
        if (came != 0) Add(deposited, (after.Payer, after.DepositFor!), came);
        if (after.Status == ReceiptStatus.Returned) TakenBack.Add(after.DepositFor!);
    }

    static long Counted(Receipt receipt) => receipt.Status == ReceiptStatus.Cleared && CreditValue.Of(receipt.Currency, receipt.Rate, receipt.CreditCurrency) is { } value
        ? value.Between(0, receipt.Amount)
        : 0;

    static void Add<TKey>(Dictionary<TKey, long> sums, TKey key, long amount) where TKey : notnull => sums[key] = sums.GetValueOrDefault(key) + amount;
}
