using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Web;

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
    const int SoonDays = 3;

    public static IReadOnlyList<ServiceQuestion> Of(FoundBlock found)
    {
        var findings = found.Order.Check.Findings;
        var card = ContextAnswer.Of(found.Cards, found.Order.Order).Said;
        return
        [
            new("What is missing?", "wait", [.. findings.Where(IsMissing).Select(Need), .. Unanswered(card)], "Nothing that the customer or we should have given."),
            new("What is compliant?", "good", Compliant(found), "Nothing of the order itself was asked."),
            new("What is exceptional?", "wait", [.. findings.Where(finding => !finding.Blocks).Select(Told)], "Nothing out of the usual."),
            new("What is urgent?", "risk", Urgent(found, card), "Nobody has said that it is urgent."),
            new("What can be corrected?", "ours", [.. found.Remedies.Defects.Select(Told), .. findings.Where(IsCorrectable).Select(Need)], "Nothing of ours is in the way."),
            new("What must be arbitrated?", "risk", [.. findings.Where(finding => finding is { Blocks: true, Severity: Severity.Refer }).Select(Told)],
                "Nothing: once it is complete it goes."),
        ];
    }

    static bool IsMissing(Finding finding) => finding is { Blocks: true, Severity: Severity.Complete } && Causes.Of(finding) is Cause.AwaitingCustomer or Cause.SetUp;

    static bool IsCorrectable(Finding finding) => finding is { Blocks: true, Severity: Severity.Complete } && !IsMissing(finding);

    static ReadItem Need(Finding finding) => new(Say.Capital(OptionText.NeedOf(finding.Code, Language.English)) + ".", finding.Owner);

    static ReadItem Told(Finding finding) => new(FindingText.Sentence(finding, Language.English), finding.Owner);

    static ReadItem Told(Defect defect) => new(DefectText.Sentence(defect, Language.English), defect.Owner);

    static IEnumerable<ReadItem> Unanswered(OrderContext card) => ContextQuestions.Unanswered(card).Count switch
    {
        0 => [],
        1 => [new ReadItem("One question of Credit about the order is not answered.", OwnerFunction.CustomerService)],
        var open => [new ReadItem($"{open} questions of Credit about the order are not answered.", OwnerFunction.CustomerService)],
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
        if (!string.IsNullOrWhiteSpace(card.Urgency)) items.Add(new ReadItem($"Customer Service says: {card.Urgency}"));
        var order = found.Order.Order;
        if (order.ShipDate is { } ships && ships.DayNumber - found.Today.DayNumber <= SoonDays)
            items.Add(new ReadItem(ships < found.Today ? $"It was to ship on {Say.Date(ships)}." : $"It is to ship on {Say.Date(ships)}."));
        if (order.Lines.Count(line => line.Urgent) is > 0 and var lines) items.Add(new ReadItem($"The customer waits for {Say.Count(lines, "line")} of it."));
        return items;
    }

    /// <summary>What a rule of order quality looks at.</summary>
    static string Matter(string rule) => rule switch
    {
        "purchaseOrderMissing" => "purchase order number",
        "purchaseOrderMalformed" => "its form",
        "purchaseOrderDuplicate" => "no double of another order",
        "buyerReferenceMissing" => "buyer’s reference",
        "portalRequirementMissing" => "portal data",
        "deliveryDetailsMissing" => "place of delivery",
        "legalEntityWrong" => "legal entity",
        "accountLinkWrong" => "who is billed",
        "billingAddressIncomplete" => "billing address",
        "termsDeviate" => "payment terms",
        "discountUndocumented" => "discounts",
        "priceDeviates" => "prices",
        "taxIdInvalid" => "VAT number",
        "orderUnusual" => "usual size, items and place",
        _ => Say.Word(rule),
    };
}

/// <summary>What holds an order in one sentence, and the shortest way out, for somebody who has never seen it.</summary>
/// <param name="Sign">The icon beside it.</param>
public sealed record BlockVerdict(string Sentence, string? More, string Tone, string Sign)
{
    public static BlockVerdict Of(FoundBlock found)
    {
        var block = found.Block;
        if (block.Status == BlockStatus.Closed) return Closed(block, found.Order.Order.Status);
        var blocking = found.Order.Check.Findings.Where(finding => finding.Blocks).OrderByDescending(finding => finding.Severity).ToList();
        if (blocking.Count == 0 || found.WouldPass) return Free(found);
        var ours = found.Remedies.Defects.Length > 0 && block.Cause == Cause.InternalDefect;
        var sentence = ours
            ? $"Not the customer’s fault: {DefectText.Sentence(found.Remedies.Defects[0], Language.English)}"
            : FindingText.Sentence(blocking[0], Language.English);
        var left = ours ? found.Remedies.Defects.Length - 1 : blocking.Count - 1;
        var tone = ours ? "ours" : blocking[0].Severity == Severity.Complete ? "wait" : "risk";
        return new BlockVerdict(sentence, left switch { < 1 => null, 1 => "One thing more holds it.", _ => $"{left} things more hold it." }, tone, "lock");
    }

    static BlockVerdict Free(FoundBlock found) => found.Decisions.LastOrDefault(decision => decision.Stands) is { } standing
        ? new("The check would let it pass; it is held by what a person has decided.", $"{standing.By} decided on {Say.Date(standing.On)}.", "wait", "lock")
        : new("Nothing stands in its way any more; it is about to be released.", null, "good", "circle-check");

    static BlockVerdict Closed(Block block, OrderStatus status) => new(
        status switch
        {
            OrderStatus.Released => "It is held no more: the order is released.",
            OrderStatus.Delivered or OrderStatus.Closed => "It is held no more: the goods have left.",
            OrderStatus.Cancelled => "It is held no more: the order is cancelled.",
            OrderStatus.Held => "This case is closed; the order is held again by another one.",
            OrderStatus.Received => "This case is closed.",
        },
        block.ClosedOn is { } day ? $"Ended on {Say.Date(day)} by {Say.Actor(block.ClosedBy ?? "")}." : null,
        status is OrderStatus.Cancelled or OrderStatus.Held ? "wait" : "good", status == OrderStatus.Held ? "lock" : "circle-check");
}
