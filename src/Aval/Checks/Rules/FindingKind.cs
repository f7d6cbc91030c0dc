using System.Collections.Frozen;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>What is true of every finding of one code.</summary>
/// <param name="Code">Permanent; the name of the rule in kebab case where custom has no better one.</param>
/// <param name="Nature">Its cause by itself; a <see cref="Cause.CustomerRisk"/> is weighed against the facts without our own defects
/// (<see cref="Causes"/>).</param>
/// <param name="Family">Order quality stands aside where a block has a cause on the credit side.</param>
public sealed record FindingKind(string Code, OwnerFunction Owner, Cause Nature, RuleFamily Family);

/// <summary>Every code there is, in the order in which the check looks.</summary>
public static class FindingKinds
{
    public static readonly FindingKind PayerUnknown = Quality("payer-unknown", OwnerFunction.MasterData, Cause.SetUp);
    public static readonly FindingKind RatesMissing = Credit("rates-missing", Cause.SetUp, OwnerFunction.MasterData);
    public static readonly FindingKind AuthorizationExpired = Credit("authorization-expired", Cause.SetUp, OwnerFunction.CustomerService);
    public static readonly FindingKind ForcedHold = new("forced-hold", OwnerFunction.Credit, Cause.CustomerRisk, RuleFamily.Stop);

    public static readonly FindingKind ConditionBroken = new("condition-broken", OwnerFunction.Credit, Cause.CustomerRisk, RuleFamily.Stop);

    public static readonly FindingKind LimitNotSet = Credit("limit-not-set", Cause.SetUp);
    public static readonly FindingKind LimitExpired = Credit("limit-expired", Cause.InternalDefect);
    public static readonly FindingKind LimitExceeded = Credit("limit-exceeded");
    public static readonly FindingKind LimitNear = Credit("limit-near");
    public static readonly FindingKind Overdue = Credit("overdue");
    public static readonly FindingKind OldestItemTooOld = Credit("oldest-item-too-old");
    public static readonly FindingKind PromiseBroken = Credit("promise-broken");

    /// <summary>Told as info beside an overdue sum that the promise would have taken away.</summary>
    public static readonly FindingKind PromiseTooLong = Credit("promise-too-long");
    public static readonly FindingKind DisputeUnqualified = Credit("dispute-unqualified", owner: OwnerFunction.Quality);
    public static readonly FindingKind DisputeUnowned = Credit("dispute-unowned", Cause.InternalDefect, OwnerFunction.AccountsReceivable);
    public static readonly FindingKind DisputeUnresolved = Credit("dispute-unresolved", owner: OwnerFunction.Quality);
    public static readonly FindingKind DisputeTactical = Credit("dispute-tactical");
    public static readonly FindingKind InvoiceRejected = Credit("invoice-rejected", owner: OwnerFunction.Billing);
    public static readonly FindingKind InvoiceNotSent = Credit("invoice-not-sent", Cause.InternalDefect, OwnerFunction.Billing);
    public static readonly FindingKind UnbilledTooOld = Credit("unbilled-too-old", Cause.InternalDefect, OwnerFunction.Billing);
    public static readonly FindingKind OverDelivered = Credit("over-delivered", Cause.InternalDefect, OwnerFunction.CustomerService);
    public static readonly FindingKind OverInvoiced = Credit("over-invoiced", Cause.InternalDefect, OwnerFunction.Billing);
    public static readonly FindingKind RiskClassMissing = Credit("risk-class-missing", Cause.SetUp);
    public static readonly FindingKind RiskClassBlocked = Credit("risk-class-blocked");
    public static readonly FindingKind PrepaymentRequired = Credit("prepayment-required");
    public static readonly FindingKind OrderTooLarge = Credit("order-too-large");
    public static readonly FindingKind Concentration = Credit("concentration");
    public static readonly FindingKind PaymentBehaviour = Credit("payment-behaviour");
    public static readonly FindingKind OverrunsRepeated = Credit("overruns-repeated");
    public static readonly FindingKind OrderSplitting = Credit("order-splitting");
    public static readonly FindingKind DunningLevel = Credit("dunning-level");
    public static readonly FindingKind RatesStale = Credit("rates-stale", Cause.SetUp, OwnerFunction.MasterData);

    public static readonly FindingKind ReviewOverdue = Credit("review-overdue", Cause.InternalDefect);
    public static readonly FindingKind CoverReduced = Credit("cover-reduced");
    public static readonly FindingKind CoverExpired = Credit("cover-expired");
    public static readonly FindingKind CoverNotificationDue = Credit("cover-notification-due", Cause.InternalDefect);

