using Aval.Kernel;

namespace Aval.Reports.Rules;

/// <summary>What a payer's documents come to in one currency, in minor units.</summary>
/// <param name="Payer">Empty for all payers together.</param>
/// <param name="Invoices">Open.</param>
/// <param name="CreditNotes">Open.</param>
/// <param name="Receipts">The open rest of cleared ones.</param>
public sealed record BalanceOfPayer(string Payer, Currency Currency, long Invoices, long CreditNotes, long Receipts)
{
    public long Balance => Invoices - CreditNotes - Receipts;

    /// <summary>What differs between the general ledger's totals and ours, by payer and currency.</summary>
    /// <param name="ledger">By payer (empty for all together) and currency code. Payers that it does not tell differ only where it tells payers of that currency.</param>
    /// <param name="ours">Any number a payer and currency.</param>
    public static IReadOnlyList<BalanceDifference> Differences(
        IReadOnlyDictionary<(string Payer, string Currency), Money> ledger, IEnumerable<BalanceOfPayer> ours)
    {
        var known = ours.SelectMany(one => new[] { one, one with { Payer = "" } })
            .GroupBy(one => (one.Payer, one.Currency.Code)).ToDictionary(one => one.Key, one => one.Aggregate((left, right) => left.With(right)));
        var byPayer = ledger.Keys.Where(key => key.Payer.Length > 0).Select(key => key.Currency).ToHashSet(StringComparer.Ordinal);
        var keys = ledger.Keys.Concat(known.Keys.Where(key => key.Payer.Length > 0 && byPayer.Contains(key.Code)).Select(key => (key.Payer, Currency: key.Code))).Distinct();
        return
        [
            .. keys.OrderBy(key => key.Payer, StringComparer.Ordinal).ThenBy(key => key.Currency, StringComparer.Ordinal)
                .Select(key => new BalanceDifference(
                    ledger.TryGetValue(key, out var told) ? told : null,
                    known.GetValueOrDefault((key.Payer, key.Currency)) ?? new BalanceOfPayer(key.Payer, Currency.Of(key.Currency), 0, 0, 0)))
                .Where(row => (row.Ledger?.Minor ?? 0) != row.Ours.Balance),
        ];
    }

    BalanceOfPayer With(BalanceOfPayer other) =>
        this with { Invoices = Invoices + other.Invoices, CreditNotes = CreditNotes + other.CreditNotes, Receipts = Receipts + other.Receipts };
}

/// <param name="Ledger">Null where the general ledger tells nothing.</param>
public sealed record BalanceDifference(Money? Ledger, BalanceOfPayer Ours);
