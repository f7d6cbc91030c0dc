using System.Globalization;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;

namespace Aval.Tests.Checks.Options;

/// <summary>Under what conditions yes becomes acceptable: the smallest actions, as a credit manager would work them out with a pencil.</summary>
public sealed class OptionTests
{
    /// <summary>An option is written <c>action:amount:what</c>; of what is meant, the part that names it.</summary>
    [Fact]
    public void Every_option_is_the_smallest_that_passes() => Table.Check("""
        limit  invoices                                      order    | options
        10000  "I-1:2000@8 I-2:3000@18 I-3:4500@39"          40x100   | pay:4500:I-3 deposit:3500 part:500 reduce:500 limit:14000:C1 stages:500 guarantee:3500 later:-:2026-03-20
        10000  "I-1:9000@20"                                 10x200   | pay:9000:I-1 deposit:1000 part:1000 reduce:1000 limit:11000:C1 stages:1000 guarantee:1000 later:-:2026-03-22
        10000  "I-1:6000@20 I-2:4000@25"                     10x100   | pay:4000:I-2 prepaid:1000 limit:11000:C1 guarantee:1000 later:-:2026-03-22
        10000  "I-1:600@-21"                                 10x100   | pay:600:I-1 prepaid:1000
        10000  "I-1:600@-21 I-2:700@-30 I-3:100@-16"         10x100   | pay:1300:I-2,I-1 prepaid:1000
        none   -                                              10x100   | set:1000:C1 prepaid:1000
        300000 -                                              1x150000 | prepaid:150000 part:100000 reduce:100000 stages:75000
        """, row => Assert.Equal(Sorted(row.Words("options")), Sorted(Remedies.Of(HeldOrder.Of(row, "limit", "invoices", "order").Asked()).Options.Select(Told))));

    [Fact]
    public void The_payer_pays_the_fewest_invoices_then_the_least_amount_then_what_is_due_first() => Table.Check("""
        invoices                                          | pays
        "I-1:3000@5 I-2:3500@9 I-3:3500@7"                | I-3
        "I-1:1000@5 I-2:2500@9 I-3:6000@20"               | I-3
        "I-1:1000@5 I-2:2500@9 I-3:2600@9 I-4:3000@11"    | "I-1 I-2"
        "I-1:1200@5 I-2:1200@9 I-3:1200@9 I-4:900@11 I-5:900@12 I-6:4000@-60" | I-6
        "I-1:1200@5 I-2:1200@9 I-3:1100@9 I-4:1190@11 I-5:1150@12" | "I-1 I-2 I-3"
        """, row =>
        {
            var owed = row.Words("invoices").Sum(text => decimal.Parse(text.Split(':', '@')[1], CultureInfo.InvariantCulture));
            var asked = new HeldOrder { Limit = (owed + 500).ToString(CultureInfo.InvariantCulture), Lines = ["1x4000"], Invoices = row.Words("invoices") }.Asked();
            var option = Remedies.Of(asked).Options.Single(option => option.Action == OptionAction.WaitForPayment);
            Assert.Equal(row.Words("pays"), option.Invoices);
        });

    [Fact]
    public void What_others_must_complete_and_what_no_action_cures_stands_beside_the_option() => Table.Check("""
        purchase-order hold | needs
        -              -    | -
        required       -    | purchase-order-missing
        -              yes  | forced-hold
        required       yes  | "forced-hold purchase-order-missing"
        """, row =>
        {
            var held = new HeldOrder { Invoices = ["I-1:9000@20"], PurchaseOrderRequired = row.Has("purchase-order"), OnHold = row.Has("hold") };
            var deposit = Remedies.Of(held.Asked()).Options.Single(option => option.Action == OptionAction.Deposit);
            Assert.Equal(row.Words("needs"), deposit.AlsoNeeds.Order(StringComparer.Ordinal));
        });

    [Fact]
    public void Where_only_data_holds_the_order_its_owner_is_told_what_to_complete()
    {
        var options = Remedies.Of(new HeldOrder { Lines = ["1x100"], PurchaseOrderRequired = true }.Asked()).Options;
        var option = Assert.Single(options);
        Assert.Equal((OptionAction.CorrectData, OwnerFunction.CustomerService, "purchase-order-missing"), (option.Action, option.Owner, option.Findings.Single()));
    }

