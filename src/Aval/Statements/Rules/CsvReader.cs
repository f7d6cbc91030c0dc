using System.Collections.Immutable;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>Reads a bank's CSV file by a saved mapping. Columns that the mapping does not name are passed over; every row has as many fields as the header.</summary>
static class CsvReader
{
    /// <summary>True when the file's header has all columns that the mapping names.</summary>
    public static bool Fits(ReadOnlySpan<byte> file, CsvMapping mapping)
    {
        try
        {
            var header = CsvRows.Of(TextOf(file, mapping), mapping.Delimiter, mapping.SkipLines).FirstOrDefault().Fields;
            return header is not null && mapping.Columns.All(column => header.Exists(name => IsNamed(name, column.Header)));
        }
        catch (UnreadableException)
        {
            return false;
        }
    }

    public static ImmutableArray<BankStatement> Read(ReadOnlySpan<byte> file, CsvMapping mapping)
    {
        var rows = CsvRows.Of(TextOf(file, mapping), mapping.Delimiter, mapping.SkipLines).ToList();
        if (rows.Count == 0) throw new UnreadableException(mapping.SkipLines + 1, "expected a header with the names of the columns");
        var header = rows[0].Fields;
        var places = mapping.Columns.Select(column => (column.Column, Place: header.FindIndex(name => IsNamed(name, column.Header)), column.Header)).ToList();
        foreach (var (_, place, name) in places)
            if (place < 0) throw new UnreadableException(rows[0].Line, $"expected a column {name} in the header");
            else if (header.FindLastIndex(other => IsNamed(other, name)) != place) throw new UnreadableException(rows[0].Line, $"expected one column {name} in the header");
        var (read, signs) = (new List<(string Account, Currency Currency, BankEntry Entry, long? Balance)>(), new CsvSigns());
        foreach (var (line, fields) in rows.Skip(1))
        {
            if (places.TrueForAll(place => place.Place < fields.Count && fields[place.Place].Trim().Length == 0)) continue;
            // Many banks end a row with a delimiter, but not the header.
            if (fields.Count < header.Count || !fields.Skip(header.Count).All(field => field.Trim().Length == 0))
                throw new UnreadableException(line, $"expected {header.Count} fields as in the header, found {fields.Count}");
            read.Add(new CsvRow(mapping, places, line, fields, signs).Read());
        }

        return [.. read.GroupBy(row => (row.Account, row.Currency)).Select(account => Statement(account.Key.Account, account.Key.Currency, [.. account], rows[0].Line))];
    }

    static bool IsNamed(string field, string name) => field.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);

    static string TextOf(ReadOnlySpan<byte> file, CsvMapping mapping) => FileText.Of(file, mapping.Encoding is null ? null : FileText.Find(mapping.Encoding));

    /// <summary>Where a column tells the balance after each entry, the rows go from old to new or from new to old; both are tried.</summary>
    static BankStatement Statement(string account, Currency currency, List<(string Account, Currency Currency, BankEntry Entry, long? Balance)> rows, int line)
    {
        var (opening, closing, differences) = ((Balance?)null, (Balance?)null, ImmutableArray<Wording>.Empty);
        if (rows.TrueForAll(row => row.Balance is not null))
        {
            var upward = Break(rows);
            var turned = Enumerable.Reverse(rows).ToList();
            var oldFirst = upward is null || Break(turned) is not null;
            if (oldFirst && upward is { } broken)
                differences = [$"line {broken.Line}: the balance after the entry is not the balance before it and the entry's amount"];
            if (!oldFirst) rows = turned;
            opening = new Balance(rows[0].Balance!.Value - rows[0].Entry.Amount, currency, rows[0].Entry.Day);
            closing = differences.IsEmpty ? new Balance(rows[^1].Balance!.Value, currency, rows[^1].Entry.Day) : null;
        }

        return new BankStatement(
            StatementFormat.Csv, account, currency, null, null, null, true, opening, closing, [.. rows.Select(row => row.Entry)], 0, differences, line);
    }

    static BankEntry? Break(List<(string Account, Currency Currency, BankEntry Entry, long? Balance)> rows)
    {
        for (var i = 1; i < rows.Count; i++)
            if (rows[i - 1].Balance + rows[i].Entry.Amount != rows[i].Balance) return rows[i].Entry;
        return null;
    }
}

/// <summary>How a file writes what went out.</summary>
sealed class CsvSigns
{
    /// <summary>Null while no row has told.</summary>
    public bool? OutWithMinus { get; set; }
}

