using System.Globalization;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Web;

namespace Aval.Indicators;

/// <summary>The indicators as the screens say them.</summary>
static class IndicatorWords
{
    /// <summary>By question: what is held, what it costs, how it is decided, what comes of it.</summary>
    public static IReadOnlyList<(string Title, string Asks, Indicator[] Of)> Groups { get; } =
    [
        ("What is held", "How much stands still, and whose fault it is.",
            [Indicator.BlockedByCause, Indicator.AmountBlocked, Indicator.LimitOverrun, Indicator.WrongData, Indicator.UnappliedCash, Indicator.DisputesAtNewOrders]),
        ("How it is decided", "How quickly orders go again, and on what terms.",
            [Indicator.DecisionTime, Indicator.ConditionalReleases, Indicator.ExceptionalReleases, Indicator.Reblocks, Indicator.DeliveriesWhileHeld]),
        ("What comes of it", "Whether those whom we let go have paid, and whether holding others was right.",
            [
                Indicator.PaymentRate, Indicator.ReleasedWithOverdue, Indicator.ExposureAfterRelease, Indicator.BlockPrecision, Indicator.BlockRecall, Indicator.CostOfBlocks,
            ]),
    ];

    public static string Name(Indicator indicator) => indicator.Name switch
    {
        "blockedOrdersByCause" => "Orders blocked, by cause",
        "amountBlocked" => "Amount blocked",
        "decisionTime" => "Time to release",
        "conditionalReleaseRate" => "Released under a condition",
        "blockedByWrongDataRate" => "Held by wrong or missing data",
        "blockedByLimitOverrunRate" => "Held by a limit overrun",
        "amountReleasedWithOverdue" => "Released while the payer was overdue",
        "exceptionalReleases" => "Exceptional releases",
        "disputesAtNewOrders" => "Orders from payers in dispute",
        "blockedByUnappliedCash" => "Held by money we had not applied",
        "exposureAfterRelease" => "Still owed after the release",
        "paymentRate" => "Paid of what fell due",
        "reblockRate" => "Blocked again",
        "deliveriesWhileHeld" => "Delivered while held",
        "blockPrecision" => "Blocks that were right",
        "blockRecall" => "Bad payers that we blocked",
        "costOfBlocks" => "Cost of blocks",
        var name => Say.Capital(Say.Word(name)),
    };

    public static string Value(decimal? value, Unit unit, Currency currency) => value is not { } told ? "–" : unit switch
    {
        Unit.Count => told.ToString("N0", CultureInfo.InvariantCulture),
        Unit.Amount => told.ToString("N0", CultureInfo.InvariantCulture) + "\u00A0" + currency.Code,
        Unit.Percent => told.ToString("0.#", CultureInfo.InvariantCulture) + "\u00A0%",
        Unit.WorkingHours => told.ToString("0.#", CultureInfo.InvariantCulture) + "\u00A0h",
    };

    public static string Part(string part) => part switch
    {
        "30" or "60" or "90" => $"after {part} days",
        "p90" => "nine of ten within",
        "mean" => "on average",
        _ => Words.TryParse<Cause>(part, out var cause) ? CheckWords.Of(cause) : Say.Capital(Say.Word(part)),
    };

    /// <summary>Against as many days right before.</summary>
    public static string Of(Trend trend) => trend switch
    {
        Trend.Better => "better", Trend.Worse => "worse", Trend.Same => "as before", Trend.Higher => "more than before", Trend.Lower => "less than before",
    };

    public static string? Tone(Trend trend) => trend switch
    {
        Trend.Better => "good", Trend.Worse => "risk", Trend.Same or Trend.Higher or Trend.Lower => null,
    };

    /// <summary>What stands in the column of the rows' values; null where they have none.</summary>
    public static string? Column(Indicator indicator) =>
        indicator == Indicator.DecisionTime ? "Working hours"
        : indicator == Indicator.PaymentRate ? "Paid"
        : indicator == Indicator.BlockPrecision ? "Payer went bad"
        : indicator == Indicator.BlockRecall ? "Was blocked"
        : null;

    public static string Cell(Indicator indicator, decimal value) =>
        indicator.Sum == Sum.ShareOfMarked ? value == 1 ? "yes" : "no"
        : indicator == Indicator.DecisionTime ? value.ToString("0.#", CultureInfo.InvariantCulture)
        : value.ToString("N2", CultureInfo.InvariantCulture);
}
