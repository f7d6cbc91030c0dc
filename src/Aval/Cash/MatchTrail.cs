using System.Collections.Immutable;
using Aval.Cash.Rules;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>All that a receipt has settled so far, by its own money and beside it, as read before a command that takes it back.</summary>
/// <param name="Beside">Settlements posted with its matches: credit notes netted, discounts and rests written off.</param>
/// <param name="CreditNotes">The credit notes among them.</param>
/// <param name="Disputes">What its own money and the netted credit notes have settled.</param>
public sealed record MatchTrail(ReceiptTrail Receipt, IReadOnlyList<string> Beside, IReadOnlyList<string> CreditNotes, IReadOnlyList<string> Disputes)
{
    /// <summary>How often what has changed meanwhile is read again.</summary>
    const int Attempts = 3;

    public static readonly MatchTrail None = new(ReceiptTrail.None, [], [], []);

    /// <summary>Of a receipt of which these are all settlements by its own money, and this is how it was matched.</summary>
    public static MatchTrail Of(IReadOnlyList<Settlement> settlements, ReceiptMatch? match)
    {
        var parts = match?.Standing?.Parts ?? [];
        var trail = ReceiptTrail.Of(settlements);
        var invoices = parts.Where(part => !part.CreditNote).Select(part => part.Document);
        return new MatchTrail(
            trail with { Invoices = [.. trail.Invoices.Union(invoices, StringComparer.Ordinal)] }, BesideOf(match),
            [.. parts.Where(part => part.CreditNote).Select(part => part.Document).Distinct(StringComparer.Ordinal)],
            [.. settlements.Select(settlement => settlement.Dispute).OfType<string>().Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Reads the trail and sends what takes it back, again where it has changed meanwhile.</summary>
    internal static async Task<Answer> SendAsync(Func<Task<Answer>> readAndSend)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await readAndSend();
            if (answer.Problem?.Kind != KernelProblems.VersionStale || attempt == Attempts) return answer;
        }
    }

    internal static async Task<MatchTrail> ReadAsync(Store store, string receipt, CancellationToken cancel)
    {
        var trail = Of(await new ReceivablesQuery(store).SettlementsOfAsync(receipt, cancel), await ReadMatches.FindAsync(store, receipt, cancel));
        var cleared = await ClearedDisputes.ReadAsync(store, trail.Receipt.Invoices, trail.Beside, cancel);
        return trail with { Disputes = [.. trail.Disputes.Union(cleared, StringComparer.Ordinal)] };
    }

    public IReadOnlyList<Cite> Cites(string receipt) =>
    [
        .. Receipt.Cites(receipt), Cite.Of(CashFacts.Table, receipt), .. Beside.Select(id => Cite.Of(ReceivablesTables.Settlement, id)),
        .. CreditNotes.Select(note => Cite.Of(ReceivablesTables.CreditNote, note)), .. Disputes.Select(dispute => Cite.Of(DisputesFacts.Table, dispute)),
    ];

    /// <summary>Takes all of it back: what was open before it was paid is open again.</summary>
    /// <returns>The receipt as it stands then; null when there is more than was read, so that it must be read again.</returns>
    public Receipt? TakeBack(Case @case, Receipt receipt, DateOnly date, string reason)
    {
        var beside = BesideOf(@case.Facts.Find<ReceiptMatch>(receipt.Number));
        if (ReceiptTrail.Find(@case, receipt) is not { } paid || !beside.SequenceEqual(Beside)) return null;
        var besideAt = beside.Select(id => (Id: id, Root: @case.Roots.FirstOrDefault(root => @case.Of(root).Find<Settlement>(id) is not null))).ToList();
        if (besideAt.Exists(at => at.Root is null)) return null;
        foreach (var (root, settlement, _) in paid)
        {
            // The same invoice may have been paid twice, so it is looked at as the last settlement left it.
            var returned = Settling.Return(receipt, settlement, @case.Of(root).Find<Invoice>(settlement.Invoice)!, date, reason);
            receipt = returned.Receipt;
            @case.Put(ReceivablesTables.Invoice, Reopened(@case, settlement, returned.Invoice, root), root);
            if (returned.Was != settlement) @case.Put(ReceivablesTables.Settlement, returned.Was, root);
            @case.Put(ReceivablesTables.Settlement, returned.Back, root);
            Behaviours.Note(@case, Paid.Back(settlement, returned.Invoice), root);
        }

        foreach (var (id, root) in besideAt) TakeBack(@case, id, root!, date, reason);
        return receipt;
    }

    /// <summary>The invoice with what is disputed of it again, now that the payment which settled that is none.</summary>
    static Invoice Reopened(Case @case, Settlement settlement, Invoice invoice, string root)
    {
        if (settlement is not { Dispute: { } number, CountsFrom: not null } || @case.Of(root).Find<Dispute>(number) is not { } before) return invoice;
        var after = before.Unpaid(settlement.Amount);
        if (after == before) return invoice;
        after = after with { Amount = Math.Min(after.Amount, invoice.Open - invoice.Said(PartKind.Disputed, but: number)) };
        @case.Put(DisputesFacts.Table, after, root);
        if (!before.Stands) DisputeFields.Uncount(@case, after, root);
        return invoice.With(DisputeFields.PartOf(after));
    }

    void TakeBack(Case @case, string id, string root, DateOnly date, string reason)
    {
        var settlement = @case.Of(root).Find<Settlement>(id)!;
        var (invoice, back) = Settling.TakeBack(settlement, @case.Of(root).Find<Invoice>(settlement.Invoice)!, date, reason);
        @case.Put(ReceivablesTables.Invoice, invoice, root);
        @case.Put(ReceivablesTables.Settlement, back, root);
        if (settlement.Source == SettlementSource.CreditNote && @case.Of(root).Find<CreditNote>(settlement.SourceNumber) is { } note)
            @case.Put(ReceivablesTables.CreditNote, note with { Applied = note.Applied - settlement.Amount }, root);
        ClearedDisputes.TakeBack(@case, root, Disputes, id);
    }

    static ImmutableArray<string> BesideOf(ReceiptMatch? match) => match is null or { Status: MatchStatus.Undone } ? [] : match.Settlements;
}
