using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties.Rules;

namespace Aval.Parties;

public sealed record HoldBody(string Reason);

/// <summary>Stops an account by hand: every order of it, and of those it pays for, is held until somebody lifts it.</summary>
public sealed record HoldAccount(string Number, HoldBody Body) : Command
{
    public override string Name => "holdAccount";
    public override Subject Subject => Subject.Party(Number, PartyProblems.CustomerUnknown);
    public override Cite? Edits => Cite.Of(PartiesFacts.Table, Number);
    public override Problem? Refuse() => HoldReason.Refuse(Body);

    public override Problem? Decide(Case @case)
    {
        var customer = @case.Facts.Find<Customer>(Number)!;
        @case.Reason = Body.Reason;
        @case.Put(PartiesFacts.Table, customer with { Hold = new AccountHold(Body.Reason, @case.Today, @case.Actor.ToString()) });
        return null;
    }

    internal static void Map(Api api) => api.Post<HoldBody, CustomerAnswer>(
        "/customers/{number}/hold", PartyPermissions.HoldAccounts, "Stops an account by hand; every order is held until the hold is lifted",
        (body, request) => new HoldAccount(request.Route("number"), body), (outcome, _) => CustomerAnswer.Of(outcome.Row<Customer>()!), [PartyProblems.CustomerUnknown]);
}

/// <summary>Lifts a hold. Held orders are checked again; nothing else lifts it.</summary>
public sealed record UnholdAccount(string Number, HoldBody Body) : Command
{
    public override string Name => "unholdAccount";
    public override Subject Subject => Subject.Party(Number, PartyProblems.CustomerUnknown);
    public override Cite? Edits => Cite.Of(PartiesFacts.Table, Number);
    public override Problem? Refuse() => HoldReason.Refuse(Body);

    public override Problem? Decide(Case @case)
    {
        @case.Reason = Body.Reason;
        @case.Put(PartiesFacts.Table, @case.Facts.Find<Customer>(Number)! with { Hold = null });
        return null;
    }

    internal static void Map(Api api) => api.Post<HoldBody, CustomerAnswer>(
        "/customers/{number}/unhold", PartyPermissions.HoldAccounts, "Lifts a hold",
        (body, request) => new UnholdAccount(request.Route("number"), body), (outcome, _) => CustomerAnswer.Of(outcome.Row<Customer>()!), [PartyProblems.CustomerUnknown]);
}

static class HoldReason
{
    public static Problem? Refuse(HoldBody body) =>
        string.IsNullOrWhiteSpace(body.Reason) ? KernelProblems.FieldInvalid.With("reason must say why.", "reason") : null;
}
