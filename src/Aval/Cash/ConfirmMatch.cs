using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <param name="Candidate">Which of the proposed candidates, from 1.</param>
/// <param name="Documents">The numbers of the invoices and credit notes that it names, as read: when it names others by now, nothing is posted.</param>
public sealed record ConfirmBody(int Candidate, IReadOnlyList<string> Documents);

/// <summary>A person says which of the proposed matches is meant, and it is posted.</summary>
public sealed record ConfirmMatch(string Number, ConfirmBody Body) : Command
{
    public override string Name => "confirmMatch";
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Number, ReceivablesProblems.ReceiptUnknown);
    public override Cite? Edits => Cite.Of(CashFacts.Table, Number);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ReceivablesTables.Receipt, Number), Cite.Of(CashFacts.Table, Number)];

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Number) is not { } receipt) return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Number} is not known.", "number");
        if (receipt.Status == ReceiptStatus.Returned) return ReceivablesProblems.ReceiptReturned.With($"Receipt {Number} was returned on {receipt.ReturnedOn:yyyy-MM-dd}.");
        if (@case.Facts.Find<ReceiptMatch>(Number) is not { Status: MatchStatus.Proposed } proposed)
            return CashProblems.MatchNotProposed.With($"Nothing is proposed for receipt {Number}.");
        if (Body.Candidate < 1 || Body.Candidate > proposed.Candidates.Length)
            return KernelProblems.FieldInvalid.With($"candidate must be from 1 to {proposed.Candidates.Length}.", "candidate");
        var chosen = proposed.Candidates[Body.Candidate - 1];
        if (!chosen.Parts.Select(part => part.Document).ToHashSet(StringComparer.Ordinal).SetEquals(Body.Documents))
            return KernelProblems.VersionStale.With($"Candidate {Body.Candidate} of receipt {Number} is another by now.");
        if (Posting.Post(@case, @case.Root, Number, chosen.Parts) is not { } beside)
            return CashProblems.MatchStale.With($"What candidate {Body.Candidate} of receipt {Number} names is no longer open as it was.");
        @case.Put(CashFacts.Table, proposed.With(chosen, beside, @case.Actor.Name, @case.Today));
        Lessons.OfInvoices(@case, receipt, chosen.Parts.Where(part => !part.CreditNote).Select(part => part.Document));
        return null;
    }

    internal static void Map(Api api) => api.Post<ConfirmBody, MatchAnswer>(
        "/receipts/{number}/match/confirm", CashPermissions.Match, "Posts one of the matches that were proposed for a receipt",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            var (_, problem) = await request.SubmitAsync(new ConfirmMatch(number, body));
            return problem is not null ? problem : await ReadMatches.AnswerAsync(request, number, cancel);
        },
        [ReceivablesProblems.ReceiptUnknown, ReceivablesProblems.ReceiptReturned, CashProblems.MatchNotProposed, KernelProblems.VersionStale, CashProblems.MatchStale]);
}
