namespace Aval.Checks.Rules.Options;

/// <summary>How often an answer may ask the check: a bound that gives the same options on a busy machine as on an idle one.</summary>
public sealed class Effort(int checks)
{
    /// <summary>Some twenty milliseconds of an ordinary machine.</summary>
    public const int Usual = 3000;

    /// <summary>Within a commit, while others wait for the root: some two milliseconds.</summary>
    public const int InCommit = 300;

    public int Left { get; private set; } = checks;

    /// <summary>False once there is nothing left.</summary>
    public bool Spend() => Left-- > 0;
}
