using System.Collections.Immutable;
using Aval.Kernel;

namespace Aval.Policies.Rules;

/// <summary>Which exposure a limit is compared with.</summary>
public enum Compare
{
    /// <summary>Our own risk: what insurers and guarantors bear is taken off.</summary>
    Retained,
    /// <summary>The limit already includes the insurer's part.</summary>
    Decision,
}

/// <summary>What policy nets before anything is compared.</summary>
/// <param name="Unapplied">Take unapplied and on-account money off: the preset does not, since a receipt may be somebody's mistake.</param>
/// <param name="ExcludedDisputes">Disputes of these kinds are left out of the decision exposure.</param>
public readonly record struct Netting(bool Unapplied, Compare Compare, ImmutableArray<Legitimacy> ExcludedDisputes)
{
    public static readonly Netting Standard = new(false, Compare.Retained, [Legitimacy.CompanyFault]);
}

/// <summary>Whose fault a dispute is, once somebody has said so.</summary>
public enum Legitimacy { CompanyFault, CustomerFault, Shared, Unqualified }

/// <summary>Whether our own defect may hold a customer who has paid.</summary>
public enum DefectAct { Hold, ReleaseAndFix }

/// <summary>The rules of the house, as one person writes and another approves them. Immutable; amounts in major units of its currency.</summary>
/// <param name="Currency">Of all its amounts; null for the company's.</param>
/// <param name="NettingUnapplied">Whether unapplied and on-account money lowers the decision exposure.</param>
/// <param name="AutoRelease">Whether a block that nobody has decided is released by itself when the check passes.</param>
/// <param name="ExcludeDisputes">Disputes of these kinds leave the decision exposure.</param>
/// <param name="HorizonDays">Orders that ship later than this many calendar days from today do not count yet.</param>
/// <param name="AuthorizationDays">Calendar days that a claim outlives the later of release and ship date.</param>
/// <param name="WatchPercent">Percent of a limit above which it is near.</param>
/// <param name="TemporaryLimitStep">To which the amount of a proposed temporary limit is rounded up.</param>
/// <param name="DecisionDeadlines">Smallest tier first; the last has no bound.</param>
/// <param name="InternalDefect">Null as if <see cref="DefectAct.Hold"/>.</param>
public sealed record Policy(
    string Name,
    Currency? Currency,
    Compare Compare,
    bool NettingUnapplied,
    bool AutoRelease,
    ImmutableArray<Legitimacy> ExcludeDisputes,
    int HorizonDays,
    int AuthorizationDays,
    Recheck Recheck,
    decimal WatchPercent,
    decimal TemporaryLimitStep,
    ImmutableArray<DecisionDeadline> DecisionDeadlines,
    ImmutableArray<Delegation> Delegation,
    InternalDefect? InternalDefect,
    ImmutableArray<RuleSetting> Rules)
{
    /// <summary>A to E.</summary>
    public static readonly ImmutableArray<string> RiskClasses = ["A", "B", "C", "D", "E"];

    /// <summary>The causes of blocks, which the check tells apart.</summary>
    public static readonly ImmutableArray<string> Causes = ["customerRisk", "internalDefect", "awaitingCustomer", "setUp", "mixed"];

    public Netting Netting => new(NettingUnapplied, Compare, ExcludeDisputes);

    /// <summary>Null as if <see cref="Policies.Rules.Arbitration.Usual"/>.</summary>
    public Arbitration? Arbitration { get; init; }

    /// <summary>Null as if <see cref="Policies.Rules.DataResponsibility.Usual"/>.</summary>
    public ImmutableArray<DataResponsibility>? DataResponsibility { get; init; }

    /// <summary>Null as if <see cref="DisputeHandling.Usual"/>.</summary>
    public DisputeHandling? Disputes { get; init; }

    /// <summary>Null as if <see cref="ExceptionConditions.Usual"/>.</summary>
    public ExceptionConditions? Exceptions { get; init; }

    /// <summary>Null as if <see cref="EscalationStep.Usual"/>.</summary>
    public ImmutableArray<EscalationStep>? Escalation { get; init; }

    /// <summary>The path that an undecided case goes up, as said or as usual.</summary>
    public ImmutableArray<EscalationStep> EscalationPath => Escalation ?? EscalationStep.Usual;

    /// <summary>Which step of the path comes after this holder: the first for who stands on none, as functions do; the path's length after the last.</summary>
    public int StepAfter(string? holder)
    {
        var path = EscalationPath;
        for (var at = path.Length; at > 0; at--)
            if (path[at - 1].To == holder) return at;
        return 0;
    }

    /// <inheritdoc cref="Arbitration"/>
    public Arbitration ArbitrationAsked => Arbitration ?? Policies.Rules.Arbitration.Usual;

    /// <inheritdoc cref="Exceptions"/>
    public ExceptionConditions ExceptionsAsked => Exceptions ?? ExceptionConditions.Usual;

    /// <inheritdoc cref="Disputes"/>
    public DisputeHandling DisputesAsked => Disputes ?? DisputeHandling.Usual;

    /// <inheritdoc cref="DataResponsibility"/>
    public ImmutableArray<DataResponsibility> Responsible => DataResponsibility ?? Policies.Rules.DataResponsibility.Usual;

    /// <summary>Who answers for a field of a customer's data; null where policy names nobody.</summary>
    public DataResponsibility? ResponsibleFor(string field)
    {
        foreach (var entry in Responsible)
            if (entry.Field == field) return entry;
        return null;
    }

    /// <summary>Null as if <see cref="Policies.Rules.CashApplication.Usual"/>.</summary>
    public CashApplication? CashApplication { get; init; }

    /// <inheritdoc cref="CashApplication"/>
    public CashApplication CashAsked => CashApplication ?? Policies.Rules.CashApplication.Usual;

    /// <summary>Null as if <see cref="ProvisionMatrix.Usual"/>.</summary>
    public ProvisionMatrix? Provision { get; init; }

    /// <inheritdoc cref="Provision"/>
    public ProvisionMatrix ProvisionAsked => Provision ?? ProvisionMatrix.Usual;

    /// <summary>The same policy with every part said that was left to be as usual.</summary>
    public Policy InFull() => this with
    {
        InternalDefect = InternalDefect ?? new InternalDefect(DefectAct.Hold, null),
        Arbitration = ArbitrationAsked,
        DataResponsibility = Responsible,
        Disputes = DisputesAsked,
        Exceptions = ExceptionsAsked,
        Escalation = EscalationPath,
        CashApplication = CashAsked,
        Provision = ProvisionAsked,
    };
}

