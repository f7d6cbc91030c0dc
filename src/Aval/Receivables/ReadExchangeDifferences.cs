using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What the rates have done with a payment, as answered.</summary>
/// <param name="Amount">In the payer's credit currency; above zero for a gain.</param>
/// <param name="Reverses">The number of the one that it takes back.</param>
/// <param name="ReversedBy">The number of what has taken it back.</param>
public sealed record ExchangeDifferenceAnswer(
    string Number, string Payer, string Receipt, string Invoice, DateOnly Date, Currency Currency, decimal Amount, string? Reverses, string? ReversedBy)
{
    public static ExchangeDifferenceAnswer Of(ExchangeDifference one) =>
        new(one.Number, one.Payer, one.Receipt, one.Invoice, one.Date, one.Amount.Currency, one.Amount.Major, one.Reverses, one.ReversedBy);
}

/// <summary>Reads exchange differences: one, and those of a receipt.</summary>
static class ReadExchangeDifferences
{
    internal static void Map(Api api)
    {
        api.Get<ExchangeDifferenceAnswer>(
            "/exchange-differences/{number}", ReceivablesPermissions.Read, "What the rates have done with one payment, as a document",
            async (request, cancel) =>
            {
                var number = request.Route("number");
                var found = ExchangeDifference.ReceiptOf(number) is { } receipt ? await OfAsync(request, receipt, cancel) : null;
                return found?.FirstOrDefault(one => one.Number == number) is { } difference
                    ? ExchangeDifferenceAnswer.Of(difference)
                    : ReceivablesProblems.ExchangeDifferenceUnknown.With($"Exchange difference {number} is not known.", "number");
            },
            problems: [ReceivablesProblems.ExchangeDifferenceUnknown]);
        api.Get<IReadOnlyList<ExchangeDifferenceAnswer>>(
            "/receipts/{number}/exchange-differences", ReceivablesPermissions.Read, "What the rates have done with what a receipt has paid, each as a document",
            async (request, cancel) => await OfAsync(request, request.Route("number"), cancel) is { } found
                ? found.Select(ExchangeDifferenceAnswer.Of).ToArray()
                : ReceivablesProblems.ReceiptUnknown.With($"Receipt {request.Route("number")} is not known.", "number"),
            problems: [ReceivablesProblems.ReceiptUnknown]);
    }

    /// <summary>Null where there is no such receipt.</summary>
    static async Task<IReadOnlyList<ExchangeDifference>?> OfAsync(ApiRequest request, string receipt, CancellationToken cancel)
    {
        var query = ReceivablesQuery.Of(request);
        if (await query.ReceiptAsync(receipt, cancel) is not { } known) return null;
        return known.CreditCurrency is { } credit ? ExchangeDifference.Of(await query.SettlementsOfAsync(receipt, cancel), credit) : [];
    }
}
