using System.Globalization;
using System.Text;
using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>One entry of a root as it is streamed: its place and its body's bytes.</summary>
public readonly record struct EntryBody(long Sequence, DateOnly BusinessDate, byte[] Body);

/// <summary>What a scan took from an entry.</summary>
/// <param name="Rows">Of each table in the order in which they were written; values in the order of the table's columns, null where none was asked for.</param>
/// <param name="Company">The number of the company's entry that the decision stood on.</param>
public sealed record ScannedEntry(
    IReadOnlyList<(Table Table, object?[] Values)> Rows, IReadOnlyList<(Table Table, string Key)> Left, long Company);

/// <summary>Reads of entries' bodies only the tables and columns that somebody asks for, in one pass over the bytes: for whoever reads a whole journal.</summary>
public sealed class EntryScan
{
    readonly List<Plan> plans;

    /// <param name="wants">Which columns to read; a table of which none is wanted is passed over.</param>
    public EntryScan(Composition composition, Func<Table, Column, bool> wants) =>
        plans = [.. composition.TablesInOrder.Select(table => new Plan(table, wants)).Where(plan => plan.WantsAny)];

    public ScannedEntry Read(byte[] body)
    {
        var json = new Utf8JsonReader(body);
        var rows = new List<(Table, object?[])>(4);
        List<(Table, string)>? left = null;
        var company = 0L;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("rows"u8)) ReadRows(ref json, body, rows);
            else if (json.ValueTextEquals("left"u8)) ReadLeft(ref json, left ??= []);
            else if (json.ValueTextEquals("company"u8))
            {
                json.Read();
                company = json.GetInt64();
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        return new ScannedEntry(rows, left ?? [], company);
    }

    void ReadRows(ref Utf8JsonReader json, byte[] body, List<(Table, object?[])> rows)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var plan = PlanOf(ref json);
            json.Read();
            if (plan is null) json.Skip();
            else
                while (json.Read() && json.TokenType == JsonTokenType.StartObject) rows.Add((plan.Table, plan.Read(ref json, body)));
        }
    }

    void ReadLeft(ref Utf8JsonReader json, List<(Table, string)> left)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var plan = PlanOf(ref json);
            json.Read();
            if (plan is null) json.Skip();
            else
                while (json.Read() && json.TokenType == JsonTokenType.String) left.Add((plan.Table, json.GetString()!));
        }
    }

    Plan? PlanOf(ref Utf8JsonReader json)
    {
        foreach (var plan in plans)
            if (json.ValueTextEquals(plan.Name)) return plan;
        return null;
    }

    /// <summary>How one table's rows are read. Columns stand in the body in the table's order, so each name is looked for from the last one on.</summary>
    sealed class Plan(Table table, Func<Table, Column, bool> wants)
    {
        readonly byte[][] names = [.. table.JsonNames.Select(Encoding.UTF8.GetBytes)];
        readonly bool[] wanted = [.. table.Columns.Select(column => wants(table, column))];

        public Table Table => table;
        public byte[] Name { get; } = Encoding.UTF8.GetBytes(table.Name);
        public bool WantsAny => wanted.Contains(true);

        public object?[] Read(ref Utf8JsonReader json, byte[] body)
        {
            var values = new object?[names.Length];
            var next = 0;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var column = Find(ref json, next);
                json.Read();
                if (column < 0 || !wanted[column]) json.Skip();
                else values[column] = Value(ref json, table.Columns[column], body);
                next = column + 1;
            }

            return values;
        }

        int Find(ref Utf8JsonReader json, int from)
        {
            for (var i = 0; i < names.Length; i++)
            {
                var column = (from + i) % names.Length;
                if (json.ValueTextEquals(names[column])) return column;
            }

            return -1;
        }

        static object Value(ref Utf8JsonReader json, Column column, byte[] body)
        {
            switch (column.Kind)
            {
                case ColumnKind.Text: return json.GetString()!;
                case ColumnKind.Whole: return json.GetInt64();
                case ColumnKind.Date: return DateOnly.ParseExact(json.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
                case ColumnKind.Flag: return json.GetBoolean();
                case ColumnKind.Instant: return json.GetDateTimeOffset();
                case ColumnKind.Json: return column.Personal is { } personal ? RawWithoutTexts(ref json, body, personal.Fields) : Raw(ref json, body);
            }

            throw new InvalidOperationException($"no form of {column.Kind} is known");
        }

        static string Raw(ref Utf8JsonReader json, byte[] body)
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            return Encoding.UTF8.GetString(body.AsSpan(start..(int)json.BytesConsumed));
        }

        /// <summary>JSON with personal texts stands in an array, behind a reference to them where there are any: they stay beside the body.</summary>
        /// <returns>The JSON with a marker in the place of each text: that one was there matters to rules, what it said does not.</returns>
        static string RawWithoutTexts(ref Utf8JsonReader json, byte[] body, IReadOnlyList<string> fields)
        {
            json.Read();
            var apart = json.TokenType == JsonTokenType.String;
            if (apart) json.Read();
            var rest = Raw(ref json, body);
            json.Read();
            return apart ? PersonalJson.Fill(rest, null, fields) : rest;
        }
    }
}
