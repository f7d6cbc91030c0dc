using System.Globalization;
using Aval.Cash.Rules;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using Aval.Web;

namespace Aval.Cash.Screens;

/// <summary>How matches and what speaks for them are told to people.</summary>
static class CashWords
{
    public static string Of(MatchRule rule) => rule switch
    {
        MatchRule.CreditorReference => "A creditor reference names the document",
        MatchRule.RemittanceText => "The payer has named the documents",
        MatchRule.ExactAmount => "The invoice has just this amount",
        MatchRule.Balance => "It is all that is open",
        MatchRule.PastDueBalance => "It is all that is past due",
        MatchRule.UpToDay => "It is all that is open up to one document day",
        MatchRule.SumOfSet => "The documents have just this sum",
        MatchRule.OldestFirst => "What is due first is paid first",
        MatchRule.ByHand => "A person said so",
    };

    public static string Of(MatchStatus? status) => status is not { } known ? "Not looked at" : known switch
    {
        MatchStatus.Unexplained => "Nothing owed explains it",
        MatchStatus.Proposed => "To be chosen",
        MatchStatus.Posted => "Posted",
        MatchStatus.Undone => "Taken back",
    };

    public static string? KindOf(MatchStatus? status) => status is not { } known ? null : known switch
    {
        MatchStatus.Posted => "good",
        MatchStatus.Proposed or MatchStatus.Unexplained or MatchStatus.Undone => "wait",
    };

    public static string Of(PayerEvidence evidence) => evidence switch
    {
        PayerEvidence.Reference => "a number it names",
        PayerEvidence.Account => "the account it came from",
        PayerEvidence.Name => "the name",
        PayerEvidence.Alias => "a word or name that it is known by",
        PayerEvidence.Amount => "the amount",
    };

    public static string Of(LessonKind kind) => kind switch
    {
        LessonKind.Account => "account",
        LessonKind.Name => "name",
        LessonKind.Word => "word that it writes",
        LessonKind.Style => "how its words look",
        LessonKind.NumberForm => "how it writes our numbers",
    };

    public static string By(IEnumerable<PayerEvidence> evidence) => Say.List(evidence.Select(Of)) is { Length: > 0 } told ? "by " + told : "as a person has said";

    public static string Of(Receipt receipt) => receipt switch
    {
        { Status: ReceiptStatus.Returned } => "Returned",
        { OnAccount: true } => "On account",
        { DepositFor: not null } => "Deposit",
        { Status: ReceiptStatus.Uncleared } => "Not cleared",
        _ => "Cleared",
    };

    /// <summary><c>97 %</c>.</summary>
    public static string Percent(decimal confidence) => (confidence * 100).ToString("0.#", CultureInfo.InvariantCulture) + "\u00a0%";
}
