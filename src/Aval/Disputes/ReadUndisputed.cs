using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Receivables;

namespace Aval.Disputes;

/// <summary>What a payer does not dispute in one currency.</summary>
/// <param name="Request">Words in which it can be asked for; empty where nothing undisputed is past due.</param>
public sealed record UndisputedAnswer(Currency Currency, decimal Open, decimal Disputed, decimal Undisputed, decimal PastDue, string Request);

/// <param name="Balances">By currency.</param>
public sealed record UndisputedBalanceAnswer(string Customer, string Payer, DateOnly AsOf, IReadOnlyList<UndisputedAnswer> Balances);

/// <summary>Reads what a customer's payer can pay now, whatever becomes of its disputes.</summary>
static class ReadUndisputed
{
    internal static void Map(Api api) => api.Get<UndisputedBalanceAnswer>(
        "/customers/{number}/undisputed-balance", DisputePermissions.Read, "What the customer's payer owes and does not dispute, with a request to pay it",
        async (request, cancel) =>
        {
            var number = request.Route("number");
            if (await request.Desk.ViewAsync(number, cancel) is not { } view || view.Root.Find<Customer>(number) is not { } customer)
                return PartyProblems.CustomerUnknown.With($"Customer {number} is not known.", "number");
            var asOf = view.Company.Through;
            var balances = UndisputedBalance.Of(await new ReceivablesQuery(request.Store).OpenAsync(customer.PayerNumber, asOf, cancel), asOf);
            return new UndisputedBalanceAnswer(number, customer.PayerNumber, asOf, [.. balances.Select(balance =>
            {
                decimal Major(long minor) => new Money(minor, balance.Currency).Major;
                return new UndisputedAnswer(
                    balance.Currency, Major(balance.Open), Major(balance.Disputed), Major(balance.Undisputed), Major(balance.PastDue), balance.Request(asOf));
            })]);
        },
        problems: [PartyProblems.CustomerUnknown]);
}
