using System.Globalization;
using Aval.Cover.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Cover;

/// <param name="Amount">In the guarantee's currency; at most what is left of it.</param>
/// <param name="Date">Of the demand: a day on which the guarantee held, up to the business date.</param>
public sealed record DrawingBody(decimal Amount, DateOnly Date, string Reason);

/// <summary>Calls in a part of a guarantee: that part secures nothing any more.</summary>
public sealed record DrawGuarantee(string Number, DrawingBody Body) : Command
{
    public override string Name => "drawGuarantee";
    public override Subject Subject => Subject.Document(RecordGuarantee.Scope, Number, CoverProblems.GuaranteeUnknown);
    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Reason) ? Secured.Invalid("reason", "must say why") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Guarantee>(Number) is not { } guarantee) return CoverProblems.GuaranteeUnknown.With($"Guarantee {Number} is not known.", "number");
        if (SecurityRequests.Refuse(Number, guarantee.Status) is { } waits) return waits;
        if (guarantee.ReleasedOn is { } released) return CoverProblems.GuaranteeReleased.With($"Guarantee {Number} was released on {released:yyyy-MM-dd}.");
        if (Body.Date > @case.Today) return Secured.Invalid("date", $"must not be after the business date {@case.Today:yyyy-MM-dd}");
        if (Body.Date < guarantee.ValidFrom || Body.Date > guarantee.ValidTo)
            return Secured.Invalid("date", $"must be a day on which the guarantee held, from {guarantee.ValidFrom:yyyy-MM-dd} to {guarantee.ValidTo:yyyy-MM-dd}");
        if (!Amounts.TryOf(Body.Amount, guarantee.Currency, out var amount)) return Amounts.Refuse("amount", Body.Amount, guarantee.Currency);
        if (amount > guarantee.Left)
            return CoverProblems.DrawingExceedsGuarantee.With($"Guarantee {Number} has {new Money(guarantee.Left, guarantee.Currency)} left, less than {Body.Amount}.", "amount");
        var count = @case.Facts.Get<CoverFacts>().Of(guarantee.Payer)!.Drawings.Count(drawing => drawing.Guarantee == Number) + 1;
        @case.Reason = Body.Reason;
        @case.Put(CoverTables.Guarantee, guarantee with { Drawn = guarantee.Drawn + amount });
        @case.Put(CoverTables.Drawing, new GuaranteeDrawing(
            string.Create(CultureInfo.InvariantCulture, $"{Number}:{count}"), Number, guarantee.Payer, Body.Date, guarantee.Currency, amount, Body.Reason));
        return null;
    }

    internal static void Map(Api api) => api.Post<DrawingBody, GuaranteeAnswer>(
        "/guarantees/{number}/draw", CoverPermissions.RecordGuarantees, "Calls in a part of a guarantee: what is left secures less",
        (body, request) => new DrawGuarantee(request.Route("number"), body),
        async (_, request, cancel) => (await RecordGuarantee.FindAsync(request, cancel))!,
        [CoverProblems.GuaranteeUnknown, CoverProblems.GuaranteeReleased, CoverProblems.NotApproved, CoverProblems.DrawingExceedsGuarantee]);
}

public sealed record GuaranteeReleaseBody(string Reason);

/// <summary>Lets a guarantee go: from the business date on it secures nothing.</summary>
public sealed record ReleaseGuarantee(string Number, GuaranteeReleaseBody Body) : Command
{
    public override string Name => "releaseGuarantee";
    public override Subject Subject => Subject.Document(RecordGuarantee.Scope, Number, CoverProblems.GuaranteeUnknown);
    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Reason) ? Secured.Invalid("reason", "must say why") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Guarantee>(Number) is not { } guarantee) return CoverProblems.GuaranteeUnknown.With($"Guarantee {Number} is not known.", "number");
        if (SecurityRequests.Refuse(Number, guarantee.Status) is { } waits) return waits;
        if (guarantee.ReleasedOn is { } released) return CoverProblems.GuaranteeReleased.With($"Guarantee {Number} was released on {released:yyyy-MM-dd}.");
        @case.Reason = Body.Reason;
        @case.Put(CoverTables.Guarantee, guarantee with { ReleasedOn = @case.Today, ReleaseReason = Body.Reason });
        return null;
    }

    internal static void Map(Api api) => api.Post<GuaranteeReleaseBody, GuaranteeAnswer>(
        "/guarantees/{number}/release", CoverPermissions.RecordGuarantees, "Lets a guarantee go: from the business date on it secures nothing",
        (body, request) => new ReleaseGuarantee(request.Route("number"), body),
        async (_, request, cancel) => (await RecordGuarantee.FindAsync(request, cancel))!,
        [CoverProblems.GuaranteeUnknown, CoverProblems.GuaranteeReleased, CoverProblems.NotApproved]);
}
