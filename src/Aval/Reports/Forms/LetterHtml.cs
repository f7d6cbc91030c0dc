using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Aval.Reports.Forms;

/// <summary>A statement of account as a page that stands by itself, to be read or printed.</summary>
static class LetterHtml
{
    const string Style = """
        body{font:14px/1.4 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;margin:1rem 0}
        th,td{padding:.3rem .5rem;border-bottom:1px solid #ccc;text-align:left}.r{text-align:right;white-space:nowrap}caption{text-align:left;font-weight:bold}
        """;

    /// <summary>Letters of all scripts stay as they are: the page says that it is UTF-8.</summary>
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(AccountLetter letter)
    {
        var page = new StringBuilder();
        var title = Encoder.Encode(LetterText.Title(letter));
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{Style}</style></head><body>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Encoder.Encode(letter.From)}</p><p>{string.Join("<br>", letter.To.Select(Encoder.Encode))}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1><p>Customer {Encoder.Encode(letter.Payer)}</p>");
        if (letter.Moved.Count > 0) Table(page, "What has moved your account", LetterText.MovedHeads, 4, letter.Moved.Select(LetterText.Moved));
        Table(page, "Open documents", LetterText.Heads, 4, letter.Rows.Select(LetterText.Row));
        foreach (var balance in letter.Balances) page.Append(CultureInfo.InvariantCulture, $"<p><strong>{Encoder.Encode(LetterText.Balance(balance))}</strong></p>");
        Table(page, "Open invoices by days past due", LetterText.Buckets, 1, letter.Aging.Select(LetterText.Row));
        return page.Append(CultureInfo.InvariantCulture, $"<p>{Encoder.Encode(LetterText.Remark(letter))}</p></body></html>").ToString();
    }

    /// <param name="figures">The first column that stands to the right.</param>
    static void Table(StringBuilder page, string caption, string[] heads, int figures, IEnumerable<string[]> rows)
    {
        string Cells(string[] cells, string tag, string scope) => string.Concat(cells.Select((cell, at) =>
            $"<{tag}{scope}{(at >= figures ? " class=\"r\"" : "")}>{Encoder.Encode(cell)}</{tag}>"));

        page.Append(CultureInfo.InvariantCulture, $"<table><caption>{caption}</caption><thead><tr>{Cells(heads, "th", " scope=\"col\"")}</tr></thead><tbody>");
        foreach (var row in rows) page.Append(CultureInfo.InvariantCulture, $"<tr>{Cells(row, "td", "")}</tr>");
        page.Append("</tbody></table>");
    }
}
