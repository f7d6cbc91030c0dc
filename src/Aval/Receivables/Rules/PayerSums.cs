namespace Aval.Receivables.Rules;

/// <summary>Invoices as columns: each value of the same place belongs to the same invoice.</summary>
/// <param name="room">How many fit.</param>
public sealed class ItemColumns(int room)
{
    public int[] Payers { get; } = new int[room];

    /// <summary><see cref="DateOnly.DayNumber"/>.</summary>
    public int[] Dates { get; } = new int[room];
    public int[] DueDates { get; } = new int[room];

    /// <summary>Minor units of the payer's credit currency: the whole invoice.</summary>
    public long[] Amounts { get; } = new long[room];

    /// <summary>Of which not settled.</summary>
    public long[] Open { get; } = new long[room];

    public int Count { get; private set; }
    public bool IsFull => Count == Payers.Length;

    public void Add(int payer, int date, int dueDate, long amount, long open)
    {
        (Payers[Count], Dates[Count], DueDates[Count], Amounts[Count], Open[Count]) = (payer, date, dueDate, amount, open);
        Count++;
    }

    public void Clear() => Count = 0;
}

/// <summary>What payers owe and were sold, added up from columns. A payer's figures stand beside each other, since its invoices may come in any order.</summary>
public sealed class PayerSums
{
    /// <summary>Figures of one payer, as many as a line of the processor's cache holds: the five buckets, then those below.</summary>
    const int Width = 8;
    const int Sales = 5;
    const int Invoices = 6;
    const int Unconverted = 7;

    /// <summary>The bucket of each day past due up to the ninetieth; 0 is not due.</summary>
    static readonly byte[] BucketOf = [.. Enumerable.Range(0, 92).Select(days => AgingBuckets.Of(1, days) switch
    {
        { NotDue: 1 } => (byte)0,
        { D1To30: 1 } => (byte)1,
        { D31To60: 1 } => (byte)2,
        { D61To90: 1 } => (byte)3,
        _ => (byte)4,
    })];

    long[] figures = new long[Width << 11];

    /// <summary>Adds invoices.</summary>
    /// <param name="payers">How many payers there are by now.</param>
    /// <param name="today">The day of the aging; of invoices dated later there must be none.</param>
    /// <param name="since">What is dated after this day counts as sold.</param>
    public void Add(ItemColumns items, int payers, int today, int since)
    {
        Reserve(payers);
        var count = items.Count;
        var places = items.Payers.AsSpan(0, count);
        var dates = items.Dates.AsSpan(0, count);
        var due = items.DueDates.AsSpan(0, count);
        var amounts = items.Amounts.AsSpan(0, count);
        var open = items.Open.AsSpan(0, count);
        var (sums, buckets) = (figures, BucketOf);
        for (var i = 0; i < places.Length; i++)
        {
            var of = sums.AsSpan(places[i] * Width, Width);
            of[buckets[Math.Clamp(today - due[i], 0, 91)]] += open[i];
            if (dates[i] > since) of[Sales] += amounts[i];
            if (open[i] != 0) of[Invoices]++;
        }
    }

    /// <summary>Counts an open invoice for which no rate is known.</summary>
    public void Miss(int payer)
    {
        Reserve(payer + 1);
        figures[(payer * Width) + Unconverted]++;
    }

    /// <summary>Adds what another has of a payer.</summary>
    public void Add(int payer, PayerSums other, int place)
    {
        Reserve(payer + 1);
        for (var i = 0; i < Width; i++) figures[(payer * Width) + i] += other.figures[(place * Width) + i];
    }

    public PayerSum Of(int payer) => (payer + 1) * Width > figures.Length ? default : figures.AsSpan(payer * Width, Width) is var of
        ? new PayerSum(new AgingBuckets(of[0], of[1], of[2], of[3], of[4]), of[Sales], (int)of[Invoices], (int)of[Unconverted])
        : default;

    /// <summary>Makes room for so many payers.</summary>
    public void Reserve(int payers)
    {
        if (payers * Width > figures.Length) Array.Resize(ref figures, Math.Max(figures.Length * 2, payers * Width));
    }
}

/// <summary>What one payer owes and was sold, in minor units of one credit currency.</summary>
/// <param name="Sales">Invoiced in the period, tax included.</param>
/// <param name="Invoices">Open ones that a rate converts.</param>
/// <param name="Unconverted">Open ones for which no rate is known.</param>
public readonly record struct PayerSum(AgingBuckets Buckets, long Sales, int Invoices, int Unconverted);
