using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties.Rules;

namespace Aval.Parties;

/// <param name="Level">1 to 9; 0 once it is dunned no more.</param>
public sealed record DunningBody(int Level, string Reason);

/// <summary>Records how far a customer was dunned. Who is at that level already keeps its day.</summary>
public sealed record RecordDunning(string Number, DunningBody Body) : Command
{
    const int Highest = 9;

    public override string Name => "recordDunning";
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Party(Number, PartyProblems.CustomerUnknown);
    public override Cite? Edits => Cite.Of(PartiesFacts.Table, Number);

    public override Problem? Refuse()
    {
        if (Body.Level is < 0 or > Highest) return KernelProblems.FieldInvalid.With($"level must be from 0 to {Highest}.", "level");
        return string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must say why.", "reason") : null;
    }

    public override Problem? Decide(Case @case)
    {
        var customer = @case.Facts.Find<Customer>(Number)!;
        if (Body.Level == (customer.Dunning?.Level ?? 0)) return null;
        @case.Reason = Body.Reason;
        @case.Put(PartiesFacts.Table, customer with
        {
            Dunning = Body.Level == 0 ? null : new Dunning(Body.Level, Body.Reason, @case.Today, @case.Actor.ToString()),
        });
        return null;
    }

    internal static void Map(Api api) => api.Post<DunningBody, CustomerAnswer>(
        "/customers/{number}/dunning-level", PartyPermissions.RecordDunning, "Records how far a customer was dunned; level 0 when it is no more",
        (body, request) => new RecordDunning(request.Route("number"), body),
        (outcome, request) => CustomerAnswer.Of(outcome.Row<Customer>() ?? outcome.After!.Find<Customer>(request.Route("number"))!), [PartyProblems.CustomerUnknown]);
}
