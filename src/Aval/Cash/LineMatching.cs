using System.Collections.Immutable;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Statements;
using Aval.Statements.Rules;

namespace Aval.Cash;

/// <summary>Makes receipts of the lines of statements that wait, as far as their payers are known, and takes receipts back that the bank has; the others wait on, with who may
/// have paid them.</summary>
/// <param name="submit">Decides a command in the caller's name; the text tells the commands of one call apart.</param>
public sealed class LineMatching(Store store, IDirectory directory, Func<Command, string, Task<Answer>> submit)
{
    const int AtOnce = 500;

    readonly NamedInvoices naming = new(store, directory);

    PayerFinder? finder;

    /// <returns>The numbers of the receipts that came of the lines, which are those of the lines, in their order; also where somebody else was quicker.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<StatementLine> lines, CancellationToken cancel)
    {
        var receipts = new List<string>();
        foreach (var page in lines.Where(line => line.IsOpen()).Chunk(AtOnce))
        {
            var known = (await UnassignedMoney.PayersAsync(store, [.. page.Select(line => line.Number)], cancel)).Where(payer => payer.IsPossible)
                .ToLookup(payer => payer.Line, StringComparer.Ordinal);
            foreach (var line in page)
                if (line.Amount > 0 ? await ReceiveAsync(line, [.. known[line.Number]], cancel) : await TakeBackAsync(line, [.. known[line.Number]], cancel))
                    receipts.Add(line.Number);
        }

        return receipts;
    }

    /// <summary>Looks again at all lines that wait, the longest waiting first.</summary>
    /// <param name="goOn">False ends it before the next of its rounds; null for all.</param>
    public async Task<MatchedLinesAnswer> LookAgainAsync(Func<bool>? goOn, CancellationToken cancel)
    {
        var (waiting, receipts, query, last) = (0, new List<string>(), new StatementsQuery(store), ((DateOnly, string)?)null);
        while (goOn?.Invoke() != false && await query.WaitingAfterAsync(last, AtOnce, cancel) is { Count: > 0 } lines)
        {
            receipts.AddRange(await RunAsync(lines, cancel));
            (waiting, last) = (waiting + lines.Count, (lines[^1].Day, lines[^1].Number));
        }

        return new MatchedLinesAnswer(waiting, receipts);
    }

    async Task<bool> ReceiveAsync(StatementLine line, ImmutableArray<LinePayer> known, CancellationToken cancel)
    {
        finder ??= await PayerDirectory.ReadAsync(store, cancel);
        var text = ReceiveLine.TextOf(line);
        var paid = new Remittance(line.Amount, line.Day, PaymentReferences.In(text), text);
        if (finder.Find(paid, ReceiveLine.AccountOf(line), line.Counterparty) is not { } found)
        {
            await ProposeAsync(line, finder.Candidates(paid, ReceiveLine.AccountOf(line), line.Counterparty), known);
            return false;
        }

        var named = await naming.InAsync(text, found.Payer, line.Amount, cancel);
        // What is refused, as a line dated after the business date, waits: it is looked at again when the day has come.
        if (await submit(
            new ReceiveLine(line.Number, found.Payer, named, ByHand: false) { Evidence = [found.Evidence] }, line.Number) is not { Outcome: { } outcome })
            return await new StatementsQuery(store).LineAsync(line.Number, cancel) is { State: LineState.Matched };
        if (outcome.Row<Lesson>() is { Kind: LessonKind.Account } learned) finder = finder.Knowing(learned.Text, learned.Payer);
        return true;
    }

    /// <summary>The bank has taken money back: the receipt that it came with is returned where there is one such, else its payers are proposed.</summary>
    async Task<bool> TakeBackAsync(StatementLine line, ImmutableArray<LinePayer> known, CancellationToken cancel)
    {
        var (sure, possible) = TakenBack.Among(line, await new StatementsQuery(store).ReceivedAsync(line, cancel));
        if (sure is not null)
        {
            var (outcome, _) = await MatchTrail.SendAsync(async () =>
                await submit(new ReverseLine(line.Number, sure, await MatchTrail.ReadAsync(store, sure, cancel)), line.Number));
            if (outcome is not null) return false;
        }

        var payers = (await UnassignedMoney.PayersAsync(store, [.. possible.Select(one => one.Number)], cancel)).Where(payer => payer.Found).Select(payer => payer.Payer);
        await ProposeAsync(line, [.. payers.Distinct(StringComparer.Ordinal).Select(payer => new PossiblePayer(payer, [PayerEvidence.Amount]))], known);
        return false;
    }

    async Task ProposeAsync(StatementLine line, ImmutableArray<PossiblePayer> payers, ImmutableArray<LinePayer> known)
    {
        var former = known.Select(payer => payer.Payer).Except(payers.Select(payer => payer.Payer), StringComparer.Ordinal).ToImmutableArray();
        var fresh = payers.Any(payer => known.FirstOrDefault(other => other.Payer == payer.Payer) is not { } told || !told.Evidence.SequenceEqual(payer.Evidence));
        if (fresh || !former.IsEmpty || (line.State == LineState.Proposed) == payers.IsEmpty) await submit(new ProposePayers(line.Number, payers, former), line.Number);
    }
}
