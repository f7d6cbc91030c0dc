using System.Globalization;
using Aval.Cover.Rules;
using Aval.Kernel.Storage;
using Aval.Rates.Rules;

namespace Aval.Cover;

/// <summary>How guarantees and covers are kept: for ever, and each moves with its payer.</summary>
public static class CoverTables
{
    public static readonly Table<Guarantee> Guarantee = new(
        "guarantee",
        [
            ("number", ColumnKind.Text, guarantee => guarantee.Number),
            ("customer", ColumnKind.Text, guarantee => guarantee.Customer),
            ("payer", ColumnKind.Text, guarantee => guarantee.Payer),
            ("kind", ColumnKind.Text, guarantee => Words.Of(guarantee.Kind)),
            ("currency", ColumnKind.Text, guarantee => guarantee.Currency.Code),
            ("amount", ColumnKind.Whole, guarantee => guarantee.Amount),
            ("credit_currency", ColumnKind.Text, guarantee => guarantee.CreditCurrency.Code),
            ("rate", ColumnKind.Text, guarantee => guarantee.Rate.ToText()),
            ("rate_date", ColumnKind.Date, guarantee => guarantee.Rate.Date),
            ("valid_from", ColumnKind.Date, guarantee => guarantee.ValidFrom),
            ("valid_to", ColumnKind.Date, guarantee => guarantee.ValidTo),
            ("issuer", ColumnKind.Text, guarantee => guarantee.Issuer),
            ("reference", ColumnKind.Text, guarantee => guarantee.Reference),
            ("note", ColumnKind.Text, guarantee => guarantee.Note),
            ("drawn", ColumnKind.Whole, guarantee => guarantee.Drawn),
            ("entered", ColumnKind.Whole, guarantee => guarantee.Entered),
            ("released_on", ColumnKind.Date, guarantee => guarantee.ReleasedOn),
            ("release_reason", ColumnKind.Text, guarantee => guarantee.ReleaseReason),
            ("begun_on", ColumnKind.Date, guarantee => guarantee.BegunOn),
            ("ended_on", ColumnKind.Date, guarantee => guarantee.EndedOn),
            ("status", ColumnKind.Text, guarantee => Said(guarantee.Status)),
        ],
        guarantee => guarantee.Payer,
        v => new Guarantee(
            v.Text(), v.Text(), v.Text(), v.Word<GuaranteeKind>(), v.Currency(), v.Whole(), v.Currency(), StoredRate.Read(v.Text(), v.Date())!.Value, v.Date(), v.Date(),
            v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.Whole(), v.Whole(), v.DateOrNull(), v.TextOrNull(), v.DateOrNull(), v.DateOrNull())
        {
            Status = StatusOf(v.TextOrNull()),
        },
        personal: [new("note"), new("release_reason")]);

    public static readonly Table<GuaranteeDrawing> Drawing = new(
        "guarantee_drawing",
        [
            ("id", ColumnKind.Text, drawing => drawing.Id),
            ("guarantee", ColumnKind.Text, drawing => drawing.Guarantee),
            ("payer", ColumnKind.Text, drawing => drawing.Payer),
            ("date", ColumnKind.Date, drawing => drawing.Date),
            ("currency", ColumnKind.Text, drawing => drawing.Currency.Code),
            ("amount", ColumnKind.Whole, drawing => drawing.Amount),
            ("reason", ColumnKind.Text, drawing => drawing.Reason),
        ],
        drawing => drawing.Payer,
        v => new GuaranteeDrawing(v.Text(), v.Text(), v.Text(), v.Date(), v.Currency(), v.Whole(), v.Text()),
        personal: [new("reason")]);

