using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Statements.Rules;

namespace Aval.Statements;

/// <param name="Reason">Why the line concerns no customer.</param>
public sealed record IgnoreLineBody(string Reason);

/// <summary>Says that a line concerns no customer, or takes that back.</summary>
/// <param name="Reason">Null reopens the line.</param>
public sealed record IgnoreLine(string Number, string? Reason) : Command
{
    public override string Name => Reason is null ? "reopenLine" : "ignoreLine";
    public override Subject Subject => Subject.Party(BankAccount.PartyOf(StatementsQuery.AccountOf(Number)), StatementProblems.LineUnknown);
    public override Cite? Edits => Cite.Of(StatementsTables.Line, Number);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(StatementsTables.Line, Number)];
    public override Problem? Refuse() => Reason is not null && string.IsNullOrWhiteSpace(Reason) ? KernelProblems.Invalid("reason", "must say why") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<StatementLine>(Number) is not { } line) return Unknown(Number);
        if (Reason is null ? line.State != LineState.Ignored : !line.IsOpen())
            return StatementProblems.LineSettled.With($"Line {Number} is {Kernel.Storage.Words.Of(line.State)}.");
        if (Reason is null && !line.Currency.IsInUse) return StatementProblems.LineSettled.With($"Line {Number} is in {line.Currency}, which is no longer in use.");
        @case.Reason = Reason;
        @case.Put(StatementsTables.Line, line with { State = Reason is null ? LineState.New : LineState.Ignored, Reason = Reason });
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<IgnoreLineBody, LineAnswer>(
            "/bank-lines/{number}/ignore", StatementPermissions.Settle, "Says that a line concerns no customer",
            (body, request) => new IgnoreLine(request.Route("number"), body.Reason), (outcome, _) => LineAnswer.Of(outcome.Row<StatementLine>()!),
            [StatementProblems.LineUnknown, StatementProblems.LineSettled]);
        api.Post<Nothing, LineAnswer>(
            "/bank-lines/{number}/reopen", StatementPermissions.Settle, "Takes back that a line concerns no customer",
            (_, request) => new IgnoreLine(request.Route("number"), null), (outcome, _) => LineAnswer.Of(outcome.Row<StatementLine>()!),
            [StatementProblems.LineUnknown, StatementProblems.LineSettled]);
    }

    internal static Problem Unknown(string number) => StatementProblems.LineUnknown.With($"Line {number} is not known.", "number");
}
