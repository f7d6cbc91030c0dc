namespace Aval.Simulation;

/// <summary>An order of a regular on its way to being paid.</summary>
sealed class Trade(Regular of, string order, RandomStream chance)
{
    public Regular Of { get; } = of;
    public string Order { get; } = order;
    public RandomStream Chance { get; } = chance;
    public string Stem => Order[3..];

    public DateOnly? DeliverOn { get; set; }
    public int Invoices { get; set; }
    public bool IsOver { get; set; }

    /// <summary>What it has been asked to pay before the goods go, and when it does; null where it never does.</summary>
    public string? DecisionAnswered { get; set; }
    public List<(DateOnly On, Func<DateOnly, Task> Act)> Agenda { get; } = [];
}
