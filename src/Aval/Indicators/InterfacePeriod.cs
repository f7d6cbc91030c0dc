using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Company;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Outcomes;
using Aval.Policies.Rules;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Indicators;

/// <summary>All that the interface's indicators count in a period: the rows of each, and what shares are of. Read in one snapshot.</summary>
sealed class InterfacePeriod
{
    static readonly int[] DaysAfterRelease = [30, 60, 90];

    readonly Dictionary<Indicator, List<IndicatorRow>> rows = Indicator.All.ToDictionary(indicator => indicator, _ => new List<IndicatorRow>());
    readonly HashSet<(Indicator, string)> counted = [];
    readonly Dictionary<(string Block, Cause Cause), DateOnly> causes = [];
    readonly Dictionary<string, (DateOnly On, string Customer)> released = new(StringComparer.Ordinal);
    readonly RiskFigures risk;
    readonly List<(Block Block, string Root)> costly = [];
    readonly Facts company;
    readonly Currency currency;
    readonly TimeZoneInfo zone;
    int orders;
    int blocked;
    int releasing;

    InterfacePeriod(Facts company, Store everything)
    {
        this.company = company;
        risk = new RiskFigures(company, everything);
        var profile = company.Get<CompanyFacts>().Main;
        currency = CurrencyOf(company);
        zone = profile is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(profile.TimeZone);
    }

    /// <summary>Of all amounts: the company's.</summary>
    public Currency Currency => currency;

    public static Currency CurrencyOf(Facts company) => company.Get<CompanyFacts>().Main?.Currency ?? Currency.EUR;

    public int RowCount => rows.Values.Sum(list => list.Count);

    /// <summary>By date, of one day by key.</summary>
    public IReadOnlyList<IndicatorRow> Rows(Indicator indicator) => rows[indicator];

    public Figure Figure(Indicator indicator) => FigureOf.Rows(
        indicator, rows[indicator], indicator == Indicator.Reblocks ? blocked : indicator == Indicator.ConditionalReleases ? releasing : orders);

    /// <param name="reader">What the caller sees.</param>
    /// <param name="everything">What is read of payers of whom they see a customer.</param>
    public static async Task<InterfacePeriod> ReadAsync(
        StoreReader reader, Store everything, Facts company, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var period = new InterfacePeriod(company, everything);
        await CheckHistory.ChecksAsync(reader, from, to, period.Add, cancel);
        await CheckHistory.BlocksAsync(reader, from, to, period.Add, cancel);
        foreach (var incident in await IncidentHistory.ReadAsync(reader, Deliver.DeliveredWhileHeld, from, to, cancel))
            period.Add(incident);
        foreach (var invoice in await BilledInvoices.OfOrdersAsync(reader, period.released.Keys, cancel)) period.AddInvoice(invoice);
        await new DecisionLedger(reader, company).DecisionsAsync(new DecisionFilter(from, to), period.Add, cancel);
        period.rows[Indicator.BlockPrecision].AddRange(await period.risk.PrecisionAsync(cancel));
        period.rows[Indicator.BlockRecall].AddRange(await period.risk.RecallAsync(cancel));
        period.rows[Indicator.CostOfBlocks].AddRange(await BlockCosts.RowsAsync(reader, period.costly, period.Converted, period.LocalDay, company.Through, cancel));
        foreach (var list in period.rows.Values) list.Sort(ByDateAndKey);
        return period;
    }

    static int ByDateAndKey(IndicatorRow left, IndicatorRow right) =>
        left.Date.CompareTo(right.Date) is not 0 and var days ? days : string.CompareOrdinal(left.Key, right.Key);

    void Add(OrderCheck check)
    {
        if (check.Occasion == Occasion.Entry)
        {
            orders++;
            if (check.Exposure.Disputed > 0)
                Add(
                    Indicator.DisputesAtNewOrders, check.Date, check.Order, check.Customer, null, null, Worth(check),
                    Converted(check.Exposure.Disputed, check.Exposure.Currency, check.Date));
            risk.CameIn(check);
            if (check.Status == OrderStatus.Held) AddHeld(check);
        }

        if (check is { Status: OrderStatus.Held, Block: { } block, Cause: { } cause }) causes.TryAdd((block, cause), check.Date);
        // What was not asked was not released by this check.
        if (check.Status != OrderStatus.Released || check.Skipped is SkipReason.Decrease or SkipReason.Rearranged) return;
        released.TryAdd(check.Order, (check.Date, check.Customer));
        var seen = check.Exposure;
        if (seen.Overdue > 0)
            Add(Indicator.ReleasedWithOverdue, check.Date, check.Order, check.Customer, null, null, Worth(check), null);
    }

    /// <summary>What the order adds to what is compared with its payer's limit.</summary>
    decimal? Worth(OrderCheck check) => Converted(check.Exposure.AfterOrder - check.Exposure.Compared, check.Exposure.Currency, check.Date);

