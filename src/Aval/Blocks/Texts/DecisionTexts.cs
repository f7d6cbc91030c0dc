using System.Globalization;
using Aval.Checks;
using Aval.Decisions.Rules;
using Aval.Orders.Rules;

namespace Aval.Blocks;

/// <summary>A decision in words, to three readers: all of it for us, what is to be done for Customer Service, and what the customer can do.</summary>
/// <remarks>What the customer reads is made of the order's number, its own documents, amounts and dates alone: nothing that somebody wrote reaches it.</remarks>
static class DecisionTexts
{
    /// <param name="status">Of the order, after it.</param>
    /// <param name="inPart">The order is released for a part, and its block is open for the rest.</param>
    public static CheckTexts Of(Decision decision, OrderStatus status, Language language, bool inPart = false)
    {
        var words = DecisionPhrases.In(language);
        var service = Service(decision, words, language).ToList();
        return new CheckTexts(
            string.Join(' ', service.Concat(Internal(decision, words))), string.Join(' ', service),
            string.Join(' ', Customer(decision, status, inPart, words, language)));
    }

    static IEnumerable<string> Service(Decision decision, DecisionPhrases words, Language language)
    {
        var proposed = decision.Status == DecisionStatus.AwaitingConfirmation;
        yield return Filled(decision.IsTaken ? words.Decided : words.Proposed, decision.Order, words.Kind(decision.Kind), decision.By);
        if (proposed) yield return words.Confirm;
        if (Ended(decision, words) is { } ended) yield return ended;
        // What has ended waits for nothing.
        if (decision.Stands)
        {
            var waits = decision.Conditions.Where(condition => condition.MetOn is null).Select(condition => Wait(condition, decision, words, language))
                .Where(wait => wait.Length > 0).ToList();
            if (waits.Count > 0) yield return Filled(proposed ? words.WouldWait : words.WaitsFor, Figures.Several(waits, language));
        }

        if (decision.Until is { } until) yield return Filled(words.Until, Figures.Day(until, language));
        if (decision.Question is { } question) yield return Ended(Filled(words.AskedOf, question));
    }

    static string? Ended(Decision decision, DecisionPhrases words) => decision.Status switch
    {
        DecisionStatus.Broken => words.Broken,
        DecisionStatus.Lapsed => words.Lapsed,
        DecisionStatus.Replaced => words.Replaced,
        DecisionStatus.Overtaken => words.Overtaken,
        DecisionStatus.Withdrawn => words.Withdrawn,
        DecisionStatus.AwaitingConfirmation or DecisionStatus.InForce or DecisionStatus.Fulfilled => null,
    };

    static IEnumerable<string> Internal(Decision decision, DecisionPhrases words)
    {
        if (decision.Exceptional) yield return words.Exceptional;
        if (decision.Findings.Count > 0) yield return Filled(words.Passes, string.Join(", ", decision.Findings.Select(finding => finding.Code).Distinct()));
        foreach (var (phrase, said) in new[]
        {
            (words.Reason, decision.Reason), (words.Basis, decision.Basis), (words.Counterpart, decision.Counterpart), (words.Monitoring, decision.Monitoring),
            (words.Dissent, decision.Dissent),
        })
            if (!string.IsNullOrWhiteSpace(said)) yield return Ended(Filled(phrase, said));
    }

    static IEnumerable<string> Customer(Decision decision, OrderStatus status, bool inPart, DecisionPhrases words, Language language)
    {
        if (decision.Kind == DecisionKind.Reject && decision.Status == DecisionStatus.Fulfilled)
            return [Filled(status is OrderStatus.Delivered or OrderStatus.Closed ? words.RejectedRest : words.Rejected, decision.Order)];
        if (status == OrderStatus.Cancelled) return [];
        // What waits for nobody, or has ended, is told by where the order stands; so is what a second person has not confirmed.
        return decision.Status switch
        {
            DecisionStatus.InForce => InForce(decision, status, inPart, words, language),
            DecisionStatus.Fulfilled => Fulfilled(decision, status, inPart, words),
            DecisionStatus.AwaitingConfirmation or DecisionStatus.Broken or DecisionStatus.Lapsed or DecisionStatus.Replaced or DecisionStatus.Overtaken
                or DecisionStatus.Withdrawn =>
                ByStatus(decision, status, inPart, words),
        };
    }

