using System.Diagnostics;
using Aval.Checks.Rules;

namespace Aval.Checks;

static class InEnglish
{
    public static string Sentence(Finding f, string amount) => f.Code switch
    {
        "payer-unknown" => $"The payer {f.Level} has not been entered yet.",
        "rates-missing" => f.Subject is null
            ? $"Documents of {f.Level} are not counted, since no exchange rate is known for them."
            : $"No exchange rate between {f.Subject} and the credit currency of {f.Level} is known.",
        "authorization-expired" => "The release has run out; the order must be asked for again before it ships.",
        "forced-hold" => $"The account of {f.Level} has been on hold {Since(f)}: {f.Subject}",
        "condition-broken" => $"{f.Level} did not meet the conditions of a release of order {f.Subject}; that was {Days(f)} ago.",
        "limit-not-set" => $"{f.Level} has no credit limit.",
        "limit-expired" => $"The limit of {f.Level} ended {Days(f)} ago, and no other has taken its place.",
        "limit-exceeded" => $"The order would exceed the limit of {f.Level} by {amount}.",
        "limit-near" => $"The order would leave {amount} of the limit of {f.Level}.",
        "overdue" => $"{f.Level} is overdue with {amount}, the oldest item by {Days(f)}.",
        "oldest-item-too-old" => $"{f.Level} has left {amount} unpaid for very long, the oldest item for {Days(f)} past due.",
        "risk-class-missing" => $"{f.Level} has no risk class and is judged by the worst that policy accepts.",
        "risk-class-blocked" => $"{f.Level} is in risk class {f.Subject}, which gets no credit without a decision.",
        "prepayment-required" => amount.Length == 0
            ? "The order must be paid in advance."
            : $"The order must be paid in advance; {amount} is still missing.",
        "order-too-large" => $"The order is worth {amount}, more than policy lets pass without a decision.",
        "purchase-order-missing" => "The payer's purchase order number is missing.",
        "purchase-order-malformed" => $"The purchase order number {f.Subject} does not have the form that the payer accepts.",
        "purchase-order-duplicate" => $"The purchase order number stands on order {f.Subject} too.",
        "buyer-reference-missing" => "The buyer's reference is missing; the payer asks for one.",
        "billing-address-incomplete" => $"The billing address of {f.Level} is incomplete.",
        "terms-deviate" => $"The payment terms {f.Subject} are longer than agreed.",
        "terms-shorter" => $"The payment terms {f.Subject} are shorter than agreed; the customer may dispute the due date.",
        "discount-undocumented" => $"Nobody has approved the discount on {Lines(f)}.",
        "price-deviates" => $"The price on {Lines(f)} is off the list price.",
        "tax-id-invalid" => $"The VAT number {f.Subject} of {f.Level} cannot be right.",
        "order-unusual" => $"The order is worth {amount}, {Figures.Number(f.Subject, Language.English)} times what {f.Level} usually orders.",
        _ => throw new UnreachableException(f.Code),
    };

    static string Since(Finding f) => f.Days > 0 ? $"for {Days(f)}" : "since today";

    static string Days(Finding f) => f.Days == 1 ? "1 day" : $"{f.Days ?? 0} days";

    static string Lines(Finding f) =>
        f.Subject?.Contains(',', StringComparison.Ordinal) == true ? $"lines {f.Subject}" : $"line {f.Subject}";
}
