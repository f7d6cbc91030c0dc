namespace Aval.Receivables.Rules;

/// <summary>A part of an invoice that a cleared receipt has paid, or that its return has taken back.</summary>
/// <param name="On">The day on which the money was ours: that we were late to apply it is no fault of the payer's.</param>
/// <param name="Days">Calendar days from the due date to that day; below zero for who pays early.</param>
/// <param name="Amount">Minor units of the payer's credit currency; negative when taken back.</param>
public readonly record struct Paid(string Payer, DateOnly On, int Days, long Amount)
{
    /// <summary>What is ten years late or early says no more about a payer than what is later still.</summary>
    const int MostDays = 3650;

    /// <summary>Null while the settlement lowers no debt, and where no rate was known.</summary>
    public static Paid? By(Settlement settlement, Invoice invoice) =>
        settlement.CameOn(invoice) is { } on && settlement.CreditAmount is { } amount ? new Paid(settlement.Payer, on, DaysLate(on, invoice), amount) : null;

    /// <summary>The same part taken back: out of the month in which it was paid, whenever the money went back.</summary>
    public static Paid? Back(Settlement was, Invoice invoice) => By(was, invoice) is { } paid ? paid with { Amount = -paid.Amount } : null;

    static int DaysLate(DateOnly on, Invoice invoice) => Math.Clamp(on.DayNumber - invoice.DueDate.DayNumber, -MostDays, MostDays);
}

/// <summary>What was paid in one month: the sums by which average and variance are told without looking at the payments again.</summary>
/// <param name="Amount">Minor units of the payer's credit currency.</param>
/// <param name="AmountDays">Each amount times its days beyond terms.</param>
/// <param name="AmountSquares">Each amount times the square of its days.</param>
public readonly record struct PaidMonth(decimal Amount, decimal AmountDays, decimal AmountSquares)
{
    public PaidMonth With(Paid paid) =>
        new(Amount + paid.Amount, AmountDays + ((decimal)paid.Amount * paid.Days), AmountSquares + ((decimal)paid.Amount * paid.Days * paid.Days));
}

/// <summary>How one payer pays: value-weighted days beyond terms over the twelve months up to the latest in which it paid. Immutable.</summary>
/// <remarks>Its figures are worked out when it changes, so that a check reads them only.</remarks>
public sealed class PaymentBehaviour
{
    /// <summary>Months that are kept; what was paid before them is forgotten.</summary>
    public const int Window = 12;

    readonly PaidMonth[] months;

    /// <param name="latest">The first day of the latest month in which anything was paid.</param>
    /// <param name="months">Latest first; those left out at the end are empty.</param>
    public PaymentBehaviour(string payer, DateOnly latest, IReadOnlyList<PaidMonth> months)
    {
        (Payer, Latest) = (payer, latest);
        this.months = [.. months.Take(Window)];
        (Level, Trend, Deviation, MonthsPaid) = FiguresOf(this.months);
        DaysLate = (int)Math.Round(Level, MidpointRounding.AwayFromZero);
    }

    public string Payer { get; }
    public DateOnly Latest { get; }
    public IReadOnlyList<PaidMonth> Months => months;

    /// <summary>Average calendar days beyond terms, weighed by value; below zero for who pays early.</summary>
    public decimal Level { get; }

    /// <summary>By how many days the average grows from month to month: least squares over the months, weighed by value. Zero with one month.</summary>
    public decimal Trend { get; }

    /// <summary>Standard deviation of the days, weighed by value.</summary>
    public decimal Deviation { get; }

    /// <summary>Months of the window in which something was paid.</summary>
    public int MonthsPaid { get; }

    /// <summary><see cref="Level"/> in whole days, half a day away from zero.</summary>
    public int DaysLate { get; }

    public static PaymentBehaviour Of(Paid first) => new PaymentBehaviour(first.Payer, MonthOf(first.On), []).With(first);

    /// <summary>With a payment more, or one taken back. What lies before the window changes nothing.</summary>
    public PaymentBehaviour With(Paid paid)
    {
        var month = MonthOf(paid.On);
        var ahead = ((month.Year - Latest.Year) * 12) + month.Month - Latest.Month;
        if (ahead <= -Window) return this;
        var shift = Math.Max(0, ahead);
        var at = Math.Max(0, -ahead);
        var shifted = new PaidMonth[Math.Min(Window, Math.Max(months.Length + shift, at + 1))];
        for (var i = 0; i < months.Length && i + shift < shifted.Length; i++) shifted[i + shift] = months[i];
        shifted[at] = shifted[at].With(paid);
        return new PaymentBehaviour(Payer, shift > 0 ? month : Latest, shifted);
    }

    static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    static (decimal Level, decimal Trend, decimal Deviation, int Paid) FiguresOf(PaidMonth[] months)
    {
        decimal amount = 0, days = 0, squares = 0, ages = 0;
        var paid = 0;
        for (var age = 0; age < months.Length; age++)
        {
            if (months[age].Amount <= 0) continue;
            paid++;
            amount += months[age].Amount;
            days += months[age].AmountDays;
            squares += months[age].AmountSquares;
            ages += months[age].Amount * age;
        }

        if (amount == 0) return default;
        var (level, middle) = (days / amount, ages / amount);
        decimal rise = 0, spread = 0;
        for (var age = 0; age < months.Length; age++)
        {
            if (months[age].Amount <= 0) continue;
            // Younger months have the smaller age, so time runs against it.
            rise += (middle - age) * (months[age].AmountDays / amount);
            spread += (middle - age) * (middle - age) * (months[age].Amount / amount);
        }

        var variance = Math.Max(0, (squares / amount) - (level * level));
        return (level, spread == 0 ? 0 : rise / spread, (decimal)Math.Sqrt((double)variance), paid);
    }
}
