using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <summary>The answer to an order: what became of it, and everything that was found.</summary>
/// <param name="Triage">What may come next: accept, complete first, arbitrate.</param>
/// <param name="Authorization">Its claim on headroom; null unless released.</param>
/// <param name="Block">The open block's id; null unless held.</param>
/// <param name="Cause">Whose fault a hold is; null unless held.</param>
/// <param name="Exposure">The payer's figures before the order, and what the order makes of them.</param>
/// <param name="Findings">Everything found, what holds the order and what does not.</param>
/// <param name="Options">Under what conditions yes becomes acceptable.</param>
/// <param name="Texts">The same in words: for us, for Customer Service, for the customer.</param>
/// <param name="Journal">Where it is recorded; null for a pre-authorization, which records nothing.</param>
public sealed record OrderAnswer(
    string Order, OrderStatus Status, Triage Triage, string Customer, string Payer, int PolicyVersion, AuthorizationAnswer? Authorization, string? Block, Cause? Cause,
    ExposureFigures Exposure, IReadOnlyList<FindingAnswer> Findings, IReadOnlyList<OptionAnswer> Options, CheckTexts Texts, JournalPlace? Journal, string Number,
    decimal Amount, Currency Currency, SkipReason? Skipped, IReadOnlyList<OrderLine> Lines, IReadOnlyList<string> Marks, DateOnly OrderDate, DateOnly? ShipDate,
    string? BillTo, string? EnteredBy, string? PaymentTerms, string? PurchaseOrder, string? BuyerReference)
{
    /// <summary>From what a command has written: the order, its check, and where they stand in the journal.</summary>
    public static OrderAnswer Of(Outcome outcome)
    {
        var check = outcome.Row<OrderCheck>()!;
        return Of(outcome.Row<Order>()!, check, new JournalPlace(outcome.Root, outcome.Sequence));
    }

    public OrderAnswer Unrecorded() => this with { Authorization = null, Block = null, Journal = null };

    public static OrderAnswer Of(Order order, OrderCheck check, JournalPlace? journal)
    {
        var texts = CheckTexts.Of(order.Number, check.Findings, Language.English);
        return new OrderAnswer(
            order.Number, order.Status, check.Triage, order.Customer, order.Payer, check.PolicyVersion,
            order.Authorization is { } claim ? new AuthorizationAnswer(claim.Number, new Money(claim.Amount, claim.Currency).Major, claim.Currency, claim.Expires) : null,
            order.Status == OrderStatus.Held ? check.Block : null, order.Status == OrderStatus.Held ? check.Cause : null, ExposureFigures.Of(check.Exposure),
            [.. check.Findings.Select(finding => FindingAnswer.Of(finding, Language.English))], [], texts, journal, order.Number,
            new Money(OrderValue.Of(order).Total, order.Currency).Major, order.Currency, check.Skipped, order.Lines, order.Marks,
            order.OrderDate, order.ShipDate, order.BillTo, order.EnteredBy, order.PaymentTerms, order.PurchaseOrder, order.BuyerReference);
    }
}

/// <param name="Expires">The last good day; null once picking was released.</param>
public sealed record AuthorizationAnswer(string Number, decimal Amount, Currency Currency, DateOnly? Expires);

/// <param name="Message">One sentence.</param>
/// <param name="Scope">For whom the rule's setting that fired was made; null for everybody, and where no rule fired.</param>
public sealed record FindingAnswer(
    string Code, Severity Severity, OwnerFunction Owner, Cause Cause, string? Level, decimal? Amount, int? Days, string? Rule, string? Subject, string Message, ScopeBody? Scope)
{
    public static FindingAnswer Of(Finding finding, Language language) => new(
        finding.Code, finding.Severity, finding.Owner, Causes.Of(finding), finding.Level,
        finding is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency).Major : null, finding.Days, finding.Rule, finding.Subject,
        FindingText.Sentence(finding, language), finding.Scope is { } scope ? ScopeBody.Of(scope) : null);
}

/// <summary>An action that would make the order acceptable.</summary>
public sealed record OptionAnswer(string Action, decimal? Amount, string Sentence);

public sealed record JournalPlace(string Root, long Sequence);
