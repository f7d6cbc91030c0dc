using Aval.Blocks;
using Aval.Checks;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

/// <summary>Decisions in words, for three readers in three languages.</summary>
public sealed class DecisionTextTests
{
    static readonly DateOnly Until = new(2026, 3, 20);

    [Fact]
    public void Every_kind_and_condition_has_its_texts_in_every_language() =>
        Golden.Equal("decisions.txt", string.Join('\n', Enum.GetValues<Language>()
            .SelectMany(language => Enum.GetValues<DecisionKind>().SelectMany(kind => Sample(kind, language)))));

    [Fact]
    public void What_the_customer_reads_follows_from_where_the_decision_and_the_order_stand() => Table.Check("""
        kind             status               order     part | customer
        release          fulfilled            released  -    | "Your order SO-1 is released."
        release          awaitingConfirmation held      -    | "We are still looking into your order SO-1."
        release          awaitingConfirmation released  yes  | "A part of your order SO-1 can go; we are still looking into the rest."
        releasePartially inForce              released  yes  | "We ship a part of your order SO-1, worth 4,000.00 EUR, now. We are still looking into the rest."
        releasePartially inForce              held      -    | "We are still looking into your order SO-1."
        releasePartially replaced             released  yes  | "A part of your order SO-1 can go; we are still looking into the rest."
        releasePartially replaced             released  -    | "Your order SO-1 is released."
        requestDeposit   inForce              held      -    | "Your order SO-1 goes as soon as this is done: Please pay 4,000.00 EUR in advance. We count on it by 20 March 2026."
        requestDeposit   awaitingConfirmation held      -    | "We are still looking into your order SO-1."
        requestDeposit   broken               released  yes  | "A part of your order SO-1 can go; we are still looking into the rest."
        stagedInvoicing  inForce              released  yes  | "We ship your order SO-1 in 2 parts, each once the one before is paid."
        reduceOrder      fulfilled            released  -    | "We have changed your order SO-1 as agreed. Your order SO-1 is released."
        reduceOrder      fulfilled            cancelled -    | -
        reviseTerms      fulfilled            held      -    | "Your order SO-1 has the payment terms NET30 now. We are still looking into your order SO-1."
        temporaryLimit   fulfilled            released  -    | "Your order SO-1 is released."
        escalate         inForce              held      -    | "We are still looking into your order SO-1. We will come back to you by 20 March 2026."
        escalate         inForce              released  yes  | "A part of your order SO-1 can go; we are still looking into the rest. We will come back to you by 20 March 2026."
        maintainBlock    lapsed               held      -    | "We are still looking into your order SO-1."
        reject           fulfilled            cancelled -    | "We are sorry that we cannot accept your order SO-1."
        reject           fulfilled            closed    -    | "We are sorry that we cannot accept the rest of your order SO-1."
        release          replaced             cancelled -    | -
        waitForPayment   broken               held      -    | "We are still looking into your order SO-1."
        """, row =>
        {
            var decision = Decided(row.One<DecisionKind>("kind")) with
            {
                Status = row.One<DecisionStatus>("status"), Amount = 4000_00, Until = Until,
                Terms = new DecisionTerms(Stages: [new Stage(Until, 1), new Stage(Until, 1)], PaymentTerms: "NET30"),
                Conditions = row["kind"] == "requestDeposit" ? [new Condition(ConditionKind.DepositReceived, null, 4000_00)] : [],
            };
            var texts = DecisionTexts.Of(decision, row.One<OrderStatus>("order"), Language.English, inPart: row["part"] == "yes");
            Assert.Equal(row["customer"], texts.Customer.Replace('\u00A0', ' '));
        });

    [Fact]
    public void That_the_order_goes_is_said_only_where_the_customer_can_do_all_that_is_waited_for()
    {
        var decision = Decided(DecisionKind.ReleaseUnderCondition) with
        {
            Conditions = [new Condition(ConditionKind.DepositReceived, null, 500_00), new Condition(ConditionKind.LimitApproved)],
        };
        Assert.Equal(
            "We are still looking into your order SO-1. For your order SO-1 we need this from you: Please pay 500.00 EUR in advance.",
            DecisionTexts.Of(decision, OrderStatus.Held, Language.English).Customer.Replace('\u00A0', ' '));
        var alone = decision with { Conditions = [decision.Conditions[0], new Condition(ConditionKind.ValidUntil, Date: Until)] };
        Assert.StartsWith("Your order SO-1 goes as soon as this is done:", DecisionTexts.Of(alone, OrderStatus.Held, Language.English).Customer, StringComparison.Ordinal);
    }

