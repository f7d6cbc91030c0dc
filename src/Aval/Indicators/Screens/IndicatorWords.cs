using System.Globalization;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Indicators;

/// <summary>The indicators as the screens say them.</summary>
static class IndicatorWords
{
    /// <summary>By question: what is held, what it costs, how it is decided, what comes of it.</summary>
    public static IReadOnlyList<(string Id, string Title, string Asks, Indicator[] Of)> Groups =>
    [
        ("held", T("What is held"), T("How much stands still, and whose fault it is."),
            [Indicator.BlockedByCause, Indicator.AmountBlocked, Indicator.LimitOverrun, Indicator.WrongData, Indicator.UnappliedCash, Indicator.DisputesAtNewOrders]),
        ("decided", T("How it is decided"), T("How quickly orders go again, and on what terms."),
            [Indicator.DecisionTime, Indicator.ConditionalReleases, Indicator.ExceptionalReleases, Indicator.Reblocks, Indicator.DeliveriesWhileHeld]),
        ("outcome", T("What comes of it"), T("Whether those whom we let go have paid, and whether holding others was right."),
            [
                Indicator.PaymentRate, Indicator.ReleasedWithOverdue, Indicator.ExposureAfterRelease, Indicator.BlockPrecision, Indicator.BlockRecall, Indicator.CostOfBlocks,
            ]),
    ];

    public static string Name(Indicator indicator) => indicator.Name switch
    {
        "blockedOrdersByCause" => T("Orders blocked, by cause"),
        "amountBlocked" => T("Amount blocked"),
        "decisionTime" => T("Time to release"),
        "conditionalReleaseRate" => T("Released under a condition"),
        "blockedByWrongDataRate" => T("Held by wrong or missing data"),
        "blockedByLimitOverrunRate" => T("Held by a limit overrun"),
        "amountReleasedWithOverdue" => T("Released while the payer was overdue"),
        "exceptionalReleases" => T("Exceptional releases"),
        "disputesAtNewOrders" => T("Orders from payers in dispute"),
        "blockedByUnappliedCash" => T("Held by money we had not applied"),
        "exposureAfterRelease" => T("Still owed after the release"),
        "paymentRate" => T("Paid of what fell due"),
        "reblockRate" => T("Blocked again"),
        "deliveriesWhileHeld" => T("Delivered while held"),
        "blockPrecision" => T("Blocks that were right"),
        "blockRecall" => T("Bad payers that we blocked"),
        "costOfBlocks" => T("Cost of blocks"),
        var name => T(Say.Capital(Say.Word(name))),
    };

    public static string Value(decimal? value, Unit unit, Currency currency) => value is not { } told ? "–" : unit switch
    {
        Unit.Count => told.ToString("N0", Tongue.Current.Numbers),
        Unit.Amount => told.ToString("N0", Tongue.Current.Numbers) + "\u00A0" + currency.Code,
        Unit.Percent => told.ToString("0.#", Tongue.Current.Numbers) + "\u00A0%",
        Unit.WorkingHours => told.ToString("0.#", Tongue.Current.Numbers) + "\u00A0h",
    };

    public static string Part(string part) => part switch
    {
        "30" or "60" or "90" => T("after {0} days", part),
        "p90" => T("nine of ten within"),
        "mean" => T("on average"),
        "lost" => T("Orders that were lost"),
        "waited" => T("Orders that waited"),
        _ => Words.TryParse<Cause>(part, out var cause) ? CheckWords.Of(cause) : T(Say.Capital(Say.Word(part))),
    };

    /// <summary>Against as many days right before.</summary>
    public static string Of(Trend trend) => trend switch
    {
        Trend.Better => T("better"), Trend.Worse => T("worse"), Trend.Same => T("as before"), Trend.Higher => T("more than before"), Trend.Lower => T("less than before"),
    };

    public static string? Tone(Trend trend) => trend switch
    {
        Trend.Better => "good", Trend.Worse => "risk", Trend.Same or Trend.Higher or Trend.Lower => null,
    };

    /// <summary>What stands in the column of the rows' values; null where they have none.</summary>
    public static string? Column(Indicator indicator) =>
        indicator == Indicator.DecisionTime ? T("Working hours")
        : indicator == Indicator.PaymentRate ? T("Paid")
        : indicator == Indicator.BlockPrecision ? T("Payer went bad")
        : indicator == Indicator.BlockRecall ? T("Was blocked")
        : null;

    /// <summary>The entry of the journal that recorded an incident, whose id names order, root, number and what it was.</summary>
    public static (string Root, long Number)? EntryOf(IndicatorRow row)
    {
        if (row.Document is not { } id || !id.StartsWith(row.Order + ":", StringComparison.Ordinal)) return null;
        var place = id[(row.Order.Length + 1)..].Split(':');
        return place.Length > 2 && long.TryParse(place[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (string.Join(':', place[..^2]), number) : null;
    }

    public static string Cell(Indicator indicator, decimal value) =>
        indicator.Sum == Sum.ShareOfMarked ? value == 1 ? T("yes") : T("no")
        : indicator == Indicator.DecisionTime ? value.ToString("0.#", Tongue.Current.Numbers)
        : value.ToString("N2", Tongue.Current.Numbers);
}
