using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Limits;
using Aval.MasterData.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.MasterData;

/// <summary>What somebody says of a field.</summary>
public enum CareAct { Verify, Flag }

/// <param name="Field">One of those for which policy names somebody (<c>GET /customers/{number}/data</c>).</param>
/// <param name="Act">Verified by the role that policy names for it, flagged as wrong by the one that notices first; those who verify may flag too.</param>
/// <param name="Note">What was looked at, or what is wrong.</param>
public sealed record CareBody(string Field, CareAct Act, string? Note = null);

/// <summary>Records that a field's value is right, or that it is wrong, by whoever policy makes answerable for it (policy part <c>dataResponsibility</c>).</summary>
public sealed record TellField(string Number, CareBody Body) : Command
{
    public override string Name => "tellField";
    public override Subject Subject => Subject.Party(Number, PartyProblems.CustomerUnknown);

    public override Problem? Decide(Case @case)
    {
        var policy = @case.Company.Get<PoliciesFacts>().Current.Policy;
        if (policy.ResponsibleFor(Body.Field) is not { } responsible)
            return KernelProblems.Invalid("field", $"must be one of {string.Join(", ", policy.Responsible.Select(entry => entry.Field))}");
        string[] roles = Body.Act switch
        {
            CareAct.Verify => [responsible.Verifies],
            CareAct.Flag => [responsible.Flags, responsible.Verifies],
        };
        if (!new Permission("careForData", roles).IsGrantedTo(@case.Actor))
            return KernelProblems.NotPermitted.With(
                $"Policy has {Body.Field} {(Body.Act == CareAct.Verify ? "verified" : "flagged")} by: {string.Join(", ", roles.Distinct())}.", "field");
        if (DataFields.Hash(@case.Facts.Find<Customer>(Number)!, @case.Facts.Get<LimitsFacts>().Of(Number), Body.Field) is not { } value)
            return KernelProblems.Invalid("field", $"must be one that {Number} has; {Body.Field} is missing");
        var known = @case.Facts.Get<MasterDataFacts>().Of(Number, Body.Field);
        var said = new FieldCare(FieldCare.IdOf(Number, Body.Field), Number, Body.Field, value, null, null, null, null, Body.Note);
        @case.Put(MasterDataFacts.Table, Body.Act switch
        {
            CareAct.Verify => said with { VerifiedOn = @case.Today, VerifiedBy = @case.Actor.Name },
            CareAct.Flag when known?.Value == value => said with
            {
                VerifiedOn = known.VerifiedOn, VerifiedBy = known.VerifiedBy, FlaggedOn = @case.Today, FlaggedBy = @case.Actor.Name,
            },
            CareAct.Flag => said with { FlaggedOn = @case.Today, FlaggedBy = @case.Actor.Name },
        });
        return null;
    }

    internal static void Map(Api api) => api.Post<CareBody, DataAnswer>(
        "/customers/{number}/data", PartyPermissions.Read, "Records that a field of a customer's data is right, or wrong; policy says whose word counts",
        (body, request) => new TellField(request.Route("number"), body),
        (outcome, request) => DataAnswer.Of(request.Route("number"), outcome.After!, outcome.Company!), [PartyProblems.CustomerUnknown]);
}
