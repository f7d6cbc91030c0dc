using System.Collections.Immutable;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Rates.Rules;

namespace Aval.Orders;

/// <summary>The live orders of one root, and what they come to for each payer.</summary>
public sealed record OrdersFacts : IFactsSlice
{
    public static readonly OrdersFacts Empty = new();

    ImmutableDictionary<string, (Order Order, OrderValue Value)> Orders { get; init; } =
        ImmutableDictionary.Create<string, (Order, OrderValue)>(StringComparer.Ordinal);

    ImmutableDictionary<string, NotedOrders> Habits { get; init; } = ImmutableDictionary.Create<string, NotedOrders>(StringComparer.Ordinal);
    ImmutableDictionary<(string Customer, string PurchaseOrder), ImmutableSortedSet<string>> ByPurchaseOrder { get; init; } =
        ImmutableDictionary<(string, string), ImmutableSortedSet<string>>.Empty;

    /// <summary>What the live orders of each payer come to. No order changes what it adds without changing that.</summary>
    public Traced<PayerOrders> Payers { get; private init; } = Traced<PayerOrders>.Empty;

    /// <summary>Released orders that wait beyond the horizon, by ship date.</summary>
    public ImmutableSortedSet<Dated> BeyondHorizon { get; private init; } = [];

    /// <summary>Released orders with something left to deliver under a claim that ends, by its last good day.</summary>
    public ImmutableSortedSet<Dated> Expiring { get; private init; } = [];

    /// <summary>Orders with something delivered and not billed, by the day since which.</summary>
    public ImmutableSortedSet<Dated> UnbilledSince { get; private init; } = [];

    public Order? Order(string number) => Orders.TryGetValue(number, out var known) ? known.Order : null;
    public OrderValue ValueOf(string number) => Orders.TryGetValue(number, out var known) ? known.Value : default;
    public NotedOrders Noted(string customer) => Habits.GetValueOrDefault(customer) ?? NotedOrders.None;
    public PayerOrders Of(string payer) => Payers.Of(payer) ?? PayerOrders.None;
    public IEnumerable<(Order Order, OrderValue Value)> All => Orders.Values;

    /// <summary>Live orders of the ordering customer that carry this purchase order number.</summary>
    public IReadOnlyCollection<string> WithPurchaseOrder(string customer, string purchaseOrder) =>
        ByPurchaseOrder.TryGetValue((customer, purchaseOrder), out var numbers) ? numbers : [];

    public IFactsSlice With(object row) => row switch
    {
        Order order => Removed(order.Number).Added(order).Noting(order.Customer, Noted(order.Customer).With(order)),
        OrderHabit habit => Noting(habit.Customer, Noted(habit.Customer).With(habit)),
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        Order order => Removed(order.Number).Noting(order.Customer, Noted(order.Customer).Without(order.Number)),
        OrderHabit habit => Noting(habit.Customer, Noted(habit.Customer).WithoutRow()),
        _ => this,
    };

    public object? Find(Type row, string key) =>
        row == typeof(Order) ? Order(key) : row == typeof(OrderHabit) ? Noted(key).Row : null;

    public IEnumerable<object> RowsOf(string party)
    {
        // The habit first: where it comes to, it tells which of the orders are in it.
        if (Noted(party).Row is { } habit) yield return habit;
        foreach (var (order, _) in Orders.Values)
            if (order.Customer == party) yield return order;
    }

    OrdersFacts Noting(string customer, NotedOrders noted) =>
        ReferenceEquals(noted, Noted(customer)) ? this : this with { Habits = noted.IsEmpty ? Habits.Remove(customer) : Habits.SetItem(customer, noted) };

    OrdersFacts Added(Order order)
    {
        var value = OrderValue.Of(order);
        return Counted(order, value, +1) with
        {
            Orders = Orders.SetItem(order.Number, (order, value)),
        };
    }

    OrdersFacts Removed(string number) =>
        Orders.TryGetValue(number, out var known) ? Counted(known.Order, known.Value, -1) with { Orders = Orders.Remove(number) } : this;

