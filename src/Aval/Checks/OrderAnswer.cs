using System.Text.Json.Serialization;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Limits.Rules;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
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
/// <param name="Defects">Our own defects that account for the hold, the fewest; or for what was found of an order that policy has let go, until they are mended.</param>
/// <param name="Options">Under what conditions yes becomes acceptable, the least burden first.</param>
/// <param name="Remaining">What holds the order and no option cures, each with why.</param>
/// <param name="Texts">The same in words: for us, for Customer Service, for the customer.</param>
/// <param name="Rules">Every rule of the policy and what came of it: fired, clear, skipped or switched off.</param>
/// <param name="Journal">Where it is recorded; null for a pre-authorization, which records nothing.</param>
public sealed record OrderAnswer(
    string Order, OrderStatus Status, Triage Triage, string Customer, string Payer, int PolicyVersion, AuthorizationAnswer? Authorization, string? Block, Cause? Cause,
    OrderExposure Exposure, IReadOnlyList<FindingAnswer> Findings, IReadOnlyList<DefectAnswer> Defects,
    IReadOnlyList<OptionAnswer> Options, IReadOnlyList<RemainingAnswer> Remaining, CheckTexts Texts, JournalPlace? Journal, string Number,
    decimal Amount, Currency Currency, SkipReason? Skipped, IReadOnlyList<OrderLine> Lines, IReadOnlyList<string> Marks, DateOnly OrderDate, DateOnly? ShipDate,
    string? BillTo, string? EnteredBy, string? PaymentTerms, string? PurchaseOrder, string? BuyerReference, string? VatId, string? RegistrationId,
    string? CostCentre, string? PortalReference, PostalAddress? ShipTo, bool CompleteDelivery,
    [property: JsonConverter(typeof(RulesAsked.Converter))] IReadOnlyList<RuleAnswer> Rules)
{
    /// <summary>From what a command has written: the order, its check, and where they stand in the journal. Options are found on the facts right after it.</summary>
    public static async Task<Answered<OrderAnswer>> OfAsync(Outcome outcome, ApiRequest request, CancellationToken cancel)
    {
        var (order, check) = (outcome.Row<Order>()!, outcome.Row<OrderCheck>()!);
        // An answer that is given again comes from the journal, without facts: what can be done is told on those of today.
        var facts = outcome is { After: { } after, Company: { } company } ? (after, company) : await request.Desk.ViewAsync(check.Customer, cancel);
        var rules = RulesAsked.By(check, facts?.Root, facts?.Company ?? outcome.Company!);
        return await OfAsync(new FoundOrder(outcome.Root, outcome.Sequence, outcome.Root, order, check, Asked(order, check, facts), rules), request, cancel);
    }

    /// <summary>As the caller may read it.</summary>
    internal static async Task<OrderAnswer> OfAsync(FoundOrder found, ApiRequest request, CancellationToken cancel)
    {
        var unseen = new Unseen(request.Desk, cancel);
        var remedies = await unseen.OfAsync(found.AllRemedies());
        return Of(found with { Check = await unseen.OfAsync(found.Check) }, remedies, Languages.Of(request.AcceptLanguage));
    }

    /// <summary>Held, or released for a part while the rest waits for a decision.</summary>
    static bool IsBlocked(Order order) => order.Status == OrderStatus.Held || order.IsPart();

    public OrderAnswer Unrecorded() => this with { Authorization = null, Block = null, Journal = null };

    /// <summary>The question that a held order poses, or one that policy has let go while our own defects stand; null for another.</summary>
    public static WhatIf? Asked(Order order, OrderCheck check, (Facts Root, Facts Company)? facts) =>
        (!IsBlocked(order) && !FixLater.IsOf(order, check)) || facts is not { } known
        ? null
        : new WhatIf(known.Root, known.Company, order, known.Company.Through, known.Company.Get<PoliciesFacts>().Current, check.Occasion == Occasion.PickRelease);

    /// <summary>What can be done about an order: of one that is not held, what is ours to mend.</summary>
    internal static Remedies RemediesOf(Order order, WhatIf? asked) => asked is null ? Remedies.None
        : IsBlocked(order) ? Remedies.Of(asked)
        : Remedies.None with { Defects = Diagnosis.DefectsThatMatter(asked, asked.Check()) };

    /// <summary>In words, with what comes next.</summary>
    internal static CheckTexts TextsOf(Order order, OrderCheck check, WhatIf? asked, Remedies remedies, Language language)
    {
        Standing? standing = order.Status switch
        {
            OrderStatus.Received => null,
            OrderStatus.Held => Standing.Held,
            OrderStatus.Released => order.IsPart() ? Standing.HeldInPart : Standing.Released,
            OrderStatus.Delivered or OrderStatus.Closed => Standing.Released,
            OrderStatus.Cancelled => Standing.Cancelled,
        };
        // Another's invoices are none of an ordering customer's business.
        var own = order.Customer == order.Payer
            ? new OwnDebt(true, check.Exposure.Overdue > 0, [.. remedies.StillToPay.Where(invoice => !Unseen.Is(invoice))])
            : new OwnDebt(false, check.Exposure.Overdue > 0, []);
        return NextStep.On(CheckTexts.Of(order.Number, check.Findings, remedies.Defects, language, own, standing), asked, remedies, language);
    }

    /// <summary>The same, but what the customer is told in the customer's language.</summary>
    internal static CheckTexts TextsOf(Order order, OrderCheck check, WhatIf? asked, Remedies remedies, Language language, Language toCustomer) =>
        TextsOf(order, check, asked, remedies, language) with { Customer = TextsOf(order, check, asked, remedies, toCustomer).Customer };

    /// <summary>To whoever sees everything.</summary>
    public static OrderAnswer Of(FoundOrder found, Language language) => Of(found, found.AllRemedies(), language);

    static OrderAnswer Of(FoundOrder found, Remedies remedies, Language language)
    {
        var (order, check) = (found.Order, found.Check);
        var texts = TextsOf(order, check, found.Asked, remedies, language);
        return new OrderAnswer(
            order.Number, order.Status, check.Triage, order.Customer, order.Payer, check.PolicyVersion,
            order.Authorization is { } claim
                ? new AuthorizationAnswer(claim.Number, new Money(claim.Amount, claim.Currency).Major, claim.Currency, claim.Expires, order.ToShip())
                : null,
            IsBlocked(order) ? check.Block : null, IsBlocked(order) ? check.Cause : null, OrderExposure.Of(check.Exposure),
            [.. check.Findings.Select(finding => FindingAnswer.Of(finding, language))], [.. remedies.Defects.Select(defect => DefectAnswer.Of(defect, language))],
            [.. remedies.Options.Select(option => OptionAnswer.Of(option, language))],
            [.. remedies.Remaining.Select(remaining => RemainingAnswer.Of(remaining, language))], texts, new JournalPlace(found.Root, found.Sequence), order.Number,
            new Money(OrderValue.Of(order).Total, order.Currency).Major, order.Currency, check.Skipped, order.Lines, order.Marks,
            order.OrderDate, order.ShipDate, order.BillTo, order.Entrant, order.PaymentTerms, order.PurchaseOrder, order.BuyerReference,
            order.VatId, order.RegistrationId, order.CostCentre, order.PortalReference, order.ShipTo, order.CompleteDelivery, found.Rules);
    }
}

