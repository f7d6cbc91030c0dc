using System.Text;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>The versions that the tables hold of a stretch of roots, as bytes; those of one key follow each other by the entry that wrote them.</summary>
sealed class StoredVersions
{
    /// <summary>In the place of a value that is null, and of the number of an entry that there is none of.</summary>
    public const long None = long.MinValue;

    readonly uint seed = (uint)Random.Shared.Next();
    readonly List<Version> versions = [];
    readonly List<KeyVersions> keys = [];
    readonly List<long> cells = [];
    byte[] bytes = new byte[1 << 20];
    int used;
    int[] buckets = [];

    public IReadOnlyList<KeyVersions> Keys => keys;

    public void Clear()
    {
        versions.Clear();
        keys.Clear();
        cells.Clear();
        (used, buckets) = (0, []);
    }

    /// <summary>Takes a table's rows: root, its columns, from, to, live; by root, key and from.</summary>
    /// <param name="rootOf">The place of a root in the stretch; negative for one that is not in it.</param>
    public void Read(RawRows rows, Table table, Func<ReadOnlySpan<byte>, int> rootOf)
    {
        var count = table.Columns.Count;
        KeyVersions? key = null;
        while (rows.Next())
        {
            var root = rootOf(rows.Text(0));
            if (root < 0) continue;
            var first = cells.Count;
            for (var i = 0; i < count; i++) cells.Add(rows.IsNull(i + 1) ? None : Cell(rows, i + 1, table.Columns[i].Kind));
            var at = versions.Count;
            versions.Add(new Version(first, rows.Whole(count + 1), rows.IsNull(count + 2) ? None : rows.Whole(count + 2), rows.Flag(count + 3)));
            if (key is null || key.Root != root || !Bytes(key.Key).SequenceEqual(Bytes(cells[first])))
                keys.Add(key = new KeyVersions(table, root, cells[first], at));
            key.End = at + 1;
        }
    }

    /// <summary>So that keys are found, once all is read.</summary>
    public void Index()
    {
        buckets = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, keys.Count * 2))];
        for (var i = 0; i < keys.Count; i++)
        {
            ref var bucket = ref buckets[Bucket(keys[i].Root, Bytes(keys[i].Key))];
            keys[i].NextInBucket = bucket;
            bucket = i + 1;
        }
    }

    public KeyVersions? Find(Table table, int root, ReadOnlySpan<byte> key)
    {
        for (var i = buckets[Bucket(root, key)]; i > 0; i = keys[i - 1].NextInBucket)
            if (keys[i - 1] is var found && found.Root == root && ReferenceEquals(found.Table, table) && Bytes(found.Key).SequenceEqual(key)) return found;
        return null;
    }

    public Version this[int at] => versions[at];

    public long Cell(in Version version, int column) => cells[version.Cells + column];

    /// <summary>The bytes of a text's cell.</summary>
    public ReadOnlySpan<byte> Bytes(long cell) => bytes.AsSpan((int)(cell >> 32), (int)(cell & uint.MaxValue));

    /// <summary>The row of the business.</summary>
    public object Row(Table table, in Version version)
    {
        var values = new object?[table.Columns.Count];
        for (var i = 0; i < values.Length; i++)
            if (Cell(version, i) is var cell && cell != None) values[i] = Value(table.Columns[i].Kind, cell);
        return table.Read(new Values(values));
    }

    object Value(ColumnKind kind, long cell) => kind switch
    {
        ColumnKind.Text or ColumnKind.Json => Encoding.UTF8.GetString(Bytes(cell)),
        ColumnKind.Whole => cell,
        ColumnKind.Date => DateOnly.FromDayNumber((int)cell),
        ColumnKind.Flag => cell != 0,
        ColumnKind.Instant => new DateTimeOffset(cell, TimeSpan.Zero),
    };

    long Cell(RawRows rows, int at, ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Json => Keep(rows.Text(at)),
        ColumnKind.Whole => rows.Whole(at) is var whole && whole != None ? whole : throw new OverflowException("no amount is that small"),
        ColumnKind.Date => rows.Day(at),
        ColumnKind.Flag => rows.Flag(at) ? 1 : 0,
        ColumnKind.Instant => rows.Instant(at),
    };

    long Keep(ReadOnlySpan<byte> text)
    {
        if (used + text.Length > bytes.Length) Array.Resize(ref bytes, Math.Max(checked(bytes.Length * 2), used + text.Length));
        text.CopyTo(bytes.AsSpan(used));
        var cell = ((long)used << 32) | (uint)text.Length;
        used += text.Length;
        return cell;
    }

    int Bucket(int root, ReadOnlySpan<byte> key)
    {
        unchecked
        {
            var hash = seed ^ ((uint)root * 2654435761u);
            foreach (var b in key) hash = (hash ^ b) * 16777619u;
            return (int)((hash ^ (hash >> 15)) & (uint)(buckets.Length - 1));
        }
    }

    /// <param name="Cells">Where its first value stands.</param>
    /// <param name="To"><see cref="None"/> where it is current.</param>
    public readonly record struct Version(int Cells, long From, long To, bool Live);
}

/// <summary>The versions of one key at one root, and how far the entries have told them.</summary>
/// <param name="root">The root's place in its stretch.</param>
/// <param name="key">The cell of the key.</param>
sealed class KeyVersions(Table table, int root, long key, int first)
{
    int told;

    public Table Table => table;
    public int Root => root;
    public long Key => key;
    public int First => first;

    /// <summary>The version that no entry has told yet.</summary>
    public int Next => first + told;

    /// <summary>The one after the last.</summary>
    public int End { get; set; }
    public int NextInBucket { get; set; }

    /// <summary>True from an entry that writes it to one that takes it away.</summary>
    public bool Stands { get; set; }

    /// <summary>True when the last version that was told is not as its entry says.</summary>
    public bool Differs { get; set; }

    /// <summary>An entry writes the next version.</summary>
    public void Tell() => (told, Stands) = (told + 1, true);

    /// <summary>The last version's row, where it was needed and rules still do.</summary>
    public object? Row { get; set; }
}
