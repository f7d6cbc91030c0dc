using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>What a receipt pays of one document; amounts in the receipt's currency.</summary>
/// <param name="Invoice">The invoice's number; the credit note's where <paramref name="CreditNote"/> is true, whose amount is below zero.</param>
/// <param name="Discount">The cash discount taken with it.</param>
/// <param name="WrittenOff">The rest within tolerance given up with it.</param>
/// <param name="Dispute">The dispute about the invoice that is settled so; null where none was named.</param>
public sealed record MatchedAnswer(string Invoice, bool CreditNote, decimal Amount, decimal Discount, decimal WrittenOff, string? Dispute);

/// <summary>One way in which a receipt may have been meant.</summary>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Evidence">What was read or counted.</param>
public sealed record CandidateAnswer(MatchRule Rule, decimal Confidence, string Evidence, IReadOnlyList<MatchedAnswer> Allocations);

/// <summary>How a receipt was matched; amounts in its currency.</summary>
/// <param name="Unapplied">What has found no invoice.</param>
/// <param name="Status">Null for a receipt that nobody has tried to match.</param>
/// <param name="Rule">By which it was posted; null while nothing is posted.</param>
/// <param name="Allocations">What it pays; empty while nothing is posted.</param>
/// <param name="Candidates">What a person may choose from, the surest first.</param>
/// <param name="GaveUp">True when sets of documents were left untried because there are too many.</param>
/// <param name="ConfirmedBy">Who confirmed or undid it; null for what the rules did.</param>
public sealed record MatchAnswer(
    string Number, string Payer, DateOnly Date, Currency Currency, decimal Amount, decimal Unapplied, MatchStatus? Status, MatchRule? Rule, decimal? Confidence, string? Evidence,
    IReadOnlyList<MatchedAnswer> Allocations, IReadOnlyList<CandidateAnswer> Candidates, bool GaveUp, string? ConfirmedBy, string? Reason)
{
    public static MatchAnswer Of(Receipt receipt, ReceiptMatch? match)
    {
        decimal Major(long minor) => new Money(minor, receipt.Currency).Major;
        IReadOnlyList<MatchedAnswer> Parts(MatchCandidate of) =>
            [.. of.Parts.Select(part => new MatchedAnswer(part.Document, part.CreditNote, Major(part.Amount), Major(part.Discount), Major(part.WrittenOff), part.Dispute))];
        var posted = match?.Standing;
        return new MatchAnswer(
            receipt.Number, receipt.Payer, receipt.Date, receipt.Currency, Major(receipt.Amount), Major(receipt.Open), match?.Status, posted?.Rule, posted?.Confidence,
            posted?.Evidence, posted is null ? [] : Parts(posted),
            match is null ? [] : [.. match.Candidates.Select(of => new CandidateAnswer(of.Rule, of.Confidence, of.Evidence, Parts(of)))], match?.GaveUp ?? false, match?.By,
            match?.Reason);
    }
}

/// <param name="Next">What to send as <c>cursor</c> for those that follow; null when there are none.</param>
public sealed record MatchesAnswer(IReadOnlyList<MatchAnswer> Matches, string? Next);

/// <summary>Reads how receipts were matched: one, and the list by status.</summary>
static class ReadMatches
{
    const int MostOnPage = 500;

    internal static void Map(Api api)
    {
        api.Get<MatchAnswer>(
            "/receipts/{number}/match", CashPermissions.Read, "How a receipt was matched, or what is proposed",
            (request, cancel) => AnswerAsync(request, request.Route("number"), cancel), problems: [ReceivablesProblems.ReceiptUnknown]);
        api.Get<MatchesAnswer>(
            "/receipt-matches", CashPermissions.Read, "Receipts by how they were matched: what is proposed waits for a person",
            async (request, cancel) =>
            {
                var limit = request.Query<int?>("limit") ?? 100;
                if (limit is < 1 or > MostOnPage) return KernelProblems.FieldInvalid.With($"limit must be from 1 to {MostOnPage}.", "limit");
                var cursor = request.Query<string>("cursor");
                if (cursor is not null && Numbers.Refuse("cursor", cursor) is not null) return KernelProblems.Invalid("cursor", "must be what the page before gave as next");
                return await PageAsync(request.Store, request.Query<MatchStatus?>("status") ?? MatchStatus.Proposed, cursor ?? "", limit, cancel);
            },
            [
                new("status", typeof(MatchStatus), "Proposed when absent."), new("cursor", typeof(string), "The next of the page before."),
                new("limit", typeof(int), "Receipts on a page, 1 to 500; 100 when absent."),
            ]);
    }

    internal static async Task<Answered<MatchAnswer>> AnswerAsync(ApiRequest request, string number, CancellationToken cancel) =>
        await new ReceivablesQuery(request.Store).ReceiptAsync(number, cancel) is { } receipt
            ? MatchAnswer.Of(receipt, await FindAsync(request.Store, number, cancel))
            : ReceivablesProblems.ReceiptUnknown.With($"Receipt {number} is not known.", "number");

    internal static async Task<ReceiptMatch?> FindAsync(Store store, string number, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return (ReceiptMatch?)await reader.FindAsync(CashFacts.Table, PostReceipt.Scope, number, number, cancel);
    }

    static async Task<MatchesAnswer> PageAsync(Store store, MatchStatus status, string after, int limit, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command($"""
            SELECT {CashFacts.Table.ColumnList} FROM receipt_match WHERE to_sequence IS NULL AND status = @status AND receipt > @after ORDER BY receipt LIMIT @limit
            """);
        StoreReader.Add(command, "status", Words.Of(status));
        StoreReader.Add(command, "after", after);
        StoreReader.Add(command, "limit", limit + 1);
        var rows = (await reader.RowsAsync(command, CashFacts.Table, cancel)).Cast<ReceiptMatch>().ToList();
        var matches = new List<MatchAnswer>();
        foreach (var match in rows.Take(limit))
            if (await reader.FindAsync(ReceivablesTables.Receipt, PostReceipt.Scope, match.Receipt, match.Receipt, cancel) is Receipt receipt)
                matches.Add(MatchAnswer.Of(receipt, match));
        return new MatchesAnswer(matches, rows.Count > limit ? rows[limit - 1].Receipt : null);
    }
}
