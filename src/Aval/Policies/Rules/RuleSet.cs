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
        RiskClassMissing = Find<RiskClassMissingRule>();
        RiskClass = Find<RiskClassRule>();
        ForcedHold = Find<ForcedHoldRule>();
        PrepaymentRequired = Find<PrepaymentRequiredRule>();
        OrderTooLarge = Find<OrderTooLargeRule>();
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
        ConditionBroken = Find<ConditionBrokenRule>();
    }

    /// <summary>The winning setting of every rule of the policy, in its order, those that are switched off too.</summary>
    public ImmutableArray<RuleSetting> InForce { get; }

    public LimitRule? Limit { get; }
    public LimitNotSetRule? LimitNotSet { get; }
    public LimitExpiredRule? LimitExpired { get; }
    public OverdueRule? Overdue { get; }
    public OldestItemRule? OldestItem { get; }
    public RiskClassMissingRule? RiskClassMissing { get; }
    public RiskClassRule? RiskClass { get; }
    public ForcedHoldRule? ForcedHold { get; }
    public PrepaymentRequiredRule? PrepaymentRequired { get; }
    public OrderTooLargeRule? OrderTooLarge { get; }
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
