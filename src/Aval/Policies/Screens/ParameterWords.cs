using Aval.Policies.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Policies.Screens;

/// <summary>How the fields of a policy's forms are called.</summary>
static class ParameterWords
{
    /// <summary>By path, or where a name means the same everywhere by name.</summary>
    static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["name"] = "Name of the policy", ["currency"] = "Currency of its amounts (empty: the company's)", ["compare"] = "Which exposure a limit is compared with",
        ["nettingUnapplied"] = "Money that is not applied yet lowers the exposure", ["autoRelease"] = "A held order goes by itself once the check finds nothing any more",
        ["excludeDisputes"] = "Disputes that leave the exposure", ["horizonDays"] = "Orders count from so many days before they ship",
        ["authorizationDays"] = "A released order keeps its part of the limit for", ["recheck.deviationPercent"] = "A release covers the order's value and",
        ["recheck.days"] = "A release covers it for", ["watchPercent"] = "An account is near its limit from", ["temporaryLimitStep"] = "Temporary limits are rounded up to",
        ["decisionDeadlines[].upTo"] = "Orders up to (the last: empty)", ["decisionDeadlines[].hours"] = "To be decided within",
        ["delegation[].role"] = "Role", ["delegation[].upTo"] = "Orders up to", ["delegation[].exposureUpTo"] = "The payer then owes at most",
        ["overrunPercent"] = "Over the limit by at most", ["overdueDays"] = "Overdue by at most", ["delegation[].riskClasses"] = "Risk classes (none chosen: all)",
        ["causes"] = "Causes of the block (none chosen: all)", ["secondPersonAbove"] = "A second person confirms above",
        ["internalDefect.act"] = "When only our own defects hold an order", ["internalDefect.upTo"] = "Released and fixed up to",
        ["amountAbove"] = "Orders worth more than", ["overrunPercentAbove"] = "Over the limit by more than", ["overdueDaysAbove"] = "Overdue by more than",
        ["arbitration.riskClasses"] = "Payers of these risk classes, whatever the order", ["between"] = "Weighed by",
        ["field"] = "Field", ["enters"] = "Entered by", ["verifies"] = "Verified by", ["flags"] = "Flagged by", ["staleAfterDays"] = "Verified again after",
        ["ownWithinDays"] = "Has an owner within", ["qualifyWithinDays"] = "Is qualified within", ["resolveWithinDays"] = "Is over within",
        ["creditNoteWithinDays"] = "A credit note that is due is written within", ["tacticalRejectedPercent"] = "Tactical from a share of rejected disputes above",
        ["escalateTo"] = "What is late goes to", ["exceptions.upTo"] = "Worth at most", ["mostPerPayer"] = "How many a payer may have",
        ["exceptions.windowDays"] = "Counted over", ["counterpart"] = "Only for something in return", ["reviewWithinDays"] = "Looked at again within",
        ["beyond"] = "One that does not keep to this", ["afterHours"] = "Undecided after", ["to"] = "Goes to",
        ["tolerance"] = "A rest is written off up to", ["cashApplication.tolerancePercent"] = "And up to this share of the documents",
        ["discountGraceDays"] = "A cash discount may be taken late by", ["oldestFirst"] = "Money without a better match pays what is due first",
        ["postFrom[].rule"] = "Found by", ["confidence"] = "Posted from a confidence of (0 to 1)", ["writeOffUpTo"] = "Written off by hand without finance up to",
        ["allocationOrder"] = "Money that does not suffice pays first", ["notDue"] = "Expected loss of what is not due", ["d1to30"] = "1 to 30 days late",
        ["d31to60"] = "31 to 60 days late", ["d61to90"] = "61 to 90 days late", ["over90"] = "More than 90 days late",
        ["tolerancePercent"] = "Tolerated up to", ["toleranceAmount"] = "Tolerated amount", ["priceDeviates.tolerancePercent"] = "Off the list price by more than",
        ["stages.pickRelease.tolerancePercent"] = "Before picking: tolerated up to", ["stages.pickRelease.toleranceAmount"] = "Before picking: tolerated amount",
        ["stages.pickRelease.minDays"] = "Before picking: late by at least", ["stages.pickRelease.minAmount"] = "Before picking: amount of at least",
        ["stages.pickRelease.minSharePercent"] = "Before picking: share of at least", ["minDays"] = "Late by at least", ["minAmount"] = "Amount of at least",
        ["minSharePercent"] = "Share of what is owed of at least", ["disputed"] = "Disputed amounts", ["promised"] = "Promised amounts", ["level"] = "Whose items",
        ["dunningLevel.level"] = "Dunned beyond level", ["longestPromiseDays"] = "A promise counts for at most", ["days"] = "Longer than", ["count"] = "How many at least",
        ["windowDays"] = "Within", ["minDisputes"] = "Earlier disputes that make a habit", ["rejectedPercent"] = "Share of them rejected above", ["classes"] = "Risk classes",
        ["amount"] = "Worth more than", ["newCustomers.amount"] = "New customers: worth more than", ["newCustomers.days"] = "A customer is new for fewer than",
        ["orderSplitting.amount"] = "The amount that is split (empty: from which an order is too large)", ["payerPercent"] = "With the payer more than",
        ["countryPercent"] = "With the payers of its country more than", ["segmentPercent"] = "With the payers of its segment more than",
        ["daysBefore"] = "Told of so long before", ["measureDays"] = "A measure's end is told of so long before", ["abovePercent"] = "More than",
        ["threshold"] = "Score above", ["trendDays"] = "Later from month to month by more than", ["months"] = "Months with payments at least",
        ["deviationDays"] = "Delays vary by more than", ["underPercent"] = "Below the amount by less than",
    };

    static readonly HashSet<string> Amounts =
    [
        "upTo", "exposureUpTo", "secondPersonAbove", "temporaryLimitStep", "amountAbove", "tolerance", "writeOffUpTo", "toleranceAmount", "minAmount", "amount",
    ];

    static readonly HashSet<string> Shares = ["notDue", "d1to30", "d31to60", "d61to90", "over90"];

    /// <param name="rule">The rule whose parameter it is; null outside of the rules.</param>
    public static string? LabelOf(Parameter parameter, string? rule) => English(parameter, rule) is { } label ? T(label) : null;

    /// <summary>All labels, in English.</summary>
    public static IReadOnlyCollection<string> All => Labels.Values;

    static string? English(Parameter parameter, string? rule) =>
        (rule is null ? null : Labels.GetValueOrDefault($"{rule}.{parameter.Name}")) ?? Labels.GetValueOrDefault(parameter.Path)
        ?? Labels.GetValueOrDefault(parameter.Path[(parameter.Path.IndexOf('.', StringComparison.Ordinal) + 1)..]) ?? Labels.GetValueOrDefault(parameter.Name);

    /// <summary>What a number counts: days, percent, the currency; null when it is a bare number.</summary>
    public static string? UnitOf(Parameter parameter, string currency) => parameter.Name switch
    {
        _ when parameter.Kind is not (ParameterKind.Whole or ParameterKind.Number) => null,
        var name when Amounts.Contains(name) => currency,
        var name when Shares.Contains(name) || name.EndsWith("Percent", StringComparison.Ordinal) || name.EndsWith("PercentAbove", StringComparison.Ordinal) => "%",
        "months" => T("months"),
        var name when name.EndsWith("ours", StringComparison.Ordinal) => T("working hours"),
        var name when name.Contains("ays", StringComparison.Ordinal) => T("days"),
        _ => null,
    };

    /// <summary>From where to where it may go; null for what is no number, and for amounts, which hardly end.</summary>
    public static string? RangeOf(Parameter parameter) => parameter.Kind is ParameterKind.Whole or ParameterKind.Number && !Amounts.Contains(parameter.Name)
        ? T("{0} to {1}#range", parameter.Least.ToString("0.####", Tongue.Current.Numbers), parameter.Most.ToString("#,##0.####", Tongue.Current.Numbers))
        : null;

    public static string OfWord(string word) => Say.Capital(PolicyTerms.Of(word, PolicyWords.Spoken));
}
