using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties.Rules;

namespace Aval.Parties;

public sealed record HoldBody(string Reason);

/// <summary>Stops an account by hand: every order of it, and of those it pays for, is held until somebody lifts it.</summary>
public sealed record HoldAccount(string Number, HoldBody Body) : Command
{
    public override string Name => "holdAccount";

    /// <summary>Whoever says what is known already changes nothing: the hold stands since it was first said.</summary>
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Party(Number, PartyProblems.CustomerUnknown);
    public override Cite? Edits => Cite.Of(PartiesFacts.Table, Number);
    public override Problem? Refuse() => HoldReason.Refuse(Body);

    public override Problem? Decide(Case @case)
    {
        var customer = @case.Facts.Find<Customer>(Number)!;
        if (customer.Hold?.Reason == Body.Reason) return null;
        @case.Reason = Body.Reason;
        @case.Put(PartiesFacts.Table, customer with { Hold = new AccountHold(Body.Reason, @case.Today, @case.Actor.ToString()) });
        return null;
    }

    internal static void Map(Api api) => api.Post<HoldBody, CustomerAnswer>(
        "/customers/{number}/hold", PartyPermissions.HoldAccounts, "Stops an account by hand; every order is held until the hold is lifted",
        (body, request) => new HoldAccount(request.Route("number"), body), (outcome, request) => HoldReason.Answer(outcome, request), [PartyProblems.CustomerUnknown]);
}

/// <summary>Lifts a hold. Held orders are checked again; nothing else lifts it.</summary>
public sealed record UnholdAccount(string Number, HoldBody Body) : Command
{
    public override string Name => "unholdAccount";
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Party(Number, PartyProblems.CustomerUnknown);
    public override Cite? Edits => Cite.Of(PartiesFacts.Table, Number);
    public override Problem? Refuse() => HoldReason.Refuse(Body);

    public override Problem? Decide(Case @case)
    {
        var customer = @case.Facts.Find<Customer>(Number)!;
        if (customer.Hold is null) return null;
        @case.Reason = Body.Reason;
        var before = IHeadroomAuthority.Now(@case);
        @case.Put(PartiesFacts.Table, customer with { Hold = null });
        return IHeadroomAuthority.Ask(@case, before, Number, wasClosed: false);
    }

    internal static void Map(Api api) => api.Post<HoldBody, CustomerAnswer>(
        "/customers/{number}/unhold", PartyPermissions.HoldAccounts, "Lifts a hold",
        (body, request) => new UnholdAccount(request.Route("number"), body), (outcome, request) => HoldReason.Answer(outcome, request),
        [PartyProblems.CustomerUnknown, PartyProblems.FreesBeyondAuthority]);
}

static class HoldReason
{
    public static Problem? Refuse(HoldBody body) =>
        string.IsNullOrWhiteSpace(body.Reason) ? KernelProblems.FieldInvalid.With("reason must say why.", "reason") : null;

    /// <summary>The customer as it stands; where nothing was changed, as it stood.</summary>
    public static CustomerAnswer Answer(Outcome outcome, ApiRequest request) =>
        CustomerAnswer.Of(outcome.Row<Customer>() ?? outcome.After!.Find<Customer>(request.Route("number"))!);
}
