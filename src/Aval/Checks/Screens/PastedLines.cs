using System.Globalization;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>A pasted line that is no line of an order, and why.</summary>
/// <param name="At">Its number in what was pasted, from 1.</param>
public sealed record RefusedLine(int At, string Text, string Why);

/// <summary>Lines copied from a spreadsheet: cells with tabs between, by a row of headings where there is one, else in the order that the form names.</summary>
static class PastedLines
{
    /// <summary>More belong into an import.</summary>
    public const int Most = 100;

    static readonly string[] Order = ["item", "quantity", "price", "tax", "description", "discount", "approval"];

    static readonly Dictionary<string, string> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["item"] = "item", ["article"] = "item", ["sku"] = "item", ["artikel"] = "item", ["référence"] = "item",
        ["quantity"] = "quantity", ["qty"] = "quantity", ["menge"] = "quantity", ["quantité"] = "quantity",
        ["price"] = "price", ["unit price"] = "price", ["unitPrice"] = "price", ["preis"] = "price", ["prix"] = "price",
        ["tax"] = "tax", ["tax rate"] = "tax", ["taxRate"] = "tax", ["vat"] = "tax", ["mwst"] = "tax", ["tva"] = "tax",
        ["description"] = "description", ["bezeichnung"] = "description", ["désignation"] = "description",
        ["discount"] = "discount", ["discountPercent"] = "discount", ["rabatt"] = "discount", ["remise"] = "discount",
        ["approval"] = "approval", ["discountApproval"] = "approval",
    };

    public static (IReadOnlyList<TypedLine> Lines, IReadOnlyList<RefusedLine> Refused) Read(string text)
    {
        var (lines, refused) = (new List<TypedLine>(), new List<RefusedLine>());
        string[]? columns = null;
        foreach (var (at, row) in text.Split('\n').Select(row => row.TrimEnd('\r')).Index())
        {
            if (string.IsNullOrWhiteSpace(row)) continue;
            var cells = row.Split('\t').Select(cell => cell.Trim().Trim('"')).ToArray();
            if (columns is null && ColumnsOf(cells) is { } named)
            {
                columns = named;
                continue;
            }

            columns ??= Order;
            if (Fault(cells, columns, lines.Count) is { } fault) refused.Add(new RefusedLine(at + 1, row, fault));
            else lines.Add(LineOf(cells, columns));
        }

        return (lines, refused);
    }

    /// <summary>A number as people and spreadsheets write it, with a dot; null when it is none, or may be read in two ways.</summary>
    public static string? NumberOf(string text) => Entered.Certain(text)?.ToString(CultureInfo.InvariantCulture);

    static string[]? ColumnsOf(string[] cells)
    {
        var named = cells.Select(cell => Headings.GetValueOrDefault(cell.TrimEnd('%', ' '), "")).ToArray();
        return named.Contains("item") && named.Contains("quantity") ? named : null;
    }

    static string? Fault(string[] cells, string[] columns, int before)
    {
        if (before >= Most) return T("Only {0} lines can be entered here; import larger orders.", Most);
        if (cells.Length < 2) return T("It has one cell only; copy the cells from the spreadsheet, so that tabs stand between them.");
        if (Cell(cells, columns, "item").Length == 0) return T("The item is missing.");
        if (Cell(cells, columns, "quantity").Length == 0) return T("The quantity is missing.");
        if (Cell(cells, columns, "price").Length == 0) return T("The price is missing.");
        return Doubtful(cells, columns, "quantity") is { } quantity
            ? T("The quantity “{0}” is no number, or may be read in two ways; write it without a sign for thousands.", quantity)
            : Doubtful(cells, columns, "price") is { } price ? T("The price “{0}” is no number, or may be read in two ways; write it without a sign for thousands.", price)
            : Doubtful(cells, columns, "tax") is { } tax ? T("The tax rate “{0}” is no number, or may be read in two ways; write it without a sign for thousands.", tax)
            : Doubtful(cells, columns, "discount") is { } off ? T("The discount “{0}” is no number, or may be read in two ways; write it without a sign for thousands.", off)
            : null;
    }

    static string? Doubtful(string[] cells, string[] columns, string column) => Cell(cells, columns, column) is { Length: > 0 } cell && NumberOf(cell) is null ? cell : null;

    static TypedLine LineOf(string[] cells, string[] columns)
    {
        string Number(string column) => NumberOf(Cell(cells, columns, column)) ?? "";
        return new TypedLine(
            Cell(cells, columns, "item"), Number("quantity"), Number("price"), Number("tax"), Cell(cells, columns, "description"), Number("discount"),
            Cell(cells, columns, "approval"));
    }

    static string Cell(string[] cells, string[] columns, string column) => Array.IndexOf(columns, column) is >= 0 and var at && at < cells.Length ? cells[at] : "";
}
