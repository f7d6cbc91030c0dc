using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Parties.Rules;

namespace Aval.Tests.Checks;

/// <summary>What this payer's desk rejects, or its people dispute, is asked for at the order.</summary>
public sealed class OrderQualityTests
{
    static readonly PayabilityProfile Strict = new(PurchaseOrderRequired: true, PurchaseOrderPattern: "^PO-[0-9]{4}$", BuyerReferenceRequired: true);

    [Fact]
    public void What_a_branch_and_its_payer_ask_for_is_asked_for_alike() => Table.Check("""
        own     payers  number    reference | triage    findings
        -       -       -         -         | accept    -
        -       strict  -         -         | complete  purchase-order-missing buyer-reference-missing
        strict  -       -         CC-9      | complete  purchase-order-missing
        -       strict  " "       " "       | complete  purchase-order-missing buyer-reference-missing
        -       strict  PO-12     CC-9      | complete  purchase-order-malformed
        -       strict  xPO-1234  CC-9      | complete  purchase-order-malformed
        -       strict  PO-12345  CC-9      | complete  purchase-order-malformed
        -       strict  PO-1234   CC-9      | accept    -
        lax     strict  -         -         | complete  purchase-order-missing buyer-reference-missing
        lax     strict  PO-1234   CC-9      | accept    -
        lax     lax     -         -         | accept    -
        order   refer   -         -         | complete  purchase-order-missing buyer-reference-missing
        order   refer   B7        -         | complete  buyer-reference-missing
        order   refer   B7        CC-9      | accept    -
        own     strict  PO-1234   CC-9      | complete  purchase-order-malformed
        own     strict  B7        CC-9      | accept    -
        order   own     B7        -         | accept    -
        order   own     C7        -         | complete  purchase-order-malformed
        """, row =>
        {
            var situation = new Situation
            {
                Customer = Situation.C1 with { Payer = "HQ", Profile = Profile(row["own"]) },
                Payer = Situation.C1 with { Number = "HQ", Profile = Profile(row["payers"]) },
            };
            var order = situation.Order with { PurchaseOrder = Cell(row, "number"), BuyerReference = Cell(row, "reference") };
            (situation with { Order = order }).Check().Meets(row);
        });

    [Fact]
    public void The_same_number_on_another_live_order_is_warned_of_within_the_window() => Table.Check("""
        order  daysApart | findings
        SO-9           0 | purchase-order-duplicate
        SO-9         365 | purchase-order-duplicate
        SO-9        -365 | purchase-order-duplicate
        SO-9         366 | -
        SO-1           0 | -
        """, row =>
        {
            var situation = new Situation { SamePurchaseOrder = [new(row["order"], Situation.Today.AddDays(-row.Integer("daysApart")))] };
            var result = (situation with { Order = situation.Order with { PurchaseOrder = "PO-1" } }).Check();
            Assert.Equal((row["findings"], Triage.Accept), (string.Join(' ', result.Codes()), result.Triage));
        });

    [Fact]
    public void An_address_is_complete_with_four_fields() => Table.Check("""
        line1         city  postalCode  country | triage    findings
        "1 rue Port"  Lyon  69002       FR      | accept    -
        -             Lyon  69002       FR      | complete  billing-address-incomplete
        "1 rue Port"  -     69002       FR      | complete  billing-address-incomplete
        "1 rue Port"  Lyon  -           FR      | complete  billing-address-incomplete
        "1 rue Port"  Lyon  69002       -       | complete  billing-address-incomplete
        """, row => new Situation
        {
            Customer = Situation.C1 with
            {
                BillingAddress = new PostalAddress(Cell(row, "line1"), Cell(row, "city"), Cell(row, "postalCode"), Cell(row, "country")),
            },
        }.Check().Meets(row));

    [Fact]
    public void The_payers_address_counts_unless_the_order_is_billed_to_who_orders()
    {
        var situation = new Situation
        {
            Customer = Situation.C1 with { Payer = "HQ", BillingAddress = null }, Payer = Situation.C1 with { Number = "HQ" },
        };
        Assert.Empty(situation.Check().Findings);
        Assert.Equal("C1", (situation with { Order = situation.Order with { BillTo = "C1" } }).Check().One("billing-address-incomplete").Level);
    }

    [Fact]
    public void Longer_terms_need_a_decision_and_shorter_ones_a_word() => Table.Check("""
        agreed  asked  | triage     findings
        NET30   -      | accept     -
        NET30   NET30  | accept     -
        NET30   NET31  | arbitrate  terms-deviate
        NET30   NET29  | accept     terms-shorter
        NET60   EOM28  | accept     terms-shorter
        NET60   EOM30  | arbitrate  terms-deviate
        COD     NET0   | accept     -
        NET30   soon   | arbitrate  terms-deviate
        """, row =>
        {
            var situation = new Situation { Customer = Situation.C1 with { PaymentTerms = row["agreed"] } };
            (situation with { Order = situation.Order with { PaymentTerms = Cell(row, "asked") } }).Check().Meets(row);
        });