    public static readonly FindingKind PurchaseOrderMissing = Asked("purchase-order-missing");
    public static readonly FindingKind PurchaseOrderMalformed = Asked("purchase-order-malformed");
    public static readonly FindingKind PurchaseOrderDuplicate = Asked("purchase-order-duplicate");
    public static readonly FindingKind BuyerReferenceMissing = Asked("buyer-reference-missing");
    public static readonly FindingKind BillingAddressIncomplete =
        Quality("billing-address-incomplete", OwnerFunction.CustomerService, Cause.InternalDefect);
    public static readonly FindingKind TermsDeviate = Quality("terms-deviate", OwnerFunction.Credit, Cause.InternalDefect);
    public static readonly FindingKind TermsShorter = Quality("terms-shorter", OwnerFunction.CustomerService, Cause.InternalDefect);
    public static readonly FindingKind DiscountUndocumented = Quality("discount-undocumented", OwnerFunction.Sales, Cause.InternalDefect);
    public static readonly FindingKind PriceDeviates = Quality("price-deviates", OwnerFunction.Sales, Cause.InternalDefect);
    public static readonly FindingKind TaxIdInvalid = Quality("tax-id-invalid", OwnerFunction.MasterData, Cause.InternalDefect);
    public static readonly FindingKind OrderUnusual = Quality("order-unusual", OwnerFunction.CustomerService, Cause.CustomerRisk);
    public static readonly FindingKind LegalEntityWrong = Quality("legal-entity-wrong", OwnerFunction.MasterData, Cause.InternalDefect);
    public static readonly FindingKind AccountLinkWrong = Quality("account-link-wrong", OwnerFunction.MasterData, Cause.InternalDefect);
    public static readonly FindingKind PortalRequirementMissing = Asked("portal-requirement-missing");
    public static readonly FindingKind DeliveryDetailsMissing = Asked("delivery-details-missing");

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        PayerUnknown, RatesMissing, AuthorizationExpired, ForcedHold, ConditionBroken, LimitNotSet, LimitExpired, LimitExceeded, LimitNear, Overdue, OldestItemTooOld,
        PromiseBroken, PromiseTooLong, DisputeUnqualified, DisputeUnowned, DisputeUnresolved, DisputeTactical,
        InvoiceRejected, InvoiceNotSent, UnbilledTooOld, OverDelivered, OverInvoiced,
        RiskClassMissing, RiskClassBlocked, PrepaymentRequired, OrderTooLarge, ReviewOverdue, CoverReduced, CoverExpired, CoverNotificationDue,
        Concentration, PaymentBehaviour, OverrunsRepeated, OrderSplitting, DunningLevel, RatesStale,
        PurchaseOrderMissing, PurchaseOrderMalformed, PurchaseOrderDuplicate, BuyerReferenceMissing, BillingAddressIncomplete, TermsDeviate, TermsShorter,
        DiscountUndocumented, PriceDeviates, TaxIdInvalid, OrderUnusual, LegalEntityWrong, AccountLinkWrong, PortalRequirementMissing, DeliveryDetailsMissing,
    ];

    static readonly FrozenDictionary<string, FindingKind> ByCode = All.ToFrozenDictionary(kind => kind.Code, StringComparer.Ordinal);

    static readonly FrozenSet<string> Ageing = new[]
    {
        ForcedHold, LimitExpired, Overdue, OldestItemTooOld, DisputeUnqualified, DisputeUnowned, DisputeUnresolved, InvoiceRejected, InvoiceNotSent, UnbilledTooOld,
        ReviewOverdue, CoverExpired, RatesStale,
    }.Select(kind => kind.Code).ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenSet<string> Healing = new[] { ConditionBroken, PromiseBroken, OverrunsRepeated, CoverReduced, OrderTooLarge }
        .Select(kind => kind.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it may go by the passing of days alone: what counts in a window only, what was cut or is new. Of all else the day on which it ends is recorded.</summary>
    public static bool HealsWithTime(string code) => Healing.Contains(code);

    /// <summary>Whether its days are counted from something that happened, so that they grow while the order waits.</summary>
    public static bool Ages(string code) => Ageing.Contains(code);

    public static FindingKind Of(Finding finding) => Named(finding.Code);

    public static FindingKind Named(string code) => ByCode[code];

    static FindingKind Credit(string code, Cause nature = Cause.CustomerRisk, OwnerFunction owner = OwnerFunction.Credit) =>
        new(code, owner, nature, RuleFamily.Credit);

    /// <summary>What the customer has not given us.</summary>
    static FindingKind Asked(string code) => Quality(code, OwnerFunction.CustomerService, Cause.AwaitingCustomer);

    static FindingKind Quality(string code, OwnerFunction owner, Cause nature) => new(code, owner, nature, RuleFamily.OrderQuality);
}