/// <summary>One row by a mapping.</summary>
/// <param name="signs">Of the rows before.</param>
sealed class CsvRow(CsvMapping mapping, List<(CsvColumn Column, int Place, string Header)> places, int line, List<string> fields, CsvSigns signs)
{
    public (string Account, Currency Currency, BankEntry Entry, long? Balance) Read()
    {
        var account = Told.Account(Find(CsvColumn.Account)) ?? mapping.Account ?? throw new UnreadableException(line, "expected an account");
        var currency = Told.Currency(Told.Text(Find(CsvColumn.Currency)) ?? mapping.Currency, line, "currency");
        var amount = Signed(currency);
        var booked = Date(CsvColumn.BookingDate);
        var value = Date(CsvColumn.ValueDate);
        if (booked is null && value is null) throw new UnreadableException(line, "expected a booking or a value date");
        var bank = Told.Reference(Find(CsvColumn.BankReference));
        var part = new EntryPart(
            amount, Told.Reference(Find(CsvColumn.EndToEnd)), Told.Reference(Find(CsvColumn.CreditorReference)), Told.Reference(Find(CsvColumn.Mandate)), null,
            Told.Reference(Find(CsvColumn.CustomerReference)), Told.Text(Find(CsvColumn.Counterparty)), Told.Account(Find(CsvColumn.CounterpartyAccount)),
            Told.Account(Find(CsvColumn.CounterpartyBank)),
            Told.Text(string.Join(' ', places.Where(place => place.Column == CsvColumn.Remittance).Select(place => fields[place.Place]))));
        var code = Told.Text(Find(CsvColumn.Code));
        var reversal = code is not null && mapping.ReversalCodes.Contains(code, StringComparer.OrdinalIgnoreCase);
        return (account, currency, new BankEntry(line, booked, value, amount, reversal, bank, code, [part]), Amount(CsvColumn.Balance, currency));
    }

    string? Find(CsvColumn column) => places.Where(place => place.Column == column).Select(place => fields[place.Place]).FirstOrDefault(told => told.Trim().Length > 0);

    DateOnly? Date(CsvColumn column) => Find(column) is { } told ? Told.Date(told.Trim(), mapping.DateForm, line, Name(column)) : null;

    string Name(CsvColumn column) => places.First(place => place.Column == column).Header;

    long Signed(Currency currency)
    {
        if (Amount(CsvColumn.Amount, currency) is { } amount)
        {
            if (!places.Exists(place => place.Column == CsvColumn.Direction)) return amount;
            var word = Told.Text(Find(CsvColumn.Direction)) ?? "";
            if (mapping.CreditWords.Contains(word, StringComparer.OrdinalIgnoreCase)) return In(amount, CsvColumn.Amount);
            if (mapping.DebitWords.Contains(word, StringComparer.OrdinalIgnoreCase)) return Out(amount, CsvColumn.Amount);
            throw new UnreadableException(line, $"{Name(CsvColumn.Direction)}: expected a word of the mapping for in or out, found {Told.Short(word)}");
        }

        var (credit, debit) = (Amount(CsvColumn.Credit, currency) ?? 0, Amount(CsvColumn.Debit, currency) ?? 0);
        if ((credit == 0) == (debit == 0)) throw new UnreadableException(line, "expected an amount, or exactly one of credit and debit");
        return credit != 0 ? In(credit, CsvColumn.Credit) : Out(debit, CsvColumn.Debit);
    }

    long In(long amount, CsvColumn column) =>
        amount >= 0 ? amount : throw new UnreadableException(line, $"{Name(column)}: expected no minus where money came in");

    /// <summary>Banks write what went out with a minus or without one, but not both in one file: then one of them means what was given back.</summary>
    long Out(long amount, CsvColumn column)
    {
        if (amount == 0) return 0;
        var minus = amount < 0;
        if ((signs.OutWithMinus ??= minus) != minus) throw new UnreadableException(line, $"{Name(column)}: expected the sign that other lines have where money went out");
        return -Math.Abs(amount);
    }

    /// <summary>A signed amount: thousands are marked by what is not the decimal mark, a minus stands before or behind.</summary>
    long? Amount(CsvColumn column, Currency currency)
    {
        if (Told.Text(Find(column)) is not { } told) return null;
        var written = WithoutCurrency(told.Replace('\u2212', '-').Replace(" ", "", StringComparison.Ordinal), currency);
        var (negative, text) = written switch
        {
            ['(', .. var inside, ')'] => (true, inside),
            ['-' or '+', .. var behind] => (written[0] == '-', behind),
            [.. var before, '-' or '+'] => (written[^1] == '-', before),
            _ => (false, written),
        };
        var thousands = mapping.Decimal == ',' ? '.' : ',';
        if (!IsGrouped(text.Split(mapping.Decimal)[0], thousands))
            throw new UnreadableException(line, $"{Name(column)}: expected an amount such as 1234{mapping.Decimal}50, found {Told.Short(told)}");
        var minor = Told.Amount(
            text.Replace(thousands.ToString(), "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal), mapping.Decimal, currency, line, Name(column));
        return negative ? -minor : minor;
    }

    /// <summary>Without the currency's code or sign before or behind the amount; another currency's stays, and is refused.</summary>
    static string WithoutCurrency(string text, Currency currency)
    {
        var sign = currency.Code switch { "EUR" => "€", "GBP" => "£", "USD" => "$", _ => currency.Code };
        foreach (var mark in new[] { currency.Code, sign })
            if (text.EndsWith(mark, StringComparison.Ordinal)) return text[..^mark.Length];
            else if (text.TrimStart('-', '+').StartsWith(mark, StringComparison.Ordinal)) return text.Remove(text.IndexOf(mark, StringComparison.Ordinal), mark.Length);
        return text;
    }

    /// <summary>Marks between thousands stand before exactly three digits, else the mark was meant for decimals.</summary>
    static bool IsGrouped(string whole, char thousands)
    {
        var groups = whole.Split(thousands, '\'');
        return groups.Length == 1 || (groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3));
    }
}
