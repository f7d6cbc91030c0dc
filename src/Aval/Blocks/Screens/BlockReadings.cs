using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Decisions.Rules;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Blocks;

/// <summary>One thing that a reading tells.</summary>
/// <param name="Owner">Whose it is to do; null where nothing is to be done.</param>
public sealed record ReadItem(string Sentence, OwnerFunction? Owner = null);

/// <summary>One of Customer Service's questions about a held order, with what the check answers.</summary>
/// <param name="Tone">The colour of an answer that asks for something.</param>
/// <param name="None">What is said where there is nothing.</param>
public sealed record ServiceQuestion(string Asks, string Tone, IReadOnlyList<ReadItem> Items, string None);

/// <summary>A held order as Customer Service reads it: each finding that holds it stands under one question.</summary>
static class ServiceReading
{
    public static IReadOnlyList<ServiceQuestion> Of(FoundBlock found)
    {
        var findings = found.Order.Check.Findings;
        var card = ContextAnswer.Of(found.Cards, found.Order.Order).Said;
        return
        [
            new(T("What is missing?"), "wait", [.. findings.Where(ServiceQuestions.IsMissing).Select(Need), .. Unanswered(card)],
                T("Nothing that the customer or we should have given.")),
            new(T("What is compliant?"), "good", Compliant(found), T("Nothing of the order itself was asked.")),
            new(T("What is exceptional?"), "wait", [.. findings.Where(finding => !finding.Blocks).Select(Told)], T("Nothing out of the usual.")),
            new(T("What is urgent?"), "risk", Urgent(found, card), T("Nobody has said that it is urgent.")),
            new(T("What can be corrected?"), "ours", [.. found.Remedies.Defects.Select(Told), .. findings.Where(ServiceQuestions.IsCorrectable).Select(Need)],
                T("Nothing of ours is in the way.")),
            new(T("What must be arbitrated?"), "risk", [.. findings.Where(ServiceQuestions.IsToArbitrate).Select(Told)],
                T("Nothing: once it is complete it goes.")),
        ];
    }

    static ReadItem Need(Finding finding) => new(Say.Capital(OptionText.NeedOf(finding.Code, CheckWords.Spoken)) + ".", finding.Owner);

    static ReadItem Told(Finding finding) => new(FindingText.Sentence(finding, CheckWords.Spoken), finding.Owner);

    static ReadItem Told(Defect defect) => new(DefectText.Sentence(defect, CheckWords.Spoken), defect.Owner);

    static IEnumerable<ReadItem> Unanswered(OrderContext card) => ContextQuestions.Unanswered(card).Count switch
    {
        0 => [],
        1 => [new ReadItem(T("One question of Credit about the order is not answered."), OwnerFunction.CustomerService)],
        var open => [new ReadItem(T("{0} questions of Credit about the order are not answered.", open), OwnerFunction.CustomerService)],
    };

    static IReadOnlyList<ReadItem> Compliant(FoundBlock found)
    {
        if (found.Order.Asked is not { } asked) return [];
        var quality = asked.Check().Outcomes().Where(outcome => outcome.Setting.Family == RuleFamily.OrderQuality).ToList();
        var clear = quality.Where(outcome => outcome.State == RuleState.Clear).Select(outcome => Matter(outcome.Setting.Name)).Distinct().ToList();
        return clear.Count == 0 ? [] : [new ReadItem($"{Say.Capital(Say.List(clear))}.")];
    }

    static List<ReadItem> Urgent(FoundBlock found, OrderContext card)
    {
        var items = new List<ReadItem>();
        if (!string.IsNullOrWhiteSpace(card.Urgency)) items.Add(new ReadItem(T("Customer Service says: {0}", card.Urgency)));
        var order = found.Order.Order;
        if (order.ShipDate is { } ships && ServiceQuestions.IsUrgent(ships, found.Today))
            items.Add(new ReadItem(ships < found.Today ? T("It was to ship on {0}.", ships) : T("It is to ship on {0}.", ships)));
        if (order.Lines.Count(line => line.Urgent) is > 0 and var lines)
            items.Add(new ReadItem(Several(lines, "The customer waits for {0} line of it.", "The customer waits for {0} lines of it.")));
        return items;
    }

