using System.Collections.Immutable;
using System.Globalization;

namespace Aval.Statements.Rules;

/// <summary>What a first look at a bank's CSV file tells: where its header stands and what its columns may hold. A person says whether it is so.</summary>
/// <param name="Header">Names of the columns; empty ones left out.</param>
/// <param name="Rows">The first rows behind it, as many fields each as it has.</param>
/// <param name="Holds">What each column seems to hold; null where nothing tells it.</param>
public sealed record CsvSample(
    char Delimiter, int SkipLines, char Decimal, string DateForm, ImmutableArray<string> Header, ImmutableArray<ImmutableArray<string>> Rows, ImmutableArray<CsvColumn?> Holds)
{
    public const int MostRows = 5;

    static readonly char[] Delimiters = [';', ',', '\t', '|'];

    static readonly string[] DateForms = ["dd.MM.yyyy", "dd/MM/yyyy", "yyyy-MM-dd", "dd.MM.yy", "MM/dd/yyyy", "yyyyMMdd"];

    /// <summary>Words of headers in English, German and French; the first that a name contains counts.</summary>
    static readonly (string Word, CsvColumn Column)[] Words =
    [
        ("valuta", CsvColumn.ValueDate), ("value date", CsvColumn.ValueDate), ("wertstellung", CsvColumn.ValueDate), ("valeur", CsvColumn.ValueDate),
        ("buchungs", CsvColumn.BookingDate), ("booking", CsvColumn.BookingDate), ("date", CsvColumn.BookingDate), ("datum", CsvColumn.BookingDate),
        ("betrag", CsvColumn.Amount), ("amount", CsvColumn.Amount), ("montant", CsvColumn.Amount), ("umsatz", CsvColumn.Amount),
        ("haben", CsvColumn.Credit), ("crédit", CsvColumn.Credit), ("credit", CsvColumn.Credit),
        ("soll", CsvColumn.Debit), ("débit", CsvColumn.Debit), ("debit", CsvColumn.Debit),
        ("währung", CsvColumn.Currency), ("currency", CsvColumn.Currency), ("devise", CsvColumn.Currency),
        ("saldo", CsvColumn.Balance), ("balance", CsvColumn.Balance), ("solde", CsvColumn.Balance),
        ("ende-zu-ende", CsvColumn.EndToEnd), ("end-to-end", CsvColumn.EndToEnd), ("end to end", CsvColumn.EndToEnd), ("mandat", CsvColumn.Mandate),
        ("zweck", CsvColumn.Remittance), ("remittance", CsvColumn.Remittance), ("libell", CsvColumn.Remittance),
        ("description", CsvColumn.Remittance), ("purpose", CsvColumn.Remittance),
        ("iban", CsvColumn.CounterpartyAccount), ("kontonummer", CsvColumn.CounterpartyAccount), ("bic", CsvColumn.CounterpartyBank),
        ("auftraggeber", CsvColumn.Counterparty), ("beteiligte", CsvColumn.Counterparty), ("empfänger", CsvColumn.Counterparty), ("payer", CsvColumn.Counterparty),
        ("name", CsvColumn.Counterparty), ("counterparty", CsvColumn.Counterparty), ("contrepartie", CsvColumn.Counterparty),
        ("referenz", CsvColumn.BankReference), ("reference", CsvColumn.BankReference), ("référence", CsvColumn.BankReference),
    ];

    /// <summary>Null where no line has two fields or more.</summary>
    /// <param name="delimiter">Null finds it.</param>
    /// <param name="skipLines">Before the header; null finds them: the header is the first line with as many fields as most have.</param>
    public static CsvSample? Of(string text, char? delimiter = null, int? skipLines = null)
    {
        var found = (delimiter is { } told ? [told] : Delimiters).Select(mark => (Mark: mark, Rows: Read(text, mark, skipLines ?? 0))).MaxBy(of => Width(of.Rows) * Usual(of.Rows));
        var width = Width(found.Rows);
        var at = skipLines is null ? found.Rows.FindIndex(row => row.Fields.Count == width) : 0;
        if (width < 2 || at < 0) return null;
        ImmutableArray<string> header = [.. found.Rows[at].Fields.Select(name => name.Trim())];
        ImmutableArray<ImmutableArray<string>> rows =
        [
            .. found.Rows.Skip(at + 1).Where(row => row.Fields.Count >= header.Length).Take(MostRows).Select(row => row.Fields.Take(header.Length).ToImmutableArray()),
        ];
        var holds = HeldBy(header);
        return new CsvSample(found.Mark, found.Rows[at].Line - 1, DecimalOf(rows, holds), DateFormOf(rows, holds), header, rows, holds);
    }

    static List<(int Line, List<string> Fields)> Read(string text, char delimiter, int skipLines)
    {
        try
        {
            return [.. CsvRows.Of(text, delimiter, skipLines)];
        }
        catch (UnreadableException)
        {
            return [];
        }
    }

    /// <summary>How many fields most rows have.</summary>
    static int Width(List<(int Line, List<string> Fields)> rows) =>
        rows.Count == 0 ? 0 : rows.CountBy(row => row.Fields.Count).OrderByDescending(of => of.Value).ThenByDescending(of => of.Key).First().Key;

    static int Usual(List<(int Line, List<string> Fields)> rows) => Width(rows) < 2 ? 0 : rows.Count(row => row.Fields.Count == Width(rows));

    static ImmutableArray<CsvColumn?> HeldBy(ImmutableArray<string> header)
    {
        var given = new HashSet<CsvColumn>();
        return [.. header.Select(name =>
        {
            var held = Words.Where(word => name.Contains(word.Word, StringComparison.OrdinalIgnoreCase)).Select(word => (CsvColumn?)word.Column).FirstOrDefault();
            return held is { } column && (given.Add(column) || column == CsvColumn.Remittance) ? held : null;
        })];
    }

    static string DateFormOf(ImmutableArray<ImmutableArray<string>> rows, ImmutableArray<CsvColumn?> holds)
    {
        var dates = Cells(rows, holds, CsvColumn.BookingDate, CsvColumn.ValueDate);
        return DateForms.FirstOrDefault(form => dates.Count > 0 && dates.TrueForAll(date => Is(date, form))) ?? DateForms[0];

        static bool Is(string date, string form) => DateOnly.TryParseExact(date, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    static char DecimalOf(ImmutableArray<ImmutableArray<string>> rows, ImmutableArray<CsvColumn?> holds) =>
        Cells(rows, holds, CsvColumn.Amount, CsvColumn.Credit, CsvColumn.Debit, CsvColumn.Balance)
            .Select(cell => cell.LastIndexOfAny([',', '.']) is >= 0 and var at ? cell[at] : ' ').FirstOrDefault(mark => mark != ' ') is '.' ? '.' : ',';

    static List<string> Cells(ImmutableArray<ImmutableArray<string>> rows, ImmutableArray<CsvColumn?> holds, params CsvColumn[] columns) =>
        [.. rows.SelectMany(row => row.Where((cell, at) => holds[at] is { } held && columns.Contains(held))).Select(cell => cell.Trim()).Where(cell => cell.Length > 0)];
}
