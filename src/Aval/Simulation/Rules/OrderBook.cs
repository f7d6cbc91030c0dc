using System.Globalization;
using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>One line of an order; prices in the order's currency, before tax and discount.</summary>
sealed record PlannedLine(CatalogueItem Item, decimal ListPrice, decimal UnitCost, int Quantity, int TaxRate, int DiscountPercent)
{
    /// <summary>Tax and discount included; one rounding for the whole, so that parts are differences and lose no cent.</summary>
    public Money Value(int quantity, Currency currency) =>
        Money.Round(quantity * ListPrice * (100 - DiscountPercent) / 100m * (100 + TaxRate) / 100m, currency);
}

/// <summary>What becomes of the part of an invoice that was paid short.</summary>
enum ShortPayOutcome { CreditNote, PaidLater, WrittenOff }

/// <summary>An order as it will come in, with all that chance decides about its fate; the days then follow from the account.</summary>
sealed record PlannedOrder
{
    public required DateOnly Date { get; init; }
    public required DateOnly ShipDate { get; init; }
    public required PlannedLine[] Lines { get; init; }
    public required OrderFlaw Flaw { get; init; }
    public string? PurchaseOrder { get; init; }
    public string? BuyerReference { get; init; }
    /// <summary>The customer gives up so many days after ordering, if not shipped by then; null where it never does.</summary>
    public int? GivesUpAfterDays { get; init; }
    public required string GivesUpBecause { get; init; }
    /// <summary>The customer gives up when held for so many days.</summary>
    public int PatienceDays { get; init; }
    /// <summary>Days from the first delivery to that of the rest; 0 when all goes at once.</summary>
    public int RestAfterDays { get; init; }
    public int InvoiceAfterDays { get; init; }
    public int LatenessDays { get; init; }
    public int DepositAfterDays { get; init; }
    /// <summary>Percent of each invoice credited for damage before it is paid.</summary>
    public int CreditPercent { get; init; }
    public int ShortPaidPercent { get; init; }
    public ShortPayOutcome ShortPaid { get; init; }
    public int SettledAfterDays { get; init; }
    public bool PaidInParts { get; init; }
}

/// <summary>Draws a customer's orders, in date order.</summary>
static class OrderBook
{
    public static List<PlannedOrder> Of(SimulationPlan plan, int place, CustomerProfile profile, Habits habits)
    {
        var random = new RandomStream(plan.Seed, place, ChanceOf.Orders);
        var drawn = new List<PlannedOrder>();
        var regular = habits.GapDays > 0 && !Habits.IsNew(profile.Kind);
        var day = regular ? plan.StartDate.AddDays(random.Between(0, habits.GapDays)) : plan.EndDate.AddDays(1);
        for (; day <= plan.EndDate; day = day.AddDays(NextGap(plan, habits, random)))
            for (var part = 0; part < habits.OrdersAtOnce; part++)
            {
                var flaw = random.Chance(habits.FlawPercent) ? random.Pick<OrderFlaw>(habits.Flaws) : OrderFlaw.None;
                var order = Draw(plan, WorkingDays.OnOrAfter(day), flaw, 100, profile, habits, random);
                drawn.Add(order);
                if (Replacement(plan, order, profile, habits, random) is { } better) drawn.Add(better);
            }
        foreach (var closing in habits.Closing)
        {
            var date = plan.EndDate.AddDays(-closing.DaysBeforeEnd);
            drawn.Add(Draw(plan, date, closing.Flaw, closing.SizePercent, profile, habits, random) with { GivesUpAfterDays = null });
        }
        // Closing orders may lie before the start of a short history; what lies after the end is never told.
        return [.. drawn.Where(order => order.Date >= plan.StartDate).OrderBy(order => order.Date)];
    }

    static int NextGap(SimulationPlan plan, Habits habits, RandomStream random) => Math.Max(1, habits.GapDays * random.PercentAround(70) / (100 * plan.Pace));

