using System.Globalization;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables;

namespace Aval.TimeMachine;

/// <summary>A check as it was made, with what it saw.</summary>
/// <param name="Root">The root's facts before the order was put.</param>
/// <param name="Company">What no root owns, as the decision had it.</param>
/// <param name="Order">As it was asked for, converted; its status and claim are those that the check then gave it.</param>
/// <param name="Findings">As they were stored, JSON.</param>
readonly record struct SeenCheck(
    Facts Root, Facts Company, Order Order, DateOnly Date, Occasion Occasion, Triage Triage, SkipReason? Skipped, string Findings)
{
    /// <summary>Whatever was found, it went on: everything was delivered already.</summary>
    public bool IsSettled => Order.Status is OrderStatus.Delivered or OrderStatus.Closed;
}

/// <summary>One root's journal from its first entry on: folded once, in order, and stopped at every check that was made.</summary>
/// <remarks>
/// A check's facts are those before its entry, with the entry's rows that it stood on: whatever a decision puts beside orders, checks and blocks (what was converted
/// late, a limit) it puts before it checks, and of several orders each sees the ones before it. A block, and what the customer usually orders, is put after the check.
/// Checks that a move of a party has brought along were made elsewhere, and are told there.
/// </remarks>
/// <param name="company">What no root owns, as the company's entry of a number left it.</param>
/// <param name="lastCompany">The last of those numbers that is known.</param>
sealed class RootHistory(Composition composition, Func<long, Facts> company, long lastCompany, string root)
{
    const int EntriesAtOnce = 500;

    static readonly int Number = Place("order"), Id = Place("id"), Why = Place("occasion"), Day = Place("date"), Weight = Place("triage"), Skip = Place("skipped"),
        Found = Place("findings");

    readonly EntryScan scan = new(composition, Wants);
    readonly List<(Table Table, string Key)> touched = [];
    Facts facts = composition.Empty(root);
    Facts? told;

    /// <summary>Entries read so far.</summary>
    public long Entries { get; private set; }

    /// <summary>Reads up to the last day of the period, and gives each check that was made in it.</summary>
    public async Task RunAsync(StoreReader reader, DateOnly from, DateOnly to, Action<SeenCheck> see, Action<int>? read, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var page = await reader.BodiesAsync(root, Entries, EntriesAtOnce, cancel);
            foreach (var (sequence, day, body) in page)
            {
                // What is written while the machine runs is no past yet.
                if (day > to || scan.Read(body) is not { } entry || entry.Company > lastCompany) return;
                Fold(entry, sequence, day >= from ? see : null, day);
                Entries = sequence;
            }

            read?.Invoke(page.Count);
            if (page.Count < EntriesAtOnce) return;
        }
    }

    /// <summary>The checks that one entry made.</summary>
    /// <param name="company">As the company's entry that this one names left it.</param>
    /// <param name="before">The root's facts before it.</param>
    public static IReadOnlyList<SeenCheck> Of(Composition composition, Facts company, Facts before, Entry entry)
    {
        var seen = new List<SeenCheck>();
        var history = new RootHistory(composition, _ => company, company.Sequence, entry.Root) { facts = before };
        history.Fold(history.scan.Read(entry.Body), entry.Sequence, seen.Add, entry.BusinessDate);
        return seen;
    }

    void Fold(ScannedEntry entry, long sequence, Action<SeenCheck>? see, DateOnly day)
    {
        touched.Clear();
        foreach (var (table, values) in entry.Rows)
            if (!IsOfCheck(table)) Put(table, values);
        var order = 0;
        if (see is not null)
            foreach (var (table, values) in entry.Rows)
                if (ReferenceEquals(table, ChecksFacts.CheckTable) && IsMadeHere(values, sequence)) order = UpTo(entry, values, order, day, see);
        for (; order < entry.Rows.Count; order++)
            if (ReferenceEquals(entry.Rows[order].Table, OrdersFacts.Table)) Put(OrdersFacts.Table, entry.Rows[order].Values);
        foreach (var (table, values) in entry.Rows)
            if (ReferenceEquals(table, OrdersFacts.HabitTable) || ReferenceEquals(table, ChecksFacts.BlockTable)) Put(table, values);
        foreach (var (table, key) in entry.Left)
            if (facts.Find(table.RowType, key) is { } gone) facts = facts.Without(gone);
        foreach (var (table, key) in touched)
            if (facts.Find(table.RowType, key) is { } row && !table.IsLive(row)) facts = facts.Without(row);
        facts = facts with { Sequence = sequence };
    }

    /// <summary>Puts the orders before the one that was checked, shows the check, and puts that one too.</summary>
    int UpTo(ScannedEntry entry, object?[] check, int from, DateOnly day, Action<SeenCheck> see)
    {
        for (var at = from; at < entry.Rows.Count; at++)
        {
            var (table, values) = entry.Rows[at];
            if (!ReferenceEquals(table, OrdersFacts.Table)) continue;
            if ((string)values[0]! != (string)check[Number]!)
            {
                Put(table, values);
                continue;
            }

            var order = (Order)table.Read(new Values(values));
            see(new SeenCheck(
                facts, CompanyAt(entry.Company, day), order, (DateOnly)check[Day]!, Words.Parse<Occasion>((string)check[Why]!), Words.Parse<Triage>((string)check[Weight]!),
                check[Skip] is string reason ? Words.Parse<SkipReason>(reason) : null, (string)check[Found]!));
            Put(table, order);
            return at + 1;
        }

        return entry.Rows.Count;
    }

    void Put(Table table, object?[] values) => Put(table, table.Read(new Values(values)));

    void Put(Table table, object row)
    {
        facts = facts.With(row);
        touched.Add((table, table.KeyOf(row)));
    }

    Facts CompanyAt(long number, DateOnly day)
    {
        if (told is null || told.Sequence != number) told = company(number);
        return told.Through == day ? told : told = told with { Through = day };
    }

    /// <summary>Its id names the root and the number of the entry that made it.</summary>
    bool IsMadeHere(object?[] check, long sequence) =>
        ((string)check[Id]!).EndsWith(string.Create(CultureInfo.InvariantCulture, $":{root}:{sequence}"), StringComparison.Ordinal);

    static bool IsOfCheck(Table table) =>
        ReferenceEquals(table, OrdersFacts.Table) || ReferenceEquals(table, ChecksFacts.CheckTable) || ReferenceEquals(table, ChecksFacts.BlockTable)
        || ReferenceEquals(table, OrdersFacts.HabitTable);

    /// <summary>History that no rule needs is passed over, and so are the figures that a check showed: they are counted anew.</summary>
    static bool Wants(Table table, Column column) =>
        ReferenceEquals(table, ChecksFacts.CheckTable)
            ? column.Name is "id" or "order" or "occasion" or "date" or "triage" or "skipped" or "findings"
            : !ReferenceEquals(table, OrdersFacts.DeliveryTable) && !ReferenceEquals(table, OrdersFacts.IncidentTable) && !ReferenceEquals(table, ReceivablesTables.Settlement);

    static int Place(string column) => ChecksFacts.CheckTable.Columns.Select(known => known.Name).ToList().IndexOf(column);
}
