using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Statements.Rules;

namespace Aval.Reports;

/// <summary>Totals of the general ledger from a CSV file: columns <c>currency</c> and <c>amount</c>, and <c>payer</c>, which is empty for a control account or left out.</summary>
public static class LedgerTotals
{
    /// <param name="text">With a line of heads; the delimiter is a comma or a semicolon, the decimal mark a point.</param>
    /// <returns>Refuses with <c>field-invalid</c>, which names the line.</returns>
    public static Answered<IReadOnlyList<LedgerTotalBody>> Read(string text)
    {
        text = text.TrimStart('\ufeff');
        var head = text.Split('\n', 2)[0];
        var rows = CsvRows.Of(text, head.Contains(';', StringComparison.Ordinal) ? ';' : ',', skipLines: 0).ToList();
        var names = rows.Count == 0 ? [] : rows[0].Fields.Select(name => name.Trim()).ToList();
        int At(string name) => names.FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        var (payer, currency, amount) = (At("payer"), At("currency"), At("amount"));
        if (currency < 0 || amount < 0) return KernelProblems.Invalid("totals", "must begin with a line of heads that names currency and amount, and payer where payers are told");
        var totals = new List<LedgerTotalBody>();
        foreach (var (line, fields) in rows.Skip(1))
        {
            string? Field(int at) => at >= 0 && at < fields.Count && fields[at].Trim() is { Length: > 0 } value ? value : null;
            if (!Currency.TryOf(Field(currency), out var known)) return KernelProblems.Invalid($"line {line}, currency", "must be a currency in use, as EUR");
            if (!decimal.TryParse(Field(amount), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                return KernelProblems.Invalid($"line {line}, amount", "must be a number with a decimal point and no thousands");
            totals.Add(new LedgerTotalBody(known, value, Field(payer)));
        }

        return totals;
    }
}
