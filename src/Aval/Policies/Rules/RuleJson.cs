using System.Collections.Immutable;
using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Policies.Rules;

/// <summary>The rules of a policy as JSON. Every rule there is has its reader here; a name that is not here is refused.</summary>
static class RuleJson
{
    const string Off = "off";

    static readonly Dictionary<string, Func<Fields, RuleSetting>> Readers = new(StringComparer.Ordinal)
    {
        ["limit"] = fields => new LimitRule { Tolerance = LimitTolerance.Read(fields), ToleranceAtPick = Stages.Read(fields, LimitTolerance.Read) },
        ["limitNotSet"] = _ => new LimitNotSetRule(),
        ["limitExpired"] = _ => new LimitExpiredRule(),
        ["overdue"] = Overdue,
        ["oldestItem"] = fields => new OldestItemRule(fields.Days("days"), fields.Amount("minAmount")),
        ["brokenPromise"] = fields => new BrokenPromiseRule(fields.Whole("count", 1, 1000), fields.Whole("windowDays", 1, 3650)),
        ["disputeUnqualified"] = fields => new DisputeUnqualifiedRule(fields.Days("days")),
        ["disputeUnowned"] = fields => new DisputeUnownedRule(fields.Days("days")),
        ["disputeUnresolved"] = fields => new DisputeUnresolvedRule(fields.Days("days")),
        ["disputeTactical"] = fields => new DisputeTacticalRule(fields.Whole("minDisputes", 1, 1000), fields.PercentOrNull("rejectedPercent")),
        ["invoiceRejected"] = _ => new InvoiceRejectedRule(),
        ["invoiceNotSent"] = fields => new InvoiceNotSentRule(fields.Days("days")),
        ["unbilledTooOld"] = fields => new UnbilledTooOldRule(fields.Days("days")),
        ["overDelivered"] = _ => new OverDeliveredRule(),
        ["overInvoiced"] = _ => new OverInvoicedRule(),
        ["riskClassMissing"] = _ => new RiskClassMissingRule(),
        ["riskClass"] = fields => new RiskClassRule(fields.SomeOf("classes", Policy.RiskClasses)),
        ["forcedHold"] = _ => new ForcedHoldRule(),
        ["prepaymentRequired"] = _ => new PrepaymentRequiredRule(),
        ["orderTooLarge"] = fields => new OrderTooLargeRule(fields.Amount("amount"), fields.ObjectOrNull("newCustomers", NewCustomers.Read)),
        ["concentration"] = ConcentrationRule.Read,
        ["measure"] = _ => new MeasureRule(),
        ["coverReduced"] = fields => new CoverReducedRule(fields.Days("days")),
        ["coverExpired"] = _ => new CoverExpiredRule(),
        ["coverNotificationDue"] = fields => new CoverNotificationDueRule(fields.Days("daysBefore")),
        ["reviewOverdue"] = fields => new ReviewOverdueRule(fields.Days("days"), fields.Days("measureDays")),
        ["purchaseOrderMissing"] = _ => new PurchaseOrderMissingRule(),
        ["purchaseOrderMalformed"] = _ => new PurchaseOrderMalformedRule(),
        ["purchaseOrderDuplicate"] = fields => new PurchaseOrderDuplicateRule(fields.WholeOrNull("windowDays", 1, 3650)),
        ["buyerReferenceMissing"] = _ => new BuyerReferenceMissingRule(),
        ["billingAddressIncomplete"] = _ => new BillingAddressIncompleteRule(),
        ["termsDeviate"] = _ => new TermsDeviateRule(),
        ["discountUndocumented"] = fields => new DiscountUndocumentedRule(fields.Percent("abovePercent")),
        ["priceDeviates"] = fields => new PriceDeviatesRule(fields.Percent("tolerancePercent")),
        ["taxIdInvalid"] = _ => new TaxIdInvalidRule(),
        ["orderUnusual"] = fields => new OrderUnusualRule(fields.NumberOrNull("threshold", 100)),
        ["paymentBehaviour"] = fields => new PaymentBehaviourRule(
            fields.Days("days"), fields.NumberOrNull("trendDays", 1000), fields.WholeOrNull("months", 2, 12), fields.NumberOrNull("deviationDays", 3650)),
        ["overrunsRepeated"] = fields => new OverrunsRepeatedRule(fields.Whole("count", 1, OverrunsRepeatedRule.Most), fields.Whole("windowDays", 1, 3650)),
        ["orderSplitting"] = fields => new OrderSplittingRule(
            fields.Whole("windowDays", 0, 3650), fields.Whole("count", 2, 24), fields.Number("underPercent", 100), fields.AmountOrNull("amount")),
        ["dunningLevel"] = fields => new DunningLevelRule(fields.Whole("level", 0, 9)),
        ["ratesStale"] = fields => new RatesStaleRule(fields.Days("days")),
        ["legalEntityWrong"] = _ => new LegalEntityWrongRule(),
        ["accountLinkWrong"] = _ => new AccountLinkWrongRule(),
        ["portalRequirementMissing"] = _ => new PortalRequirementMissingRule(),
        ["deliveryDetailsMissing"] = _ => new DeliveryDetailsMissingRule(),
        ["conditionBroken"] = fields => new ConditionBrokenRule(fields.WholeOrNull("days", 1, 3650)),
    };

