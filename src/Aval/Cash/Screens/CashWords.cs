using Aval.Cash.Rules;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Cash.Screens;

/// <summary>How matches and what speaks for them are told to people.</summary>
static class CashWords
{
    public static string Of(MatchRule rule) => rule switch
    {
        MatchRule.CreditorReference => T("A creditor reference names the document"),
        MatchRule.RemittanceText => T("The payer has named the documents"),
        MatchRule.ExactAmount => T("The invoice has just this amount"),
        MatchRule.Balance => T("It is all that is open"),
        MatchRule.PastDueBalance => T("It is all that is past due"),
        MatchRule.UpToDay => T("It is all that is open up to one document day"),
        MatchRule.SumOfSet => T("The documents have just this sum"),
        MatchRule.OldestFirst => T("What is due first is paid first"),
        MatchRule.ByHand => T("A person said so"),
    };

    public static string Of(MatchStatus? status) => status is not { } known ? T("Not looked at") : known switch
    {
        MatchStatus.Unexplained => T("Nothing owed explains it"),
        MatchStatus.Proposed => T("To be chosen"),
        MatchStatus.Posted => T("Posted"),
        MatchStatus.Undone => T("Taken back"),
    };

    public static string? KindOf(MatchStatus? status) => status is not { } known ? null : known switch
    {
        MatchStatus.Posted => "good",
        MatchStatus.Proposed or MatchStatus.Unexplained or MatchStatus.Undone => "wait",
    };

    public static string Of(PayerEvidence evidence) => evidence switch
    {
        PayerEvidence.Reference => T("a number it names"),
        PayerEvidence.Account => T("the account it came from"),
        PayerEvidence.Name => T("the name"),
        PayerEvidence.Alias => T("a word or name that it is known by"),
        PayerEvidence.Amount => T("the amount"),
    };

    public static string Of(LessonKind kind) => kind switch
    {
        LessonKind.Account => T("account"),
        LessonKind.Name => T("name"),
        LessonKind.Word => T("word that it writes"),
        LessonKind.Style => T("how its words look"),
        LessonKind.NumberForm => T("how it writes our numbers"),
    };

    public static string By(IEnumerable<PayerEvidence> evidence) => Say.List(evidence.Select(Of)) is { Length: > 0 } told ? T("by {0}#evidence", told) : T("as a person has said");

    public static string Of(Receipt receipt) => receipt switch
    {
        { Status: ReceiptStatus.Returned } => T("Returned"),
        { OnAccount: true } => T("On account"),
        { DepositFor: not null } => T("Deposit"),
        { Status: ReceiptStatus.Uncleared } => T("Not cleared"),
        _ => T("Cleared#money"),
    };

    /// <summary><c>97 %</c>.</summary>
    public static string Percent(decimal confidence) => (confidence * 100).ToString("0.#", Tongue.Current.Numbers) + "\u00a0%";
}
