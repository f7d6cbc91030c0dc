using System.Collections.Immutable;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>What a payer's unapplied receipts would be posted on by the cascade, asked of one after the other on what those before have left; nothing is posted.</summary>
/// <remarks>Its work is bounded however many receipts and documents there are: it is asked while an order is checked. All numbers are indexed once.</remarks>
public sealed class WaitingReceipts(Facts company)
{
    /// <summary>Sums looked up in all; some tens of milliseconds of an ordinary machine.</summary>
    const long MostSums = 2_000_000;

    /// <summary>Documents looked at in all for the sake of what payers have written.</summary>
    const long MostRead = 1_000_000;

    /// <summary>What it costs to read one text, in documents.</summary>
    const long PerText = 32;

    /// <summary>What it costs to lay out one document for an amount to be weighed, in sums.</summary>
    const long PerDocument = 64;

    readonly Dictionary<Currency, NumbersOfPayer> numbers = [];
    long sums = MostSums;
    long read = MostRead;

    /// <returns>The parts that would be posted, none where nothing is sure enough; and whether the work sufficed to say so.</returns>
    public (ImmutableArray<MatchPart> Parts, bool Whole) Of(Facts facts, Receipt receipt)
    {
        if (read < PerText) return ([], false);
        if (!numbers.TryGetValue(receipt.Currency, out var known)) numbers.Add(receipt.Currency, known = NumbersOfPayer.Of(facts, receipt.Payer, receipt.Currency));
        var (settings, policy) = OpenOfPayer.Settings(company, receipt);
        var paid = MatchOfReceipt.Paid(facts, receipt, NamesSettled(facts, receipt, known));
        var documents = OpenOfPayer.Of(facts, receipt, policy.DiscountGraceDays, laterToo: false, known);
        var whole = true;
        if ((MatchOfReceipt.Disputed(facts, receipt, paid, LaterToo, settings) ?? Cascade.Closed(paid, documents, settings)) is not { } matching)
        {
            var cost = (PerDocument * (known.Count + 1)) + SetSearch.Steps(known.Count);
            whole = cost <= sums;
            if (whole) sums -= cost;
            matching = whole ? Cascade.Match(paid, documents, settings) : Cascade.Named(paid, documents, settings);
            if (MatchOfReceipt.IsSilent(matching, paid))
                matching = Cascade.Named(paid, LaterToo(), settings);
        }

        read -= PerText + (documents.IsListed ? known.Count : 0);
        return (matching.Post is { } match ? MatchCandidate.Of(match).Parts : [], whole);

        OpenDocuments LaterToo() => OpenOfPayer.Of(facts, receipt, policy.DiscountGraceDays, laterToo: true, known);
    }

    static bool NamesSettled(Facts facts, Receipt receipt, NumbersOfPayer known)
    {
        var receivables = facts.Get<ReceivablesFacts>();
        return receipt.Reference is { } text
            && (MatchReceipt.Words(text).Any(word => receivables.Invoice(word) is { Free: <= 0 }) || known.NamesSettled(text, receipt.Open)
                || MatchOfReceipt.ReadByForms(facts, receipt).Any(number => receivables.Invoice(number) is not { Free: > 0 }));
    }
}
