using System.Globalization;
using Aval.Outcomes.Rules;

namespace Aval.Outcomes;

/// <summary>How outcomes are told on screens.</summary>
static class OutcomeWords
{
    public static string Percent(decimal? percent) => percent is null ? "–" : Number(percent) + "\u00A0%";

    public static string Number(decimal? number) => number?.ToString("0.#", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>The tag's colour.</summary>
    public static string? Tone(Turnout turnout) => turnout switch
    {
        Turnout.WrittenOff or Turnout.Overdue => "risk",
        Turnout.Disputed or Turnout.PaidLate or Turnout.NotDone => "wait",
        Turnout.PaidInTime => "good",
        Turnout.NotDueYet or Turnout.NothingBilled or Turnout.Superseded => null,
    };
}
