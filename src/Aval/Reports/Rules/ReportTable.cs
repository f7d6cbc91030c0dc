using Aval.Kernel;

namespace Aval.Reports.Rules;

/// <summary>What stands in the cells of a column.</summary>
public enum CellKind { Text, Date, Amount, Whole, Number }

/// <summary>A column of a report.</summary>
/// <param name="Name">As in JSON and in the first line of a CSV file.</param>
/// <param name="Head">As on screens and in spreadsheets.</param>
/// <param name="Summed">Its amounts are added up, each currency by itself.</param>
public sealed record ReportColumn(string Name, string Head, CellKind Kind, bool Summed = false);

/// <summary>What a report's amounts come to, currency by currency.</summary>
public sealed class ReportSums(IReadOnlyList<ReportColumn> columns)
{
    readonly SortedDictionary<string, (Currency Currency, long[] Sums)> byCurrency = new(StringComparer.Ordinal);

    public IReadOnlyList<ReportColumn> Columns => columns;

    /// <summary>Adds a row: its cells stand in the order of the columns, amounts as <see cref="Money"/>.</summary>
    public void Add(IReadOnlyList<object?> row)
    {
        for (var i = 0; i < columns.Count; i++)
            if (columns[i].Summed && row[i] is Money amount)
            {
                if (!byCurrency.TryGetValue(amount.Currency.Code, out var sums))
                    byCurrency.Add(amount.Currency.Code, sums = (amount.Currency, new long[columns.Count]));
                sums.Sums[i] += amount.Minor;
            }
    }

    /// <summary>A row for each currency: the sums in their columns, the currency's code in the column of that name.</summary>
    public IEnumerable<object?[]> Rows() => byCurrency.Values.Select(sums => columns
        .Select((column, i) => column.Summed ? new Money(sums.Sums[i], sums.Currency) : column.Name == "currency" ? sums.Currency.Code : (object?)null).ToArray());
}
