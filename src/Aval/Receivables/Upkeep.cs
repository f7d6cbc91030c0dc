using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Rates;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What follows by itself: deposits that outlive their order go on account, and documents without a rate are converted once there is one.</summary>
sealed class Upkeep : IReaction
{
    /// <summary>No order's number begins so.</summary>
    const string Convert = "@convert";

    public string Rule => "keepReceivables";

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows) =>
    [
        .. rows.OfType<Order>().Where(Deposits.IsOver).Select(order => order.Number).Distinct(StringComparer.Ordinal)
            .Where(order => after.Get<ReceivablesFacts>().DepositsFor(order).Any()),
        .. after.Get<ReceivablesFacts>().Unconverted.IsEmpty ? Array.Empty<string>() : [Convert],
    ];

    public IReadOnlyList<string> Concerns(Facts facts, Facts company) => facts.Get<ReceivablesFacts>().Unconverted.IsEmpty ? [] : [Convert];

    public void Run(Case @case, string key)
    {
        if (key == Convert) LateConversion.Run(@case);
        else Deposits.PutOnAccount(@case, key);
    }
}

/// <summary>Converts what could not be converted when it was recorded. A document that has a rate keeps it.</summary>
public static class LateConversion
{
    /// <summary>All documents of the case's root for which payer and rate are known by now. A check that must not be held up by them runs this first.</summary>
    public static void Run(Case @case)
    {
        foreach (var (row, number) in @case.Facts.Get<ReceivablesFacts>().Unconverted.OrderBy(waiting => waiting.Number, StringComparer.Ordinal))
            switch (@case.Facts.Find(row, number))
            {
                case Invoice invoice when RateOf(@case, invoice.Payer, new Money(invoice.Amount, invoice.Currency), invoice.Date) is var (credit, rate):
                    @case.Put(ReceivablesTables.Invoice, invoice with { CreditCurrency = credit, Rate = rate });
                    break;
                case CreditNote note when RateOf(@case, note.Payer, new Money(note.Amount, note.Currency), note.Date) is var (credit, rate):
                    @case.Put(ReceivablesTables.CreditNote, note with { CreditCurrency = credit, Rate = rate });
                    break;
                case Receipt receipt when RateOf(@case, receipt.Payer, new Money(receipt.Amount, receipt.Currency), receipt.Date) is var (credit, rate):
                    @case.Put(ReceivablesTables.Receipt, receipt with { CreditCurrency = credit, Rate = rate });
                    break;
            }
    }

    static (Currency Credit, Rates.Rules.StoredRate Rate)? RateOf(Case @case, string payer, Money amount, DateOnly date) =>
        @case.Facts.Get<PartiesFacts>().Customers.GetValueOrDefault(payer)?.Currency is { } credit
        && @case.Company.Get<RatesFacts>().Find(amount.Currency, credit, date) is { } rate && rate.Fits(amount)
            ? (credit, rate)
            : null;
}
