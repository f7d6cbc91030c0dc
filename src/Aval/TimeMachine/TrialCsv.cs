using System.Globalization;
using System.Text;
using Aval.Kernel.Storage;
using Aval.TimeMachine.Rules;

namespace Aval.TimeMachine;

/// <summary>The orders with another verdict as CSV (RFC 4180), one a line, for spreadsheets.</summary>
public static class TrialCsv
{
    public static string Of(Trial trial)
    {
        // Spreadsheets know UTF-8 by its mark.
        var text = new StringBuilder("\ufefforder,customer,payer,date,occasion,amount,currency,then,draft,findings\r\n");
        foreach (var order in trial.Changed)
            text.AppendJoin(
                ',', Quoted(order.Order), Quoted(order.Customer), Quoted(order.Payer), order.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Words.Of(order.Occasion),
                order.Amount?.ToString(CultureInfo.InvariantCulture), trial.Currency.Code, Words.Of(order.From), Words.Of(order.To),
                string.Join(' ', order.Findings.Select(finding => finding.Code).Distinct())).Append("\r\n");
        return text.ToString();
    }

    /// <summary>A text that a spreadsheet would take for a formula is given an apostrophe, which makes it a text there too (OWASP, CSV injection).</summary>
    static string Quoted(string text)
    {
        var harmless = text.Length > 0 && "=+-@\t\r\n".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return harmless.AsSpan().IndexOfAny("\",\r\n") < 0 ? harmless : "\"" + harmless.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