    [Fact]
    public void Customer_Service_is_not_told_to_wait_for_what_has_ended_nor_that_a_proposal_was_decided() => Table.Check("""
        status                | service
        inForce               | "Order SO-1: mia has decided to ask for a deposit. It waits for this: 500.00 EUR are received in advance."
        awaitingConfirmation  | "Order SO-1: mia proposes to ask for a deposit. A second person must confirm it. Its conditions would be: 500.00 EUR are received in advance."
        broken                | "Order SO-1: mia has decided to ask for a deposit. What it depended on has not come: it ended."
        lapsed                | "Order SO-1: mia has decided to ask for a deposit. Its date has passed: it ended."
        replaced              | "Order SO-1: mia has decided to ask for a deposit. Another decision has taken its place."
        overtaken             | "Order SO-1: mia has decided to ask for a deposit. It ended: the order went another way."
        withdrawn             | "Order SO-1: mia proposes to ask for a deposit. Nobody has confirmed it: nothing of it was done."
        """, row =>
        {
            var decision = Decided(DecisionKind.RequestDeposit) with
            {
                Status = row.One<DecisionStatus>("status"), Conditions = [new Condition(ConditionKind.DepositReceived, null, 500_00)],
            };
            Assert.Equal(row["service"], DecisionTexts.Of(decision, OrderStatus.Held, Language.English).CustomerService.Replace('\u00A0', ' '));
        });

    [Fact]
    public void What_a_payer_owes_is_not_told_to_somebody_else_who_ordered()
    {
        var decision = Decided(DecisionKind.WaitForPayment) with { Conditions = [new Condition(ConditionKind.InvoicePaid, "I-7")], Until = Until };
        Assert.Contains("I-7", DecisionTexts.Of(decision, OrderStatus.Held, Language.English).Customer, StringComparison.Ordinal);
        var other = DecisionTexts.Of(decision with { Payer = "P" }, OrderStatus.Held, Language.English);
        Assert.Equal("We are still looking into your order SO-1. We will come back to you by 20 March 2026.", other.Customer);
        Assert.Contains("I-7", other.CustomerService, StringComparison.Ordinal);
    }

    static IEnumerable<string> Sample(DecisionKind kind, Language language)
    {
        var conditions = kind == DecisionKind.ReleaseUnderCondition
            ? Enum.GetValues<ConditionKind>().Select(condition => new Condition(condition, "I-7", 1234_50, 30, Until)).Append(new Condition(ConditionKind.InvoicePaid, null,
                500_00))
            : kind.LetsGo() == LettingGo.UnderCondition ? [new Condition(ConditionKind.DepositReceived, null, 1234_50)] : [];
        var status = kind.LetsGo() == LettingGo.UnderCondition || kind is DecisionKind.Escalate or DecisionKind.MaintainBlock or DecisionKind.ReviewDisputes
            or DecisionKind.ReleasePartially or DecisionKind.StagedInvoicing ? DecisionStatus.InForce : DecisionStatus.Fulfilled;
        var decision = Decided(kind) with
        {
            Status = status, Conditions = [.. conditions], Until = Until, Amount = 1234_50, Basis = "the file", Exceptional = kind == DecisionKind.Release,
            Findings = kind == DecisionKind.Release ? [new SeenFinding("limit-exceeded", "C", null, 100_00, Currency.EUR, null)] : [],
            Question = kind == DecisionKind.Escalate ? "may we?" : null, Terms = new DecisionTerms(Stages: [new Stage(Until, 1), new Stage(Until, 1)], PaymentTerms: "NET30"),
        };
        var order = kind == DecisionKind.Reject ? OrderStatus.Cancelled : status == DecisionStatus.Fulfilled ? OrderStatus.Released : OrderStatus.Held;
        var inPart = kind is DecisionKind.ReleasePartially or DecisionKind.StagedInvoicing;
        var texts = DecisionTexts.Of(decision, inPart ? OrderStatus.Released : order, language, inPart);
        string[] said = [$"{kind}: {texts.Internal}", $"  {texts.CustomerService}", $"  {texts.Customer}"];
        return said.Select(text => text.Replace('\u00A0', ' '));
    }

    internal static Decision Decided(DecisionKind kind) => new(
        "d1", "b1", "SO-1", "C", "C", kind, DecisionStatus.InForce, "mia", new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), new DateOnly(2026, 3, 2), "agreed with sales",
        12_000_00, Currency.EUR, [], []);
}