    void AddHeld(OrderCheck check)
    {
        var blocking = check.Findings.Where(finding => finding.Blocks).ToList();
        var seen = check.Exposure;
        var worth = Worth(check);
        if (blocking.Exists(finding => FindingKinds.Of(finding) is { Family: RuleFamily.OrderQuality } or { Nature: Cause.SetUp }))
            Add(Indicator.WrongData, check.Date, check.Order, check.Customer, null, null, worth, null);
        if (blocking.Exists(finding => finding.Code == FindingKinds.LimitExceeded.Code))
            Add(Indicator.LimitOverrun, check.Date, check.Order, check.Customer, null, null, worth, null);
        if (check.Defects.Contains(DefectKind.UnappliedReceipt))
            Add(Indicator.UnappliedCash, check.Date, check.Order, check.Customer, null, null, worth, Converted(seen.Unapplied, seen.Currency, check.Date));
    }

    void Add(Block block, string root, bool before)
    {
        risk.Blocked(block);
        costly.Add((block, root));
        var amount = Converted(block.Amount, block.Currency, block.OpenedOn);
        foreach (var cause in Enum.GetValues<Cause>())
            if (causes.TryGetValue((block.Id, cause), out var since))
                Add(Indicator.BlockedByCause, since, block.Order, block.Customer, block.Id, Words.Of(cause), amount, null);
        if (Add(Indicator.AmountBlocked, block.OpenedOn, block.Order, block.Customer, block.Id, null, amount, null)) blocked++;
        if (before) Add(Indicator.Reblocks, block.OpenedOn, block.Order, block.Customer, block.Id, null, amount, null);
        if (block.ClosedAt is not { } closed || block.ClosedBy is "delivery" or "cancellation") return;
        // The business date may be another than the machine's; the time of day is the machine's.
        var (from, until) = block.ClosedOn is not { } closedOn ? (Local(block.OpenedAt), Local(closed))
            : (block.OpenedOn.ToDateTime(TimeOnly.FromDateTime(Local(block.OpenedAt))), closedOn.ToDateTime(TimeOnly.FromDateTime(Local(closed))));
        rows[Indicator.DecisionTime].Add(new IndicatorRow(
            block.OpenedOn, block.Id, block.Order, block.Customer, block.Id, null, amount,
            WorkingHours.Between(from, until, company.Get<CompanyFacts>().Calendar.Working)));
    }

    void Add(Decision decision)
    {
        if (!decision.IsTaken || decision.Kind.LetsGo() is not { } letting) return;
        releasing++;
        var row = new IndicatorRow(
            decision.On, decision.Id, decision.Order, decision.Customer, decision.Block, null, Converted(decision.Value, decision.Currency, decision.On), null);
        if (letting == LettingGo.UnderCondition) rows[Indicator.ConditionalReleases].Add(row);
        if (decision.Exceptional) rows[Indicator.ExceptionalReleases].Add(row);
    }

    void Add(Incident incident) => Add(
        Indicator.DeliveriesWhileHeld, incident.Date, incident.Order, incident.Customer, incident.Id, null, Converted(incident.Amount, incident.Currency, incident.Date), null);

    void AddInvoice(Receivables.Rules.OrderInvoice invoice)
    {
        var (on, customer) = released[invoice.Order];
        foreach (var days in DaysAfterRelease)
            if (on.AddDays(days) is var day && day <= company.Through && invoice.OwedOn(day) is > 0 and var owed)
                rows[Indicator.ExposureAfterRelease].Add(new IndicatorRow(
                    on, $"{invoice.Order}:{invoice.Number}:{days}", invoice.Order, customer, invoice.Number, $"{days}", Converted(owed, invoice.Currency, day), null));
        if (invoice.DueDate > company.Through) return;
        rows[Indicator.PaymentRate].Add(new IndicatorRow(
            on, $"{invoice.Order}:{invoice.Number}", invoice.Order, customer, invoice.Number, null, Converted(invoice.Amount, invoice.Currency, invoice.Date),
            Converted(invoice.SettledBy(company.Through) - invoice.SettledBy(company.Through, SettlementSource.WriteOff), invoice.Currency, invoice.Date)));
    }

    /// <summary>Takes an order once for each part; false when it was taken before.</summary>
    bool Add(Indicator indicator, DateOnly date, string order, string customer, string? document, string? part, decimal? amount, decimal? value)
    {
        var key = indicator == Indicator.DeliveriesWhileHeld ? document! : part is null ? order : $"{order}:{part}";
        if (!counted.Add((indicator, key))) return false;
        rows[indicator].Add(new IndicatorRow(date, key, order, customer, document, part, amount, value));
        return true;
    }

    /// <summary>In the company's currency at the rate of the day; null where none is known.</summary>
    decimal? Converted(long minor, Currency from, DateOnly day) => company.Get<RatesFacts>().Converted(new Money(minor, from), currency, day)?.Major;

    DateOnly LocalDay(DateTimeOffset at) => DateOnly.FromDateTime(Local(at));

    DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;
}
