using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Statements;
using Aval.Statements.Rules;

namespace Aval.Cash;

/// <summary>The bank has taken back the money of a receipt: the receipt is returned, unless somebody has returned it before, and the line waits no more; in one commit at both
/// roots.</summary>
public sealed record ReverseLine(string Line, string Receipt, MatchTrail Trail) : Command
{
    public override string Name => "reverseLine";
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Receipt, ReceivablesProblems.ReceiptUnknown);
    public override IReadOnlyList<Cite> Cites => [.. Trail.Cites(Receipt), Cite.Of(StatementsTables.Line, Line)];

    public override async Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) =>
        await directory.RootOfAsync(BankAccount.PartyOf(StatementsQuery.AccountOf(Line)), cancel) is { } root
            ? [.. await Trail.Receipt.RootsAsync(directory, cancel), root]
            : await Trail.Receipt.RootsAsync(directory, cancel);

    public override Problem? Decide(Case @case)
    {
        var root = @case.Roots.FirstOrDefault(root => @case.Of(root).Find<StatementLine>(Line) is not null);
        if (root is null) return StatementProblems.LineUnknown.With($"Line {Line} is not known.", "number");
        var line = @case.Of(root).Find<StatementLine>(Line)!;
        if (!line.IsOpen() || line.Amount >= 0) return StatementProblems.LineSettled.With($"Line {Line} is {Kernel.Storage.Words.Of(line.State)}.");
        if (@case.Facts.Find<Receipt>(Receipt) is not { } receipt) return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Receipt} is not known.");
        var date = line.Day > receipt.Date ? line.Day : receipt.Date;
        if (new ReturnReceipt(Receipt, new ReturnBody(date, $"taken back by the bank, line {Line}"), Trail).Decide(@case) is { } refusal) return refusal;
        @case.Put(StatementsTables.Line, line with { State = LineState.Matched, Receipt = Receipt }, root);
        @case.Put(CashFacts.LinePayerTable, LinePayer.Of(Line, new PossiblePayer(receipt.Payer, [PayerEvidence.Reference]), found: true, @case.Today), root);
        return null;
    }
}
