using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Measures.Rules;
using Aval.Parties;

namespace Aval.Measures;

public sealed record MeasureEndBody(string Reason);

/// <summary>Ends a measure on the business date, or closes one whose last day has passed: it was reviewed.</summary>
public sealed record EndMeasure(string Number, MeasureEndBody Body) : Command
{
    public override string Name => "endMeasure";
    public override Subject Subject => Subject.Document(TakeMeasure.Scope, Number, MeasureProblems.MeasureUnknown);
    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must say why.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<AccountMeasure>(Number) is not { } measure) return MeasureProblems.MeasureUnknown.With($"Measure {Number} is not known.", "number");
        if (measure.EndedOn is { } ended) return MeasureProblems.MeasureEnded.With($"Measure {Number} was ended on {ended:yyyy-MM-dd}.");
        @case.Reason = Body.Reason;
        var before = IHeadroomAuthority.Now(@case);
        @case.Put(MeasuresFacts.Table, measure with { EndedOn = @case.Today, EndReason = Body.Reason });
        return measure.To < @case.Today ? null : IHeadroomAuthority.Ask(@case, before, measure.Payer, wasClosed: true);
    }

    internal static void Map(Api api) => api.Post<MeasureEndBody, MeasureAnswer>(
        "/measures/{number}/end", MeasurePermissions.TakeMeasures, "Ends a measure, or says of one whose last day has passed that it was reviewed",
        (body, request) => new EndMeasure(request.Route("number"), body), (outcome, _) => MeasureAnswer.Of(outcome.Row<AccountMeasure>()!),
        [MeasureProblems.MeasureUnknown, MeasureProblems.MeasureEnded, PartyProblems.FreesBeyondAuthority]);
}
