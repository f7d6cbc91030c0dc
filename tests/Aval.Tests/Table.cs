using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Sdk;

namespace Aval.Tests;

/// <summary>A scenario table written as text: a header row, then one row a case.</summary>
/// <remarks>
/// Columns are parted by white space; <c>|</c> only pleases the eye; <c>-</c> is an empty cell; <c>"two words"</c> is one cell. The
/// last column takes all that is left of its row, and may be missing. Every failure quotes the row it happened in.
/// </remarks>
public static partial class Table
{
    public static IReadOnlyList<Row> Rows(string text)
    {
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        if (lines.Count < 2) throw new FormatException("A table needs a header and at least one row.");
        var header = Cells(lines[0]);
        if (header.Distinct(StringComparer.Ordinal).Count() < header.Count) throw new FormatException($"A column is there twice: {lines[0]}");
        return [.. lines.Skip(1).Select(line => new Row(line, header, Filled(line, header)))];
    }

    /// <summary>Runs the case on every row and reports all rows that fail, each with its text.</summary>
    public static void Check(string text, Action<Row> check)
    {
        var failures = new List<string>();
        foreach (var row in Rows(text))
        {
            try
            {
                check(row);
            }
            catch (Exception failure)
            {
                failures.Add(failure.Message.Contains(row.Text, StringComparison.Ordinal) ? failure.Message : $"{row.Text}\n{failure.Message}");
            }
        }

        if (failures.Count > 0) throw new XunitException(string.Join("\n\n", failures));
    }

    static List<string> Cells(string line) =>
        [.. Cell().Matches(line)
            .Where(cell => cell.Value != "|")
            .Select(cell => cell.Groups["quoted"] is { Success: true } quoted ? quoted.Value : cell.Value)];

    static List<string> Filled(string line, List<string> header)
    {
        var cells = Cells(line);
        var last = header.Count - 1;
        if (cells.Count < last) throw new FormatException($"{header.Count} columns, but {cells.Count} cells: {line}");
        return [.. cells.Take(last), string.Join(' ', cells.Skip(last))];
    }

    [GeneratedRegex("\"(?<quoted>[^\"]*)\"|[^\\s\"]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Cell();
}

/// <summary>One row of a <see cref="Table"/>; cells are read by the name of their column.</summary>
public sealed class Row(string text, IReadOnlyList<string> header, IReadOnlyList<string> cells)
{
    /// <summary>The row as it was written.</summary>
    public string Text => text;

    /// <summary>The cell's text; empty for <c>-</c>.</summary>
    public string this[string column]
    {
        get
        {
            for (var at = 0; at < header.Count; at++)
            {
                if (header[at] == column) return cells[at] == "-" ? "" : cells[at];
            }

            throw new FormatException($"No column '{column}' among {string.Join(", ", header)}: {text}");
        }
    }

    public bool Has(string column) => this[column].Length > 0;

    /// <summary>The cell's words, of which a list has several.</summary>
    public string[] Words(string column) => this[column].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public decimal Number(string column) =>
        decimal.TryParse(this[column], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number : throw Unreadable(column, "a number");

    public int Integer(string column) =>
        int.TryParse(this[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : throw Unreadable(column, "a whole number");

    public DateOnly Date(string column) =>
        DateOnly.TryParseExact(this[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : throw Unreadable(column, "a date such as 2026-03-31");

    /// <summary>Yes or no, written so.</summary>
    public bool Flag(string column) => this[column] switch { "yes" => true, "no" => false, _ => throw Unreadable(column, "yes or no") };

    /// <summary>A member of an enum, written in any case and with or without dashes: <c>company-fault</c> is CompanyFault.</summary>
    public T One<T>(string column) where T : struct, Enum =>
        Enum.TryParse<T>(this[column].Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var member) && Enum.IsDefined(member)
            ? member : throw Unreadable(column, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    public decimal? NumberOrNone(string column) => Has(column) ? Number(column) : null;
    public int? IntegerOrNone(string column) => Has(column) ? Integer(column) : null;
    public DateOnly? DateOrNone(string column) => Has(column) ? Date(column) : null;

    public override string ToString() => text;

    FormatException Unreadable(string column, string wanted) => new($"'{column}' should be {wanted}, but is '{this[column]}': {text}");
}
