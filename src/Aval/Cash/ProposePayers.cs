using System.Collections.Immutable;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Statements;
using Aval.Statements.Rules;

namespace Aval.Cash;

/// <summary>Says of a line that waits who may have paid it: a person chooses. Who no longer may is taken off; a line that is nobody's is new again.</summary>
/// <param name="Former">Payers that were proposed before and are no longer.</param>
public sealed record ProposePayers(string Line, ImmutableArray<PossiblePayer> Payers, ImmutableArray<string> Former) : Command
{
    public override string Name => "proposePayers";
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Party(BankAccount.PartyOf(StatementsQuery.AccountOf(Line)), StatementProblems.LineUnknown);

    public override IReadOnlyList<Cite> Cites =>
    [
        Cite.Of(StatementsTables.Line, Line),
        .. Payers.Select(payer => payer.Payer).Concat(Former).Select(payer => Cite.Of(CashFacts.LinePayerTable, LinePayer.KeyOf(Line, payer))),
    ];

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<StatementLine>(Line) is not { } line) return StatementProblems.LineUnknown.With($"Line {Line} is not known.", "number");
        if (!line.IsOpen()) return StatementProblems.LineSettled.With($"Line {Line} is {Kernel.Storage.Words.Of(line.State)}.");
        var state = Payers.IsEmpty ? LineState.New : LineState.Proposed;
        if (line.State != state) @case.Put(StatementsTables.Line, line with { State = state });
        foreach (var payer in Payers.Concat(Former.Select(former => new PossiblePayer(former, []))))
            if (@case.Facts.Find<LinePayer>(LinePayer.KeyOf(Line, payer.Payer)) is not { } known || !known.Evidence.SequenceEqual(payer.Evidence))
                @case.Put(CashFacts.LinePayerTable, LinePayer.Of(Line, payer, found: false, @case.Today));
        return null;
    }
}
