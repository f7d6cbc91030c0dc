namespace Aval.Simulation;

/// <summary>An order on its way: what of it is released, delivered, billed.</summary>
sealed class LiveOrder(PlannedOrder plan, string number, Member by)
{
    public PlannedOrder Plan { get; } = plan;
    public string Number { get; } = number;
    public Member By { get; } = by;
    public long ValueMinor { get; } = plan.Lines.Sum(line => line.Value(line.Quantity, by.Profile.Row.Currency).Minor);
    public DateOnly? ReleasedOn { get; set; }
    public DateOnly? FirstDeliveredOn { get; set; }
    public bool FullyDelivered { get; set; }
    public long DeliveredMinor { get; set; }
    public long InvoicedMinor { get; set; }
    public long DepositMinor { get; set; }
    public int Invoices { get; set; }
    public bool Over { get; set; }
}

/// <summary>An amount that changes an invoice on a day; what the customer pays is collected into one receipt a payment run.</summary>
sealed record Installment(DateOnly On, long Minor);

/// <summary>An invoice until nothing is open on it.</summary>
sealed class LiveInvoice(InvoiceRow row, Member by, long openMinor)
{
    public InvoiceRow Row { get; } = row;
    public Member By { get; } = by;
    public long OpenMinor { get; set; } = openMinor;
    public List<Installment> Payments { get; } = [];
    public Installment? Credit { get; set; }
    public Installment? WriteOff { get; set; }
}

/// <summary>What a payer owes and has ordered, and a plain picture of the check that will judge its orders later.</summary>
/// <remarks>Near enough that goods mostly leave when they may; it decides nothing outside the simulation.</remarks>
sealed class PayerAccount(CustomerProfile payer, List<HoldRow> holds, List<LimitRow>? limits)
{
    const int HorizonDays = 30;

    public List<LiveOrder> Orders { get; } = [];
    public List<LiveInvoice> Invoices { get; } = [];
    public List<Sighting> Sightings { get; } = [];
    public CustomerProfile Payer => payer;

    /// <summary>Released orders within the horizon, deliveries not yet billed and open invoices, less deposits; in minor units.</summary>
    public long ExposureMinor(DateOnly day)
    {
        var sum = 0L;
        foreach (var order in Orders)
        {
            var counts = !order.Over && order.ReleasedOn is not null && order.Plan.ShipDate <= day.AddDays(HorizonDays);
            var inBuckets = (counts ? order.ValueMinor : order.DeliveredMinor) - order.InvoicedMinor;
            sum += inBuckets - Math.Min(order.DepositMinor, inBuckets);
        }
        foreach (var invoice in Invoices) sum += invoice.OpenMinor;
        return sum;
    }

    public static long Asked(LiveOrder order, DateOnly day) => order.Plan.ShipDate <= day.AddDays(HorizonDays) ? order.ValueMinor : 0;

    /// <summary>Whether the desk would let this order go today. While limits are still to be set, only the order itself is looked at.</summary>
    public bool Accepts(LiveOrder order, DateOnly day)
    {
        if (order.Plan.Flaw != OrderFlaw.None || NeverAccepted(order.By.Profile.Kind)) return false;
        if (limits is null) return true;
        if (payer.Kind == CustomerKind.Prepaying) return order.DepositMinor >= order.ValueMinor;
        var fits = LimitSetting.InForce(limits, day) is not { } limit || ExposureMinor(day) + Asked(order, day) <= limit;
        return fits && !OnHold(day) && !Overdue(day);
    }

    static bool NeverAccepted(CustomerKind kind) =>
        kind is CustomerKind.BlockedRiskClass or CustomerKind.AddressIncomplete or CustomerKind.LimitNeverSet;

    bool OnHold(DateOnly day)
    {
        var held = false;
        foreach (var row in holds)
            if (row.Date <= day) held = row.Hold;
        return held;
    }

    // The standard policy: 15 days past due, at least 500 and 5 % of what is owed.
    bool Overdue(DateOnly day)
    {
        var (late, all) = (0L, 0L);
        foreach (var invoice in Invoices)
        {
            all += invoice.OpenMinor;
            if (invoice.Row.DueDate <= day.AddDays(-15)) late += invoice.OpenMinor;
        }
        return late >= 50_000 && late * 20 >= all;
    }
}
