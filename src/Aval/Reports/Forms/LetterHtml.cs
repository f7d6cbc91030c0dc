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
        var (page, text) = (new StringBuilder(), new LetterText(letter));
        var (words, title) = (text.Words, Encoder.Encode(text.Title));
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=\"{words.Tag}\">");
        page.Append(CultureInfo.InvariantCulture, $"<head><meta charset=\"utf-8\"><title>{title}</title><style>{Style}</style></head><body>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Encoder.Encode(letter.From)}</p><p>{string.Join("<br>", letter.To.Select(Encoder.Encode))}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1><p>{Encoder.Encode(text.Customer)}</p>");
        if (letter.Moved.Count > 0) Table(page, words.Moves, words.MoveHeads, 4, text.Moves);
        Table(page, words.Documents, words.Heads, 4, text.Rows);
        foreach (var balance in text.Balances) page.Append(CultureInfo.InvariantCulture, $"<p><strong>{Encoder.Encode(balance)}</strong></p>");
        Table(page, words.Aging, words.Buckets, 1, text.Aging);
        return page.Append(CultureInfo.InvariantCulture, $"<p>{Encoder.Encode(text.Remark)}</p></body></html>").ToString();
    }

    /// <param name="figures">The first column that stands to the right.</param>
    static void Table(StringBuilder page, string caption, string[] heads, int figures, IEnumerable<string[]> rows)
    {
        string Cells(string[] cells, string tag, string scope) => string.Concat(cells.Select((cell, at) =>
            $"<{tag}{scope}{(at >= figures ? " class=\"r\"" : "")}>{Encoder.Encode(cell)}</{tag}>"));

        page.Append(CultureInfo.InvariantCulture, $"<table><caption>{Encoder.Encode(caption)}</caption><thead><tr>{Cells(heads, "th", " scope=\"col\"")}</tr></thead><tbody>");
        foreach (var row in rows) page.Append(CultureInfo.InvariantCulture, $"<tr>{Cells(row, "td", "")}</tr>");
        page.Append("</tbody></table>");
    }
}
