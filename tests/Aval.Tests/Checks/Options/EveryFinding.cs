using Aval.Checks.Rules;
using Aval.Concentration.Rules;
using Aval.Cover.Rules;
using Aval.Decisions.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Promises.Rules;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Checks.Options;

/// <summary>For each finding there is an order that is held for it alone.</summary>
static class EveryFinding
{
    static readonly DateOnly Today = HeldOrder.Today;
    static readonly Customer C1 = Situation.C1;

    public static WhatIf Of(string code) => code switch
    {
        "payer-unknown" => Changed(Others(C1 with { Payer = "C9" }), order => order with { Payer = "C9", Rate = null, CreditCurrency = null }),
        "rates-missing" => Changed(new(), order => order with { Currency = Currency.Of("CHF"), Rate = null, CreditCurrency = null }),
        "rates-stale" => Changed(With("ratesStale", "\"days\": 31"), order => order with { Rate = new StoredRate(1, Today.AddDays(-40)) }),
        "authorization-expired" => Changed(new(), order => order with { Marks = [Order.AuthorizationExpired] }),
        "forced-hold" => Asked(new() { OnHold = true }),
        "condition-broken" => Asked(Others(Broken())),
        "limit-not-set" => Asked(new() { Limit = "none" }),
        "limit-expired" => Asked(Others(new Limit(
            "L-9", "C1", LimitLevel.Payer, LimitTerm.Standing, LimitKind.Amount, Currency.EUR, 1_000_000, Today.AddDays(-90), Today.AddDays(-1), null, "",
            LimitStatus.Approved, 1)) with
        {
            Limit = "none",
        }),
        "limit-exceeded" => Asked(new() { Lines = ["1x11000"] }),
        "limit-near" => Asked(new() { Lines = ["1x9500"] }),
        "overdue" => Asked(new() { Invoices = ["I-1:600@-21"] }),
        "oldest-item-too-old" => Asked(new() { Invoices = ["I-1:200@-100"] }),
        "promise-broken" => Asked(Others(new PromiseToPay(
            "PP-1", "C1", "C1", PromiseKind.Promise, Currency.EUR, [new PromisedInvoice("I-1", 100)], Today.AddDays(-9), Today.AddDays(-5), PromiseStatus.Broken, Today,
            null, null))),
        "promise-too-long" => Asked(With(
            "overdue", "\"minDays\": 15, \"minAmount\": 100, \"minSharePercent\": 5, \"disputed\": \"count\", \"promised\": \"ignore\"", "warn",
            [
                Late(30_000, new InvoicePart(PartKind.Promised, "PP-1", 30_000, Today.AddDays(-9))),
                new PromiseToPay(
                    "PP-1", "C1", "C1", PromiseKind.Promise, Currency.EUR, [new PromisedInvoice("I-8", 30_000)], Today.AddDays(-9), Today.AddDays(200), PromiseStatus.Open,
                    null, null, null),
            ])),
        "concentration" => Asked(With("concentration", "\"payerPercent\": 25, \"minAmount\": 100") with
        {
            Invoices = ["I-1:4000@20"], Portfolio = new PortfolioSnapshot(Today, Currency.EUR, 1_000_000, PortfolioSnapshot.Nothing, PortfolioSnapshot.Nothing),
        }),
        "dispute-unqualified" => Asked(With("disputeUnqualified", "\"days\": 1", Disputed()) with { Invoices = ["I-1:400@20"] }),
        "dispute-unowned" => Asked(With("disputeUnowned", "\"days\": 1", Disputed() with { Person = null }) with { Invoices = ["I-1:400@20"] }),
        "dispute-unresolved" => Asked(With("disputeUnresolved", "\"days\": 1", Disputed()) with { Invoices = ["I-1:400@20"] }),
        "dispute-tactical" => Asked(
            With("disputeTactical", "\"minDisputes\": 3, \"rejectedPercent\": 50", Disputed() with { DueDate = Today.AddDays(-20) }, new DisputeRecord("C1", 4, 4)) with
            {
                Invoices = ["I-1:400@-14"],
            }),
        "invoice-rejected" => Asked(With("invoiceRejected", "", Invoice(life: new InvoiceLife(InvoiceStage.Rejected, Today.AddDays(-3), "no", RejectionFault.Customer)))),
        "invoice-not-sent" => Asked(With("invoiceNotSent", "\"days\": 5", Invoice(life: new InvoiceLife(InvoiceStage.Issued, Today.AddDays(-9))))),
        "over-invoiced" => Asked(With("overInvoiced", "", Invoice() with { Marks = [Billing.OverInvoiced] })),
        "over-delivered" => Asked(With("overDelivered", "", Other() with { Marks = [Deliver.OverDelivered] })),
        "unbilled-too-old" => Asked(With("unbilledTooOld", "\"days\": 15", Other() with { UnbilledSince = Today.AddDays(-20) })),
        "risk-class-missing" => Asked(With("riskClassMissing", "") with { RiskClass = null }),
        "risk-class-blocked" => Asked(new() { RiskClass = "E" }),
        "prepayment-required" => Asked(new() { Terms = "PREPAID" }),
        "order-too-large" => Asked(new() { Limit = "500000", Lines = ["1x150000"] }),
        "payment-behaviour" => Asked(With(
            "paymentBehaviour", "\"days\": 15, \"trendDays\": 3, \"months\": 4, \"deviationDays\": 20",
            new PaymentBehaviour("C1", new DateOnly(2026, 2, 1), [new PaidMonth(100, 4000, 160_000)]))),
        "overruns-repeated" => Asked(With(
            "overrunsRepeated", "\"count\": 3, \"windowDays\": 90", new OverrunHistory("C1", [.. Enumerable.Range(2, 3).Select(at => new Overrun(Today, $"SO-{at}"))]))),
        "order-splitting" => Asked(With(
            "orderSplitting", "\"windowDays\": 14, \"count\": 3, \"underPercent\": 20",
            new OrderHabit("C1", [9_500_000, 9_500_000, 9_500_000]) { Dates = [Today, Today, Today] }) with { Limit = "500000", Lines = ["1x95000"] }),
        "dunning-level" => Asked(With("dunningLevel", "\"level\": 2", C1 with { Dunning = new Dunning(3, "dunned", Today.AddDays(-9), "colin") })),
        "review-overdue" => Asked(With("reviewOverdue", "\"days\": 0, \"measureDays\": 14", C1 with { NextReview = Today.AddDays(-9) })),
        "cover-reduced" => Asked(With(
            "coverReduced", "\"days\": 30", Cover(Today.AddDays(90)), new CoverCut("IC-1:1", "IC-1", "C1", Currency.EUR, 100_000, Today.AddDays(-3), "cut", 1)) with
        {
            Invoices = ["I-1:1000@20"], Lines = ["1x1000"],
        }),
        "cover-expired" => Asked(With("coverExpired", "", Cover(Today.AddDays(-1))) with { Invoices = ["I-1:400@20"] }),
        "cover-notification-due" => Asked(With("coverNotificationDue", "\"daysBefore\": 7", Cover(Today.AddDays(90))) with { Invoices = ["I-1:400@-9"] }),
        "purchase-order-missing" => Asked(new() { PurchaseOrderRequired = true }),
        "purchase-order-malformed" => Changed(
            Others(C1 with { Profile = PayabilityProfile.None with { PurchaseOrderRequired = true, PurchaseOrderPattern = "PO-[0-9]+" } }),
            order => order with { PurchaseOrder = "none" }),
        "purchase-order-duplicate" => Changed(With("purchaseOrderDuplicate", "", Other() with { PurchaseOrder = "PO-1" }), order => order with { PurchaseOrder = "PO-1" }),
        "buyer-reference-missing" => Asked(Others(C1 with { Profile = PayabilityProfile.None with { BuyerReferenceRequired = true } })),
        "billing-address-incomplete" => Asked(Others(C1 with { BillingAddress = null })),
        "terms-deviate" => Asked(new() { Terms = "NET90" }),
        "terms-shorter" => Asked(new() { Terms = "NET14" }),
        "discount-undocumented" => Changed(new(), order => order with { Lines = [order.Lines[0] with { DiscountPercent = 5 }] }),
        "price-deviates" => Changed(new(), order => order with { Lines = [order.Lines[0] with { ListPrice = UnitPrice.Of(5000) }] }),
        "tax-id-invalid" => Asked(With("taxIdInvalid", "", C1 with { VatId = "FR123" })),
        "order-unusual" => Unusual("complete"),
        "legal-entity-wrong" => Asked(Others(C1 with { InactiveSince = Today.AddDays(-9) })),
        "account-link-wrong" => Changed(With("accountLinkWrong", ""), order => order with { BillTo = "C7" }),
        "portal-requirement-missing" => Asked(Others(C1 with { Profile = PayabilityProfile.None with { CostCentreRequired = true, PortalIdRequired = true } })),
        "delivery-details-missing" => Asked(Others(C1 with { Profile = PayabilityProfile.None with { DeliveryDetailsRequired = true } })),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "no order here is held for it"),
    };

    /// <summary>An order forty times as large as the customer's orders of the last weeks.</summary>
    public static WhatIf Unusual(string severity) => Asked(With(
        "orderUnusual", "", severity,
        [new OrderHabit("C1", [.. Enumerable.Range(0, 20).Select(at => 10_000L + at)]) { Dates = [.. Enumerable.Range(1, 20).Select(at => Today.AddDays(7 * (at - 21)))] }]));

    /// <summary>So many invoices that nobody has sent.</summary>
    public static WhatIf NotSent(int count) => Asked(With("invoiceNotSent", "\"days\": 5", [.. Enumerable.Range(1, count).Select(
        at => (object)(Invoice(new InvoiceLife(InvoiceStage.Issued, Today.AddDays(-20 + at))) with { Number = $"N-{at}" }))]));

    static WhatIf Asked(HeldOrder held) => held.Asked();

    static WhatIf Changed(HeldOrder held, Func<Order, Order> change)
    {
        var asked = held.Asked();
        var order = change(asked.Order);
        return asked.With(order) with { Order = order };
    }

    static HeldOrder Others(params object[] rows) => new() { Others = rows };

    static HeldOrder With(string rule, string parameters, params object[] rows) => With(rule, parameters, "refer", rows);

    static HeldOrder With(string rule, string parameters, string severity, object[] rows) => new()
    {
        Others = rows, Policy = $$"""{"rules": [{"rule": "{{rule}}", "severity": "{{severity}}"{{(parameters.Length > 0 ? ", " + parameters : "")}}}]}""",
    };

    static Dispute Disputed() => new(
        "D-1", "I-1", "C1", "C1", Today, 10_000, 10_000, Currency.EUR, DisputeReason.Quality, Legitimacy.Unqualified, OwnerFunction.Quality, "quinn", DisputeStatus.Open,
        Today.AddDays(-5), null, null, null, null, null);

    static Invoice Invoice(InvoiceLife? life = null) => new(
        "I-9", "C1", "C1", null, Today.AddDays(-40), Today.AddDays(5), Currency.EUR, 10_000, Currency.EUR, StoredRate.Same(Today), [], false, 0, 0, []) { Life = life };

    static Invoice Late(long amount, InvoicePart part) => Invoice() with { Number = "I-8", Amount = amount, DueDate = Today.AddDays(-20), Parts = [part] };

    static Order Other() => new HeldOrder().Order() with { Number = "SO-9" };

    static InsuranceCover Cover(DateOnly to) => new(
        "IC-1", "C1", "C1", CoverKind.Named, Currency.EUR, 500_000, Currency.EUR, StoredRate.Same(Today), 90, 60, Today.AddDays(-200), to, "Insurer", 10, null, null, 1);

    static Decision Broken() => new(
        "DE-1", "B-1", "SO-8", "C1", "C1", DecisionKind.WaitForPayment, DecisionStatus.Broken, "clara", DateTimeOffset.UnixEpoch, Today.AddDays(-30), "", 1, Currency.EUR, [], [])
    {
        BrokenOn = Today.AddDays(-3),
    };
}
