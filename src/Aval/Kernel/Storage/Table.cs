using System.Text.Json;

namespace Aval.Kernel.Storage;

/// <summary>What a column holds; each kind has one form in .NET, in each database and in the journal.</summary>
public enum ColumnKind
{
    /// <summary><c>string</c> · TEXT.</summary>
    Text,
    /// <summary><c>long</c> · BIGINT: minor units, scaled quantities, counts.</summary>
    Whole,
    /// <summary><c>DateOnly</c> · DATE.</summary>
    Date,
    /// <summary><c>bool</c> · BOOLEAN.</summary>
    Flag,
    /// <summary><c>DateTimeOffset</c> in UTC, to the microsecond · TIMESTAMPTZ.</summary>
    Instant,
    /// <summary><c>string</c> of JSON · TEXT; stands unquoted in the journal.</summary>
    Json,
}

/// <param name="Personal">What of its values is personal; null when nothing is.</param>
public sealed record Column(string Name, ColumnKind Kind, Personal? Personal);

/// <summary>A column with names of people, contacts or free text: the journal keeps them beside the entries, so that they can be erased.</summary>
/// <remarks>docs/decisions/0008-personal-texts-stand-beside-the-journal.md</remarks>
/// <param name="Fields">Of a column of JSON, the properties whose texts are meant, at any depth; of a column of text, none: all of it is.</param>
public sealed record Personal(string Column, params IReadOnlyList<string> Fields);

/// <summary>A table of versioned rows: which columns a row of the business has, how it is written and read back.</summary>
/// <remarks>Beside the declared columns every such table has <c>lane, root, from_sequence, to_sequence, live</c>. A row is never changed: a new version is inserted and
/// the one before is closed with the sequence number that replaced it, so the rows at (root, n) are a query.</remarks>
public abstract class Table
{
    protected Table(string name, IReadOnlyList<Column> columns, string? partyColumn)
    {
        PartyColumn = partyColumn ?? columns.FirstOrDefault(column => column.Name == "payer")?.Name ?? columns.FirstOrDefault(column => column.Name == "customer")?.Name;
        Name = name;
        Columns = columns;
        JsonNames = [.. columns.Select(column => JsonName(column.Name))];
        Encoded = [.. JsonNames.Select(name => JsonEncodedText.Encode(name))];
        ColumnList = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
    }

    public string Name { get; }
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The columns' names, quoted, for a SELECT or INSERT.</summary>
    public string ColumnList { get; }

    /// <summary>The columns' names in the journal: <c>order_date</c> is <c>orderDate</c>.</summary>
    public IReadOnlyList<string> JsonNames { get; }

    /// <summary><see cref="JsonNames"/> as they are written.</summary>
    internal IReadOnlyList<JsonEncodedText> Encoded { get; }

    /// <summary>The first column: unique among the current rows of a root.</summary>
    public string KeyColumn => Columns[0].Name;

    /// <summary>The column with the number of the party to which a row belongs, as <see cref="PartyOf"/> tells it: the payer where there is one, since debts are the payer's.
    /// Null where the rows are of the company or of a bank's account.</summary>
    public string? PartyColumn { get; }

    /// <summary>True when all of its rows are the company's: few, and read for every decision.</summary>
    public abstract bool IsOfCompany { get; }

    /// <summary>The type of its rows; each type has one table.</summary>
    public abstract Type RowType { get; }

    public bool Holds(object row) => row.GetType() == RowType;

    public abstract string KeyOf(object row);

    /// <summary>The party whose move between roots takes this row along.</summary>
    public abstract string PartyOf(object row);

    /// <summary>False for rows that no rule needs any more (a closed order): kept in the table, left out of the facts until a command names them.</summary>
    public abstract bool IsLive(object row);

    /// <summary>True when no row is ever live: what has happened, of which there is no end, and which is read by who asks for it.</summary>
    public abstract bool IsHistory { get; }

    /// <summary>False when every row is live, whatever it says.</summary>
    public abstract bool MayBeClosed { get; }

