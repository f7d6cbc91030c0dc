using System.Text;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables;

namespace Aval.Import;

/// <summary>Reads rows of invoices from their bytes: a number is made of its digits, a customer's text once for all rows that name it.</summary>
/// <remarks>It takes only what can be read in one way; everything else is left to the reader that also says what is wrong.</remarks>
sealed class InvoiceRows
{
    static readonly string[] Known = ["number", "customer", "date", "dueDate", "currency", "amount", "order", "draft", "charge"];

    /// <summary>Of more customers the texts are made again.</summary>
    const int MostCustomers = 100_000;

    /// <summary>Digits that a whole number holds without looking.</summary>
    const int MostDigits = 18;
    const int FirstYear = 1900;
    const int LastYear = 2999;

    readonly int[] places;
    readonly Dictionary<string, string> customers = new(StringComparer.Ordinal);
    readonly Dictionary<int, Currency> currencies = [];

    InvoiceRows(int[] places) => this.places = places;

    /// <summary>The reader of these columns; null where one is among them that it does not know, or one is missing that every invoice has.</summary>
    public static Func<CsvRecord, InvoiceBody?>? Of(IReadOnlyList<string> columns)
    {
        var found = Array.ConvertAll(Known, name => Header.Place(columns, name));
        return columns.All(Known.Contains) && found.AsSpan(0, 6).IndexOf(-1) < 0 ? new InvoiceRows(found).Read : null;
    }

    InvoiceBody? Read(CsvRecord record)
    {
        var draft = Field(record, 7);
        if (!Field(record, 8).IsEmpty || (!draft.IsEmpty && !draft.SequenceEqual("false"u8))) return null;
        if (!TryDay(record[places[2]], out var date) || !TryDay(record[places[3]], out var due)) return null;
        if (!TryCurrency(record[places[4]], out var currency) || !TryAmount(record[places[5]], out var amount)) return null;
        var number = record[places[0]];
        var order = Field(record, 6);
        if (!IsPlain(number) || !IsPlain(record[places[1]]) || !(order.IsEmpty || IsPlain(order))) return null;
        return new InvoiceBody(
            Encoding.ASCII.GetString(number), CustomerOf(record[places[1]]), date, due, currency, amount, order.IsEmpty ? null : Encoding.ASCII.GetString(order));
    }

    ReadOnlySpan<byte> Field(CsvRecord record, int known) => places[known] < 0 ? default : record[places[known]];

    /// <summary>Visible ASCII without blanks: nothing of it could be meant otherwise.</summary>
    static bool IsPlain(ReadOnlySpan<byte> text) => text.Length is > 0 and <= Numbers.Longest && !text.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    string CustomerOf(ReadOnlySpan<byte> text)
    {
        Span<char> name = stackalloc char[Numbers.Longest];
        name = name[..Encoding.ASCII.GetChars(text, name)];
        var known = customers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(name, out var customer)) return customer;
        if (customers.Count == MostCustomers) customers.Clear();
        customer = new string(name);
        return customers[customer] = customer;
    }

    static bool TryDay(ReadOnlySpan<byte> text, out DateOnly date)
    {
        var day = RawRows.DayOf(text);
        date = day is { } number ? DateOnly.FromDayNumber(number) : default;
        return day is not null && date.Year is >= FirstYear and <= LastYear;
    }

    bool TryCurrency(ReadOnlySpan<byte> text, out Currency currency)
    {
        currency = default;
        if (text.Length != 3) return false;
        var code = (text[0] << 16) | (text[1] << 8) | text[2];
        if (currencies.TryGetValue(code, out currency)) return true;
        if (!Currency.TryOf(Encoding.ASCII.GetString(text), out currency)) return false;
        currencies[code] = currency;
        return true;
    }

    /// <summary>Digits, and after a point at least one more.</summary>
    static bool TryAmount(ReadOnlySpan<byte> text, out decimal amount)
    {
        amount = 0;
        if (text.Length is 0 or > MostDigits || text[0] == (byte)'.' || text[^1] == (byte)'.') return false;
        var (digits, scale, point) = (0L, 0, false);
        foreach (var c in text)
        {
            if (c == (byte)'.')
            {
                if (point) return false;
                point = true;
                continue;
            }

            if (c is < (byte)'0' or > (byte)'9') return false;
            digits = (digits * 10) + (c - '0');
            if (point) scale++;
        }

        amount = new decimal(unchecked((int)digits), (int)(digits >> 32), 0, isNegative: false, (byte)scale);
        return true;
    }
}