    [Fact]
    public void A_discount_needs_an_approval_above_what_policy_gives_away() => Table.Check("""
        percent  approval  above | triage    findings
        0        -         0     | accept    -
        0.01     -         0     | complete  discount-undocumented
        10       sales-7   0     | accept    -
        10       " "       0     | complete  discount-undocumented
        5        -         5     | accept    -
        5.01     -         5     | complete  discount-undocumented
        """, row => new Situation
        {
            Lines = [new OrderLine(1, "A-100", Quantity.Of(1), UnitPrice.Of(100), 0, null, row.Number("percent"), Cell(row, "approval"))],
            Policy = $$"""{"rules": [{"rule": "discountUndocumented", "severity": "complete", "abovePercent": {{row["above"]}}}]}""",
        }.Check().Meets(row));

    [Fact]
    public void A_price_deviates_beyond_the_tolerance_either_way() => Table.Check("""
        list   price   | triage    findings
        -      100     | accept    -
        100    100     | accept    -
        100    98      | accept    -
        100    97.99   | complete  price-deviates
        100    102     | accept    -
        100    102.01  | complete  price-deviates
        0      0       | accept    -
        0      1       | complete  price-deviates
        """, row => new Situation
        {
            Lines =
            [
                new OrderLine(1, "A-100", Quantity.Of(1), UnitPrice.Of(row.Number("price")), 0)
                {
                    ListPrice = row.NumberOrNone("list") is { } list ? UnitPrice.Of(list) : null,
                },
            ],
        }.Check().Meets(row));

    [Fact]
    public void All_lines_that_deviate_are_named()
    {
        OrderLine Line(int number, decimal price, decimal discount) =>
            new(number, "A-100", Quantity.Of(1), UnitPrice.Of(price), 0, DiscountPercent: discount, ListPrice: UnitPrice.Of(100));
        var result = new Situation { Lines = [Line(1, 100, 5), Line(2, 50, 0), Line(3, 150, 5)] }.Check();
        Assert.Equal(("1, 3", "2, 3"), (result.One("discount-undocumented").Subject, result.One("price-deviates").Subject));
    }

    [Fact]
    public void A_VAT_number_that_cannot_be_right_is_warned_of() => Table.Check("""
        country  number       | findings
        DE       DE136695976  | -
        DE       DE136695975  | tax-id-invalid
        DE       DE13         | tax-id-invalid
        BR       123          | -
        DE       -            | -
        """, row =>
        {
            var customer = Situation.C1 with { Country = row["country"], VatId = Cell(row, "number") };
            Assert.Equal(row["findings"], string.Join(' ', new Situation { Customer = customer }.Check().Codes()));
        });

    [Fact]
    public void A_branch_is_looked_at_as_well_as_the_payer_that_is_billed() => Table.Check("""
        branch       head         address | findings
        -            -            -       | -
        DE136695977  -            -       | tax-id-invalid:BR
        -            DE136695977  -       | tax-id-invalid:HQ
        DE136695977  DE136695977  -       | tax-id-invalid:HQ tax-id-invalid:BR
        -            -            whole   | -
        -            -            half    | billing-address-incomplete:BR
        """, row =>
        {
            var head = Situation.C1 with { Number = "HQ", VatId = Cell(row, "head") };
            var branch = Situation.C1 with
            {
                Number = "BR", Payer = "HQ", VatId = Cell(row, "branch"),
                BillingAddress = Cell(row, "address") switch
                {
                    "whole" => head.BillingAddress,
                    "half" => head.BillingAddress! with { PostalCode = null },
                    _ => null,
                },
            };
            var found = new Situation { Customer = branch, Payer = head }.Check().Findings.Select(finding => $"{finding.Code}:{finding.Level}");
            Assert.Equal(row["findings"], string.Join(' ', found));
        });

    [Fact]
    public void An_order_is_unusual_far_above_the_habit_only_with_a_habit() => Table.Check("""
        order | times  earlier
        9000  | -      1000 1000 1000 1000 1000
        1999  | -      1000 1000 1000 1000 1000 1000
        2000  | 2      1000 1000 1000 1000 1000 1000
        10    | -      1000 1000 1000 1000 1000 1000
        2037  | -      1000 1200 900 1100 800 1500 600
        2038  | 2      1000 1200 900 1100 800 1500 600
        3500  | -      1000 3000 500 2500 800 4000 600
        """, row =>
        {
            var result = new Situation { Worth = row.Number("order"), EarlierOrders = [.. row.Words("earlier").Select(decimal.Parse)] }.Check();
            Assert.Equal(Cell(row, "times"), result.Findings.FirstOrDefault(finding => finding.Code == "order-unusual").Subject);
            Assert.Equal(Triage.Accept, result.Triage);
        });

    static string? Cell(Row row, string column) => row.Has(column) ? row[column] : null;

    static PayabilityProfile Profile(string name) => name switch
    {
        "strict" => Strict,
        "lax" => new PayabilityProfile(Portal: "Ariba"),
        "order" => new PayabilityProfile(PurchaseOrderRequired: true),
        "refer" => new PayabilityProfile(BuyerReferenceRequired: true),
        "own" => new PayabilityProfile(PurchaseOrderPattern: "^B[0-9]$"),
        _ => PayabilityProfile.None,
    };
}
