using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>Nothing is left to be chosen for a receipt of which nothing is open: its proposal is off the list, as allocated by hand or as of money that went elsewhere.</summary>
sealed class SettledProposals : IReaction
{
    const string Paid = "paid ";
    const string Gone = "gone ";

    public string Rule => "closeProposals";

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows) =>
    [
        .. rows.OfType<Receipt>().GroupBy(receipt => receipt.Number, StringComparer.Ordinal).Where(versions => IsSettled(after, versions.Key))
            .Select(versions => (versions.Last().Allocated > 0 ? Paid : Gone) + versions.Key),
    ];

    public void Run(Case @case, string key)
    {
        var number = key[Paid.Length..];
        if (!IsSettled(@case.Facts, number)) return;
        var proposed = @case.Facts.Find<ReceiptMatch>(number)!;
        @case.Put(CashFacts.Table, key.StartsWith(Paid, StringComparison.Ordinal)
            ? proposed.With(new MatchCandidate(MatchRule.ByHand, 1, "allocated by hand", []), [], proposed.By, @case.Today)
            : proposed.Proposing([], proposed.GaveUp, @case.Today));
    }

    /// <remarks>A receipt with nothing open is closed, and in the facts no more.</remarks>
    static bool IsSettled(Facts facts, string number) =>
        facts.Find<ReceiptMatch>(number) is { Status: MatchStatus.Proposed } && facts.Find<Receipt>(number) is null or { Open: 0 };
}