    /// <summary>What one owner puts right leaves the other's part as it is, and the option says so; beyond the horizon no limit is asked.</summary>
    [Fact]
    public void Where_data_and_wrong_invoices_hold_the_order_each_owner_is_told_its_own_part() => Table.Check("""
        wrong                          ships | billing                                                     customerService
        I-1:overInvoiced               0     | over-invoiced:I-1:purchase-order-missing                    purchase-order-missing::over-invoiced
        I-1:overInvoiced               60    | over-invoiced:I-1:purchase-order-missing                    purchase-order-missing::over-invoiced
        "I-1:overInvoiced I-2:notSent" 0     | invoice-not-sent,over-invoiced:I-1,I-2:purchase-order-missing purchase-order-missing::invoice-not-sent,over-invoiced
        """, row =>
        {
            var held = new HeldOrder
            {
                Lines = ["1x100"], Invoices = ["I-1:100@20", "I-2:100@21"], Wrong = row.Words("wrong"), PurchaseOrderRequired = true, ShipsInDays = row.Integer("ships"),
                Policy = RandomHeld.Billing,
            };
            static string Joined(IEnumerable<string> all) => string.Join(',', all.Order(StringComparer.Ordinal));
            string Of(OwnerFunction owner) => Remedies.Of(held.Asked()).Options.Single(option => option.Action == OptionAction.CorrectData && option.Owner == owner) is var option
                ? $"{Joined(option.Findings)}:{Joined(option.Documents)}:{Joined(option.AlsoNeeds)}" : "";
            Assert.Equal((row["billing"], row["customerService"]), (Of(OwnerFunction.Billing), Of(OwnerFunction.CustomerService)));
            Assert.All(Remedies.Of(held.Asked()).Options, option =>
                Assert.Equal(option.AlsoNeeds, OptionTaken.Of(held.Asked(), option).Check().Findings.Where(finding => finding.Blocks).Select(finding => finding.Code)));
        });

    [Fact]
    public void Nothing_is_offered_where_only_people_can_decide() =>
        Assert.Empty(Remedies.Of(new HeldOrder { Lines = ["1x100"], OnHold = true }.Asked()).Options);

    [Fact]
    public void Two_actions_are_named_where_no_single_one_is_enough()
    {
        var options = Remedies.Of(new HeldOrder { Limit = "300000", Invoices = ["I-1:600@-21", "I-2:900@30"], Lines = ["1x150000"] }.Asked()).Options;
        Assert.Equal(
            ["waitForPayment+partialRelease", "waitForPayment+stagedInvoicing", "waitForPayment+reduceOrder", "prepayment"],
            options.Select(option => Words.Of(option.Action) + (option.And is { } and ? "+" + Words.Of(and.Action) : "")));
        Assert.Equal(("I-1", 10_000_000), (options[0].Invoices.Single(), options[0].And!.Amount));
    }

    [Fact]
    public void Longer_terms_than_agreed_go_back_to_the_agreed_ones()
    {
        var options = Remedies.Of(new HeldOrder { Lines = ["1x100"], Terms = "NET90" }.Asked()).Options;
        Assert.Equal(("NET30", OptionAction.ShorterTerms), (options[0].PaymentTerms, options[0].Action));
    }

    [Fact]
    public void Every_option_is_told_in_one_sentence_of_each_language()
    {
        var held = new HeldOrder { Invoices = ["I-1:2000@8", "I-2:3000@18", "I-3:4500@39"], Receipts = ["R-1:500@3"], Lines = ["40x100"] };
        foreach (var option in Remedies.Of(held.Asked()).Options)
            foreach (var language in Enum.GetValues<Language>())
                Assert.Matches(@"^\p{Lu}.*[\p{Ll}\p{L}\d].*\.$", OptionText.Sentence(option, language));
    }

    /// <summary>The order of 1,000 needs 500 more than the limit of 10,000 leaves, or is held because 600 are late.</summary>
    [Fact]
    public void Disputes_and_promised_credit_notes_open_ways_of_their_own() => Table.Check("""
        invoices            disputes                    promised    | cause          offers
        "I-1:9500@20"       -                           -           | customerRisk   later
        "I-1:9500@20"       -                           CP-1:I-1:500 | internalDefect credit:CP-1
        "I-1:9500@20"       -                           CP-1:I-1:499 | mixed          later
        "I-1:9500@20"       D-1:I-1:500:unqualified     -           | customerRisk   qualify:D-1
        "I-1:9500@20"       D-1:I-1:499:unqualified     -           | customerRisk   later
        "I-1:9500@20"       D-1:I-1:500:customerFault   -           | customerRisk   later
        "I-1:700@-30"       D-1:I-1:400:customerFault   -           | customerRisk   undisputed:I-1
        "I-1:700@-30"       D-1:I-1:300:unqualified     -           | customerRisk   qualify:D-1
        """, row =>
        {
            var held = new HeldOrder
            {
                Invoices = row.Words("invoices"), Disputes = row.Words("disputes"), PromisedCreditNotes = row.Words("promised"), Lines = ["1x1000"],
                Policy = Leaving,
            };
            var asked = held.Asked();
            Assert.Equal(row["cause"], Words.Of(Diagnosis.Of(asked, asked.Check()).OfBlock!.Value));
            Assert.Contains(row["offers"], Remedies.Of(asked).Options.Select(option =>
            {
                var named = option.Action == OptionAction.PayUndisputed ? option.Invoices : option.Documents;
                return named.IsEmpty ? Short[option.Action] : $"{Short[option.Action]}:{string.Join(',', named)}";
            }));
        });

