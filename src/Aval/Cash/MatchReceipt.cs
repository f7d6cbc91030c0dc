using System.Text.RegularExpressions;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>Looks for the invoices that a receipt was meant for: posts what is sure, proposes what is not.</summary>
/// <param name="Named">Invoices, open or settled, whose numbers the payer wrote; those that are not open are settled.</param>
public sealed partial record MatchReceipt(string Number, IReadOnlyList<string> Named) : Command
{
    public override string Name => "matchReceipt";
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Number, ReceivablesProblems.ReceiptUnknown);
    public override Cite? Edits => Cite.Of(ReceivablesTables.Receipt, Number);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ReceivablesTables.Receipt, Number), Cite.Of(CashFacts.Table, Number)];

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Number) is not { } receipt) return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Number} is not known.", "number");
        if (receipt.Status == ReceiptStatus.Returned) return ReceivablesProblems.ReceiptReturned.With($"Receipt {Number} was returned on {receipt.ReturnedOn:yyyy-MM-dd}.");
        Run(@case, @case.Root, receipt, Named);
        return null;
    }

    /// <summary>The same within another command, for a receipt that stands at this root.</summary>
    internal static void Run(Case @case, string root, Receipt receipt, IReadOnlyList<string> named)
    {
        if (receipt.Open <= 0 || receipt is { DepositFor: not null, OnAccount: false }) return;
        var facts = @case.Of(root);
        var receivables = facts.Get<ReceivablesFacts>();
        var namesSettled = named.Concat(MatchOfReceipt.ReadByForms(facts, receipt)).Any(number => receivables.Invoice(number) is not { Free: > 0 });
        var matching = MatchOfReceipt.Of(facts, @case.Company, receipt, namesSettled);
        var known = facts.Find<ReceiptMatch>(receipt.Number) ?? ReceiptMatch.Nothing(receipt, @case.Today);
        if (matching.Post is { } match)
        {
            var posted = MatchCandidate.Of(match);
            var beside = Posting.Post(@case, root, receipt.Number, posted.Parts)
                ?? throw new InvalidOperationException($"Receipt {receipt.Number} was matched with what is not open.");
            @case.Put(CashFacts.Table, known.With(posted, beside, by: null, @case.Today) with { GaveUp = matching.GaveUp }, root);
            return;
        }

        var proposed = known.Proposing([.. matching.Candidates.Select(MatchCandidate.Of)], matching.GaveUp, @case.Today);
        // It is looked at again and again: nothing new is no news.
        if (facts.Find<ReceiptMatch>(receipt.Number) is not { } told || !told.Says(proposed)) @case.Put(CashFacts.Table, proposed, root);
    }

    internal static void Map(Api api) => api.Post<Nothing, MatchAnswer>(
        "/receipts/{number}/match", CashPermissions.Match, "Looks for the invoices that a receipt was meant for: posts what is sure, proposes what is not",
        async (_, request, cancel) =>
        {
            var number = request.Route("number");
            var receipt = await new ReceivablesQuery(request.Store).ReceiptAsync(number, cancel);
            var named = receipt is null ? [] : await new NamedInvoices(request.Store, request.Desk.Directory).InAsync(receipt.Reference, receipt.Payer, receipt.Open, cancel);
            var (_, problem) = await request.SubmitAsync(new MatchReceipt(number, named));
            return problem is not null ? problem : await ReadMatches.AnswerAsync(request, number, cancel);
        },
        [ReceivablesProblems.ReceiptUnknown, ReceivablesProblems.ReceiptReturned]);

    const int MostWords = 40;

    /// <summary>The words of a text that may be a document's number.</summary>
    internal static IEnumerable<string> Words(string text) => WordsWithDigits().Matches(text).Select(word => word.Value).Distinct(StringComparer.Ordinal).Take(MostWords);

    [GeneratedRegex(@"\S*\d\S*", RegexOptions.CultureInvariant)]
    private static partial Regex WordsWithDigits();
}
