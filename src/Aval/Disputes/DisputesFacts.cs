using System.Collections.Immutable;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;

namespace Aval.Disputes;

/// <summary>The standing disputes of one root, by payer, and how earlier ones ended.</summary>
public sealed record DisputesFacts : IFactsSlice
{
    public static readonly DisputesFacts Empty = new();

    ImmutableDictionary<string, Dispute> Disputes { get; init; } = ImmutableDictionary.Create<string, Dispute>(StringComparer.Ordinal);
    ImmutableDictionary<string, PayerDisputes> Payers { get; init; } = ImmutableDictionary.Create<string, PayerDisputes>(StringComparer.Ordinal);

    public PayerDisputes Of(string payer) => Payers.GetValueOrDefault(payer) ?? PayerDisputes.None;

    public IFactsSlice With(object row) => row switch
    {
        Dispute dispute => Removed(dispute.Number).Added(dispute),
        DisputeRecord record => this with { Payers = Payers.SetItem(record.Payer, Of(record.Payer) with { Record = record }) },
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        Dispute dispute => Removed(dispute.Number),
        DisputeRecord record => this with { Payers = Payers.SetItem(record.Payer, Of(record.Payer) with { Record = null }) },
        _ => this,
    };

    public object? Find(Type row, string key) =>
        row == typeof(Dispute) ? Disputes.GetValueOrDefault(key) : row == typeof(DisputeRecord) ? Of(key).Record : null;

    public IEnumerable<object> RowsOf(string party)
    {
        foreach (var dispute in Disputes.Values)
            if (dispute.Payer == party) yield return dispute;
        if (Of(party).Record is { } record) yield return record;
    }

    DisputesFacts Added(Dispute dispute) => this with
    {
        Disputes = Disputes.Add(dispute.Number, dispute), Payers = Payers.SetItem(dispute.Payer, Of(dispute.Payer).Counted(dispute, +1)),
    };

    DisputesFacts Removed(string number) => !Disputes.TryGetValue(number, out var known) ? this : this with
    {
        Disputes = Disputes.Remove(number), Payers = Payers.SetItem(known.Payer, Of(known.Payer).Counted(known, -1)),
    };

    public static readonly Table<Dispute> Table = new(
        "dispute",
        [
            ("number", ColumnKind.Text, dispute => dispute.Number),
            ("invoice", ColumnKind.Text, dispute => dispute.Invoice),
            ("payer", ColumnKind.Text, dispute => dispute.Payer),
            ("customer", ColumnKind.Text, dispute => dispute.Customer),
            ("due_date", ColumnKind.Date, dispute => dispute.DueDate),
            ("amount", ColumnKind.Whole, dispute => dispute.Amount),
            ("original", ColumnKind.Whole, dispute => dispute.Original),
            ("currency", ColumnKind.Text, dispute => dispute.Currency.Code),
            ("reason", ColumnKind.Text, dispute => Words.Of(dispute.Reason)),
            ("legitimacy", ColumnKind.Text, dispute => Words.Of(dispute.Legitimacy)),
            ("owner", ColumnKind.Text, dispute => Words.Of(dispute.Owner)),
            ("person", ColumnKind.Text, dispute => dispute.Person),
            ("status", ColumnKind.Text, dispute => Words.Of(dispute.Status)),
            ("raised", ColumnKind.Date, dispute => dispute.Raised),
            ("qualified_on", ColumnKind.Date, dispute => dispute.QualifiedOn),
            ("ended", ColumnKind.Date, dispute => dispute.Ended),
            ("note", ColumnKind.Text, dispute => dispute.Note),
            ("evidence", ColumnKind.Text, dispute => dispute.Evidence),
            ("prevented_by", ColumnKind.Text, dispute => dispute.PreventedBy),
            ("asked_by", ColumnKind.Date, dispute => dispute.AskedBy),
            ("proposed_legitimacy", ColumnKind.Text, dispute => dispute.ProposedLegitimacy is { } proposed ? Words.Of(proposed) : null),
            ("proposed_amount", ColumnKind.Whole, dispute => dispute.ProposedAmount),
            ("deducted_from", ColumnKind.Text, dispute => dispute.DeductedFrom),
            ("settled_from", ColumnKind.Text, dispute => dispute.SettledFrom is { } status ? Words.Of(status) : null),
            ("cleared_by", ColumnKind.Text, dispute => dispute.ClearedBy),
        ],
        dispute => dispute.Payer,
        v => new Dispute(
            v.Text(), v.Text(), v.Text(), v.Text(), v.Date(), v.Whole(), v.Whole(), v.Currency(), v.Word<DisputeReason>(), v.Word<Legitimacy>(),
            v.Word<OwnerFunction>(), v.TextOrNull(), v.Word<DisputeStatus>(), v.Date(), v.DateOrNull(), v.DateOrNull(), v.TextOrNull(), v.TextOrNull(),
            v.TextOrNull())
        {
            AskedBy = v.DateOrNull(), ProposedLegitimacy = v.WordOrNull<Legitimacy>(), ProposedAmount = v.WholeOrNull(), DeductedFrom = v.TextOrNull(),
            SettledFrom = v.WordOrNull<DisputeStatus>(), ClearedBy = v.TextOrNull(),
        },
        dispute => dispute.Stands,
        personal: [new("person"), new("note"), new("evidence")]);

    /// <remarks>History: a log that no decision looks at.</remarks>
    public static readonly Table<DisputeEvidence> EvidenceTable = new(
        "dispute_evidence",
        [
            ("id", ColumnKind.Text, one => one.Id),
            ("dispute", ColumnKind.Text, one => one.Dispute),
            ("payer", ColumnKind.Text, one => one.Payer),
            ("at", ColumnKind.Instant, one => one.At),
            ("date", ColumnKind.Date, one => one.Date),
            ("by", ColumnKind.Text, one => one.By),
            ("text", ColumnKind.Text, one => one.Text),
            ("reference", ColumnKind.Text, one => one.Reference),
            ("digest", ColumnKind.Text, one => one.Digest),
        ],
        one => one.Payer,
        v => new DisputeEvidence(v.Text(), v.Text(), v.Text(), v.Instant(), v.Date(), v.Text(), v.Text(), v.TextOrNull(), v.TextOrNull()),
        personal: [new("by"), new("text"), new("reference")],
        history: true);

    public static readonly Table<DisputeRecord> RecordTable = new(
        "dispute_record",
        [
            ("payer", ColumnKind.Text, record => record.Payer),
            ("ended", ColumnKind.Whole, record => record.Ended),
            ("rejected", ColumnKind.Whole, record => record.Rejected),
        ],
        record => record.Payer,
        v => new DisputeRecord(v.Text(), v.Whole(), v.Whole()));
}
