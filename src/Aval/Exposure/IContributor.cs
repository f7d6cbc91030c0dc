using Aval.Exposure.Rules;
using Aval.Kernel;

namespace Aval.Exposure;

/// <summary>A capability's part of the exposure: sums that it keeps along, and the rows behind them. A boundary: every document kind brings its own.</summary>
public interface IContributor
{
    /// <summary>The terms it fills.</summary>
    IReadOnlyList<string> Terms { get; }

    /// <summary>Adds this payer's sums. Costs the same however many documents there are.</summary>
    PayerExposure AddTo(PayerExposure exposure, string payer, Facts facts, DateOnly today);

    /// <summary>The documents behind the sums; each term's rows add up to its sum.</summary>
    IEnumerable<ExposureRow> Rows(string payer, Facts facts, DateOnly today);
}
