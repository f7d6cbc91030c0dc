using System.Data.Common;
using System.Globalization;

namespace Aval.Kernel.Storage;

/// <summary>The database at one moment, for lists that are given whole: all its readers are one, and a list that is asked for page by page is one statement, read on from
/// where the last page ended. It is for one caller, who asks one thing after the other.</summary>
public sealed class OneReading : SeenStore
{
    readonly StoreReader reader;
    readonly Dictionary<string, OpenList> lists = new(StringComparer.Ordinal);

    OneReading(Store whole, StoreReader reader) : base(whole, null) => this.reader = reader;

    public static async Task<OneReading> BeginAsync(Store whole, CancellationToken cancel)
    {
        var only = await whole.LongSnapshotAsync(cancel);
        return only.Reading = new OneReading(whole, only);
    }

    public override Task<StoreReader> SnapshotAsync(CancellationToken cancel) => Task.FromResult(reader);

    public override async ValueTask DisposeAsync()
    {
        foreach (var list in lists.Values) await list.DisposeAsync();
        await reader.EndAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal async Task<IReadOnlyList<object>> PageAsync(DbCommand ordered, Table table, int skip, int most, CancellationToken cancel)
    {
        var text = ordered.CommandText;
        if (lists.Remove(text, out var list) && list.At != skip)
        {
            await list.DisposeAsync();
            list = null;
        }

        if (list is not null) await ordered.DisposeAsync();
        list ??= await BeginAsync(ordered, table, skip, cancel);
        lists[text] = list;
        return await list.NextAsync(table, most, cancel);
    }

    async Task<OpenList> BeginAsync(DbCommand ordered, Table table, int skip, CancellationToken cancel)
    {
        // Never the same twice: a driver may keep how it fetches from a name.
        var name = "list_" + Guid.NewGuid().ToString("N");
        var list = new OpenList(reader, ordered, reader.CursorOver(name, ordered.CommandText) is { } cursor ? (name, cursor) : null);
        await list.BeginAsync(cancel);
        if (skip > 0) await list.NextAsync(table, skip, cancel);
        return list;
    }

    /// <summary>A list that has been read as far as <see cref="At"/>: by a cursor of the database, or by a result that stays open.</summary>
    sealed class OpenList(StoreReader reader, DbCommand ordered, (string Name, string Begin)? cursor) : IAsyncDisposable
    {
        DbDataReader? result;

        public int At { get; private set; }

        public async Task BeginAsync(CancellationToken cancel)
        {
            if (cursor is { } named)
            {
                ordered.CommandText = named.Begin;
                await ordered.ExecuteNonQueryAsync(cancel);
            }
            else
            {
                result = await ordered.ExecuteReaderAsync(cancel);
            }
        }

        public async Task<IReadOnlyList<object>> NextAsync(Table table, int most, CancellationToken cancel)
        {
            var rows = new List<object>();
            if (cursor is { } named)
            {
                await using var fetch = reader.Plain(string.Create(CultureInfo.InvariantCulture, $"FETCH FORWARD {most} FROM {named.Name}"));
                await reader.ReadAsync(fetch, table, (row, _) => rows.Add(row), cancel);
            }
            else
            {
                await reader.TakeAsync(result!, table, (row, _) => rows.Add(row), most, cancel);
            }

            At += rows.Count;
            return rows;
        }

        public async ValueTask DisposeAsync()
        {
            if (result is not null) await result.DisposeAsync();
            await ordered.DisposeAsync();
        }
    }
}
