using System.Buffers;
using System.Security.Cryptography;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>One link of a root's chain, as stored: the body's bytes are the truth, the other columns repeat it for queries.</summary>
/// <param name="TextCount">Texts that it keeps beside its body.</param>
public sealed record Entry(
    string Root, long Sequence, DateTimeOffset At, DateOnly BusinessDate, string Actor, string Command, byte[] Body, byte[] PreviousHash, byte[] Hash, int TextCount)
{
    /// <summary>The texts beside the body, where the entry was read with them.</summary>
    public IReadOnlyList<EntryText> Texts { get; init; } = [];

    /// <summary>The meaning of the rules that made the entries of today. It rises when a rule's meaning changes; a replay of older ones then says so.</summary>
    public const int Engine = 1;

    /// <summary>What stands before the first entry of a root.</summary>
    public static readonly byte[] Genesis = new byte[SHA256.HashSizeInBytes];

    /// <summary>SHA-256 over the previous hash and the body's stored bytes.</summary>
    public static byte[] HashOf(byte[] previous, byte[] body)
    {
        var both = ArrayPool<byte>.Shared.Rent(previous.Length + body.Length);
        previous.CopyTo(both, 0);
        body.CopyTo(both, previous.Length);
        var hash = SHA256.HashData(both.AsSpan(0, previous.Length + body.Length));
        ArrayPool<byte>.Shared.Return(both);
        return hash;
    }
}

/// <summary>What an entry says, read from its body.</summary>
/// <param name="Reason">What was said as the reason.</param>
/// <param name="Written">The rows that it wrote, as their values in the order of the table's columns.</param>
/// <param name="Claims">The numbers and keys that the act used up.</param>
/// <param name="Joined">Parties that belong to this root from now on, and what they hang under.</param>
/// <param name="Parted">Parties that belong to another root from now on.</param>
/// <param name="With">The entries of other roots that the same act wrote.</param>
/// <param name="Clock">The business date from now on, where the act has moved it.</param>
/// <param name="Texts">The texts that the body only refers to, in the order in which it does.</param>
public sealed record EntryContent(
    string? Reason,
    IReadOnlyList<(Table Table, object?[] Values)> Written,
    IReadOnlyList<(Table Table, string Key)> Left,
    IReadOnlyList<ClaimRow> Claims,
    IReadOnlyList<(string Party, string? Above)> Joined,
    IReadOnlyList<string> Parted,
    IReadOnlyList<string> Moved,
    IReadOnlyList<(string Root, long Sequence)> With,
    byte[]? Result,
    DateOnly? Clock,
    IReadOnlyList<KeptText> Texts)
{
    IReadOnlyList<(Table Table, object Row)>? rows;

    public IReadOnlyList<(Table Table, object Row)> Rows => rows ??= [.. Written.Select(row => (row.Table, row.Table.Read(new Values(row.Values))))];

    /// <summary>The rows as the answer to one of the numbers that the act used up: where there were several in its scope, that document's own come last.</summary>
    internal IEnumerable<object> RowsFor(ClaimRow used) => Claims.Count(claim => claim.Scope == used.Scope) > 1
        ? Rows.OrderBy(row => row.Table.KeyOf(row.Row) == used.Number).Select(row => row.Row)
        : Rows.Select(row => row.Row);

    /// <summary>The facts with this entry's rows: what catches up a node's cache, and what a replay does.</summary>
    public Facts ApplyTo(Facts facts)
    {
        foreach (var (_, row) in Rows) facts = facts.With(row);
        foreach (var (table, key) in Left)
            if (facts.Find(table.RowType, key) is { } row) facts = facts.Without(row);
        foreach (var (table, row) in Rows)
            if (!table.IsLive(row)) facts = facts.Without(row);
        return facts;
    }
}
