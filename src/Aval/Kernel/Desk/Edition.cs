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

    /// <summary>What has changed since: the fields by their names in the journal.</summary>
    /// <returns>Empty when none of the states that were read is known.</returns>
    internal static async Task<IReadOnlyList<string>> ChangedAsync(StoreReader reader, Cite edited, string root, IReadOnlyList<string> read, CancellationToken cancel)
    {
        var (table, _, key) = edited;
        await using var command = reader.Command(
            $"SELECT {table.ColumnList} FROM {table.Name} WHERE lane = @lane AND root = @root AND \"{table.KeyColumn}\" = @key ORDER BY from_sequence");
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "key", key);
        var states = await reader.RowsAsync(command, table, cancel);
        return states.LastOrDefault(state => read.Contains(TagOf(table, state))) is { } known
            ? [.. Enumerable.Range(0, table.Columns.Count).Where(i => !Equals(table.ValueOf(known, i), table.ValueOf(states[^1], i))).Select(i => table.JsonNames[i])]
            : [];
    }
}