    OrdersFacts Counted(Order order, OrderValue value, int sign)
    {
        var payer = Of(order.Payer);
        var changed = payer with
        {
            OpenOrders = payer.OpenOrders + (sign * PayerOrders.OpenOf(order, value)),
            ShippingLater = payer.Later(order, value, sign),
            Unbilled = payer.Unbilled + (sign * value.Unbilled),
            Unconverted = payer.Unconverted + (order.Rate is null && (order.Status == OrderStatus.Released || order.Lines.Any(line => line.Delivered.Scaled > 0)) ? sign : 0),
        };
        if (order.UnbilledSince is { } since) changed = changed with { UnbilledSince = Set(changed.UnbilledSince, new(since, order.Number), sign) };
        if (order.Marks.Contains(Deliver.OverDelivered)) changed = changed with { OverDelivered = Set(changed.OverDelivered, new(order.OrderDate, order.Number), sign) };
        // An order that is held adds to no sum of its payer: nothing is to be written for it.
        var counted = changed == payer ? this : this with { Payers = Payers.With(order.Payer, changed) };
        if (order.UnbilledSince is { } unbilled) counted = counted with { UnbilledSince = Set(UnbilledSince, new(unbilled, order.Number), sign) };
        if (order.PurchaseOrder is { } purchaseOrder && order.Status is not (OrderStatus.Cancelled or OrderStatus.Closed))
        {
            var numbers = ByPurchaseOrder.GetValueOrDefault((order.Customer, purchaseOrder)) ?? ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
            numbers = sign > 0 ? numbers.Add(order.Number) : numbers.Remove(order.Number);
            counted = counted with
            {
                ByPurchaseOrder = numbers.Count == 0
                    ? ByPurchaseOrder.Remove((order.Customer, purchaseOrder))
                    : ByPurchaseOrder.SetItem((order.Customer, purchaseOrder), numbers),
            };
        }

        if (order.Status != OrderStatus.Released || order.Authorization is not { } claim) return counted;
        if (claim.BeyondHorizon && order.ShipDate is { } ship) counted = counted with { BeyondHorizon = Set(BeyondHorizon, new(ship, order.Number), sign) };
        if (claim.Expires is { } expires && value.Open > 0) counted = counted with { Expiring = Set(Expiring, new(expires, order.Number), sign) };
        return counted;
    }

    static ImmutableSortedSet<T> Set<T>(ImmutableSortedSet<T> set, T item, int sign) => sign > 0 ? set.Add(item) : set.Remove(item);

