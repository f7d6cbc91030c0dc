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
        kind                   status                order      | customer
        release                fulfilled             released   | "Your order SO-1 is released."
        release                awaitingConfirmation  held       | "We are still looking into your order SO-1."
        releasePartially       inForce               released   | "We ship a part of your order SO-1, worth 4,000.00 EUR, now."
        stagedInvoicing        inForce               released   | "We ship your order SO-1 in 2 parts, each once the one before is paid."
        reduceOrder            fulfilled             released   | "We have changed your order SO-1 as agreed. Your order SO-1 is released."
        reviseTerms            fulfilled             held       | "Your order SO-1 has the payment terms NET30 now. We are still looking into your order SO-1."
        temporaryLimit         fulfilled             released   | "Your order SO-1 is released."
        escalate               inForce               held       | "We are still looking into your order SO-1. We will come back to you by 20 March 2026."
        maintainBlock          lapsed                held       | "We are still looking into your order SO-1."
        reject                 fulfilled             cancelled  | "We are sorry that we cannot accept your order SO-1."
        release                replaced              cancelled  | -
        waitForPayment         broken                held       | "We are still looking into your order SO-1."
        """, row =>
        {
            var decision = Decided(row.One<DecisionKind>("kind")) with
            {
                Status = row.One<DecisionStatus>("status"), Amount = 4000_00, Until = Until,
                Terms = new DecisionTerms(Stages: [new Stage(Until, 1), new Stage(Until, 1)], PaymentTerms: "NET30"),
            };
            Assert.Equal(row["customer"], DecisionTexts.Of(decision, row.One<OrderStatus>("order"), Language.English).Customer.Replace('\u00A0', ' '));
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
        var texts = DecisionTexts.Of(decision, order, language);
        string[] said = [$"{kind}: {texts.Internal}", $"  {texts.CustomerService}", $"  {texts.Customer}"];
        return said.Select(text => text.Replace('\u00A0', ' '));
    }

    internal static Decision Decided(DecisionKind kind) => new(
        "d1", "b1", "SO-1", "C", "C", kind, DecisionStatus.InForce, "mia", new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), new DateOnly(2026, 3, 2), "agreed with sales",
        12_000_00, Currency.EUR, [], []);
}
