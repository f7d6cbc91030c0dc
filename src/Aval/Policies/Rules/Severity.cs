namespace Aval.Policies.Rules;

/// <summary>How much a finding weighs. An order is held when any is <see cref="Complete"/> or <see cref="Refer"/>.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Info,
    /// <summary>Does not hold the order.</summary>
    Warn,
    /// <summary>Fix before moving on.</summary>
    Complete,
    /// <summary>Needs a decision.</summary>
    Refer,
}