    /// <summary>What a rule of order quality looks at.</summary>
    static string Matter(string rule) => rule switch
    {
        "purchaseOrderMissing" => T("purchase order number"),
        "purchaseOrderMalformed" => T("its form"),
        "purchaseOrderDuplicate" => T("no double of another order"),
        "buyerReferenceMissing" => T("buyer’s reference"),
        "portalRequirementMissing" => T("portal data"),
        "deliveryDetailsMissing" => T("place of delivery"),
        "legalEntityWrong" => T("legal entity"),
        "accountLinkWrong" => T("who is billed"),
        "billingAddressIncomplete" => T("billing address"),
        "termsDeviate" => T("payment terms"),
        "discountUndocumented" => T("discounts"),
        "priceDeviates" => T("prices"),
        "taxIdInvalid" => T("VAT number"),
        "orderUnusual" => T("usual size, items and place"),
        _ => T(Say.Word(rule)),
    };
}

/// <summary>Where the case stands in one sentence: what was decided and stands, else what holds the order; for somebody who has never seen it.</summary>
/// <param name="More">What comes next, and what else is to be known; a sentence each.</param>
/// <param name="Sign">The icon beside it.</param>
public sealed record BlockVerdict(string Sentence, IReadOnlyList<string> More, string Tone, string Sign)
{
    public static BlockVerdict Of(FoundBlock found)
    {
        var block = found.Block;
        if (block.Status == BlockStatus.Closed) return Closed(found);
        var blocking = found.Order.Check.Findings.Where(finding => finding.Blocks).OrderByDescending(finding => finding.Severity).ToList();
        if (found.Decided is { } decided) return Decided(decided, found, blocking);
        if (blocking.Count == 0 || found.WouldPass)
            return new BlockVerdict(T("Nothing stands in its way any more; it is about to be released."), [.. Before(found)], "good", "circle-check");
        var ours = found.Remedies.Defects.Length > 0 && block.Cause == Cause.InternalDefect;
        var sentence = ours
            ? T("Not the customer’s fault: {0}", DefectText.Sentence(found.Remedies.Defects[0], CheckWords.Spoken))
            : FindingText.Sentence(blocking[0], CheckWords.Spoken);
        var left = ours ? found.Remedies.Defects.Length - 1 : blocking.Count - 1;
        var tone = ours ? "ours" : blocking[0].Severity == Severity.Complete ? "wait" : "risk";
        return new BlockVerdict(sentence, [.. OrderNeeds.FormAsked(found.Order.Asked, blocking), .. Left(left), .. Before(found)], tone, "lock");
    }

    static IEnumerable<string> Left(int things) => things switch { < 1 => [], 1 => [T("One thing more holds it.")], _ => [T("{0} things more hold it.", things)] };

    static BlockVerdict Decided(Decision decided, FoundBlock found, List<Finding> blocking)
    {
        var holds = found.WouldPass || blocking.Count == 0
            ? T("The check would let it pass; it is held by what a person has decided.")
            : T("It was decided on this: {0}", FindingText.Sentence(blocking[0], CheckWords.Spoken));
        return new BlockVerdict(DecisionWords.Said(decided), [.. NextSteps.Of(decided), holds], "wait", "list-check");
    }

    /// <summary>What was decided last and stands no more.</summary>
    static IEnumerable<string> Before(FoundBlock found) => found.Decisions is not [.., var last] ? []
        : [T("{0} decided on {1}: {2} ({3}).", last.By, last.On, T(Say.Word(Words.Of(last.Kind))), DecisionWords.Of(last.Status))];

    static BlockVerdict Closed(FoundBlock found)
    {
        var (block, status) = (found.Block, found.Order.Order.Status);
        return new BlockVerdict(
            status switch
            {
                OrderStatus.Released => T("It is held no more: the order is released."),
                OrderStatus.Delivered or OrderStatus.Closed => T("It is held no more: the goods have left."),
                OrderStatus.Cancelled => T("It is held no more: the order is cancelled."),
                OrderStatus.Held => T("This case is closed; the order is held again by another one."),
                OrderStatus.Received => T("This case is closed."),
            },
            [.. Before(found), .. Ended(block)], status is OrderStatus.Cancelled or OrderStatus.Held ? "wait" : "good", status == OrderStatus.Held ? "lock" : "circle-check");
    }

    static IEnumerable<string> Ended(Block block) => block.ClosedOn is { } day ? [T("Ended on {0} by {1}.", day, Say.Actor(block.ClosedBy ?? ""))] : [];
}
