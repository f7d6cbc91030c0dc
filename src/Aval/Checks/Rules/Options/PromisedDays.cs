using System.Collections.Frozen;
using Aval.Kernel;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>The days on which a payer has promised or announced to pay its invoices: they are expected then, whatever it usually does.</summary>
/// <remarks>Only of a payer that has kept at least half of what is over, or of which nothing is over yet; and only where all that is open of an invoice is told.</remarks>
static class PromisedDays
{
    public static readonly FrozenDictionary<string, DateOnly> None = FrozenDictionary<string, DateOnly>.Empty;

    public static FrozenDictionary<string, DateOnly> Of(Facts root, string payer, DateOnly today)
    {
        var promises = root.Get<PromisesFacts>();
        if (promises.OpenOf(payer).IsEmpty || !IsTrusted(promises, payer)) return None;
        var told = new Dictionary<string, (long Amount, DateOnly Day)>(StringComparer.Ordinal);
        foreach (var (date, number) in promises.OpenOf(payer))
            if (date > today && promises.Promise(number) is { } promise)
                foreach (var part in promise.Invoices)
                    // Those that end first come first, and what is enough is enough.
                    if (IsOpen(root, part.Invoice, told.GetValueOrDefault(part.Invoice).Amount))
                        told[part.Invoice] = (told.GetValueOrDefault(part.Invoice).Amount + part.Rest, date);
        return told.Where(invoice => !IsOpen(root, invoice.Key, invoice.Value.Amount))
            .ToFrozenDictionary(invoice => invoice.Key, invoice => invoice.Value.Day, StringComparer.Ordinal);
    }

    /// <summary>Something is left once so much is paid.</summary>
    static bool IsOpen(Facts root, string number, long paid) => root.Find<Invoice>(number) is { } invoice && invoice.Open > paid;

    static bool IsTrusted(PromisesFacts promises, string payer)
    {
        var over = promises.Of(payer).Where(promise => promise.Status != PromiseStatus.Open).ToList();
        return 2 * over.Count(promise => promise.Status == PromiseStatus.Kept) >= over.Count;
    }
}
