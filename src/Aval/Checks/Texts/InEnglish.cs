using System.Diagnostics;
using Aval.Checks.Rules;
using Aval.Limits.Rules;

namespace Aval.Checks;

static class InEnglish
{
    /// <summary>The rule of standing conditions, whose findings name the measure.</summary>
    const string Measure = "measure";

    public static string Sentence(Finding f, string amount) => f.Code switch
    {
        "payer-unknown" => $"The payer {f.Level} has not been entered yet.",
        "rates-missing" => f.Subject is null
            ? $"Documents of {f.Level} are not counted, since no exchange rate is known for them."
            : $"No exchange rate between {f.Subject} and the credit currency of {f.Level} is known.",
        "authorization-expired" => "The release has run out; the order must be asked for again before it ships.",
        "forced-hold" => $"The account of {f.Level} has been on hold {Since(f)}: {Figures.Ended(f.Subject)}",
        "condition-broken" => $"{f.Level} did not meet the conditions of a release of order {f.Subject}; that was {Ago(f)}.",
        "limit-not-set" when Shared(f) => $"The group {f.Level} has no credit limit.",
        "limit-not-set" => $"{f.Level} has no credit limit.",
        "limit-expired" when Shared(f) => $"The group limit of {f.Level} ended {Ago(f)}, and no other has taken its place.",
        "limit-expired" => $"The limit of {f.Level} ended {Ago(f)}, and no other has taken its place.",
        "limit-exceeded" when f.Rule == Measure => $"The order would exceed by {amount} what measure {f.Subject} lets {f.Level} owe.",
        "limit-exceeded" when Shared(f) => $"The order would exceed the group limit of {f.Level} by {amount}.",
        "limit-exceeded" => $"The order would exceed the limit of {f.Level} by {amount}.",
        "limit-near" when Shared(f) => $"The order would leave {amount} of the group limit of {f.Level}.",
        "limit-near" => $"The order would leave {amount} of the limit of {f.Level}.",
        "overdue" when Shared(f) => $"The group of {f.Level} is overdue with {amount} in all, the oldest item by {Days(f)}.",
        "overdue" => $"{f.Level} is overdue with {amount}, the oldest item by {Days(f)}.",
        "oldest-item-too-old" => $"{f.Level} has left {amount} unpaid for very long, the oldest item for {Days(f)} past due.",
        "promise-broken" => $"{f.Level} has broken its promise {f.Subject} to pay, due {Ago(f)}.",
        "promise-too-long" => $"The promise {f.Subject} of {f.Level} does not count for {amount}: its day lies {Days(f)} after the day on which it was given.",
        "dispute-unqualified" => $"Nobody has said whose fault the dispute {f.Subject} of {amount} is, raised {Ago(f)}.",
        "dispute-unowned" => $"Nobody has taken the dispute {f.Subject} of {amount}, raised {Ago(f)}.",
        "dispute-unresolved" => $"The dispute {f.Subject} of {amount} has stood for {Days(f)}.",
        "dispute-tactical" => $"{f.Level} raised the dispute {f.Subject} of {amount} after the invoice was due; most of its earlier disputes were rejected.",
        "invoice-rejected" => f.Nature == Cause.InternalDefect
            ? $"The invoice {f.Subject} of {amount} was rejected {Ago(f)} through an error of ours."
            : $"{f.Level} rejected the invoice {f.Subject} of {amount} {Ago(f)}.",
        "invoice-not-sent" => $"The invoice {f.Subject} was issued {Ago(f)} and has not been sent.",
        "unbilled-too-old" => $"Goods of the order {f.Subject} were delivered {Ago(f)} and are not invoiced.",
        "over-delivered" => $"More was delivered of the order {f.Subject} than was ordered.",
        "over-invoiced" => $"The invoice {f.Subject} bills more than its order had.",
        "risk-class-missing" => $"{f.Level} has no risk class and is judged by the worst that policy accepts.",
        "risk-class-blocked" => $"{f.Level} is in risk class {f.Subject}, which gets no credit without a decision.",
        "prepayment-required" when f.Rule == Measure => $"Measure {f.Subject} on {f.Level} asks for a deposit; {amount} is still missing.",
        "prepayment-required" => amount.Length == 0
            ? "The order must be paid in advance."
            : $"The order must be paid in advance; {amount} is still missing.",
        "order-too-large" when f.Rule == Measure => $"The order is worth {amount}, more than measure {f.Subject} on {f.Level} lets pass without a decision.",
        "order-too-large" when f.Level is not null => $"The order is worth {amount}, more than policy lets pass of {f.Level}, a customer {Since(f)}, without a decision.",
        "order-too-large" => $"The order is worth {amount}, more than policy lets pass without a decision.",
        "concentration" => $"{Whose(f)} stands for {amount} of all receivables, {Percent(f)} of what was counted on {Day(f)}.",
        "review-overdue" => f.Subject is null ? $"The credit review of {f.Level} is {Days(f)} late."
            : f.Days > 0 ? $"Measure {f.Subject} on {f.Level} ended {Ago(f)}, and nobody has said how it goes on."
            : $"Measure {f.Subject} on {f.Level} ends {(f.Days == 0 ? "today" : "in " + Days(f with { Days = -f.Days }))}; say how it goes on.",
        "cover-reduced" => $"The insurer cut cover {f.Subject} of {f.Level} {Ago(f)}; {amount} is more than it bears now.",
        "cover-expired" => $"Insurance cover {f.Subject} of {f.Level} ended {Ago(f)}, no other has taken its place, and {amount} is owed.",
        "cover-notification-due" => $"The insurer must be told under cover {f.Subject} that {f.Level} is overdue with {amount}, the oldest item by {Days(f)}.",
        "purchase-order-missing" => "The payer's purchase order number is missing.",
        "purchase-order-malformed" => $"The purchase order number {Subjects.Short(f)} does not have the form that the payer accepts.",
        "purchase-order-duplicate" => $"The purchase order number stands on order {f.Subject} too.",
        "buyer-reference-missing" => "The buyer's reference is missing; the payer asks for one.",
        "billing-address-incomplete" => $"The billing address of {f.Level} is incomplete.",
        "terms-deviate" when f.Rule == Measure => $"The payment terms {f.Subject} are longer than the measure on {f.Level} allows.",
        "terms-deviate" => $"The payment terms {f.Subject} are longer than agreed.",
        "terms-shorter" => $"The payment terms {f.Subject} are shorter than agreed; the customer may dispute the due date.",
        "discount-undocumented" => $"Nobody has approved the discount on {Lines(f)}.",
        "price-deviates" => $"The price on {Lines(f)} is off the list price.",
        "tax-id-invalid" => $"The VAT number {f.Subject} of {f.Level} cannot be right.",
        "order-unusual" => Unusual(f, amount),
        "payment-behaviour" => $"{f.Level} {Pays(f)}.",
        "overruns-repeated" => $"{f.Subject} other orders of {f.Level} were held for its limit in the last {Days(f)}.",
        "order-splitting" => $"{f.Subject} orders of {f.Level} within {Days(f)} come to {amount}, each just within what passes without a decision.",
        "dunning-level" => $"{f.Level} has been at dunning level {f.Subject} {Since(f)}.",
        "rates-stale" => $"An exchange rate behind this check was {Days(f)} old.",
        "legal-entity-wrong" => f.Subject is null
            ? $"{f.Level} has not been active {Since(f)}."
            : $"The order names {f.Subject}, which is not what is known of {f.Level}.",
        "account-link-wrong" => $"The order is to be billed to {f.Subject}, who neither ordered nor pays for {f.Level}.",
        "portal-requirement-missing" => $"The payer asks for {Fields(f)} on each order.",
        "delivery-details-missing" => "The order does not say completely where the goods go.",
        _ => throw new UnreachableException(f.Code),
    };

