using Aval.Policies.Rules;

namespace Aval.Indicators.Rules;

/// <summary>What a figure counts.</summary>
public enum Unit
{
    /// <summary>How many rows.</summary>
    Count,
    /// <summary>The rows' amounts, in major units of the company's currency.</summary>
    Amount,
    /// <summary>The rows as percent of what is named beside.</summary>
    Percent,
    /// <summary>The rows' values: working hours.</summary>
    WorkingHours,
}

/// <summary>How a figure follows from its rows.</summary>
public enum Sum
{
    Rows,
    Amounts,
    /// <summary>Rows by what they are counted of.</summary>
    ShareOfRows,
    /// <summary>The rows' values by their amounts.</summary>
    ShareOfAmounts,
    /// <summary>The median of the rows' values; 90th percentile and mean stand beside it.</summary>
    Median,
    /// <summary>Of the rows those whose value is 1.</summary>
    ShareOfMarked,
}

/// <summary>Which way a figure should go.</summary>
public enum Wanted { Lower, Higher, Neither }

/// <summary>One indicator of the interface: what it says and how it is told.</summary>
/// <param name="Name">As the API names it.</param>
/// <param name="Definition">One sentence: what is counted, what is left out.</param>
/// <param name="Owner">The function that answers for it, where nobody has said otherwise.</param>
public sealed record Indicator(string Name, Unit Unit, Sum Sum, Wanted Wanted, OwnerFunction Owner, string Definition)
{
    public static readonly Indicator BlockedByCause = new("blockedOrdersByCause", Unit.Count, Sum.Rows, Wanted.Lower, OwnerFunction.Credit,
        "Orders blocked in the period, by cause: an order counts once for each cause that its checks in the period found for the block.");
    public static readonly Indicator AmountBlocked = new("amountBlocked", Unit.Amount, Sum.Amounts, Wanted.Lower, OwnerFunction.Credit,
        "What the orders blocked in the period are worth, each once, at the rate of the day of its first block.");
    public static readonly Indicator DecisionTime = new("decisionTime", Unit.WorkingHours, Sum.Median, Wanted.Lower, OwnerFunction.Credit,
        "Time to release: working hours (of the company's calendar, in its time zone) from the opening of a block in the period to the check that cleared it; "
        + "blocks that a delivery or a cancellation overtook are left out, and so are open ones.");
    public static readonly Indicator ConditionalReleases = new("conditionalReleaseRate", Unit.Percent, Sum.ShareOfRows, Wanted.Neither, OwnerFunction.Credit,
        "Decisions that let an order go under a condition, of all decisions that let one go: at once, in part, in stages or under a condition.");
    public static readonly Indicator WrongData = new("blockedByWrongDataRate", Unit.Percent, Sum.ShareOfRows, Wanted.Lower, OwnerFunction.MasterData,
        "Orders that were held when they came in by an order-quality finding, or for want of data, of all orders that came in.");
    public static readonly Indicator LimitOverrun = new("blockedByLimitOverrunRate", Unit.Percent, Sum.ShareOfRows, Wanted.Lower, OwnerFunction.Credit,
        "Orders that were held when they came in by an overrun of a limit, of all orders that came in.");
    public static readonly Indicator ReleasedWithOverdue = new("amountReleasedWithOverdue", Unit.Amount, Sum.Amounts, Wanted.Lower, OwnerFunction.Credit,
        "What orders added to their payer's exposure when they were released while the payer had overdue items; each at its first such check of the period, at its day's rate.");
    public static readonly Indicator ExceptionalReleases = new("exceptionalReleases", Unit.Count, Sum.Rows, Wanted.Lower, OwnerFunction.Credit,
        "Releases that left a finding standing which is not our own defect, with neither condition nor cover; what their orders are worth stands beside them.");
    public static readonly Indicator DisputesAtNewOrders = new("disputesAtNewOrders", Unit.Count, Sum.Rows, Wanted.Lower, OwnerFunction.Quality,
        "Orders that came in while their payer disputed a part of an open invoice, by whosever fault; what was in dispute stands beside them.");
    public static readonly Indicator UnappliedCash = new("blockedByUnappliedCash", Unit.Count, Sum.Rows, Wanted.Lower, OwnerFunction.AccountsReceivable,
        "Orders held when they came in for something that would have vanished, or been less, had money of the payer been applied, whatever else held them; what waited in all "
        + "stands beside them.");
    public static readonly Indicator ExposureAfterRelease = new("exposureAfterRelease", Unit.Amount, Sum.Amounts, Wanted.Lower, OwnerFunction.Credit,
        "What was still owed on the invoices of orders released in the period 30 days after their first release in it, at the rate of that day; 60 and 90 days stand beside it. "
        + "Orders whose day has not come are left out.");
    public static readonly Indicator PaymentRate = new("paymentRate", Unit.Percent, Sum.ShareOfAmounts, Wanted.Higher, OwnerFunction.AccountsReceivable,
        "Of the invoices that are due by now and bill orders released in the period: what is settled and not given up, by what was invoiced, at the rate of the invoice's date.");
    public static readonly Indicator Reblocks = new("reblockRate", Unit.Percent, Sum.ShareOfRows, Wanted.Lower, OwnerFunction.Credit,
        "Orders blocked in the period that had been blocked before, of all orders blocked in it.");
    public static readonly Indicator DeliveriesWhileHeld = new("deliveriesWhileHeld", Unit.Count, Sum.Rows, Wanted.Lower, OwnerFunction.CustomerService,
        "Deliveries in the period of what was held or had no claim; their amounts, at the rate of their day, stand beside them.");

