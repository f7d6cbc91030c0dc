using System.Runtime.CompilerServices;
using Aval.Kernel;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>When the money of open invoices may come.</summary>
static class ForecastReport
{
    public static readonly Report Report = new(
        "forecast", "Cash forecast",
        "Week by week: what falls due of undisputed open invoices, and the same by the days after its due dates on which each payer has paid over twelve months.",
        ["asOf", "by", "payer", "group", "owner", "company", "currency", "weeks"],
        asked =>
        [
            .. Columns.OfRow(asked), new("week", "Week from", CellKind.Date), new("due", "Due", CellKind.Amount, Summed: true),
            new("expected", "Expected", CellKind.Amount, Summed: true), new("later", "Comes after the last week", CellKind.Text),
        ],
        RowsAsync);

    static async IAsyncEnumerable<object?[]> RowsAsync(ReportReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        var asOf = reading.Asked.AsOf;
        var habits = new Habit();
        var sums = reading.SumsAsync(asOf.AddYears(-1), () => new CashForecast(asOf, reading.Asked.Weeks), (forecast, book, invoice) =>
        {
            if (book.On(invoice, asOf) is not { } aged) return;
            // Whether, and when, what is disputed is paid, no habit tells.
            if (reading.Valuation.Of(invoice, aged.Settled, aged.Amount - aged.Disputed) is { } open) forecast.Add(open, invoice.DueDate, habits.Of(book, asOf));
        }, cancel);
        await foreach (var ((key, currency, forecast), name) in reading.NamedAsync(sums, row => row.Key, cancel))
            for (var week = 0; week <= forecast.Weeks; week++)
                if (forecast.Due[week] != 0 || forecast.Expected[week] != 0)
                    yield return
                    [
                        key, name, currency?.Code, forecast.Begins(week), Cell.Of(forecast.Due[week], currency), Cell.Of(forecast.Expected[week], currency),
                        week == forecast.Weeks ? "later" : null,
                    ];
    }

    /// <summary>How late a payer pays on average, worked out once for all its invoices, which come together.</summary>
    sealed class Habit
    {
        PayerBook? known;
        int days;

        public int Of(PayerBook book, DateOnly asOf)
        {
            if (ReferenceEquals(book, known)) return days;
            var paid = default(WeightedDays);
            foreach (var kept in book.Invoices)
                foreach (var settlement in book.StandingOf(kept.Invoice, asOf))
                    if (settlement.Source == SettlementSource.Receipt && settlement.CameOn(kept.Invoice) is { } on
                        && CreditValue.Of(kept.Invoice)?.Between(0, settlement.Amount) is { } value)
                        paid = paid.With(value, on.DayNumber - kept.Invoice.DueDate.DayNumber);
            (known, days) = (book, (int)Math.Round(Math.Clamp(paid.Average ?? 0, -365, 3650), MidpointRounding.AwayFromZero));
            return days;
        }
    }
}
