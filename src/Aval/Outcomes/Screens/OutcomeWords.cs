using Aval.Kernel.Storage;
using Aval.Outcomes.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Outcomes;

/// <summary>How outcomes are told on screens.</summary>
static class OutcomeWords
{
    public static string Percent(decimal? percent) => percent is null ? "–" : Number(percent) + "\u00A0%";

    public static string Number(decimal? number) => number?.ToString("0.#", Tongue.Current.Numbers) ?? "–";

    public static string Of(Turnout turnout) => T(Say.Word(Words.Of(turnout)));

    /// <summary>What became of a decision, in a sentence.</summary>
    public static string Sentence(Turnout turnout) => turnout switch
    {
        Turnout.WrittenOff => T("Something of what it let go was written off."),
        Turnout.Overdue => T("Something of what it let go is owed past its due date."),
        Turnout.Disputed => T("A dispute stands on what it let go."),
        Turnout.PaidLate => T("All that is due was paid, something of it late."),
        Turnout.NotDueYet => T("It was billed; nothing is late, and something is not due yet."),
        Turnout.PaidInTime => T("All was paid in time."),
        Turnout.NothingBilled => T("Nothing of the order has been billed since."),
        Turnout.Superseded => T("Another decision on the order followed before anything was billed."),
        Turnout.NotDone => T("No second person has confirmed it: nothing was done."),
    };

    /// <summary>The tag's colour.</summary>
    public static string? Tone(Turnout turnout) => turnout switch
    {
        Turnout.WrittenOff or Turnout.Overdue => "risk",
        Turnout.Disputed or Turnout.PaidLate or Turnout.NotDone => "wait",
        Turnout.PaidInTime => "good",
        Turnout.NotDueYet or Turnout.NothingBilled or Turnout.Superseded => null,
    };
}