    public static readonly Indicator BlockPrecision = new("blockPrecision", Unit.Percent, Sum.ShareOfMarked, Wanted.Higher, OwnerFunction.Credit,
        "Of the orders blocked in the period for the payer's risk (customer risk or mixed): those whose payer went bad, which is an invoice that fell due in the 60 days from "
        + "the block on and was given up, or not settled 30 days after its due date. Told 90 days after the block.");
    public static readonly Indicator BlockRecall = new("blockRecall", Unit.Percent, Sum.ShareOfMarked, Wanted.Higher, OwnerFunction.Credit,
        "Of the orders that came in in the period and whose payer went bad in the 60 days from then on, as block precision says: those that were blocked for the payer's risk "
        + "in the period. Told 90 days after the order.");
    public static readonly Indicator CostOfBlocks = new("costOfBlocks", Unit.Amount, Sum.Amounts, Wanted.Lower, OwnerFunction.Credit,
        "What the blocks opened in the period cost: of an order that was cancelled while held or since, its whole margin; of another its margin for the days it was held, as "
        + "a part of a year. At the rate of the block's day. Orders with a line of unknown cost count with no amount.");

    /// <summary>In the order in which they are told.</summary>
    public static IReadOnlyList<Indicator> All { get; } =
    [
        BlockedByCause, AmountBlocked, DecisionTime, ConditionalReleases, WrongData, LimitOverrun, ReleasedWithOverdue, ExceptionalReleases, DisputesAtNewOrders, UnappliedCash,
        ExposureAfterRelease, PaymentRate, Reblocks, DeliveriesWhileHeld, BlockPrecision, BlockRecall, CostOfBlocks,
    ];

    public static Indicator? Find(string name) => All.FirstOrDefault(indicator => indicator.Name == name);
}

/// <summary>One of the documents that a figure counts.</summary>
/// <param name="Date">The business date by which it belongs to the period.</param>
/// <param name="Key">Unique among the rows of one indicator.</param>
/// <param name="Document">The block, invoice or delivery beside the order; null where the order is all.</param>
/// <param name="Part">Under which part of the figure it falls: a cause, a number of days; null when the figure has none.</param>
/// <param name="Amount">Major units of the company's currency; null where no rate was known, or none is meant.</param>
/// <param name="Value">What is counted beside the amount: hours, what is paid; null where none is meant.</param>
public sealed record IndicatorRow(DateOnly Date, string Key, string Order, string Customer, string? Document, string? Part, decimal? Amount, decimal? Value);

/// <param name="Value">Null where there is nothing to tell it of.</param>
/// <param name="Amount">What its rows are worth in the company's currency; null where their amounts are not meant.</param>
public sealed record FigurePart(string Name, decimal? Value, decimal? Amount);

/// <summary>A figure with its parts, computed from its rows alone.</summary>
/// <param name="Of">What the rows are a share of; null where they are none.</param>
public sealed record Figure(decimal? Value, decimal? Of, IReadOnlyList<FigurePart> Parts);