    public static readonly Table<Order> Table = new(
        "sales_order",
        [
            ("number", ColumnKind.Text, order => order.Number),
            ("customer", ColumnKind.Text, order => order.Customer),
            ("payer", ColumnKind.Text, order => order.Payer),
            ("currency", ColumnKind.Text, order => order.Currency.Code),
            ("order_date", ColumnKind.Date, order => order.OrderDate),
            ("ship_date", ColumnKind.Date, order => order.ShipDate),
            ("lines", ColumnKind.Json, order => StoredOrder.Written(order.Lines)),
            ("bill_to", ColumnKind.Text, order => order.BillTo),
            ("entered_by", ColumnKind.Text, order => order.EnteredBy),
            ("payment_terms", ColumnKind.Text, order => order.PaymentTerms),
            ("purchase_order", ColumnKind.Text, order => order.PurchaseOrder),
            ("buyer_reference", ColumnKind.Text, order => order.BuyerReference),
            ("context", ColumnKind.Json, order => order.Context),
            ("status", ColumnKind.Text, order => Words.Of(order.Status)),
            ("credit_currency", ColumnKind.Text, order => order.CreditCurrency?.Code),
            ("rate", ColumnKind.Text, order => order.Rate?.ToText()),
            ("rate_date", ColumnKind.Date, order => order.Rate?.Date),
            ("authorization", ColumnKind.Json, order => order.Authorization is { } claim ? StoredOrder.Written(claim) : null),
            ("opened", ColumnKind.Whole, order => order.Opened),
            ("marks", ColumnKind.Text, order => order.Marks.Count == 0 ? null : string.Join(' ', order.Marks)),
            ("vat_id", ColumnKind.Text, order => order.VatId),
            ("registration_id", ColumnKind.Text, order => order.RegistrationId),
            ("cost_centre", ColumnKind.Text, order => order.CostCentre),
            ("portal_reference", ColumnKind.Text, order => order.PortalReference),
            ("ship_to", ColumnKind.Json, order => order.ShipTo is null ? null : JsonSerializer.Serialize(order.ShipTo, Json.Options)),
            ("unbilled_since", ColumnKind.Date, order => order.UnbilledSince),
            ("human_release", ColumnKind.Json, order => order.Release is null ? null : JsonSerializer.Serialize(order.Release, Json.Options)),
            ("decision", ColumnKind.Text, order => order.Decision),
            ("carried_by", ColumnKind.Text, order => order.CarriedBy),
            ("complete_delivery", ColumnKind.Flag, order => order.CompleteDelivery ? true : null),
            ("raised_by", ColumnKind.Json, order => order.RaisedBy is null ? null : JsonSerializer.Serialize(order.RaisedBy, Json.Options)),
            ("habit_number", ColumnKind.Whole, order => order.HabitNumber),
        ],
        order => order.Customer,
        v => new Order(
            v.Text(), v.Text(), v.Text(), v.Currency(), v.Date(), v.DateOrNull(), JsonSerializer.Deserialize<OrderLine[]>(v.Text(), Json.Options)!,
            v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.Word<OrderStatus>(),
            v.TextOrNull() is { } credit ? Currency.Of(credit) : null, StoredRate.Read(v.TextOrNull(), v.DateOrNull()),
            v.TextOrNull() is { } claim ? JsonSerializer.Deserialize<Authorization>(claim, Json.Options) : null, v.Whole())
        {
            Marks = v.TextOrNull()?.Split(' ') ?? [], VatId = v.TextOrNull(), RegistrationId = v.TextOrNull(), CostCentre = v.TextOrNull(),
            PortalReference = v.TextOrNull(), ShipTo = v.TextOrNull() is { } place ? JsonSerializer.Deserialize<PostalAddress>(place, Json.Options) : null,
            UnbilledSince = v.DateOrNull(), Release = v.TextOrNull() is { } release ? JsonSerializer.Deserialize<HumanRelease>(release, Json.Options) : null,
            Decision = v.TextOrNull(), CarriedBy = v.TextOrNull(), CompleteDelivery = v.FlagOrNull() ?? false,
            RaisedBy = v.TextOrNull() is { } raised ? JsonSerializer.Deserialize<string[]>(raised, Json.Options) : null, HabitNumber = v.WholeOrNull(),
        },
        Progress.IsLive,
        [
            new("lines", "description", "discountApproval"), new("ship_to", "line1", "line2"), new("entered_by"), new("buyer_reference"),
            new("context", "urgency", "whyItMatters", "note"), new("human_release", "subject"),
        ],
        partyColumn: "customer");

    /// <summary>Deliveries and incidents are history: rows that no rule needs, read by queries.</summary>
    public static readonly Table<Delivery> DeliveryTable = new(
        "delivery",
        [
            ("id", ColumnKind.Text, delivery => delivery.Id),
            ("order", ColumnKind.Text, delivery => delivery.Order),
            ("customer", ColumnKind.Text, delivery => delivery.Customer),
            ("date", ColumnKind.Date, delivery => delivery.Date),
            ("lines", ColumnKind.Json, delivery => JsonSerializer.Serialize(delivery.Lines, Json.Options)),
        ],
        delivery => delivery.Customer,
        v => new Delivery(v.Text(), v.Text(), v.Text(), v.Date(), JsonSerializer.Deserialize<DeliveredLine[]>(v.Text(), Json.Options)!),
        history: true);

    public static readonly Table<Incident> IncidentTable = new(
        "incident",
        [
            ("id", ColumnKind.Text, incident => incident.Id),
            ("code", ColumnKind.Text, incident => incident.Code),
            ("order", ColumnKind.Text, incident => incident.Order),
            ("customer", ColumnKind.Text, incident => incident.Customer),
            ("date", ColumnKind.Date, incident => incident.Date),
            ("amount", ColumnKind.Whole, incident => incident.Amount),
            ("currency", ColumnKind.Text, incident => incident.Currency.Code),
            ("by", ColumnKind.Text, incident => incident.By),
        ],
        incident => incident.Customer,
        v => new Incident(v.Text(), v.Text(), v.Text(), v.Text(), v.Date(), v.Whole(), v.Currency(), v.Text()),
        history: true);

