using Aval.Cover.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;

namespace Aval.Cover;

/// <summary>A guarantee as given.</summary>
/// <param name="Customer">Whose debts it secures; of a customer that another pays for, the payer's.</param>
/// <param name="ValidTo">The last day on which it holds.</param>
/// <param name="ValidFrom">The first day on which it holds; the business date when absent.</param>
/// <param name="Issuer">The bank, the parent, the insurer.</param>
/// <param name="Reference">The issuer's own number for it.</param>
public sealed record GuaranteeBody(
    string Number, string Customer, GuaranteeKind Kind, decimal Amount, Currency Currency, DateOnly ValidTo, DateOnly? ValidFrom = null, string? Issuer = null,
    string? Reference = null, string? Note = null);

/// <summary>Records a guarantee: from its first day to its last it lowers what we risk ourselves.</summary>
public sealed record RecordGuarantee(GuaranteeBody Body) : Command
{
    public const string Scope = "guarantee";

    public override string Name => "recordGuarantee";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, Body, Body.Customer)];
    public override Subject Subject => Subject.Party(Body.Customer, PartyProblems.CustomerUnknown);

    public override Problem? Refuse() => Numbers.Refuse("number", Body.Number) ?? Numbers.Refuse("customer", Body.Customer)
        ?? Amounts.Refuse("amount", Body.Amount, Body.Currency)
        ?? (Body.ValidTo < Body.ValidFrom ? Secured.Invalid("validTo", "must not be before validFrom") : null);

    public override Problem? Decide(Case @case)
    {
        var amount = Money.Of(Body.Amount, Body.Currency);
        if (Secured.Find(@case, Body.Customer, amount, out var secured) is { } refusal) return refusal;
        var from = Body.ValidFrom ?? @case.Today;
        if (Body.ValidTo < from) return Secured.Invalid("validTo", $"must not be before {from:yyyy-MM-dd}, on which it would begin");
        var known = @case.Facts.Get<CoverFacts>().Of(secured.Payer.Number)?.Guarantees ?? [];
        @case.ClaimParty = secured.Payer.Number;
        var guarantee = new Guarantee(
            Body.Number, Body.Customer, secured.Payer.Number, Body.Kind, Body.Currency, amount.Minor, secured.Payer.Currency, secured.Rate, from, Body.ValidTo, Body.Issuer,
            Body.Reference, Body.Note, Drawn: 0, Entered: known.Select(guarantee => guarantee.Entered).DefaultIfEmpty().Max() + 1,
            BegunOn: from <= @case.Today ? from : null, EndedOn: Body.ValidTo < @case.Today ? Body.ValidTo.AddDays(1) : null);
        if (SecurityRequests.Asks(@case, guarantee)) guarantee = guarantee with { Status = SecurityStatus.PendingApproval, BegunOn = null };
        @case.Put(CoverTables.Guarantee, guarantee);
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<GuaranteeBody, GuaranteeAnswer>(
            "/guarantees", CoverPermissions.RecordGuarantees,
            "Records a guarantee for the debts of the customer's payer; beyond the caller's authority it waits for another person",
            (body, _) => new RecordGuarantee(body), (outcome, _) => GuaranteeAnswer.Of(outcome.Row<Guarantee>()!, []),
            [PartyProblems.CustomerUnknown, PartyProblems.PayerMissing, CoverProblems.RateMissing]);
        api.Get<GuaranteeAnswer>(
            "/guarantees/{number}", CoverPermissions.Read, "A guarantee, what is left of it, and what was drawn",
            async (request, cancel) => await FindAsync(request, cancel) is { } found
                ? found
                : CoverProblems.GuaranteeUnknown.With($"Guarantee {request.Route("number")} is not known.", "number"),
            problems: [CoverProblems.GuaranteeUnknown]);
        api.Get<IReadOnlyList<GuaranteeAnswer>>(
            "/customers/{number}/guarantees", CoverPermissions.Read, "All guarantees ever recorded for the customer's payer, in order of entry",
            async (request, cancel) =>
            {
                var looked = await Secured.LookAsync(request, cancel);
                return looked.Value is { } found
                    ? found.Securities.Guarantees.Select(guarantee => GuaranteeAnswer.Of(guarantee, found.Securities.Drawings)).ToArray()
                    : looked.Problem!;
            },
            problems: [PartyProblems.CustomerUnknown]);
    }

    internal static async Task<GuaranteeAnswer?> FindAsync(ApiRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await request.Desk.Directory.PartyOfAsync(Scope, number, cancel) is not { } party || await request.Desk.ViewAsync(party, cancel) is not { } view) return null;
        return view.Root.Find<Guarantee>(number) is { } guarantee ? GuaranteeAnswer.Of(guarantee, view.Root.Get<CoverFacts>().Of(guarantee.Payer)!.Drawings) : null;
    }
}

/// <summary>A guarantee as answered. Amounts in its own currency.</summary>
/// <param name="Customer">The customer it was recorded for.</param>
/// <param name="Payer">Whose debts it secures.</param>
/// <param name="Status">Whether it counts; what waits for approval secures nothing.</param>
/// <param name="Left">What can still be drawn; counts while the guarantee holds.</param>
/// <param name="ReleasedOn">The day from which it no longer holds; null while it has not been released.</param>
public sealed record GuaranteeAnswer(
    string Number, string Customer, string Payer, GuaranteeKind Kind, decimal Amount, Currency Currency, decimal Left, DateOnly ValidFrom, DateOnly ValidTo, string? Issuer,
    string? Reference, string? Note, DateOnly? ReleasedOn, string? ReleaseReason, IReadOnlyList<DrawingAnswer> Drawings, SecurityStatus Status)
{
    public static GuaranteeAnswer Of(Guarantee guarantee, IEnumerable<GuaranteeDrawing> drawings) => new(
        guarantee.Number, guarantee.Customer, guarantee.Payer, guarantee.Kind, new Money(guarantee.Amount, guarantee.Currency).Major, guarantee.Currency,
        new Money(guarantee.Left, guarantee.Currency).Major, guarantee.ValidFrom, guarantee.ValidTo, guarantee.Issuer, guarantee.Reference, guarantee.Note,
        guarantee.ReleasedOn, guarantee.ReleaseReason,
        [.. drawings.Where(drawing => drawing.Guarantee == guarantee.Number)
            .Select(drawing => new DrawingAnswer(drawing.Date, new Money(drawing.Amount, drawing.Currency).Major, drawing.Reason))], guarantee.Status);
}

public sealed record DrawingAnswer(DateOnly Date, decimal Amount, string Reason);