    public static readonly Table<InsuranceCover> Insurance = new(
        "insurance_cover",
        [
            ("number", ColumnKind.Text, cover => cover.Number),
            ("customer", ColumnKind.Text, cover => cover.Customer),
            ("payer", ColumnKind.Text, cover => cover.Payer),
            ("kind", ColumnKind.Text, cover => Words.Of(cover.Kind)),
            ("currency", ColumnKind.Text, cover => cover.Currency.Code),
            ("amount", ColumnKind.Whole, cover => cover.Amount),
            ("credit_currency", ColumnKind.Text, cover => cover.CreditCurrency.Code),
            ("rate", ColumnKind.Text, cover => cover.Rate.ToText()),
            ("rate_date", ColumnKind.Date, cover => cover.Rate.Date),
            ("percent", ColumnKind.Text, cover => cover.Percent.ToString(CultureInfo.InvariantCulture)),
            ("maximum_extension_days", ColumnKind.Whole, cover => (long)cover.MaximumExtensionDays),
            ("valid_from", ColumnKind.Date, cover => cover.ValidFrom),
            ("valid_to", ColumnKind.Date, cover => cover.ValidTo),
            ("insurer", ColumnKind.Text, cover => cover.Insurer),
            ("notification_days", ColumnKind.Whole, cover => (long?)cover.NotificationDays),
            ("policy", ColumnKind.Text, cover => cover.Policy),
            ("note", ColumnKind.Text, cover => cover.Note),
            ("entered", ColumnKind.Whole, cover => cover.Entered),
            ("begun_on", ColumnKind.Date, cover => cover.BegunOn),
            ("ended_on", ColumnKind.Date, cover => cover.EndedOn),
            ("status", ColumnKind.Text, cover => Said(cover.Status)),
        ],
        cover => cover.Payer,
        v => new InsuranceCover(
            v.Text(), v.Text(), v.Text(), v.Word<CoverKind>(), v.Currency(), v.Whole(), v.Currency(), StoredRate.Read(v.Text(), v.Date())!.Value,
            decimal.Parse(v.Text(), CultureInfo.InvariantCulture), (int)v.Whole(), v.Date(), v.Date(), v.TextOrNull(), (int?)v.WholeOrNull(), v.TextOrNull(),
            v.TextOrNull(), v.Whole(), v.DateOrNull(), v.DateOrNull())
        {
            Status = StatusOf(v.TextOrNull()),
        },
        personal: [new("note")]);

    public static readonly Table<CoverCut> Cut = new(
        "cover_cut",
        [
            ("id", ColumnKind.Text, cut => cut.Id),
            ("cover", ColumnKind.Text, cut => cut.Cover),
            ("payer", ColumnKind.Text, cut => cut.Payer),
            ("currency", ColumnKind.Text, cut => cut.Currency.Code),
            ("amount", ColumnKind.Whole, cut => cut.Amount),
            ("from_day", ColumnKind.Date, cut => cut.From),
            ("reason", ColumnKind.Text, cut => cut.Reason),
            ("number", ColumnKind.Whole, cut => cut.Number),
            ("taken_on", ColumnKind.Date, cut => cut.TakenOn),
        ],
        cut => cut.Payer,
        v => new CoverCut(v.Text(), v.Text(), v.Text(), v.Currency(), v.Whole(), v.Date(), v.Text(), v.Whole(), v.DateOrNull()),
        personal: [new("reason")]);

    public static readonly Table<CoverNotification> Notification = new(
        "cover_notification",
        [
            ("id", ColumnKind.Text, told => told.Id),
            ("cover", ColumnKind.Text, told => told.Cover),
            ("payer", ColumnKind.Text, told => told.Payer),
            ("date", ColumnKind.Date, told => told.Date),
            ("note", ColumnKind.Text, told => told.Note),
        ],
        told => told.Payer,
        v => new CoverNotification(v.Text(), v.Text(), v.Text(), v.Date(), v.TextOrNull()),
        personal: [new("note")]);

    // What counts is written as it was before there was anything else.
    static string? Said(SecurityStatus status) => status == SecurityStatus.Approved ? null : Words.Of(status);

    static SecurityStatus StatusOf(string? said) => said is null ? SecurityStatus.Approved : Words.Parse<SecurityStatus>(said);

    public static IReadOnlyList<Table> All { get; } = [Guarantee, Drawing, Insurance, Cut, Notification];
}