    public abstract object? ValueOf(object row, int column);

    /// <summary>What the row has in each column, in their order.</summary>
    public object?[] ValuesOf(object row)
    {
        var values = new object?[Columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = ValueOf(row, i);
        return values;
    }

    public abstract object Read(Values values);

    static string JsonName(string column)
    {
        var parts = column.Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }
}

/// <inheritdoc/>
/// <param name="party">The party to which a row belongs; null for a table of the company.</param>
public sealed class Table<TRow>(
    string name,
    IReadOnlyList<(string Name, ColumnKind Kind, Func<TRow, object?> Get)> columns,
    Func<TRow, string>? party,
    Func<Values, TRow> read,
    Func<TRow, bool>? live = null,
    IReadOnlyList<Personal>? personal = null,
    string? partyColumn = null,
    bool history = false)
    : Table(name, [.. columns.Select(column => new Column(column.Name, column.Kind, personal?.FirstOrDefault(of => of.Column == column.Name)))], partyColumn)
    where TRow : class
{
    readonly Func<TRow, object?>[] get = [.. columns.Select(column => column.Get)];

    public override Type RowType => typeof(TRow);
    public override string KeyOf(object row) => (string)get[0]((TRow)row)!;
    public override bool IsOfCompany => party is null;
    public override string PartyOf(object row) => party is null ? Facts.Company : party((TRow)row);
    public override bool IsHistory => history;
    public override bool IsLive(object row) => !history && (live is null || live((TRow)row));
    public override bool MayBeClosed => history || live is not null;
    public override object? ValueOf(object row, int column) => get[column]((TRow)row);
    public override object Read(Values values) => read(values);
}

/// <summary>The values of one stored row, taken in the order of the table's columns.</summary>
public sealed class Values(object?[] items)
{
    int at;

    /// <summary>Starts again at the first column, so that one instance serves a whole result.</summary>
    public Values Rewind()
    {
        at = 0;
        return this;
    }

    public string Text() => (string)items[at++]!;
    public string? TextOrNull() => (string?)items[at++];
    public long Whole() => (long)items[at++]!;
    public long? WholeOrNull() => (long?)items[at++];
    public DateOnly Date() => (DateOnly)items[at++]!;
    public DateOnly? DateOrNull() => (DateOnly?)items[at++];
    public bool Flag() => (bool)items[at++]!;
    public bool? FlagOrNull() => (bool?)items[at++];
    public DateTimeOffset Instant() => (DateTimeOffset)items[at++]!;
    public DateTimeOffset? InstantOrNull() => (DateTimeOffset?)items[at++];
    public TEnum Word<TEnum>() where TEnum : struct, Enum => Words.Parse<TEnum>(Text());
    public TEnum? WordOrNull<TEnum>() where TEnum : struct, Enum => TextOrNull() is { } word ? Words.Parse<TEnum>(word) : null;
    public Currency Currency() => Kernel.Currency.Of(Text());
}

/// <summary>Enum members as the glossary's words: <c>CompanyFault</c> is <c>companyFault</c> in JSON, columns and the journal.</summary>
public static class Words
{
    public static string Of<TEnum>(TEnum value) where TEnum : struct, Enum => Cache<TEnum>.Words[value];
    public static TEnum Parse<TEnum>(string word) where TEnum : struct, Enum => Cache<TEnum>.Values[word];
    public static bool TryParse<TEnum>(string? word, out TEnum value) where TEnum : struct, Enum
    {
        value = default;
        return word is not null && Cache<TEnum>.Values.TryGetValue(word, out value);
    }

    public static IReadOnlyCollection<string> All<TEnum>() where TEnum : struct, Enum => Cache<TEnum>.Values.Keys;

    static class Cache<TEnum> where TEnum : struct, Enum
    {
        internal static readonly Dictionary<TEnum, string> Words =
            Enum.GetValues<TEnum>().ToDictionary(value => value, value => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..]);
        internal static readonly Dictionary<string, TEnum> Values = Words.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
