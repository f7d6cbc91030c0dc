using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>Nothing is left to be chosen for a receipt that has been allocated by hand: its proposal is off the list.</summary>
sealed class SettledProposals : IReaction
{
    public string Rule => "closeProposals";

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows) =>
        [.. rows.OfType<Receipt>().Select(receipt => receipt.Number).Distinct(StringComparer.Ordinal).Where(number => IsSettled(after, number))];

    public void Run(Case @case, string key)
    {
        if (!IsSettled(@case.Facts, key)) return;
        var proposed = @case.Facts.Find<ReceiptMatch>(key)!;
        @case.Put(CashFacts.Table, proposed.With(new MatchCandidate(MatchRule.ByHand, 1, "allocated by hand", []), [], proposed.By, @case.Today));
    }

    /// <remarks>A receipt with nothing open is closed, and in the facts no more.</remarks>
    static bool IsSettled(Facts facts, string number) =>
        facts.Find<ReceiptMatch>(number) is { Status: MatchStatus.Proposed } && facts.Find<Receipt>(number) is null or { Open: 0 };
}
