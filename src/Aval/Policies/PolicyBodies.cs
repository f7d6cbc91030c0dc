using System.Text.Json;
using System.Text.Json.Serialization;
using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Policies;

/// <summary>The parts of a policy as its JSON has them. The JSON itself is read and written by <see cref="PolicyJson"/>; this describes it.</summary>
public record PolicyFields
{
    /// <summary>At most 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Of all amounts; null for the company's.</summary>
    public Currency? Currency { get; init; }

    /// <summary>Which exposure a limit is compared with.</summary>
    public Compare? Compare { get; init; }

    /// <summary>Whether unapplied and on-account money lowers the decision exposure.</summary>
    public bool? NettingUnapplied { get; init; }

    /// <summary>Whether a block that nobody has decided is released by itself when the check passes.</summary>
    public bool? AutoRelease { get; init; }

    /// <summary>Disputes of these kinds leave the decision exposure.</summary>
    public IReadOnlyList<Legitimacy>? ExcludeDisputes { get; init; }

    /// <summary>Orders that ship later than this many calendar days from today do not count yet.</summary>
    public int? HorizonDays { get; init; }

    /// <summary>Calendar days that a claim outlives the later of release and ship date.</summary>
    public int? AuthorizationDays { get; init; }

    /// <summary>What a person's release covers.</summary>
    public Recheck? Recheck { get; init; }

    /// <summary>Percent of a limit above which it is near.</summary>
    public decimal? WatchPercent { get; init; }

    /// <summary>To which the amount of a proposed temporary limit is rounded up.</summary>
    public decimal? TemporaryLimitStep { get; init; }

    /// <summary>Smallest tier first; the last has no bound.</summary>
    public IReadOnlyList<DecisionDeadline>? DecisionDeadlines { get; init; }

    /// <summary>What each role may decide; a role that is not listed decides nothing.</summary>
    public IReadOnlyList<DelegationBody>? Delegation { get; init; }

    /// <summary>Whether our own defect may hold a customer who has paid.</summary>
    public InternalDefect? InternalDefect { get; init; }

    /// <summary>From where on an order is weighed by Credit and the commercial side together.</summary>
    public ArbitrationBody? Arbitration { get; init; }

    /// <summary>Who answers for which field of a customer's data; each field once.</summary>
    public IReadOnlyList<DataResponsibility>? DataResponsibility { get; init; }

    /// <summary>By when a dispute must have come how far.</summary>
    public DisputeHandling? Disputes { get; init; }

    /// <summary>What an exceptional release must keep to.</summary>
    public ExceptionConditions? Exceptions { get; init; }

    /// <summary>The path that an undecided case goes up, rising in hours; at most 10 steps.</summary>
    public IReadOnlyList<EscalationStep>? Escalation { get; init; }

    /// <summary>How money that came in is matched with what is owed.</summary>
    public CashApplication? CashApplication { get; init; }

    /// <summary>The loss to be expected of each bucket of the aging, in percent; absent: 0.3, 1.6, 3.6, 6.6 and 10.6.</summary>
    public ProvisionMatrix? Provision { get; init; }

    /// <summary>One entry a rule and scope.</summary>
    public IReadOnlyList<RuleBody>? Rules { get; init; }
}

/// <summary>What a draft changes: parts that are left out stay as they are in what it is based on.</summary>
public sealed record PolicyChanges : PolicyFields
{
    /// <summary><c>standard</c> for the preset, or a version's number.</summary>
    public required JsonElement BasedOn { get; init; }
}

/// <summary>A policy version.</summary>
public sealed record PolicyBody : PolicyFields
{
    /// <summary>From 1, without gaps.</summary>
    public required int Version { get; init; }

    /// <summary>Who drafted it.</summary>
    public required string Author { get; init; }

    /// <summary>Who activated it.</summary>
    public required string ApprovedBy { get; init; }

    /// <summary>Why it was activated.</summary>
    public required string Reason { get; init; }

    /// <summary>The business date from which it holds.</summary>
    public required DateOnly Effective { get; init; }
}