    static IEnumerable<string> InForce(Decision decision, OrderStatus status, bool inPart, DecisionPhrases words, Language language) => decision.Kind switch
    {
        DecisionKind.ReleaseUnderCondition or DecisionKind.RequestDeposit or DecisionKind.Prepayment or DecisionKind.WaitForPayment or DecisionKind.RequireGuarantee =>
            Asked(decision, status, inPart, words, language),
        // A part that was held again does not go.
        DecisionKind.ReleasePartially when inPart =>
            [Filled(words.ReleasedInPart, decision.Order, Amount(decision.Amount, decision, language)), words.RestLooked],
        DecisionKind.ReleasePartially => ByStatus(decision, status, inPart, words),
        DecisionKind.StagedInvoicing => [Filled(words.InStages, decision.Order, (decision.Terms.Stages?.Count ?? 0).ToString(CultureInfo.InvariantCulture))],
        DecisionKind.Release or DecisionKind.ReduceOrder or DecisionKind.TemporaryLimit or DecisionKind.CorrectLimit or DecisionKind.ReviseTerms
            or DecisionKind.ReviewDisputes or DecisionKind.Escalate or DecisionKind.MaintainBlock or DecisionKind.Reject =>
            [.. ByStatus(decision, status, inPart, words), .. Day(words.BackBy, decision, language)],
    };

    /// <summary>What the customer can do: what somebody else owes is not told to who ordered. That the order goes then is said where nothing else is waited for.</summary>
    static IEnumerable<string> Asked(Decision decision, OrderStatus status, bool inPart, DecisionPhrases words, Language language)
    {
        var open = decision.Conditions.Where(condition => condition.MetOn is null && condition.Kind != ConditionKind.ValidUntil).ToList();
        var asks = open.Where(condition => condition.Kind != ConditionKind.InvoicePaid
                || (decision.Customer == decision.Payer && !condition.Elsewhere && !Unseen.Is(condition.Invoice)))
            .Select(condition => Ask(condition, decision, words, language)).Where(ask => ask.Length > 0).ToList();
        if (asks.Count == 0) return [.. ByStatus(decision, status, inPart, words), .. Day(words.BackBy, decision, language)];
        IEnumerable<string> begun = asks.Count < open.Count ? [.. ByStatus(decision, status, inPart, words), Filled(words.Needed, decision.Order)]
            : [Filled(inPart ? words.RestOnceDone : words.OnceDone, decision.Order)];
        return [.. begun, .. asks, .. Day(words.AskedBy, decision, language)];
    }

    static IEnumerable<string> Fulfilled(Decision decision, OrderStatus status, bool inPart, DecisionPhrases words)
    {
        if (decision.Kind == DecisionKind.ReduceOrder) yield return Filled(words.Changed, decision.Order);
        if (decision is { Kind: DecisionKind.ReviseTerms, Terms.PaymentTerms: { } terms }) yield return Filled(words.NewTerms, decision.Order, terms);
        foreach (var told in ByStatus(decision, status, inPart, words)) yield return told;
    }

    /// <summary>Nothing of an order that is cancelled.</summary>
    static IEnumerable<string> ByStatus(Decision decision, OrderStatus status, bool inPart, DecisionPhrases words) => status switch
    {
        OrderStatus.Released when inPart => [Filled(words.PartGoes, decision.Order)],
        OrderStatus.Released or OrderStatus.Delivered or OrderStatus.Closed => [Filled(words.Released, decision.Order)],
        OrderStatus.Received or OrderStatus.Held => [Filled(words.Looking, decision.Order)],
        OrderStatus.Cancelled => [],
    };

    static IEnumerable<string> Day(string phrase, Decision decision, Language language) =>
        decision.Until is { } until ? [Filled(phrase, Figures.Day(until, language))] : [];

    static string Wait(Condition condition, Decision decision, DecisionPhrases words, Language language) => condition is { Kind: ConditionKind.InvoicePaid, Invoice: null }
        ? Filled(words.OwePart, Amount(condition.Amount, decision, language))
        : Filled(words.Waits[(int)condition.Kind], Parts(condition, decision, language));

    static string Ask(Condition condition, Decision decision, DecisionPhrases words, Language language) => condition is { Kind: ConditionKind.InvoicePaid, Invoice: null }
        ? Filled(words.PayAmount, Amount(condition.Amount, decision, language))
        : Filled(words.Asks[(int)condition.Kind], Parts(condition, decision, language));

    static string[] Parts(Condition condition, Decision decision, Language language) =>
    [
        UnseenText.Named(condition.Invoice, language), Amount(condition.Amount, decision, language), (condition.OlderThan ?? 0).ToString(CultureInfo.InvariantCulture),
    ];

    static string Amount(long? minor, Decision decision, Language language) => minor is { } amount ? Figures.Money(amount, decision.Currency, language) : "";

    static string Filled(string phrase, params string[] parts) => string.Format(CultureInfo.InvariantCulture, phrase, parts);

    /// <summary>What somebody wrote, as a sentence.</summary>
    static string Ended(string text) => text.TrimEnd() is [.., '.' or '!' or '?'] ended ? ended : text.TrimEnd() + ".";
}