/// <summary>What a person's release covers: the order's value plus this percentage, for this many calendar days.</summary>
public sealed record Recheck(decimal DeviationPercent, int Days);

/// <summary>Working hours in which a block is to be decided.</summary>
/// <param name="UpTo">Order value to which this tier reaches, itself included; null for the last.</param>
public sealed record DecisionDeadline(decimal? UpTo, int Hours);

/// <summary>What one role may decide. A bound that is null does not bind; a role that is not listed decides nothing.</summary>
/// <param name="UpTo">The order's value, tax included.</param>
/// <param name="ExposureUpTo">The payer's exposure after the decision.</param>
/// <param name="OverrunPercent">Of the overrun over the limit.</param>
/// <param name="OverdueDays">Calendar days of the oldest overdue item.</param>
/// <param name="RiskClasses">Null for all.</param>
/// <param name="SecondPersonAbove">Order value above which another person with the same authority confirms.</param>
public sealed record Delegation(
    string Role,
    decimal? UpTo,
    decimal? ExposureUpTo,
    decimal? OverrunPercent,
    int? OverdueDays,
    ImmutableArray<string>? RiskClasses,
    decimal? SecondPersonAbove)
{
    /// <summary>Causes of what remains held, as blocks have them; null for all.</summary>
    public ImmutableArray<string>? Causes { get; init; }

    /// <summary>False where it says nothing but the role, which then may decide anything alone.</summary>
    public bool IsBounded => UpTo is not null || ExposureUpTo is not null || OverrunPercent is not null || OverdueDays is not null || RiskClasses is not null
        || SecondPersonAbove is not null || Causes is not null;
}

/// <param name="UpTo">Order value up to which it is released and fixed; null for any.</param>
public sealed record InternalDefect(DefectAct Act, decimal? UpTo);
