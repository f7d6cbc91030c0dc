using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Statements;
using Aval.Statements.Rules;

namespace Aval.Cash;

/// <summary>Makes receipts of the lines of statements that wait, as far as their payers are known; the others wait on, with who may have paid them.</summary>
/// <param name="submit">Decides a command in the caller's name; the text tells the commands of one call apart.</param>
public sealed class LineMatching(Store store, IDirectory directory, Func<Command, string, Task<Answer>> submit)
{
    /// <returns>The numbers of the receipts, which are those of their lines, in the lines' order.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<StatementLine> lines, CancellationToken cancel)
    {
        var coming = lines.Where(line => line.IsOpen() && line.Amount > 0).ToList();
        if (coming.Count == 0) return [];
        var finder = await PayerDirectory.ReadAsync(store, cancel);
        var naming = new NamedInvoices(store, directory);
        var receipts = new List<string>();
        foreach (var line in coming)
        {
            var text = ReceiveLine.TextOf(line);
            var paid = new Remittance(line.Amount, line.Day, PaymentReferences.In(text), text);
            if (finder.Find(paid, ReceiveLine.AccountOf(line), line.Counterparty) is not { } found)
            {
                var candidates = finder.Candidates(paid, ReceiveLine.AccountOf(line), line.Counterparty);
                if (!candidates.IsEmpty) await submit(new ProposePayers(line.Number, candidates), line.Number);
                continue;
            }

            var named = await naming.InAsync(text, found.Payer, line.Amount, cancel);
            // What is refused, as a line dated after the business date, waits for a person.
            if (await submit(
                new ReceiveLine(line.Number, found.Payer, named, ByHand: false) { Evidence = [found.Evidence] }, line.Number) is not { Outcome: { } outcome }) continue;
            receipts.Add(line.Number);
            if (outcome.Row<Lesson>() is { Kind: LessonKind.Account } learned) finder = finder.Knowing(learned.Text, learned.Payer);
        }

        return receipts;
    }
}
