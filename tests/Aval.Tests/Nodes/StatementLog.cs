using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Aval.Tests.Nodes;

/// <summary>A statement as PostgreSQL received it, with the values that were sent along.</summary>
sealed partial record Received(string Session, string Sql, string Values)
{
    /// <summary>The lane that it names by a value; null when it names none.</summary>
    public int? Lane => Place() is { Length: > 0 } place && Regex.Match(Values, $@"\${place} = '(-?\d+)'") is { Success: true } value
        ? int.Parse(value.Groups[1].Value, CultureInfo.InvariantCulture)
        : null;

    /// <summary>The tables that it names.</summary>
    public IEnumerable<string> Tables => Named().Matches(Sql).Select(named => named.Groups[1].Value);

    public bool Writes => Sql.StartsWith("INSERT", StringComparison.Ordinal) || Sql.StartsWith("UPDATE", StringComparison.Ordinal);
    public bool Locks => Sql.Contains("FOR UPDATE", StringComparison.Ordinal);

    /// <summary>The number of the value that is the lane.</summary>
    string Place() => Inserts().IsMatch(Sql) ? "1" : Filters().Match(Sql).Groups[1].Value;

    [GeneratedRegex(@"^INSERT INTO \w+ \(lane, [^)]*\) (?:SELECT|VALUES \()\s?\$1\b")]
    private static partial Regex Inserts();

    [GeneratedRegex(@"\blane = \$(\d+)\b")]
    private static partial Regex Filters();

    [GeneratedRegex(@"\b(?:FROM|JOIN|INTO|UPDATE) ""?(\w+)")]
    private static partial Regex Named();
}

/// <summary>Has a PostgreSQL write down each statement, and reads what it wrote.</summary>
static partial class StatementLog
{
    public static async Task BeginAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        foreach (var sql in new[] { "ALTER SYSTEM SET log_line_prefix = '%c|'", "ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()" })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>In the order in which each session sent them.</summary>
    public static IReadOnlyList<Received> Read(string log)
    {
        var received = new List<Received>();
        foreach (var line in log.Split('\n'))
            if (Statement().Match(line) is { Success: true } statement) received.Add(new Received(statement.Groups[1].Value, statement.Groups[2].Value, ""));
            else if (Detail().Match(line) is { Success: true } detail && received.FindLastIndex(one => one.Session == detail.Groups[1].Value) is >= 0 and var at)
                received[at] = received[at] with { Values = detail.Groups[2].Value };
        return received;
    }

    /// <summary>The transactions of a session: what lies between a beginning and an end.</summary>
    public static IEnumerable<IReadOnlyList<Received>> Transactions(IEnumerable<Received> ofSession)
    {
        var now = new List<Received>();
        foreach (var statement in ofSession)
        {
            if (statement.Sql == "BEGIN") now = [];
            now.Add(statement);
            if (statement.Sql is "COMMIT" or "ROLLBACK") yield return now;
        }
    }

    [GeneratedRegex(@"^([0-9a-f]+\.[0-9a-f]+)\|LOG:  (?:execute [^:]+|statement): (.*)$")]
    private static partial Regex Statement();

    [GeneratedRegex(@"^([0-9a-f]+\.[0-9a-f]+)\|DETAIL:  [Pp]arameters: (.*)$")]
    private static partial Regex Detail();
}
