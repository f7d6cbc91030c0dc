using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <summary>What a released order may take of the limit, and until when.</summary>
static class ClaimOfRelease
{
    /// <summary>The claim of a release: it keeps its number through changes, and holds until n days after the later of release and ship date.</summary>
    /// <param name="released">Of the open value what may go: less than all of it where a person released a part.</param>
    public static Authorization Of(Case @case, Order order, OrderValue value, long released, Policy policy, bool atPick)
    {
        var beyond = !atPick && CheckOrder.IsBeyond(order, @case.Today, policy.HorizonDays);
        var from = order.ShipDate is { } ship && ship > @case.Today ? ship : @case.Today;
        // What a person released until a day ends on that day.
        var expires = order.Release?.Until is { } until && until >= @case.Today ? until : from.AddDays(policy.AuthorizationDays);
        var claim = new Authorization(
            order.Authorization?.Number ?? string.Create(CultureInfo.InvariantCulture, $"A-{order.Number}-{@case.NextSequence}"), 0,
            order.CreditCurrency ?? order.Currency, @case.Today, order.Authorization is { PickReleased: true } ? null : expires,
            order.Authorization is { PickReleased: true }, beyond);
        return ForPart(claim, value, released);
    }

    /// <summary>The same claim for a part of the order's open value; nothing while the order lies beyond the horizon.</summary>
    public static Authorization ForPart(Authorization claim, OrderValue value, long released) =>
        claim with { Amount = claim.BeyondHorizon ? 0 : released, Withheld = value.Open - released };
}