/// <summary>The policy that is being drafted.</summary>
public sealed record DraftBody : PolicyFields
{
    /// <summary><c>standard</c> for the preset, or a version's number.</summary>
    public required JsonElement BasedOn { get; init; }

    /// <summary>Who wrote it last.</summary>
    public required string Author { get; init; }

    /// <summary>The business date on which it was written.</summary>
    public required DateOnly Drafted { get; init; }
}

/// <inheritdoc cref="Delegation"/>
public sealed record DelegationBody(
    string Role, decimal? UpTo = null, decimal? ExposureUpTo = null, decimal? OverrunPercent = null, int? OverdueDays = null, IReadOnlyList<string>? RiskClasses = null,
    IReadOnlyList<string>? Causes = null, decimal? SecondPersonAbove = null);

/// <inheritdoc cref="Arbitration"/>
public sealed record ArbitrationBody(
    IReadOnlyList<string> Between, decimal? AmountAbove = null, decimal? OverrunPercentAbove = null, int? OverdueDaysAbove = null,
    IReadOnlyList<string>? RiskClasses = null);

/// <summary>One rule's entry. Which parameters it takes depends on the rule; one that it does not take is refused.</summary>
/// <param name="Rule">Its name: <c>limit</c>, <c>overdue</c>, …</param>
/// <param name="Severity">info, warn, complete, refer; off to switch it off for its scope.</param>
/// <param name="Scope">For whom; everybody when absent.</param>
/// <param name="OverridesRelease">Whether what it finds holds an order that a person has released.</param>
public sealed record RuleBody(
    string Rule, string Severity, ScopeBody? Scope = null, bool OverridesRelease = false, int? MinDays = null, decimal? MinAmount = null, decimal? MinSharePercent = null,
    IReadOnlyList<OverdueTest>? Pairs = null, DisputedParts? Disputed = null, PromisedParts? Promised = null, OverdueLevel? Level = null, int? Days = null,
    int? Count = null, int? WindowDays = null, IReadOnlyList<string>? Classes = null, decimal? Amount = null, decimal? AbovePercent = null,
    decimal? TolerancePercent = null, decimal? ToleranceAmount = null, decimal? Threshold = null, int? MinDisputes = null, decimal? RejectedPercent = null,
    decimal? TrendDays = null, int? Months = null, decimal? DeviationDays = null, decimal? UnderPercent = null,
    int? MeasureDays = null, int? DaysBefore = null, StagesBody? Stages = null, int? LongestPromiseDays = null, NewCustomers? NewCustomers = null,
    decimal? PayerPercent = null, decimal? CountryPercent = null, decimal? SegmentPercent = null);

/// <summary>What is different at pick release of a released order.</summary>
public sealed record StagesBody(PickReleaseBody? PickRelease = null);

public sealed record PickReleaseBody(
    decimal? TolerancePercent = null, decimal? ToleranceAmount = null, int? MinDays = null, decimal? MinAmount = null, decimal? MinSharePercent = null);

/// <summary>For whom a rule is set: exactly one of these.</summary>
/// <param name="Customer">As who orders or, after that, as who pays.</param>
/// <param name="Group">The number of any customer above the payer, or the payer's own.</param>
/// <param name="RiskClass">The payer's; one without a class counts as the worst that is not blocked.</param>
/// <param name="Segment">The payer's.</param>
/// <param name="Country">The payer's.</param>
public sealed record ScopeBody(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Customer = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Group = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RiskClass = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Segment = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Country = null)
{
    /// <summary>Null for everybody.</summary>
    public static ScopeBody? Of(Scope scope) => scope.Kind switch
    {
        ScopeKind.Customer => new(Customer: scope.Value),
        ScopeKind.Group => new(Group: scope.Value),
        ScopeKind.RiskClass => new(RiskClass: scope.Value),
        ScopeKind.Segment => new(Segment: scope.Value),
        ScopeKind.Country => new(Country: scope.Value),
        ScopeKind.All => null,
    };
}
