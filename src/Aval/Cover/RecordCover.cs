using Aval.Cover.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;

namespace Aval.Cover;

/// <summary>An insurance cover as given.</summary>
/// <param name="Customer">Whose debts it insures; of a customer that another pays for, the payer's.</param>
/// <param name="Kind">Named by the insurer, or set by ourselves within the discretionary limit.</param>
/// <param name="Amount">The insured limit.</param>
/// <param name="ValidTo">The last day whose shipments it insures.</param>
/// <param name="Percent">Of the loss that the insurer bears; above 0, at most 100.</param>
/// <param name="MaximumExtensionDays">Calendar days past due after which an item is insured no more.</param>
/// <param name="ValidFrom">The first day whose shipments it insures; the business date when absent.</param>
/// <param name="NotificationDays">Calendar days past due by which the insurer must be told of an overdue item.</param>
/// <param name="Policy">The insurer's policy number.</param>
public sealed record InsuranceCoverBody(
    string Number, string Customer, CoverKind Kind, decimal Amount, Currency Currency, DateOnly ValidTo, decimal Percent, int MaximumExtensionDays,
    DateOnly? ValidFrom = null, string? Insurer = null, int? NotificationDays = null, string? Policy = null, string? Note = null);

/// <summary>Records what a credit insurer bears of the debts of the customer's payer.</summary>
public sealed record RecordCover(InsuranceCoverBody Body) : Command
{
    public const string Scope = "insurance-cover";

    /// <summary>Ten years: beyond it a number of days is a typing error.</summary>
    const int MostDays = 3650;

    public override string Name => "recordInsuranceCover";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, Body, Body.Customer)];
    public override Subject Subject => Subject.Party(Body.Customer, PartyProblems.CustomerUnknown);

    public override Problem? Refuse()
    {
        if ((Numbers.Refuse("number", Body.Number) ?? Numbers.Refuse("customer", Body.Customer) ?? Amounts.Refuse("amount", Body.Amount, Body.Currency)) is { } bad) return bad;
        if (Body.Percent is <= 0 or > 100 || decimal.Round(Body.Percent, 4) != Body.Percent)
            return Secured.Invalid("percent", "must be above 0 and at most 100, with at most 4 decimals");
        if (Body.MaximumExtensionDays is < 0 or > MostDays) return Secured.Invalid("maximumExtensionDays", $"must be from 0 to {MostDays}");
        if (Body.NotificationDays is < 0 or > MostDays) return Secured.Invalid("notificationDays", $"must be from 0 to {MostDays}");
        return Body.ValidTo < Body.ValidFrom ? Secured.Invalid("validTo", "must not be before validFrom") : null;
    }

    public override Problem? Decide(Case @case)
    {
        var amount = Money.Of(Body.Amount, Body.Currency);
        if (Secured.Find(@case, Body.Customer, amount, out var secured) is { } refusal) return refusal;
        var from = Body.ValidFrom ?? @case.Today;
        if (Body.ValidTo < from) return Secured.Invalid("validTo", $"must not be before {from:yyyy-MM-dd}, on which it would begin");
        var known = @case.Facts.Get<CoverFacts>().Of(secured.Payer.Number)?.AllCovers ?? [];
        @case.ClaimParty = secured.Payer.Number;
        var cover = new InsuranceCover(
            Body.Number, Body.Customer, secured.Payer.Number, Body.Kind, Body.Currency, amount.Minor, secured.Payer.Currency, secured.Rate, Body.Percent,
            Body.MaximumExtensionDays, from, Body.ValidTo, Body.Insurer, Body.NotificationDays, Body.Policy, Body.Note,
            known.Select(other => other.Entered).DefaultIfEmpty().Max() + 1,
            BegunOn: from <= @case.Today ? from : null, EndedOn: Body.ValidTo < @case.Today ? Body.ValidTo.AddDays(1) : null);
        if (SecurityRequests.Asks(@case, cover)) cover = cover with { Status = SecurityStatus.PendingApproval, BegunOn = null };
        @case.Put(CoverTables.Insurance, cover);
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<InsuranceCoverBody, InsuranceCoverAnswer>(
            "/insurance-covers", CoverPermissions.RecordCovers,
            "Records what a credit insurer bears of the debts of the customer's payer; beyond the caller's authority it waits for another person",
            (body, _) => new RecordCover(body), (outcome, _) => InsuranceCoverAnswer.Of(outcome.Row<InsuranceCover>()!, PayerSecurities.None),
            [PartyProblems.CustomerUnknown, PartyProblems.PayerMissing, CoverProblems.RateMissing]);
        api.Get<InsuranceCoverAnswer>(
            "/insurance-covers/{number}", CoverPermissions.Read, "An insurance cover with its cuts and what the insurer was told",
            async (request, cancel) => await FindAsync(request, cancel) is { } found
                ? found
                : CoverProblems.CoverUnknown.With($"Insurance cover {request.Route("number")} is not known.", "number"),
            problems: [CoverProblems.CoverUnknown]);
        api.Get<IReadOnlyList<InsuranceCoverAnswer>>(
            "/customers/{number}/insurance-covers", CoverPermissions.Read, "All covers ever recorded for the customer's payer, in order of entry",
            async (request, cancel) =>
            {
                var looked = await Secured.LookAsync(request, cancel);
                return looked.Value is { } found
                    ? found.Securities.AllCovers.Select(cover => InsuranceCoverAnswer.Of(cover, found.Securities)).ToArray()
                    : looked.Problem!;
            },
            problems: [PartyProblems.CustomerUnknown]);
    }

    internal static async Task<InsuranceCoverAnswer?> FindAsync(ApiRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await request.Desk.Directory.PartyOfAsync(Scope, number, cancel) is not { } party || await request.Desk.ViewAsync(party, cancel) is not { } view) return null;
        return view.Root.Find<InsuranceCover>(number) is { } cover ? InsuranceCoverAnswer.Of(cover, view.Root.Get<CoverFacts>().Of(cover.Payer)!) : null;
    }
}