    /// <summary>It is the limit or the sum of a whole group, under the number of its top customer.</summary>
    static bool Shared(Finding f) => f.LimitLevel == LimitLevel.Group;

    static string Unusual(Finding f, string amount) => Subjects.Marked(f) switch
    {
        (HabitRules.Frequency, var usual) => $"{f.Level} orders again after {Days(f)}; usually {usual} days lie between its orders.",
        (HabitRules.Item, var item) => $"Most of the order is for items that {f.Level} never ordered, such as {item}.",
        (HabitRules.ShipTo, var place) => $"The goods go to a place where {f.Level} never had any sent: {place}.",
        _ => $"The order is worth {amount}, {Figures.Number(f.Subject, Language.English)} times what {f.Level} usually orders.",
    };

    static string Pays(Finding f) => Subjects.Pays(
        f, Language.English, "pays {0} days late on average", "pays {0} days later from month to month", "strays by {0} days from its average", " and ");

    static string Fields(Finding f) => Subjects.Fields(f, "a cost centre", "the id of its portal", " and ");

    static string Whose(Finding f) => Subjects.Whose(f, "The country {0}", "The segment {0}");

    static string Percent(Finding f) => Figures.Percent(f.Share?.Percent ?? 0, Language.English);

    static string Day(Finding f) => Figures.Day(f.Share?.AsOf ?? default, Language.English);

    static string Since(Finding f) => f.Days > 0 ? $"for {Days(f)}" : "since today";

    static string Ago(Finding f) => f.Days > 0 ? $"{Days(f)} ago" : "today";

    static string Days(Finding f) => f.Days == 1 ? "1 day" : $"{f.Days ?? 0} days";

    static string Lines(Finding f) =>
        f.Subject?.Contains(',', StringComparison.Ordinal) == true ? $"lines {f.Subject}" : $"line {f.Subject}";
}
