using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Web;
using Microsoft.AspNetCore.Http;

namespace Aval.Access;

/// <summary>What the access log tells of.</summary>
public enum AccessEvent
{
    SignedIn,
    /// <summary>The name is not known, the password or key is wrong, or the user is disabled.</summary>
    SignInRefused,
    /// <summary>The name was tried too often.</summary>
    SignInLocked,
    SignedOut,
    PasswordChanged,
    /// <summary>A token that the identity provider has signed, and that opens nothing all the same.</summary>
    TokenRefused,
    /// <summary>An administrative address was called, or users or this log were read; the detail has the call and its status.</summary>
    Called,
}

/// <summary>One line of the access log.</summary>
/// <param name="Id">In the order of time.</param>
/// <param name="Who"><c>person:…</c> or <c>key:…</c>; <c>nobody</c> for a name that is no user's, which is not kept since it may be a password.</param>
/// <param name="Address">Where the call came from.</param>
public sealed record AccessEntry(string Id, DateTimeOffset At, string Who, AccessEvent Event, string Detail, string Address);

/// <summary>Which lines of the log are asked for. Null is all.</summary>
/// <param name="From">The first day: of the company on a page, of UTC in the API.</param>
/// <param name="To">The last day.</param>
/// <param name="Who">As it stands there, or without what it is: <c>Clara Novak</c> finds <c>person:Clara Novak</c>.</param>
public sealed record AccessAsked(DateOnly? From, DateOnly? To, string? Who, AccessEvent? Event = null);

/// <summary>Who came in, who was refused, and what was done to users and keys. It only grows: the database refuses anything else.</summary>
sealed class AccessLog(Store store, TimeProvider clock)
{
    public const string Nobody = "nobody";

    /// <summary>Hexadecimal digits of an id that tell the millisecond.</summary>
    const int InstantDigits = 12;

    /// <summary>How much is remembered of what was written already.</summary>
    const int MostTold = 10_000;

    const string Columns = "SELECT id, who, event, detail, address FROM access_log";

    /// <summary>The last first.</summary>
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["when"] = "id", ["who"] = "lower(who)", ["what"] = "event", ["detail"] = "detail", ["address"] = "address" },
        "id DESC", "id DESC");

    readonly ConcurrentDictionary<string, DateTimeOffset> told = new(StringComparer.Ordinal);
    readonly Lock gate = new();
    long last;
    int count;

    public Task WriteAsync(HttpContext context, string who, AccessEvent @event, string detail = "") =>
        WriteAsync(who, @event, detail, context.Connection.RemoteIpAddress?.ToString() ?? "");

    public Task WriteAsync(string who, AccessEvent @event, string detail, string address = "")
    {
        if (@event is AccessEvent.SignInRefused or AccessEvent.SignInLocked or AccessEvent.TokenRefused) Telemetry.Stranger(Words.Of(@event));
        return KeepAsync(who, @event, detail, address);
    }

    Task<int> KeepAsync(string who, AccessEvent @event, string detail, string address) => Statement.RunAsync(
        store, "INSERT INTO access_log (id, who, event, detail, address) VALUES (@id, @who, @event, @detail, @address)", CancellationToken.None,
        ("id", NextId()), ("who", who), ("event", Words.Of(@event)), ("detail", detail),
        ("address", address));

    /// <summary>Whether this was not asked within the time: what anybody can repeat at will must not fill the log.</summary>
    public bool IsNews(string what, TimeSpan within)
    {
        var now = clock.GetUtcNow();
        if (told.Count >= MostTold) told.Clear();
        var news = true;
        told.AddOrUpdate(what, now, (_, last) => (news = now - last >= within) ? now : last);
        return news;
    }

    /// <summary>The last ones first, at most so many.</summary>
    /// <param name="before">The id of the last one that was told.</param>
    public Task<IReadOnlyList<AccessEntry>> ReadAsync(AccessAsked asked, string? before, int most, CancellationToken cancel)
    {
        var (where, values) = Where(asked);
        if (before is not null)
        {
            where += " AND id < @before";
            values.Add(("before", before));
        }

        return Statement.ReadAsync(
            store, $"{Columns} {where} ORDER BY id DESC LIMIT {most.ToString(CultureInfo.InvariantCulture)}", Read, cancel, [.. values]);
    }

    /// <param name="by">One of <see cref="Sorting"/>; null for the last first.</param>
    public async Task<(IReadOnlyList<AccessEntry> Found, int Total)> PageAsync(AccessAsked asked, string? by, bool descending, int skip, int most, CancellationToken cancel)
    {
        var (where, values) = Where(asked);
        var found = await Statement.ReadAsync(
            store, string.Create(CultureInfo.InvariantCulture, $"{Columns} {where} ORDER BY {Sorting.Sql(by, descending)} LIMIT {most} OFFSET {skip}"), Read, cancel, [.. values]);
        if (found.Count < most && (found.Count > 0 || skip == 0)) return (found, skip + found.Count);
        return (found, (await Statement.ReadAsync(store, $"SELECT count(*) FROM access_log {where}", reader => reader.GetInt32(0), cancel, [.. values]))[0]);
    }

    /// <summary>All of them, read by one statement.</summary>
    public IAsyncEnumerable<AccessEntry> AllAsync(AccessAsked asked, string? by, bool descending, CancellationToken cancel)
    {
        var (where, values) = Where(asked);
        return Statement.EachAsync(store, $"{Columns} {where} ORDER BY {Sorting.Sql(by, descending)}", Read, cancel, [.. values]);
    }

    /// <summary>After every id of this node: what happens within a millisecond keeps its order too.</summary>
    string NextId()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            (last, count) = now > last ? (now, 0) : (last, count + 1);
            return string.Create(CultureInfo.InvariantCulture, $"{last:x12}{count:x6}{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        }
    }

    static (string Sql, List<(string Name, object? Value)> Values) Where(AccessAsked asked)
    {
        var (sql, values) = ("WHERE 1 = 1", new List<(string, object?)>());
        void Add(string condition, string name, object? value)
        {
            if (value is null) return;
            sql += condition;
            values.Add((name, value));
        }

        Add(" AND id >= @from", "from", Bound(asked.From));
        Add(" AND id < @to", "to", Bound(asked.To is { } last && last < DateOnly.MaxValue ? last.AddDays(1) : null));
        Add(" AND who IN (@who, 'person:' || @who, 'key:' || @who)", "who", asked.Who);
        Add(" AND event = @event", "event", asked.Event is { } known ? Words.Of(known) : null);
        return (sql, values);
    }

    static string? Bound(DateOnly? day)
    {
        if (day is not { } date) return null;
        return Math.Max(0, Zone.StartOf(date).ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture);
    }

    static AccessEntry Read(System.Data.Common.DbDataReader reader)
    {
        var id = reader.GetString(0);
        return new AccessEntry(
            id, DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id.AsSpan(0, InstantDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            reader.GetString(1), Words.Parse<AccessEvent>(reader.GetString(2)), reader.GetString(3), reader.GetString(4));
    }
}
