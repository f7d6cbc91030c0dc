using Aval.Disputes.Rules;
using Aval.Policies.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Disputes.Screens;

/// <summary>Disputes as the screens say them.</summary>
public static class DisputeWords
{
    public static string Of(DisputeReason reason) => reason switch
    {
        DisputeReason.Quality => T("Quality"),
        DisputeReason.Quantity => T("Quantity"),
        DisputeReason.Price => T("Price"),
        DisputeReason.Delivery => T("Delivery"),
        DisputeReason.Damaged => T("Damaged"),
        DisputeReason.WrongItem => T("Wrong item"),
        DisputeReason.Duplicate => T("Duplicate"),
        DisputeReason.NotOrdered => T("Not ordered"),
        DisputeReason.Documentation => T("Documentation"),
        DisputeReason.Terms => T("Terms"),
        DisputeReason.Other => T("Other"),
    };

    public static string Of(DisputeStatus status) => status switch
    {
        DisputeStatus.Open => T("Open#dispute"),
        DisputeStatus.Qualified => T("Qualified"),
        DisputeStatus.InProgress => T("In progress"),
        DisputeStatus.CreditNoteDue => T("Credit note due"),
        DisputeStatus.Rejected => T("Rejected#dispute"),
        DisputeStatus.Closed => T("Closed#dispute"),
    };

    public static string? KindOf(DisputeStatus status) => status switch
    {
        DisputeStatus.Open => "wait",
        DisputeStatus.Qualified or DisputeStatus.InProgress or DisputeStatus.Rejected => null,
        DisputeStatus.CreditNoteDue => "risk",
        DisputeStatus.Closed => "good",
    };

    public static string Of(Legitimacy legitimacy) => legitimacy switch
    {
        Legitimacy.CompanyFault => T("Our fault"),
        Legitimacy.CustomerFault => T("The customer’s fault"),
        Legitimacy.Shared => T("Both are at fault"),
        Legitimacy.Unqualified => T("Nobody has said yet"),
    };

    /// <summary>What is to be done next.</summary>
    public static string Of(DisputeStep step) => step switch
    {
        DisputeStep.Own => T("Somebody takes it"),
        DisputeStep.Qualify => T("Say whose fault it is"),
        DisputeStep.CreditNote => T("Issue the credit note"),
        DisputeStep.Resolve => T("Settle it"),
    };
}