    static PlannedOrder Draw(
        SimulationPlan plan, DateOnly date, OrderFlaw flaw, int sizePercent, CustomerProfile profile, Habits habits, RandomStream random)
    {
        var refused = profile.Kind == CustomerKind.BlockedRiskClass;
        var shortPaid = random.Chance(habits.ShortPayPercent);
        var lead = random.Chance(habits.FarAheadPercent) ? random.Between(38, 75) : random.Chance(25) ? random.Between(10, 21) : random.Between(2, 8);
        var number = random.Between(0, 99_999_999);
        return new PlannedOrder
        {
            Date = date,
            ShipDate = WorkingDays.OnOrAfter(date.AddDays(lead)),
            Flaw = flaw,
            Lines = Lines(Target(plan, date, flaw, sizePercent, habits, random), flaw, profile, random),
            PurchaseOrder = PurchaseOrder(profile, flaw, number),
            BuyerReference = profile.Row.BuyerReferenceRequired && flaw != OrderFlaw.BuyerReferenceMissing
                ? "CC-" + (number % 90 + 10).ToString(CultureInfo.InvariantCulture) : null,
            GivesUpAfterDays =
                flaw != OrderFlaw.None ? random.Between(3, 7)
                : refused ? random.Between(9, 20)
                : random.Chance(2) ? random.Between(1, 4)
                : null,
            GivesUpBecause = flaw != OrderFlaw.None ? "Entered again without the error" : refused ? "Refused by credit" : "Customer changed plans",
            PatienceDays = random.Between(14, 40),
            RestAfterDays = random.Chance(12) ? random.Between(3, 10) : 0,
            InvoiceAfterDays = random.Between(0, 2),
            LatenessDays = Lateness(plan, date, habits) + random.Between(-2, 2),
            DepositAfterDays = date > plan.EndDate.AddDays(-4) ? random.Between(4, 8) : random.Between(0, 2),
            CreditPercent = random.Chance(3) ? random.Between(5, 20) : 0,
            ShortPaidPercent = shortPaid ? random.Between(4, 15) : 0,
            ShortPaid = random.Pick<ShortPayOutcome>(
                [ShortPayOutcome.CreditNote, ShortPayOutcome.CreditNote, ShortPayOutcome.PaidLater, ShortPayOutcome.WrittenOff]),
            SettledAfterDays = random.Between(8, 32),
            PaidInParts = random.Chance(habits.PartPayPercent),
        };
    }

    // A flawed order is cancelled and entered again, as offices do; one never cancelled by the end stays held.
    static PlannedOrder? Replacement(SimulationPlan plan, PlannedOrder order, CustomerProfile profile, Habits habits, RandomStream random) =>
        order is { Flaw: not OrderFlaw.None, GivesUpAfterDays: { } days }
            ? Draw(plan, WorkingDays.OnOrAfter(order.Date.AddDays(days)), OrderFlaw.None, 100, profile, habits, random) : null;

    // The standard policy holds orders above 100,000 as too large; what is cut to fit stays just under it.
    static long Target(SimulationPlan plan, DateOnly date, OrderFlaw flaw, int sizePercent, Habits habits, RandomStream random)
    {
        if (flaw == OrderFlaw.TooLarge) return random.Between(108_000, 165_000);
        if (habits.OrdersAtOnce > 1) return habits.OrderValue + random.Between(-3_000, 1_300);
        var length = plan.EndDate.DayNumber - plan.StartDate.DayNumber + 1;
        var growth = 100 + (long)habits.GrowthPercent * (date.DayNumber - plan.StartDate.DayNumber) / length;
        var season = habits.Seasons?[date.Month - 1] ?? 100;
        return habits.OrderValue * growth / 100 * season / 100 * sizePercent / 100 * random.PercentAround(70) / 100;
    }

    static int Lateness(SimulationPlan plan, DateOnly date, Habits habits)
    {
        // An order placed 60 days before the end is paid about at the end, so for it the line must already be at its top.
        var into = Math.Clamp(120 - (plan.EndDate.DayNumber - date.DayNumber - 60), 0, 120);
        return habits.LatenessDays + (habits.LatenessDaysAtEnd - habits.LatenessDays) * into / 120;
    }

    static PlannedLine[] Lines(long target, OrderFlaw flaw, CustomerProfile profile, RandomStream random)
    {
        var (country, currency) = (profile.Country, profile.Country.Currency);
        var discount = flaw == OrderFlaw.DiscountUndocumented ? random.Pick<int>([5, 8, 12]) : random.Chance(8) ? 3 : 0;
        var count = random.Between(1, 4);
        var lines = new PlannedLine[count];
        var first = random.Between(0, Catalogue.Items.Length - 1);
        var rest = new Money(target * currency.MinorPerMajor, currency);
        for (var i = 0; i < count; i++)
        {
            // Seven and 26 share no factor, so no item comes twice in an order.
            var item = Catalogue.Items[(first + i * 7) % Catalogue.Items.Length];
            var (price, cost) = (Catalogue.Priced(item.ListPrice, currency), Catalogue.Priced(item.UnitCost, currency));
            var one = new PlannedLine(item, price, cost, 1, country.TaxRate, discount);
            var share = rest.Minor / (count - i);
            lines[i] = one with { Quantity = (int)Math.Max(1, share / one.Value(1, currency).Minor) };
            rest = (rest - lines[i].Value(lines[i].Quantity, currency)).FloorAtZero();
        }
        return lines;
    }

    static string? PurchaseOrder(CustomerProfile profile, OrderFlaw flaw, int number) =>
        flaw == OrderFlaw.PurchaseOrderMissing ? null
        : flaw == OrderFlaw.PurchaseOrderMalformed ? "tbc " + (number % 1_000).ToString(CultureInfo.InvariantCulture)
        : profile.Row.PurchaseOrderRequired ? "45" + number.ToString("D8", CultureInfo.InvariantCulture)
        : number % 5 < 3 ? "PO" + (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture)
        : null;
}

/// <summary>Monday to Friday; invented companies keep no holidays.</summary>
static class WorkingDays
{
    public static bool Includes(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    public static DateOnly OnOrAfter(DateOnly day) => Includes(day) ? day : OnOrAfter(day.AddDays(1));
}