    /// <summary>Late by 15 days and 500 or more holds the order: of what nobody disputes just enough is paid for less than that to be late.</summary>
    [Fact]
    public void The_least_of_the_undisputed_balance_is_asked_for() => Table.Check("""
        invoices                     disputes                                             | pays   out
        "I-1:700@-30"                D-1:I-1:400:customerFault                            | 200.01 I-1
        "I-1:700@-30 I-2:100@-20"    D-1:I-1:400:customerFault                            | 300.01 I-1
        "I-1:300@-40 I-2:700@-30"    D-1:I-2:400:customerFault                            | 500.01 I-2
        "I-1:499@-40 I-2:499@-30"    "D-1:I-1:100:customerFault D-2:I-2:100:customerFault" | 498.01 "I-1 I-2"
        "I-1:900@-30"                D-1:I-1:600:customerFault                            | -      -
        """, row =>
        {
            var asked = new HeldOrder { Invoices = row.Words("invoices"), Disputes = row.Words("disputes"), Lines = ["1x100"], Policy = Leaving }.Asked();
            var pay = Remedies.Of(asked).Options.SingleOrDefault(option => option.Action == OptionAction.PayUndisputed);
            Assert.Equal(
                (row["pays"], string.Join(' ', row.Words("out"))),
                (pay is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{pay.Amount / 100m:0.00}"), string.Join(' ', pay?.Invoices ?? [])));
        });

    /// <summary>Amounts are small here, and our own fault leaves the decision exposure only where the row asks what that changes.</summary>
    internal const string Leaving =
        """{"rules": [{"rule": "overdue", "severity": "refer", "minDays": 15, "minAmount": 500, "minSharePercent": 5, "disputed": "ignoreCompanyFault"}]}""";

    [Fact]
    public void Our_own_defect_comes_first_and_names_who_mends_it()
    {
        var remedies = Remedies.Of(new HeldOrder { Invoices = ["I-1:9000@18"], Receipts = ["R-1:4000@9", "R-2:10@2"], Lines = ["1x4000"] }.Asked());
        var option = remedies.Options[0];
        Assert.Equal((OptionAction.ApplyReceipt, OwnerFunction.AccountsReceivable, 400_000L), (option.Action, option.Owner, option.Amount));
        Assert.Equal("R-1", Assert.Single(remedies.Defects).Document);
        Assert.Equal("Receipt R-1 of 4,000.00\u00A0EUR has waited 9 days to be applied.", DefectText.Sentence(remedies.Defects[0], Language.English));
    }

    static string Told(Option option)
    {
        var what = option.Action switch
        {
            OptionAction.WaitForPayment => ":" + string.Join(',', option.Invoices),
            OptionAction.TemporaryLimit or OptionAction.CorrectLimit => ":" + option.Level,
            OptionAction.LaterShipDate => $":{option.Until:yyyy-MM-dd}",
            _ => "",
        };
        var amount = option is { Amount: { } minor, Currency: { } currency } ? new Money(minor, currency).Major.ToString("0.##", CultureInfo.InvariantCulture) : "-";
        return $"{Short[option.Action]}:{amount}{what}";
    }

    static readonly Dictionary<OptionAction, string> Short = new()
    {
        [OptionAction.WaitForPayment] = "pay", [OptionAction.Deposit] = "deposit", [OptionAction.Prepayment] = "prepaid", [OptionAction.PartialRelease] = "part",
        [OptionAction.ReduceOrder] = "reduce", [OptionAction.TemporaryLimit] = "limit", [OptionAction.StagedInvoicing] = "stages", [OptionAction.LaterShipDate] = "later",
        [OptionAction.CorrectLimit] = "set", [OptionAction.Guarantee] = "guarantee", [OptionAction.IssueCreditNote] = "credit", [OptionAction.QualifyDispute] = "qualify",
        [OptionAction.PayUndisputed] = "undisputed", [OptionAction.ApplyReceipt] = "apply", [OptionAction.CorrectData] = "correct",
    };

    static string Sorted(IEnumerable<string> options) => string.Join('\n', options.Order(StringComparer.Ordinal));
}