    static readonly string[] Severities = [.. Words.All<Severity>(), Off];

    /// <summary>The names of all rules there are.</summary>
    public static IReadOnlyCollection<string> Names => Readers.Keys;

    /// <summary>What a rule takes beside severity, scope and <c>overridesRelease</c>.</summary>
    public static IReadOnlyList<Parameter> ParametersOf(string rule) => Fields.Told(Readers[rule]);

    /// <summary>The entries of the list, each in the place of the basis's entry of its rule and scope or behind them all.</summary>
    public static ImmutableArray<RuleSetting> Merged(Fields fields, string name, Policy? basis)
    {
        var given = new HashSet<(string Rule, Scope Scope)>();
        var merged = basis is null ? ImmutableArray.CreateBuilder<RuleSetting>() : basis.Rules.ToBuilder();
        var entries = fields.Objects(name, entry =>
        {
            var rule = Read(entry);
            if (rule.Name.Length > 0 && !given.Add((rule.Name, rule.Scope))) entry.Refuse("", "is a second entry of this rule and scope", false);
            return rule;
        });
        foreach (var entry in entries)
        {
            var at = 0;
            while (at < merged.Count && (merged[at].Name != entry.Name || merged[at].Scope != entry.Scope)) at++;
            if (at < merged.Count) merged[at] = entry;
            else merged.Add(entry);
        }

        return merged.ToImmutable();
    }

    public static void Write(Utf8JsonWriter json, RuleSetting rule)
    {
        json.WriteStartObject();
        json.WriteString("rule", rule.Name);
        if (rule.Scope.Kind != ScopeKind.All)
        {
            json.WriteStartObject("scope");
            json.WriteString(Words.Of(rule.Scope.Kind), rule.Scope.Value);
            json.WriteEndObject();
        }

        json.WriteString("severity", rule is SwitchedOff ? Off : Words.Of(rule.Severity));
        rule.Write(json);
        if (rule.OverridesRelease) json.WriteBoolean("overridesRelease", true);
        json.WriteEndObject();
    }

    static RuleSetting Read(Fields fields)
    {
        var name = fields.OneOf("rule", Readers.Keys);
        var severity = fields.OneOf("severity", Severities);
        var overrides = fields.FlagOr("overridesRelease", false);
        var scope = fields.Has("scope") ? fields.Object("scope", ReadScope) : Scope.All;
        return Parameters(fields, name, severity) with { Severity = WeightOf(severity), OverridesRelease = overrides, Scope = scope };
    }

    static RuleSetting Parameters(Fields fields, string name, string severity)
    {
        if (name.Length == 0) return new SwitchedOff("", RuleFamily.OrderQuality);
        // What is switched off needs no parameters, but a misspelt one is refused all the same.
        return severity == Off ? new SwitchedOff(name, Readers[name](fields.OnlyNames()).Family) : Readers[name](fields);
    }

    static Severity WeightOf(string severity) => Words.TryParse<Severity>(severity, out var weight) ? weight : Severity.Info;

    static Scope ReadScope(Fields fields)
    {
        var kinds = Words.All<ScopeKind>().Where(kind => kind != Words.Of(ScopeKind.All) && fields.Has(kind)).ToList();
        if (kinds.Count != 1)
        {
            foreach (var kind in kinds) fields.Pass(kind);
            return fields.Refuse("", "must name one of customer, group, riskClass, segment, country", Scope.All);
        }

        var scope = Words.Parse<ScopeKind>(kinds[0]);
        return new Scope(scope, scope == ScopeKind.RiskClass ? fields.OneOf(kinds[0], Policy.RiskClasses) : fields.Text(kinds[0]));
    }

    static OverdueRule Overdue(Fields fields)
    {
        var asPairs = fields.Has("pairs");
        ImmutableArray<OverdueTest> tests = asPairs ? fields.Objects("pairs", Test) : [Test(fields)];
        if (tests.IsEmpty) fields.Refuse("pairs", "must have at least one entry", false);
        return new OverdueRule(
            tests, asPairs, fields.WordOrNull<DisputedParts>("disputed"), fields.WordOrNull<PromisedParts>("promised"),
            fields.WordOrNull<OverdueLevel>("level"), fields.WholeOrNull("longestPromiseDays", 0, 3650)) { AtPick = Stages.Read(fields, OverdueAtStage.Read) };
    }

    static OverdueTest Test(Fields fields) => new(fields.Whole("minDays", 1, 3650), fields.Amount("minAmount"), fields.Percent("minSharePercent"));
}
