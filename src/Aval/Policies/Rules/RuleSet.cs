using System.Collections.Immutable;

namespace Aval.Policies.Rules;

/// <summary>The rules that hold for one order, one setting each: that of the most specific scope. A rule that is switched off or not set is
/// null.</summary>
public sealed class RuleSet
{
    public RuleSet(ImmutableArray<RuleSetting> inForce)
    {
        InForce = inForce;
        Limit = Find<LimitRule>();
        LimitNotSet = Find<LimitNotSetRule>();
        LimitExpired = Find<LimitExpiredRule>();
        Overdue = Find<OverdueRule>();
        OldestItem = Find<OldestItemRule>();
        BrokenPromise = Find<BrokenPromiseRule>();
        DisputeUnqualified = Find<DisputeUnqualifiedRule>();
        DisputeUnowned = Find<DisputeUnownedRule>();
        DisputeUnresolved = Find<DisputeUnresolvedRule>();
        DisputeTactical = Find<DisputeTacticalRule>();
        InvoiceRejected = Find<InvoiceRejectedRule>();
        InvoiceNotSent = Find<InvoiceNotSentRule>();
        UnbilledTooOld = Find<UnbilledTooOldRule>();
        OverDelivered = Find<OverDeliveredRule>();
        OverInvoiced = Find<OverInvoicedRule>();
        RiskClassMissing = Find<RiskClassMissingRule>();
        RiskClass = Find<RiskClassRule>();
        ForcedHold = Find<ForcedHoldRule>();
        PrepaymentRequired = Find<PrepaymentRequiredRule>();
        OrderTooLarge = Find<OrderTooLargeRule>();
        Concentration = Find<ConcentrationRule>();
        Measure = Find<MeasureRule>();
        CoverReduced = Find<CoverReducedRule>();
        CoverExpired = Find<CoverExpiredRule>();
        CoverNotificationDue = Find<CoverNotificationDueRule>();
        ReviewOverdue = Find<ReviewOverdueRule>();
        PurchaseOrderMissing = Find<PurchaseOrderMissingRule>();
        PurchaseOrderMalformed = Find<PurchaseOrderMalformedRule>();
        PurchaseOrderDuplicate = Find<PurchaseOrderDuplicateRule>();
        BuyerReferenceMissing = Find<BuyerReferenceMissingRule>();
        BillingAddressIncomplete = Find<BillingAddressIncompleteRule>();
        TermsDeviate = Find<TermsDeviateRule>();
        DiscountUndocumented = Find<DiscountUndocumentedRule>();
        PriceDeviates = Find<PriceDeviatesRule>();
        TaxIdInvalid = Find<TaxIdInvalidRule>();
        OrderUnusual = Find<OrderUnusualRule>();
        PaymentBehaviour = Find<PaymentBehaviourRule>();
        OverrunsRepeated = Find<OverrunsRepeatedRule>();
        OrderSplitting = Find<OrderSplittingRule>();
        DunningLevel = Find<DunningLevelRule>();
        RatesStale = Find<RatesStaleRule>();
        LegalEntityWrong = Find<LegalEntityWrongRule>();
        AccountLinkWrong = Find<AccountLinkWrongRule>();
        PortalRequirementMissing = Find<PortalRequirementMissingRule>();
        DeliveryDetailsMissing = Find<DeliveryDetailsMissingRule>();
        ConditionBroken = Find<ConditionBrokenRule>();
    }

    /// <summary>The winning setting of every rule of the policy, in its order, those that are switched off too.</summary>
    public ImmutableArray<RuleSetting> InForce { get; }

    public LimitRule? Limit { get; }
    public LimitNotSetRule? LimitNotSet { get; }
    public LimitExpiredRule? LimitExpired { get; }
    public OverdueRule? Overdue { get; }
    public OldestItemRule? OldestItem { get; }
    public BrokenPromiseRule? BrokenPromise { get; }
    public DisputeUnqualifiedRule? DisputeUnqualified { get; }
    public DisputeUnownedRule? DisputeUnowned { get; }
    public DisputeUnresolvedRule? DisputeUnresolved { get; }
    public DisputeTacticalRule? DisputeTactical { get; }
    public InvoiceRejectedRule? InvoiceRejected { get; }
    public InvoiceNotSentRule? InvoiceNotSent { get; }
    public UnbilledTooOldRule? UnbilledTooOld { get; }
    public OverDeliveredRule? OverDelivered { get; }
    public OverInvoicedRule? OverInvoiced { get; }
    public RiskClassMissingRule? RiskClassMissing { get; }
    public RiskClassRule? RiskClass { get; }
    public ForcedHoldRule? ForcedHold { get; }
    public PrepaymentRequiredRule? PrepaymentRequired { get; }
    public OrderTooLargeRule? OrderTooLarge { get; }
    public ConcentrationRule? Concentration { get; }
    public MeasureRule? Measure { get; }
    public CoverReducedRule? CoverReduced { get; }
    public CoverExpiredRule? CoverExpired { get; }
    public CoverNotificationDueRule? CoverNotificationDue { get; }
    public ReviewOverdueRule? ReviewOverdue { get; }
    public PurchaseOrderMissingRule? PurchaseOrderMissing { get; }
    public PurchaseOrderMalformedRule? PurchaseOrderMalformed { get; }
    public PurchaseOrderDuplicateRule? PurchaseOrderDuplicate { get; }
    public BuyerReferenceMissingRule? BuyerReferenceMissing { get; }
    public BillingAddressIncompleteRule? BillingAddressIncomplete { get; }
    public TermsDeviateRule? TermsDeviate { get; }
    public DiscountUndocumentedRule? DiscountUndocumented { get; }
    public PriceDeviatesRule? PriceDeviates { get; }
    public TaxIdInvalidRule? TaxIdInvalid { get; }
    public OrderUnusualRule? OrderUnusual { get; }
    public PaymentBehaviourRule? PaymentBehaviour { get; }
    public OverrunsRepeatedRule? OverrunsRepeated { get; }
    public OrderSplittingRule? OrderSplitting { get; }
    public DunningLevelRule? DunningLevel { get; }
    public RatesStaleRule? RatesStale { get; }
    public LegalEntityWrongRule? LegalEntityWrong { get; }
    public AccountLinkWrongRule? AccountLinkWrong { get; }
    public PortalRequirementMissingRule? PortalRequirementMissing { get; }
    public DeliveryDetailsMissingRule? DeliveryDetailsMissing { get; }
    public ConditionBrokenRule? ConditionBroken { get; }

    /// <summary>The setting behind a finding; null for the findings that no rule can switch off.</summary>
    public RuleSetting? Named(string? rule)
    {
        foreach (var setting in InForce)
            if (setting.Name == rule) return setting;
        return null;
    }

    T? Find<T>() where T : RuleSetting
    {
        foreach (var setting in InForce)
            if (setting is T found) return found;
        return null;
    }
}
