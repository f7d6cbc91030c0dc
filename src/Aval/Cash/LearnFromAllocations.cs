using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>Who allocates by hand says which invoices were meant: how the payer has written their numbers is learned.</summary>
sealed class LearnFromAllocations : IReaction
{
    public string Rule => "learnFromAllocations";

    /// <remarks>A key tells all: a receipt that has paid everything is closed, and in the facts no more.</remarks>
    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        List<string>? wakes = null;
        foreach (var row in rows)
        {
            if (row is not Settlement { Source: SettlementSource.Receipt, Amount: > 0 } paid) continue;
            if (rows.OfType<Receipt>().LastOrDefault(receipt => receipt.Number == paid.SourceNumber) is not { DepositFor: null, Reference: { } text } of) continue;
            if (rows.OfType<ReceiptMatch>().Any(match => match.Receipt == of.Number)) continue;
            foreach (var taught in Teaching.OfInvoices(text, [paid.Invoice])) (wakes ??= []).Add($"{of.Number}\n{of.Payer}\n{taught.Text}");
        }

        return wakes ?? (IReadOnlyList<string>)[];
    }

    public void Run(Case @case, string key)
    {
        if (key.Split('\n', 3) is [var receipt, var payer, var form])
            Lessons.Learn(@case, @case.Root, Lesson.Of(new Taught(LessonKind.NumberForm, form), payer, @case.Today, receipt, said: false));
    }
}
