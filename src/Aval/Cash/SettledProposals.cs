using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>Nothing is left to be chosen for a receipt of which nothing is open: its proposal is off the list, as allocated by hand or as of money that went elsewhere.</summary>
sealed class SettledProposals : IReaction
{
    /// <summary>Ends the key of a receipt that has paid nothing: its money was paid back, or is another payer's.</summary>
    const char WentElsewhere = '\n';

    public string Rule => "closeProposals";

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows) =>
        [.. rows.OfType<Receipt>().Where(receipt => IsSettled(after, receipt.Number)).GroupBy(receipt => receipt.Number, StringComparer.Ordinal)
            .Select(versions => versions.Last()).Select(receipt => receipt.Allocated == 0 ? receipt.Number + WentElsewhere : receipt.Number)];

    public void Run(Case @case, string key)
    {
        var number = key.TrimEnd(WentElsewhere);
        if (!IsSettled(@case.Facts, number)) return;
        var proposed = @case.Facts.Find<ReceiptMatch>(number)!;
        @case.Put(CashFacts.Table, key.EndsWith(WentElsewhere)
            ? proposed.Proposing([], gaveUp: false, @case.Today)
            : proposed.With(new MatchCandidate(MatchRule.ByHand, 1, "allocated by hand", []), [], proposed.By, @case.Today));
    }

    /// <remarks>A receipt with nothing open is closed, and in the facts no more.</remarks>
    static bool IsSettled(Facts facts, string number) =>
        facts.Find<ReceiptMatch>(number) is { Status: MatchStatus.Proposed } && facts.Find<Receipt>(number) is null or { Open: 0 };
}
