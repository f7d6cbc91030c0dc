using System.Globalization;

namespace Aval.Simulation;

/// <summary>A company that begins with Aval.</summary>
/// <param name="Largest">So many open invoices the first large account has at least; 0 leaves it as it is.</param>
public sealed record Opening(int Largest)
{
    public int Largest { get; } = Largest is >= 0 and <= 100_000 ? Largest : throw new ArgumentOutOfRangeException(nameof(Largest), Largest, "0 to 100000 invoices");
}

/// <summary>Which company to invent. The same plan gives the same history, byte for byte, on any machine.</summary>
/// <remarks>
/// The story of a customer does not depend on how many there are. Less than three months leave too little time for the slower kinds to show.
/// The end date is the last day of the history, the "today" of the one who loads it; only ship and due dates lie beyond it.
/// </remarks>
/// <param name="Pace">How many times as often as usual customers order; what is open grows with it. 1 to 20.</param>
/// <param name="Opening">Tells only what is open at the end, as a company brings it that begins with Aval; null tells the whole history.</param>
public sealed record SimulationPlan(int Customers, int Months, ulong Seed, DateOnly EndDate, int Pace = 1, Opening? Opening = null)
{
    static readonly DateOnly Earliest = new(1950, 1, 1);

    public int Customers { get; } =
        Customers is >= 1 and <= 10_000_000
            ? Customers : throw new ArgumentOutOfRangeException(nameof(Customers), Customers, "1 to 10000000 customers");

    public int Months { get; } =
        Months is >= 1 and <= 120 ? Months : throw new ArgumentOutOfRangeException(nameof(Months), Months, "1 to 120 months");

    public int Pace { get; } = Pace is >= 1 and <= 20 ? Pace : throw new ArgumentOutOfRangeException(nameof(Pace), Pace, "1 to 20 times as often");

    public DateOnly EndDate { get; init; } = EndDate >= Earliest
        ? EndDate : throw new ArgumentOutOfRangeException(nameof(EndDate), EndDate, "1950-01-01 or later");

    /// <summary>In words, the same for the same plan.</summary>
    public string Said => string.Create(
        CultureInfo.InvariantCulture,
        $"{Customers} customers, {Months} months to {EndDate:yyyy-MM-dd}, seed {Seed}, pace {Pace}"
        + $"{(Opening is { } opening ? $", opening with {opening.Largest} of the largest" : "")}");

    public DateOnly StartDate => EndDate.AddMonths(-Months).AddDays(1);
}