/// <param name="Expires">The last good day; null once picking was released.</param>
/// <param name="Lines">What may still ship of each line, where it was released for some of its lines; null where any goods may that come to the amount.</param>
public sealed record AuthorizationAnswer(string Number, decimal Amount, Currency Currency, DateOnly? Expires, IReadOnlyList<DeliveredLine>? Lines);

/// <param name="LimitLevel">Whether the limit or sum of that customer is the payer's own or its group's; null where neither is meant.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Scope">For whom the rule's setting that fired was made; null for everybody, and where no rule fired.</param>
public sealed record FindingAnswer(
    string Code, Severity Severity, OwnerFunction Owner, Cause Cause, string? Level, LimitLevel? LimitLevel,
    decimal? Amount, int? Days, string? Rule, string? Subject, string Message,
    ScopeBody? Scope, Waived? Waived, Share? Share)
{
    public static FindingAnswer Of(Finding finding, Language language) => new(
        finding.Code, finding.Severity, finding.Owner, Causes.Of(finding), finding.Level, finding.LimitLevel,
        finding is { Amount: { } amount, Currency: { } currency } ? new Money(amount, currency).Major : null, finding.Days, finding.Rule, finding.Subject,
        FindingText.Sentence(finding, language), finding.Scope is { } scope ? ScopeBody.Of(scope) : null, finding.Waived, finding.Share);
}

public sealed record JournalPlace(string Root, long Sequence);