/// <summary>An insurance cover as answered. Amounts in its own currency.</summary>
/// <param name="Payer">Whose debts it insures.</param>
/// <param name="Amount">The insured limit before any cut.</param>
/// <param name="Status">Whether it counts; what waits for approval insures nothing.</param>
/// <param name="Cuts">Each with the limit from its day on; zero is a withdrawal.</param>
public sealed record InsuranceCoverAnswer(
    string Number, string Customer, string Payer, CoverKind Kind, decimal Amount, Currency Currency, decimal Percent, int MaximumExtensionDays, DateOnly ValidFrom,
    DateOnly ValidTo, string? Insurer, int? NotificationDays, string? Policy, string? Note, IReadOnlyList<CutAnswer> Cuts,
    IReadOnlyList<NotificationAnswer> Notifications, SecurityStatus Status)
{
    public static InsuranceCoverAnswer Of(InsuranceCover cover, PayerSecurities securities) => new(
        cover.Number, cover.Customer, cover.Payer, cover.Kind, new Money(cover.Amount, cover.Currency).Major, cover.Currency, cover.Percent, cover.MaximumExtensionDays,
        cover.ValidFrom, cover.ValidTo, cover.Insurer, cover.NotificationDays, cover.Policy, cover.Note,
        [.. securities.Cuts.Where(cut => cut.Cover == cover.Number).Select(cut => new CutAnswer(new Money(cut.Amount, cut.Currency).Major, cut.From, cut.Reason))],
        [.. securities.Notifications.Where(told => told.Cover == cover.Number).Select(told => new NotificationAnswer(told.Date, told.Note))], cover.Status);
}

/// <param name="From">The first day whose shipments it binds.</param>
public sealed record CutAnswer(decimal Amount, DateOnly From, string Reason);

public sealed record NotificationAnswer(DateOnly Date, string? Note);
