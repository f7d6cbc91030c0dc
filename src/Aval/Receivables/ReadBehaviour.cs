using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>How a payer pays: days beyond terms, weighed by value, over the twelve months up to the latest in which it paid.</summary>
/// <param name="Level">Average days beyond terms; below zero for who pays early, null while nothing was paid.</param>
/// <param name="Trend">Days by which the average grows from month to month; null with fewer than two months.</param>
/// <param name="Deviation">Standard deviation of the days.</param>
/// <param name="DaysLate">The level in whole days; 0 while nothing was paid.</param>
/// <param name="Months">Those in which something was paid, the latest first.</param>
public sealed record BehaviourAnswer(
    string Payer, Currency Currency, decimal? Level, decimal? Trend, decimal? Deviation, int DaysLate, IReadOnlyList<BehaviourMonth> Months)
{
    public static BehaviourAnswer Of(Customer payer, PaymentBehaviour? behaviour) => behaviour is null or { MonthsPaid: 0 }
        ? new BehaviourAnswer(payer.Number, payer.Currency, null, null, null, 0, [])
        : new BehaviourAnswer(
            payer.Number, payer.Currency, Rounded(behaviour.Level), behaviour.MonthsPaid < 2 ? null : Rounded(behaviour.Trend), Rounded(behaviour.Deviation),
            behaviour.DaysLate, [.. BehaviourMonth.Of(payer.Currency, behaviour)]);

    internal static decimal Rounded(decimal days) => Math.Round(days, 2, MidpointRounding.AwayFromZero);
}

/// <param name="Month">As <c>2026-03</c>.</param>
/// <param name="Amount">Paid in it.</param>
/// <param name="Days">Average days beyond terms of what was paid in it.</param>
public sealed record BehaviourMonth(string Month, decimal Amount, decimal Days)
{
    public static IEnumerable<BehaviourMonth> Of(Currency currency, PaymentBehaviour behaviour)
    {
        for (var age = 0; age < behaviour.Months.Count; age++)
            if (behaviour.Months[age] is { Amount: > 0 } month)
                yield return new BehaviourMonth(
                    behaviour.Latest.AddMonths(-age).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
                    month.Amount / (decimal)Math.Pow(10, currency.Decimals), BehaviourAnswer.Rounded(month.AmountDays / month.Amount));
    }
}

/// <summary>Reads how the customer's payer pays.</summary>
static class ReadBehaviour
{
    internal static void Map(Api api) => api.Get<BehaviourAnswer>(
        "/customers/{number}/behaviour", ReceivablesPermissions.Read, "How the customer's payer pays: days beyond terms, their trend and spread",
        async (request, cancel) => await request.Desk.ViewAsync(request.Route("number"), cancel) is { } view
            && view.Root.Find<Customer>(request.Route("number")) is { } customer && view.Root.Get<PartiesFacts>().PayerOf(customer) is { } payer
                ? BehaviourAnswer.Of(payer, view.Root.Get<ReceivablesFacts>().Of(payer.Number).Behaviour)
                : PartyProblems.CustomerUnknown.With($"customer {request.Route("number")}, or its payer, is not known.", "number"),
        problems: [PartyProblems.CustomerUnknown]);
}
