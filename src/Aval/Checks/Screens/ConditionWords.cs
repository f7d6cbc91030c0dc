using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>How conditions are told on screens.</summary>
static class ConditionWords
{
    public static string Of(Condition condition, Currency currency) => condition.Kind switch
    {
        ConditionKind.InvoicePaid when condition.Invoice is { } invoice => T("Invoice {0} is paid", UnseenText.Named(invoice, CheckWords.Spoken)),
        ConditionKind.InvoicePaid => T("{0} of open invoices are paid", Told(condition, currency)),
        ConditionKind.DepositReceived => T("{0} received in advance", Told(condition, currency)),
        ConditionKind.PurchaseOrderReceived => T("The purchase order number is there"),
        ConditionKind.GuaranteeRegistered when condition.Guarantee is { } kind =>
            T("A guarantee of {0} is registered: {1}", Told(condition, currency), T(Say.Word(Words.Of(kind)))),
        ConditionKind.GuaranteeRegistered => T("A guarantee of {0} is registered", Told(condition, currency)),
        ConditionKind.DisputesQualified => 
            Several(condition.OlderThan ?? 0, "No dispute waits longer than {0} day to be qualified", "No dispute waits longer than {0} days to be qualified"),
        ConditionKind.LimitApproved => T("A higher limit is approved"),
        ConditionKind.AmountCap => T("The order is worth at most {0}", Told(condition, currency)),
        ConditionKind.ValidUntil => condition.Date is { } date ? T("Valid until {0}", date) : T("Valid for a time"),
    };

    static Money Told(Condition condition, Currency currency) => new(condition.Amount ?? 0, currency);
}
