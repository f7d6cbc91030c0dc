using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>Which state of a document somebody has read: what a GET tells as its <c>ETag</c> and <c>If-Match</c> names. A state that comes back has its tag back.</summary>
public static class Edition
{
    const int TagBytes = 16;

    /// <summary>A hash over all that is kept of the row, without its quotes.</summary>
    public static string TagOf(Table table, object row)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, EntryFormat.Writing)) RowFormat.Write(json, table, row);
        return Base64Url.EncodeToString(SHA256.HashData(buffer.WrittenSpan).AsSpan(0, TagBytes));
    }

    /// <summary>True when the row is in one of the states that were read; <c>*</c> stands for any.</summary>
    internal static bool IsAmong(IReadOnlyList<string> read, Table table, object row) => read.Contains("*") || read.Contains(TagOf(table, row));

    /// <summary>What has changed since, and who changed it last and when.</summary>
    /// <param name="Fields">By their names in the journal; empty when none of the states that were read is known.</param>
    /// <param name="Last">As <c>by key:maria on 2026-03-02 (putCustomer)</c>; empty when there is no such document.</param>
    internal readonly record struct Change(IReadOnlyList<string> Fields, string Last);

    internal static async Task<Change> ChangedAsync(StoreReader reader, Cite edited, string root, IReadOnlyList<string> read, CancellationToken cancel)
    {
        var (table, _, key) = edited;
        await using var command = reader.Command(
            $"SELECT {table.ColumnList}, from_sequence FROM {table.Name} WHERE lane = @lane AND root = @root AND \"{table.KeyColumn}\" = @key ORDER BY from_sequence");
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "key", key);
        var states = new List<(object Row, long Sequence)>();
        await reader.ReadAsync(command, table, (row, rest) => states.Add((row, rest.GetInt64(table.Columns.Count))), cancel);
        if (states.Count == 0) return new([], "");
        var known = states.FindLast(state => read.Contains(TagOf(table, state.Row))).Row;
        return new(
            known is null ? [] :
            [
                .. Enumerable.Range(0, table.Columns.Count).Where(i => !Equals(table.ValueOf(known, i), table.ValueOf(states[^1].Row, i))).Select(i => table.JsonNames[i]),
            ],
            await reader.EntryAsync(root, states[^1].Sequence, cancel) is { } entry ? $"by {entry.Actor} on {entry.BusinessDate:yyyy-MM-dd} ({entry.Command})" : "");
    }
}
