using System.Globalization;
using Aval.Cover.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Cover;

/// <param name="Amount">The insured limit from then on, in the cover's currency, lower than before; zero is a withdrawal.</param>
/// <param name="From">The first day whose shipments it binds, while the cover holds and not before an earlier cut; the business date when absent.</param>
public sealed record CutBody(decimal Amount, string Reason, DateOnly? From = null);

/// <summary>Records that the insurer has lowered or withdrawn the limit: for later shipments only.</summary>
public sealed record ReduceCover(string Number, CutBody Body) : Command
{
    public override string Name => "reduceInsuranceCover";
    public override Subject Subject => Subject.Document(RecordCover.Scope, Number, CoverProblems.CoverUnknown);
    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Reason) ? Secured.Invalid("reason", "must say why") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<InsuranceCover>(Number) is not { } cover) return CoverProblems.CoverUnknown.With($"Insurance cover {Number} is not known.", "number");
        if (SecurityRequests.Refuse(Number, cover.Status) is { } waits) return waits;
        var cuts = @case.Facts.Get<CoverFacts>().Of(cover.Payer)!.Cuts.Where(cut => cut.Cover == Number).ToList();
        var from = Body.From ?? @case.Today;
        var earliest = cuts.Count > 0 ? cuts[^1].From : cover.ValidFrom;
        if (from < earliest || from > cover.ValidTo)
            return Secured.Invalid("from", $"must be from {earliest:yyyy-MM-dd} to {cover.ValidTo:yyyy-MM-dd}, the last day of the cover");
        var before = new Money(CoverStretch.LimitOn(cover, cuts, from), cover.Currency);
        if (Body.Amount < 0 || !Money.TryOf(Body.Amount, cover.Currency, out var amount) || amount.Minor >= before.Minor)
            return Secured.Invalid("amount", $"must be from 0 to below {before}, the limit now, with at most {cover.Currency.Decimals} decimals");
        @case.Reason = Body.Reason;
        @case.Put(CoverTables.Cut, new CoverCut(
            string.Create(CultureInfo.InvariantCulture, $"{Number}:{cuts.Count + 1}"), Number, cover.Payer, cover.Currency, amount.Minor, from, Body.Reason, cuts.Count + 1,
            TakenOn: from <= @case.Today ? from : null));
        return null;
    }

    internal static void Map(Api api) => api.Post<CutBody, InsuranceCoverAnswer>(
        "/insurance-covers/{number}/reduce", CoverPermissions.RecordCovers, "Records that the insurer has lowered or withdrawn the limit, for later shipments only",
        (body, request) => new ReduceCover(request.Route("number"), body),
        async (_, request, cancel) => (await RecordCover.FindAsync(request, cancel))!,
        [CoverProblems.CoverUnknown, CoverProblems.NotApproved]);
}

/// <param name="Date">When the insurer was told of all that was overdue then; up to the business date.</param>
public sealed record NotificationBody(DateOnly Date, string? Note = null);

/// <summary>Records that the insurer was told of all items that were overdue on a day.</summary>
public sealed record NotifyInsurer(string Number, NotificationBody Body) : Command
{
    public override string Name => "notifyInsurer";
    public override Subject Subject => Subject.Document(RecordCover.Scope, Number, CoverProblems.CoverUnknown);

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<InsuranceCover>(Number) is not { } cover) return CoverProblems.CoverUnknown.With($"Insurance cover {Number} is not known.", "number");
        if (SecurityRequests.Refuse(Number, cover.Status) is { } waits) return waits;
        if (Body.Date > @case.Today) return Secured.Invalid("date", $"must not be after the business date {@case.Today:yyyy-MM-dd}");
        var count = @case.Facts.Get<CoverFacts>().Of(cover.Payer)!.Notifications.Count(told => told.Cover == Number) + 1;
        @case.Put(CoverTables.Notification, new CoverNotification(
            string.Create(CultureInfo.InvariantCulture, $"{Number}:{count}"), Number, cover.Payer, Body.Date, Body.Note));
        return null;
    }

    internal static void Map(Api api) => api.Post<NotificationBody, InsuranceCoverAnswer>(
        "/insurance-covers/{number}/notifications", CoverPermissions.RecordCovers, "Records that the insurer was told of all that was overdue on a day",
        (body, request) => new NotifyInsurer(request.Route("number"), body),
        async (_, request, cancel) => (await RecordCover.FindAsync(request, cancel))!,
        [CoverProblems.CoverUnknown, CoverProblems.NotApproved]);
}
