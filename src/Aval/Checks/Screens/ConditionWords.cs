using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Web;

namespace Aval.Checks;

/// <summary>How conditions are told on screens.</summary>
static class ConditionWords
{
    public static string Of(Condition condition, Currency currency) => condition.Kind switch
    {
        ConditionKind.InvoicePaid when condition.Invoice is { } invoice => $"Invoice {invoice} is paid",
        ConditionKind.InvoicePaid => $"{Told(condition, currency)} of open invoices are paid",
        ConditionKind.DepositReceived => $"{Told(condition, currency)} received in advance",
        ConditionKind.PurchaseOrderReceived => "The purchase order number is there",
        ConditionKind.GuaranteeRegistered when condition.Guarantee is { } kind => $"A guarantee of {Told(condition, currency)} is registered: {Say.Word(Words.Of(kind))}",
        ConditionKind.GuaranteeRegistered => $"A guarantee of {Told(condition, currency)} is registered",
        ConditionKind.DisputesQualified => $"No dispute waits longer than {Say.Days(condition.OlderThan ?? 0)} to be qualified",
        ConditionKind.LimitApproved => "A higher limit is approved",
        ConditionKind.AmountCap => $"The order is worth at most {Told(condition, currency)}",
        ConditionKind.ValidUntil => condition.Date is { } date ? $"Valid until {Say.Date(date)}" : "Valid for a time",
    };

    static string Told(Condition condition, Currency currency) => Say.Amount(new Money(condition.Amount ?? 0, currency));
}
