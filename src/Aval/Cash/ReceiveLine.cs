using System.Collections.Immutable;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Statements;
using Aval.Statements.Rules;

namespace Aval.Cash;

/// <param name="Payer">Who paid; money of a customer that somebody else pays for counts as that payer's.</param>
public sealed record ReceiveBody(string Payer);

/// <summary>Makes a receipt of a bank line, and looks for the invoices that it was meant for; in one commit at both roots.</summary>
/// <param name="Named">As in <see cref="MatchReceipt"/>.</param>
/// <param name="ByHand">True where a person says who paid.</param>
public sealed record ReceiveLine(string Line, string Payer, IReadOnlyList<string> Named, bool ByHand) : Command
{
    /// <summary>What banks write where the payer gave no number.</summary>
    const string NotProvided = "NOTPROVIDED";
    const int LongestText = 4000;

    /// <summary>By what the payer was found; empty where a person has said so.</summary>
    public ImmutableArray<PayerEvidence> Evidence { get; init; } = [];

    string Suspense => BankAccount.PartyOf(StatementsQuery.AccountOf(Line));

    public override string Name => "receiveLine";
    public override Subject Subject => Subject.Party(Payer, PartyProblems.CustomerUnknown);
    public override Cite? Edits => Cite.Of(StatementsTables.Line, Line);
    public override IReadOnlyList<Claim> Claims => [Claim.Document(PostReceipt.Scope, Line, Payer, Payer)];
    public override IReadOnlyList<Cite> Cites => [Cite.Of(StatementsTables.Line, Line), Cite.Of(CashFacts.LinePayerTable, LinePayer.KeyOf(Line, Payer))];

    public override async Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) =>
        await directory.RootOfAsync(Suspense, cancel) is { } root ? [root] : [];

    public override Problem? Decide(Case @case)
    {
        var root = @case.Roots.FirstOrDefault(root => @case.Of(root).Find<StatementLine>(Line) is not null);
        if (root is null) return StatementProblems.LineUnknown.With($"Line {Line} is not known.", "number");
        var line = @case.Of(root).Find<StatementLine>(Line)!;
        if (!line.IsOpen() || line.Amount <= 0) return StatementProblems.LineSettled.With($"Line {Line} is {Words.Of(line.State)}.");
        var body = new ReceiptBody(Line, Payer, line.Day, line.Currency, line.Money().Major, TextOf(line));
        if (new PostReceipt(body).Decide(@case) is { } refusal) return refusal;
        MatchReceipt.Run(@case, @case.Root, @case.Facts.Find<Receipt>(Line)!, Named);
        @case.Put(StatementsTables.Line, line with { State = LineState.Matched, Receipt = Line }, root);
        @case.Put(CashFacts.LinePayerTable, LinePayer.Of(Line, new PossiblePayer(Payer, Evidence), found: true, @case.Today), root);
        Learn(@case, line);
        return null;
    }

    internal static void Map(Api api) => api.Post<ReceiveBody, MatchAnswer>(
        "/bank-lines/{number}/receive", CashPermissions.Match, "Says who paid a bank line: it becomes a receipt, whose invoices are looked for at once",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            var line = await new StatementsQuery(request.Store).LineAsync(number, cancel);
            var named = line is null ? [] : await new NamedInvoices(request.Store, request.Desk.Directory).InAsync(TextOf(line), body.Payer, line.Amount, cancel);
            var (_, problem) = await request.SubmitAsync(new ReceiveLine(number, body.Payer, named, ByHand: true));
            return problem is not null ? problem : await ReadMatches.AnswerAsync(request, number, cancel);
        },
        [PartyProblems.CustomerUnknown, StatementProblems.LineUnknown, StatementProblems.LineSettled]);

    /// <summary>All that the payer wrote, the structured reference first.</summary>
    internal static string TextOf(StatementLine line)
    {
        var said = new[] { line.CreditorReference, line.Remittance, line.EndToEnd == NotProvided ? null : line.EndToEnd, line.CustomerReference };
        var text = string.Join(" · ", said.Where(part => !string.IsNullOrWhiteSpace(part)).Distinct(StringComparer.Ordinal));
        return text.Length <= LongestText ? text : text[..LongestText];
    }

    internal static string? AccountOf(StatementLine line) =>
        line.CounterpartyAccount is { } account && BankAccount.Bare(account) is { Length: > 0 } bare ? bare : null;

    /// <summary>Who was named by a person is known from now on by all that tells of it; who named its invoices, by its account.</summary>
    void Learn(Case @case, StatementLine line)
    {
        var receipt = @case.Facts.Find<Receipt>(Line)!;
        if (ByHand) Lessons.OfPayer(@case, @case.Root, new Teaching(Line, AccountOf(line), line.Counterparty, TextOf(line), Named), receipt.Payer, Line);
        else if (AccountOf(line) is { } account && @case.Facts.Find<ReceiptMatch>(Line)?.Posted?.Rule is MatchRule.CreditorReference or MatchRule.RemittanceText)
            Lessons.Learn(@case, @case.Root, Lesson.Of(new Taught(LessonKind.Account, account), receipt.Payer, @case.Today, Line, said: false));
    }
}
