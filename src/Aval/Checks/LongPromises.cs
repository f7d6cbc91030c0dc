using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks;

/// <summary>What a payer has promised for a day so far off that some setting of policy does not let it count.</summary>
static class LongPromises
{
    /// <param name="longest">Calendar days up to which a promise counts under every setting of policy.</param>
    /// <remarks>Costs nothing where nothing is promised, and little where all promises are short, as most are.</remarks>
    public static IReadOnlyList<LongPromise> Of(Facts facts, string payer, int longest)
    {
        var open = facts.Get<PromisesFacts>().OpenOf(payer);
        List<LongPromise>? found = null;
        foreach (var (date, number) in open)
        {
            var promise = facts.Find<PromiseToPay>(number)!;
            if (date.DayNumber - promise.Made.DayNumber is var term && term <= longest) continue;
            foreach (var part in promise.Invoices)
                if (facts.Find<Invoice>(part.Invoice) is { IsOpen: true } invoice && CreditValue.Of(invoice) is { } value)
                    foreach (var (share, counted) in InvoiceParts.Shares(invoice, value))
                        if (share.Kind == PartKind.Promised && share.Document == number && counted > 0)
                            (found ??= []).Add(new LongPromise(number, term, invoice.DueDate, counted));
        }

        return found ?? (IReadOnlyList<LongPromise>)[];
    }
}
