using System.Globalization;
using Aval.Import;

namespace Aval.Host;

/// <summary>How far a history has been played, by its day.</summary>
sealed class Days(IProgress<Step> steps) : IProgress<ReplayProgress>
{
    public void Report(ReplayProgress value) => steps.Report(new Step(value.Rows, value.AllRows, value.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
}
