namespace Aval.Simulation;

/// <summary>Which company to invent. The same plan gives the same history, byte for byte, on any machine.</summary>
/// <remarks>
/// The story of a customer does not depend on how many there are. Less than three months leave too little time for the slower kinds to show.
/// The end date is the last day of the history, the "today" of the one who loads it; only ship and due dates lie beyond it.
/// </remarks>
public sealed record SimulationPlan(int Customers, int Months, ulong Seed, DateOnly EndDate)
{
    public int Customers { get; } =
        Customers is >= 1 and <= 10_000_000
            ? Customers : throw new ArgumentOutOfRangeException(nameof(Customers), Customers, "1 to 10000000 customers");

    public int Months { get; } =
        Months is >= 1 and <= 120 ? Months : throw new ArgumentOutOfRangeException(nameof(Months), Months, "1 to 120 months");

    public DateOnly StartDate => EndDate.AddMonths(-Months).AddDays(1);
}
