using System.Text.RegularExpressions;
using Aval.Blocks;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Tests.Decisions;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Checks;

/// <summary>Whatever was found and decided: no risk class, score, insurer, name of another customer or remark of ours reaches what the customer reads.</summary>
public sealed class RedactionLaws
{
    /// <summary>Who and what must not be told, marked so that no sentence has it by chance.</summary>
    static readonly string[] Secrets =
        ["Xquorn Mills", "Ytterby Freight", "Insurix-Zwolle", "score-Zq71", "class-Zq", "they-cheated-Zq us", "INV-Zq-404", "V-Zq-9", "M-Zq-3", "Berta Zqonka"];

    /// <summary>Words of the risk trade, in the three languages.</summary>
    static readonly Regex TradeWords = new(
        @"\b(risk|risque|risiko|score|insur|assur(eur|ance)|versicher|rating|solvab|solven|limit|headroom|exposure|encours|kreditklasse|policy|politique)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    static readonly Gen<string> Secret = Gen.Elements(Secrets);
    static readonly Gen<Language> Languages = Gen.Elements(Enum.GetValues<Language>());

    /// <summary>Their subject is a number or a list of our own words, which a sentence reads.</summary>
    static readonly HashSet<string> NeedsForm = ["order-unusual", "payment-behaviour", "portal-requirement-missing", "overruns-repeated", "order-splitting", "dunning-level"];

    static readonly Gen<Finding> Findings =
        from kind in Gen.Elements(FindingKinds.All.Where(kind => !NeedsForm.Contains(kind.Code)).ToArray())
        from severity in Gen.Elements(Severity.Info, Severity.Warn, Severity.Complete, Severity.Refer)
        from level in Secret
        from subject in Secret
        from rule in Gen.Elements("measure", "limit", null)
        from amount in Gen.Choose(1, 900_000)
        from days in Gen.Choose(0, 400)
        from cause in Gen.Elements(Enum.GetValues<Cause>().Select(cause => (Cause?)cause).Append(null).ToArray())
        from limit in Gen.Elements<LimitLevel?>(null, LimitLevel.Payer, LimitLevel.Group)
        from waived in Gen.Frequency((4, Gen.Constant((Waived?)null)), (1, Secret.Select(said => (Waived?)new Waived("key:" + said, said, Situation.Today, null))))
        select new Finding(kind.Code, severity, kind.Owner, rule, level, amount, Currency.EUR, days, subject) { Cause = cause, Waived = waived, LimitLevel = limit };

    static readonly Gen<OwnDebt> Owns =
        from pays in Gen.Elements(true, false)
        from late in Gen.Elements(true, false)
        from left in Gen.Elements<string[]>([], ["I-7"])
        select new OwnDebt(pays, late, pays && late ? left : []);

    static readonly Gen<Defect> Defects =
        from kind in Gen.Elements(Enum.GetValues<DefectKind>())
        from document in Secret
        from invoices in Secret.ArrayOf()
        from amount in Gen.Choose(1, 900_000)
        select new Defect(kind, document, OwnerFunction.AccountsReceivable, amount, Currency.EUR, 9, invoices);

    static readonly Gen<Decision> Decisions =
        from kind in Gen.Elements(Enum.GetValues<DecisionKind>())
        from status in Gen.Elements(Enum.GetValues<DecisionStatus>())
        from others in Gen.Elements(true, false)
        from said in Secret.ArrayOf(6)
        from conditions in (from condition in Gen.Elements(Enum.GetValues<ConditionKind>())
                            from met in Gen.Elements(true, false)
                            from elsewhere in Gen.Elements(true, false)
                            select new Condition(
                                condition, others || elsewhere ? "INV-Zq-404" : "I-7", 100_00, 30, Situation.Today, MetOn: met ? Situation.Today : null, Elsewhere: elsewhere))
                            .ArrayOf()
        from exceptional in Gen.Elements(true, false)
        select DecisionTextTests.Decided(kind) with
        {
            Status = status, By = said[0], Reason = said[1], Basis = said[2], Counterpart = said[3], Monitoring = said[4], Dissent = said[5], Question = said[1], Owner = said[2],
            Payer = others ? "Ytterby Freight" : "C", Conditions = conditions, Until = Situation.Today, Amount = 4000_00, Exceptional = exceptional, Role = "class-Zq",
            Case = new DecidedCase(Currency.EUR, 1, 1, 1, 1, "class-Zq", "customerRisk"), Findings = [new SeenFinding("risk-class-blocked", said[3], said[4], 1, Currency.EUR, 1)],
            Terms = new DecisionTerms(Kind: said[5], Disputes: [said[0]], PaymentTerms: "NET30", Level: said[1]),
        };

    [Fact]
    public void What_was_found_tells_the_customer_nothing_of_others_and_of_ours() =>
        Prop.ForAll(Findings.ArrayOf().ToArbitrary(), Defects.ArrayOf().ToArbitrary(), Languages.ToArbitrary(), (findings, defects, language) =>
            Nothing(CheckTexts.Of("SO-1", findings, defects, language).Customer)).Holds(500);

    /// <summary>Of a debt it is told only where it is its own: what others of the group owe, or who pays for it, holds the order and is none of its business.</summary>
    [Fact]
    public void Nobody_is_asked_to_pay_what_another_owes() =>
        Prop.ForAll(Findings.ArrayOf().ToArbitrary(), Owns.ToArbitrary(), Languages.ToArbitrary(), (findings, own, language) =>
        {
            var text = CheckTexts.Of("SO-1", findings, [], language, own).Customer;
            var owes = own.Pays && (own.Late || findings.Any(finding => finding.Blocks && finding.LimitLevel != LimitLevel.Group));
            return Nothing(text) && (owes || !AsksToPay.Any(ask => text.Contains(ask, StringComparison.Ordinal)));
        }).Holds(500);

    static readonly string[] AsksToPay =
    [
        "invoices are past due", "Please pay what is open", "factures sont échues", "Veuillez régler", "Rechnungen sind überfällig", "Bitte begleichen Sie, was",
    ];

    [Fact]
    public void What_was_decided_tells_the_customer_nothing_of_others_and_of_ours() =>
        Prop.ForAll(Decisions.ToArbitrary(), Gen.Elements(Enum.GetValues<OrderStatus>()).ToArbitrary(), Languages.ToArbitrary(), (decision, status, language) =>
            Nothing(DecisionTexts.Of(decision, status, language).Customer)).Holds(500);

    [Fact]
    public void Those_of_the_house_read_what_the_customer_does_not()
    {
        var decision = DecisionTextTests.Decided(DecisionKind.Release) with { Reason = "they-cheated-Zq us" };
        Assert.Contains("they-cheated-Zq us", DecisionTexts.Of(decision, OrderStatus.Released, Language.English).Internal, StringComparison.Ordinal);
        Assert.False(Nothing("Thank you, they-cheated-Zq us"));
        Assert.False(Nothing("Ihr Risiko ist zu hoch"));
    }

    static bool Nothing(string customer) => !Secrets.Any(secret => customer.Contains(secret, StringComparison.OrdinalIgnoreCase)) && !TradeWords.IsMatch(customer);
}