    public static readonly Table<OrderHabit> HabitTable = new(
        "order_habit",
        [
            ("customer", ColumnKind.Text, habit => habit.Customer),
            ("values", ColumnKind.Json, habit => JsonSerializer.Serialize(habit.Values, Json.Options)),
            ("dates", ColumnKind.Json, habit => WrittenDates(habit.Dates)),
            ("items", ColumnKind.Json, habit => Written(habit.Items.Written())),
            ("ship_tos", ColumnKind.Json, habit => Written(habit.ShipTos.Written())),
            ("through", ColumnKind.Whole, habit => habit.Through),
        ],
        habit => habit.Customer,
        v => new OrderHabit(v.Text(), Read(v.Text())!)
        {
            Dates = ReadDates(Read(v.TextOrNull())), Items = Known.Read(Read(v.TextOrNull())), ShipTos = Known.Read(Read(v.TextOrNull())),
            Through = v.WholeOrNull(),
        });

    /// <summary>The first as the number of its day, the others as days after the one before: a row is written with many orders, so it is kept short.</summary>
    static string? WrittenDates(IReadOnlyList<DateOnly> dates) =>
        dates.Count == 0 ? null : Written([.. dates.Select((date, at) => (long)date.DayNumber - (at == 0 ? 0 : dates[at - 1].DayNumber))]);

    static DateOnly[] ReadDates(long[]? written)
    {
        long day = 0;
        return written is null ? [] : [.. written.Select(days => DateOnly.FromDayNumber((int)(day += days)))];
    }

    static string? Written(long[]? numbers) => numbers is null ? null : JsonSerializer.Serialize(numbers, Json.Options);

    static long[]? Read(string? numbers) => numbers is null ? null : JsonSerializer.Deserialize<long[]>(numbers, Json.Options);
}

/// <summary>What one payer's live orders come to, in minor units of its credit currency.</summary>
/// <param name="OpenOrders">Of released orders inside the horizon: neither delivered nor billed.</param>
/// <param name="Unbilled">Delivered and not billed, released or not: a delivery is a fact.</param>
/// <param name="Unconverted">Released or delivered orders for which no rate is known: their value is missing from the sums.</param>
public sealed record PayerOrders(long OpenOrders, long Unbilled, int Unconverted)
{
    public static readonly PayerOrders None = new(0, 0, 0);

    /// <summary>Of the open orders, what was to ship after the day of its release, by ship date. Most orders ship at once and are not here.</summary>
    public ImmutableSortedDictionary<DateOnly, long> ShippingLater { get; init; } = ImmutableSortedDictionary<DateOnly, long>.Empty;

    /// <summary>Orders with something delivered and not billed, by the day since which.</summary>
    public ImmutableSortedSet<Dated> UnbilledSince { get; init; } = [];

    /// <summary>Live orders of which more was delivered than was ordered, by their date.</summary>
    public ImmutableSortedSet<Dated> OverDelivered { get; init; } = [];

    /// <summary>What an order adds to <c>openOrders</c>: never more than it claims, nothing that is withheld, and nothing beyond the horizon or without a claim.</summary>
    public static long OpenOf(Order order, OrderValue value) => order.Status != OrderStatus.Released || order.Authorization is not { BeyondHorizon: false } claim ? 0
        // What left of a line that nobody had released takes nothing from those that may still go.
        : Math.Min(claim.Withheld > 0 && order.Release is { Lines: not null } release ? release.PartOf(order, value) : Math.Max(0, value.Open - claim.Withheld), claim.Amount);

    /// <summary><see cref="ShippingLater"/> with the order added (<paramref name="sign"/> 1) or taken out (−1).</summary>
    internal ImmutableSortedDictionary<DateOnly, long> Later(Order order, OrderValue value, int sign)
    {
        if (order.ShipDate is not { } ships || order.Authorization is not { } claim || ships <= claim.Granted || OpenOf(order, value) is not (not 0 and var open))
            return ShippingLater;
        var now = ShippingLater.GetValueOrDefault(ships) + (sign * open);
        return now == 0 ? ShippingLater.Remove(ships) : ShippingLater.SetItem(ships, now);
    }
}
