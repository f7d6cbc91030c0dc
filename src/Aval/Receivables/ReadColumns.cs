using System.Globalization;
using System.Text;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What all payers owe and were sold, read as columns.</summary>
/// <param name="Apart">Payers with something open that is disputed, promised to be credited, or dated later: what they owe is not all that counts of their exposure.</param>
sealed record PortfolioSums(PayerPlaces Places, PayerSums Sums, IReadOnlySet<int> Apart);

/// <summary>Reads all invoices that are open or were issued in a period as columns, and adds them up by payer.</summary>
/// <remarks>Each reader takes a part of the table. Rows that need no conversion are never made into documents.</remarks>
static class ReadColumns
{
    /// <summary>Invoices in the columns at once: few enough to stay in the processor's cache.</summary>
    const int Room = 4_096;

    /// <param name="readers">Of one moment; each is used by one thread.</param>
    /// <param name="home">The currency that is not told with each row.</param>
    /// <param name="since">What is dated after this day counts as sold.</param>
    public static async Task<PortfolioSums> AllAsync(
        IReadOnlyList<StoreReader> readers, Currency home, DateOnly today, DateOnly since, Action<long>? advance, CancellationToken cancel)
    {
        var parts = await readers[0].PartsAsync("invoice", readers.Count, cancel);
        var read = await Task.WhenAll(parts.Select((part, i) => Task.Factory.StartNew(
            () => new Part(home, today, since, advance, cancel).Read(readers[i].Raw(Select(home, today, since, part))),
            cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var all = read[0];
        foreach (var other in read.Skip(1)) all.Take(other);
        return new PortfolioSums(all.Places, all.Sums, all.Apart);
    }

    /// <summary>What every payer owes on a day that has come, in its credit currency.</summary>
    public static async Task<IEnumerable<(string Payer, Currency Credit, PayerSum Sum)>> OwedAsync(
        Store store, Currency home, DateOnly today, Action<long>? advance, CancellationToken cancel)
    {
        var readers = await store.SideBySideAsync(Streams, cancel);
        try
        {
            var (places, sums, _) = await AllAsync(readers, home, today, since: today, advance, cancel);
            return Enumerable.Range(0, places.Count).Where(place => places.CurrencyOf(place) != 0 && sums.Of(place).Buckets.Total != 0)
                .Select(place => (Encoding.UTF8.GetString(places.NameOf(place)), PayerPlaces.Currency(places.CurrencyOf(place)), sums.Of(place)));
        }
        finally
        {
            foreach (var reader in readers.Reverse()) await reader.DisposeAsync();
        }
    }

    /// <summary>Readers side by side: the database works for one processor of ours each.</summary>
    public static int Streams => Math.Clamp(Environment.ProcessorCount, 1, MostStreams);

    const int MostStreams = 4;

    /// <remarks>Days stand in the statement, since COPY takes no parameters. What is the same in most rows is told as nothing, which is the cheapest to send.</remarks>
    internal static string Select(Currency home, DateOnly today, DateOnly since, string part) => $"""
        SELECT payer, date, due_date, amount, settled,
            CASE WHEN credit_currency = '{home.Code}' AND currency = '{home.Code}' AND rate IS NOT NULL THEN NULL
                ELSE COALESCE(credit_currency, '') || ' ' || currency || ' ' || COALESCE(rate, '') END,
            CASE WHEN live AND (parts IS NOT NULL OR date > '{today:yyyy-MM-dd}') THEN 1 END
        FROM invoice WHERE to_sequence IS NULL AND NOT draft AND (live OR date > '{since:yyyy-MM-dd}') AND {part}
        """;

    /// <summary>The part of one reader.</summary>
    sealed class Part(Currency home, DateOnly today, DateOnly since, Action<long>? advance, CancellationToken cancel)
    {
        readonly ItemColumns items = new(Room);
        readonly Dictionary<string, (Currency? Credit, CreditValue? Value)> conversions = new(StringComparer.Ordinal);
        readonly int homeCode = PayerPlaces.CodeOf(Encoding.ASCII.GetBytes(home.Code));

        public PayerPlaces Places { get; } = new();
        public PayerSums Sums { get; } = new();
        public HashSet<int> Apart { get; } = [];

        public Part Read(RawRows source)
        {
            using var rows = source;
            while (rows.Next())
            {
                var (date, amount, settled) = (rows.Day(1), rows.Whole(3), rows.Whole(4));
                var (payer, value, open) = (Place(rows, out var conversion), amount, amount - settled);
                if (!rows.IsNull(6)) Apart.Add(payer);
                if (date > today.DayNumber) continue;
                if (conversion is { } foreign)
                {
                    if (foreign.Value is not { } credit)
                    {
                        if (open != 0) Sums.Miss(payer);
                        continue;
                    }

                    (value, open) = (credit.Between(0, amount), credit.Between(settled, amount));
                }

                items.Add(payer, date, rows.Day(2), value, open);
                if (items.IsFull) Add();
            }

            Add();
            Sums.Reserve(Places.Count);
            return this;
        }

        /// <summary>Takes what another has read.</summary>
        public void Take(Part other)
        {
            for (var place = 0; place < other.Places.Count; place++)
            {
                var here = Places.Of(other.Places.NameOf(place), other.Places.CurrencyOf(place));
                Sums.Add(here, other.Sums, place);
                if (other.Apart.Contains(place)) Apart.Add(here);
            }
        }

        int Place(RawRows rows, out (Currency? Credit, CreditValue? Value)? conversion)
        {
            conversion = null;
            if (rows.IsNull(5)) return Places.Of(rows.Text(0), homeCode);
            var told = Encoding.ASCII.GetString(rows.Text(5));
            if (!conversions.TryGetValue(told, out var known)) conversions[told] = known = Conversion(told);
            conversion = known;
            return Places.Of(rows.Text(0), known.Credit is { } credit ? PayerPlaces.CodeOf(Encoding.ASCII.GetBytes(credit.Code)) : 0);
        }

        /// <summary>What <c>credit currency, currency, rate</c> say; the rate's day counts for nothing.</summary>
        (Currency? Credit, CreditValue? Value) Conversion(string told)
        {
            var words = told.Split(' ');
            Currency? credit = words[0].Length == 0 ? null : Currency.Of(words[0]);
            StoredRate? rate = words[2].Length == 0 ? null : new StoredRate(decimal.Parse(words[2], CultureInfo.InvariantCulture), today);
            return (credit, CreditValue.Of(Currency.Of(words[1]), rate, credit));
        }

        void Add()
        {
            Sums.Add(items, Places.Count, today.DayNumber, since.DayNumber);
            advance?.Invoke(items.Count);
            items.Clear();
            cancel.ThrowIfCancellationRequested();
        }
    }
}
