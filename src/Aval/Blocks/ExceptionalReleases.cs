using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Blocks;

/// <summary>The exceptional releases of a payer, and what policy still leaves.</summary>
/// <param name="InWindow">How many of them lie in policy's window.</param>
/// <param name="MostInWindow">How many policy accepts there.</param>
/// <param name="Releases">The last first.</param>
public sealed record ExceptionsAnswer(string Payer, int InWindow, int MostInWindow, int WindowDays, IReadOnlyList<ExceptionalRelease> Releases);

/// <summary>What policy asks of exceptional releases: looked at before one is decided, remembered once it is done.</summary>
static class ExceptionalReleases
{
    /// <summary>Refuses where policy does not take more or others than it names; else nothing is in the way, and what is beyond is remembered with the release.</summary>
    public static Problem? Refuse(Case @case, Decision decision, Ruling ruling)
    {
        if (!decision.Exceptional || Conditions(@case) is not { Beyond: ExceptionAct.Refuse } || Beyond(@case, decision, ruling) is not { Count: > 0 } beyond) return null;
        return beyond is ["counterpart"]
            ? DecisionProblems.ParameterMissing.With("an exceptional release needs a counterpart: what the customer gives for it.", "counterpart")
            : DecisionProblems.ExceptionRefused.With($"policy does not take this exceptional release; it is beyond: {string.Join(", ", beyond)}.");
    }

    public static void Remember(Case @case, Decision decision, Ruling ruling)
    {
        if (!decision.Exceptional) return;
        var release = new ExceptionalRelease(
            decision.Id, decision.Order, @case.Today, @case.Today.AddDays(Conditions(@case).ReviewWithinDays), Beyond(@case, decision, ruling));
        @case.Put(DecisionsFacts.ExceptionTable, ExceptionHistory.With(@case.Facts.Get<DecisionsFacts>().ExceptionsOf(decision.Payer), decision.Payer, release));
    }

    internal static void Map(Api api) => api.Get<ExceptionsAnswer>(
        "/customers/{number}/exceptional-releases", OrderPermissions.Read,
        "The exceptional releases of a customer's payer: by when each is looked at again, and what it was beyond",
        async (request, cancel) =>
        {
            var number = request.Route("number");
            if (await request.Desk.ViewAsync(number, cancel) is not { } view || view.Root.Find<Customer>(number) is not { } customer)
                return PartyProblems.CustomerUnknown.With($"customer {number} is not known.", "number");
            var conditions = view.Company.Get<PoliciesFacts>().Current.Policy.ExceptionsAsked;
            var history = view.Root.Get<DecisionsFacts>().ExceptionsOf(customer.PayerNumber);
            return new ExceptionsAnswer(
                customer.PayerNumber, history?.CountSince(view.Company.Through, conditions.WindowDays) ?? 0, conditions.MostPerPayer, conditions.WindowDays,
                await request.Desk.SeesAsync(customer.PayerNumber, cancel) ? [.. (history?.Releases ?? []).Reverse()] : []);
        },
        problems: [PartyProblems.CustomerUnknown]);

    static ExceptionConditions Conditions(Case @case) => @case.Company.Get<PoliciesFacts>().Current.Policy.ExceptionsAsked;

    static IReadOnlyList<string> Beyond(Case @case, Decision decision, Ruling ruling) => Exceptions.Beyond(
        Conditions(@case), @case.Facts.Get<DecisionsFacts>().ExceptionsOf(decision.Payer), ruling.Exception?.Value, decision.Counterpart, @case.Today);
}
