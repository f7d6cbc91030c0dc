using System.Diagnostics;
using System.Globalization;
using System.Text;
using Aval.Bench.Comparison;
using Aval.Import;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;
using Npgsql;
using NpgsqlTypes;

namespace Aval.Bench;

/// <summary>
/// The aging of a whole portfolio in PostgreSQL: by its own SQL, and by binary COPY out into columns clustered by payer, a loop over them, and binary COPY back.
/// Both leave a table of figures by payer, which must be the same.
/// </summary>
static class PortfolioBench
{
    const int Rounds = 3;
    const string Today = "2026-06-30";
    static readonly int Day = DateOnly.ParseExact(Today, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;
    static readonly string[] Buckets = ["not_due", "d1to30", "d31to60", "d61to90", "over90"];
    static readonly string[] Where = ["<= 0", "BETWEEN 1 AND 30", "BETWEEN 31 AND 60", "BETWEEN 61 AND 90", "> 90"];

    /// <param name="database">A connection string without its database; null for a server of the bench's own.</param>
    public static async Task RunAsync(TextWriter output, int items, int payers, string? database)
    {
        await using var own = database is null ? await OwnPostgres.StartAsync() : null;
        var place = $"{database ?? own!.Connection};Database=aval_bench_{Guid.CreateVersion7():N};Command Timeout=0";
        await using (await OpenStore.OpenAsync("", place)) await output.WriteLineAsync("filling");
        await using var connection = new NpgsqlConnection(place);
        await connection.OpenAsync();
        await FillAsync(connection, items, payers);
        await output.WriteLineAsync("round | SQL s | columns s: out, clustered, aged, back | of SQL | aged by the rule, by a plain loop, ms");
        for (var round = 1; round <= Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await SqlAsync(connection);
            var sql = watch.Elapsed.TotalSeconds;
            await output.WriteLineAsync($"{round} | {Text(sql)} | {await ColumnsAsync(connection, items, payers, sql)}");
        }

        if (await CountAsync(connection, "SELECT count(*) FROM ((TABLE aged_sql EXCEPT TABLE aged) UNION ALL (TABLE aged EXCEPT TABLE aged_sql)) AS other") > 0)
            throw new InvalidOperationException("the two ways do not come to the same figures");
        await output.WriteLineAsync($"{await CountAsync(connection, "SELECT count(*) FROM aged"):N0} payers, the same figures both ways");
    }

    /// <summary>Straight into the table: invoices of all payers follow each other, as they do in a company.</summary>
    static async Task FillAsync(NpgsqlConnection connection, int items, int payers)
    {
        await ExecuteAsync(connection, $"""
            INSERT INTO invoice (lane, root, number, customer, payer, date, due_date, currency, amount, draft, settled, at_risk, from_sequence, live)
            SELECT p % 32, 'C' || p, 'I' || n, 'C' || p, 'C' || p, DATE '{Today}' - d - 30, DATE '{Today}' - d, 'EUR', 1000 + n * 7919 % 900000, false, n % 900, 0, n, true
            FROM (SELECT n, n * 7919 % {payers} AS p, CAST(n * 104729 % 240 - 90 AS INTEGER) AS d FROM generate_series(1, CAST({items} AS BIGINT)) AS n) AS item
            """);
        await ExecuteAsync(connection, "VACUUM ANALYZE invoice");
    }

    static async Task SqlAsync(NpgsqlConnection connection)
    {
        var sums = Buckets.Zip(Where, (name, days) => $"CAST(COALESCE(sum(amount - settled) FILTER (WHERE DATE '{Today}' - due_date {days}), 0) AS BIGINT) AS {name}");
        await ExecuteAsync(connection, "DROP TABLE IF EXISTS aged_sql");
        await ExecuteAsync(
            connection, $"CREATE TABLE aged_sql AS SELECT payer, {string.Join(", ", sums)} FROM invoice WHERE {Open} GROUP BY payer");
    }

    const string Open = $"to_sequence IS NULL AND live AND NOT draft AND date <= DATE '{Today}'";

    static async Task<string> ColumnsAsync(NpgsqlConnection connection, int items, int payers, double sql)
    {
        var figures = string.Join(", ", Buckets.Select(name => name + " BIGINT NOT NULL"));
        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS aged; CREATE TABLE aged (payer TEXT NOT NULL, {figures})");
        var watch = Stopwatch.StartNew();
        var read = Columns.Read(connection, items, payers);
        var out1 = watch.Elapsed.TotalSeconds;
        var clustered = read.Clustered();
        var out2 = watch.Elapsed.TotalSeconds;
        var aged = clustered.ByRule();
        var out3 = watch.Elapsed.TotalSeconds;
        await WriteAsync(connection, read.Names, aged);
        var all = watch.Elapsed.TotalSeconds;
        watch.Restart();
        clustered.ByLoop();
        var loop = watch.Elapsed.TotalMilliseconds;
        return $"{Text(all)}: {Text(out1)}, {Text(out2 - out1)}, {Text(out3 - out2)}, {Text(all - out3)} | {Text(all / sql)} | {Text((out3 - out2) * 1000)}, {Text(loop)}";
    }

    static async Task WriteAsync(NpgsqlConnection connection, List<string> names, AgingBuckets[] aged)
    {
        await using var rows = await connection.BeginBinaryImportAsync("COPY aged FROM STDIN (FORMAT BINARY)");
        for (var i = 0; i < aged.Length; i++)
        {
            await rows.StartRowAsync();
            await rows.WriteAsync(names[i], NpgsqlDbType.Text);
            foreach (var amount in new[] { aged[i].NotDue, aged[i].D1To30, aged[i].D31To60, aged[i].D61To90, aged[i].Over90 }) await rows.WriteAsync(amount, NpgsqlDbType.Bigint);
        }

        await rows.CompleteAsync();
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    static async Task<long> CountAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static string Text(double figure) => figure.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>What is open as columns: whose, due when, how much.</summary>
    /// <param name="Names">Of the payers, by their places.</param>
    sealed record Columns(List<string> Names, int[] Payers, int[] Due, long[] Amounts)
    {
        public static Columns Read(NpgsqlConnection connection, int items, int payers)
        {
            var columns = new Columns(new List<string>(payers), new int[items], new int[items], new long[items]);
            var places = new Dictionary<string, int>(payers, StringComparer.Ordinal);
            var known = places.GetAlternateLookup<ReadOnlySpan<char>>();
            Span<char> name = stackalloc char[256];
            using var rows = new PostgresRows(connection, $"SELECT payer, due_date, amount - settled FROM invoice WHERE {Open}");
            for (var i = 0; rows.Next(); i++)
            {
                var payer = name[..Encoding.UTF8.GetChars(rows.Text(0), name)];
                if (!known.TryGetValue(payer, out var place))
                {
                    place = columns.Names.Count;
                    columns.Names.Add(new string(payer));
                    known[payer] = place;
                }

                (columns.Payers[i], columns.Due[i], columns.Amounts[i]) = (place, rows.Day(1), rows.Whole(2));
            }

            return columns;
        }

        /// <summary>The same with the items of a payer beside each other: counted, then each put in its place.</summary>
        public Clustered Clustered()
        {
            var starts = new int[Names.Count + 1];
            foreach (var payer in Payers) starts[payer + 1]++;
            for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
            var (next, due, amounts) = (starts[..^1], new int[Due.Length], new long[Due.Length]);
            for (var i = 0; i < Payers.Length; i++)
            {
                var place = next[Payers[i]]++;
                (due[place], amounts[place]) = (Due[i], Amounts[i]);
            }

            return new Clustered(starts, due, amounts);
        }
    }

    /// <param name="Starts">Where each payer's items begin, and where the last one's end.</param>
    sealed record Clustered(int[] Starts, int[] Due, long[] Amounts)
    {
        public AgingBuckets[] ByRule()
        {
            var aged = new AgingBuckets[Starts.Length - 1];
            for (var payer = 0; payer < aged.Length; payer++)
            {
                var sum = default(AgingBuckets);
                for (var i = Starts[payer]; i < Starts[payer + 1]; i++) sum += AgingBuckets.Of(Amounts[i], Day - Due[i]);
                aged[payer] = sum;
            }

            return aged;
        }

        public long[] ByLoop()
        {
            var sums = new long[(Starts.Length - 1) * 5];
            for (var payer = 0; payer < Starts.Length - 1; payer++)
                for (var i = Starts[payer]; i < Starts[payer + 1]; i++)
                {
                    var days = Day - Due[i];
                    sums[(payer * 5) + (days <= 0 ? 0 : days <= 30 ? 1 : days <= 60 ? 2 : days <= 90 ? 3 : 4)] += Amounts[i];
                }

            return sums;
        }
    }
}
