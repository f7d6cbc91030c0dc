using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whose fault it is (docs/concepts/causes.md).</summary>
public enum Cause { CustomerRisk, InternalDefect, AwaitingCustomer, SetUp, Mixed }

/// <summary>What an order may do next: go on, be completed, or be decided.</summary>
public enum Triage { Accept, Complete, Arbitrate }

/// <summary>One thing the check found. A small value: its sentence is rendered at the edge (<c>FindingText</c>).</summary>
/// <param name="Code">Permanent kebab-case code.</param>
/// <param name="Rule">The rule's name in the policy; null for the findings that no rule can switch off.</param>
/// <param name="Level">The customer whose limit or stop it is; null where none is meant.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>: the overrun, the overdue sum; null where none is meant.</param>
/// <param name="Days">Calendar days: how late, how old; null where none are meant.</param>
/// <param name="Subject">What the sentence names: a line, a document, a term; null when nothing.</param>
/// <param name="Nature">Its cause by itself where the code alone does not tell (whose error a rejection was); else null.</param>
/// <param name="Cause">Whose fault it is, once weighed against our own defects; null for what it says by itself.</param>
/// <param name="Waived">Who has set it aside; null while nobody has.</param>
/// <param name="Share">What part of a whole the amount is; null where none is meant.</param>
/// <param name="Scope">For whom the rule's setting that fired was made; null for everybody, and where no rule fired.</param>
/// <param name="LimitLevel">Whether the limit or sum of <paramref name="Level"/> is the payer's own or that of its group; null where neither is meant.</param>
public readonly record struct Finding(
    string Code, Severity Severity, OwnerFunction Owner, string? Rule, string? Level = null, long? Amount = null, Currency? Currency = null,
    int? Days = null, string? Subject = null, Cause? Nature = null, Cause? Cause = null, Waived? Waived = null, Scope? Scope = null,
    Share? Share = null, LimitLevel? LimitLevel = null)
{
    /// <summary>The same some days later, while nothing else has changed: what is counted in days since something happened has grown older.</summary>
    public Finding After(int days) => days > 0 && Days is { } then && FindingKinds.Ages(Code) ? this with { Days = then + days } : this;

    /// <summary>Whether this is what was kept of a finding at a customer. What was kept before the two limits of a customer were told apart
    /// means the payer's own at the payer, the shared one above.</summary>
    public bool IsAt(string? level, LimitLevel? limit, string payer) => Level == level
        && (LimitLevel == limit || (limit is null && LimitLevel == (level == payer ? Limits.Rules.LimitLevel.Payer : Limits.Rules.LimitLevel.Group)));

    public bool Blocks => Waived is null && Severity is (Severity.Complete or Severity.Refer);

    /// <summary>Something to be completed, of a rule: what needs a decision is decided, and what no rule can switch off nobody sets aside.</summary>
    public bool CanBeWaived => Severity == Severity.Complete && Rule is not null;
}
