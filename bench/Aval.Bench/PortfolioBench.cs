using System.Diagnostics;
using System.Globalization;
using Aval.Bench.Comparison;
using Aval.Import;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Portfolio;
using Aval.Receivables.Rules;
using Npgsql;

namespace Aval.Bench;

/// <summary>
/// The whole portfolio in PostgreSQL, by turns: its own SQL for the aging alone, its own SQL for all figures, and the product's way of binary COPY into columns and back.
/// Each leaves a table of figures by payer, and they must be the same.
/// </summary>
static class PortfolioBench
{
    const int Rounds = 4;
    static readonly DateOnly Made = new(2026, 6, 30);
    static readonly string[] Memories = ["4MB", "1GB"];
    static readonly string[] Buckets = ["not_due", "d1to30", "d31to60", "d61to90", "over90"];

    /// <summary>On a database of the bench's own, the invoices of all payers one after the other, as they come in a company.</summary>
    /// <param name="database">A connection string without its database; null for a server of the bench's own.</param>
    public static async Task RunAsync(TextWriter output, int items, int payers, string? database)
    {
        await using var own = database is null ? await OwnPostgres.StartAsync() : null;
        var place = $"{database ?? own!.Connection};Database=aval_bench_{Guid.CreateVersion7():N};Command Timeout=0";
        await using (var store = await OpenStore.OpenAsync("", place)) await store.StartAsync(Made, Currency.Of("EUR"), CancellationToken.None);
        await output.WriteLineAsync("filling");
        await using (var connection = await OpenAsync(place)) await FillAsync(connection, items, payers);
        await RunAsync(output, place);
    }

    /// <summary>On a store that is there; it gets tables of the bench's own and loses them again.</summary>
    public static async Task RunAsync(TextWriter output, string place)
    {
        await using var store = new PostgresStore(new Composition(Capabilities.All), place + ";Command Timeout=0");
        await store.AttachAsync(CancellationToken.None);
        var company = await CompanyAsync(store);
        await using var connection = await OpenAsync(place + ";Command Timeout=0");
        await output.WriteLineAsync(
            "round, work_mem | aging by SQL, s: wall; PostgreSQL's processor | all figures by SQL | columns: wall; PostgreSQL's processor, ours (of the wall, writing) "
            + "| columns by SQL's aging: wall, processor | load average");
        for (var round = 0; round < Rounds; round++)
        {
            var memory = Memories[round % Memories.Length];
            await ExecuteAsync(connection, $"SET work_mem = '{memory}'");
            var aging = await Spent.OfAsync(place, () => SqlAsync(connection, "portfolio_bench_aging", company.Through, all: false));
            var whole = await Spent.OfAsync(place, () => SqlAsync(connection, "portfolio_bench_sql", company.Through, all: true));
            var written = 0.0;
            var columns = await Spent.OfAsync(place, async () => written = await ColumnsAsync(store, connection, company));
            await output.WriteLineAsync(
                $"{round + 1}, {memory} | {Text(aging.Seconds)}: {Text(aging.Server)} | {Text(whole.Seconds)}: {Text(whole.Server)} | "
                + $"{Text(columns.Seconds)}: {Text(columns.Server)}, {Text(columns.Client)} ({Text(written)}) | "
                + $"{Text(columns.Seconds / aging.Seconds)}, {Text((columns.Server + columns.Client) / aging.Server)} | {Load()}");
        }

        const string Told = "payer, currency, not_due, d1to30, d31to60, d61to90, over90, sales, invoices";
        var differ = await CountAsync(connection, $"""
            SELECT count(*) FROM ((SELECT {Told} FROM portfolio_bench_sql EXCEPT SELECT {Told} FROM portfolio_bench_columns)
                UNION ALL (SELECT {Told} FROM portfolio_bench_columns EXCEPT SELECT {Told} FROM portfolio_bench_sql)) AS other
            """);
        if (differ > 0) throw new InvalidOperationException($"the two ways do not come to the same figures: {differ} rows differ");
        await output.WriteLineAsync($"{await CountAsync(connection, "SELECT count(*) FROM portfolio_bench_columns"):N0} payers, the same figures both ways");
        await ByTurnsAsync(output);
        await ExecuteAsync(connection, "DROP TABLE portfolio_bench_aging; DROP TABLE portfolio_bench_sql; DROP TABLE portfolio_bench_columns");
    }

    static async Task FillAsync(NpgsqlConnection connection, int items, int payers)
    {
        await ExecuteAsync(connection, $"""
            INSERT INTO invoice (lane, root, number, customer, payer, date, due_date, currency, amount, credit_currency, rate, rate_date, draft, settled, at_risk,
                from_sequence, live)
            SELECT p % 32, 'C' || p, 'I' || n, 'C' || p, 'C' || p, DATE '{Made:yyyy-MM-dd}' - d - 90, DATE '{Made:yyyy-MM-dd}' - d, 'EUR', 1000 + n * 7919 % 900000,
                'EUR', '1', DATE '{Made:yyyy-MM-dd}' - d - 90, false, n % 900, 0, n, true
            FROM (SELECT n, n * 7919 % {payers} AS p, CAST(n * 104729 % 240 - 90 AS INTEGER) AS d FROM generate_series(1, CAST({items} AS BIGINT)) AS n) AS item
            """);
        await ExecuteAsync(connection, "VACUUM ANALYZE invoice");
    }

    static async Task SqlAsync(NpgsqlConnection connection, string table, DateOnly today, bool all)
    {
        var (day, since) = ($"DATE '{today:yyyy-MM-dd}'", $"DATE '{PortfolioCount.SinceOf(today):yyyy-MM-dd}'");
        var buckets = Buckets.Zip(
            [
                $"due_date >= {day}", $"due_date < {day} AND due_date >= {day} - 30", $"due_date < {day} - 30 AND due_date >= {day} - 60",
                $"due_date < {day} - 60 AND due_date >= {day} - 90", $"due_date < {day} - 90",
            ],
            (name, when) => $"CAST(COALESCE(sum(amount - settled) FILTER (WHERE {when}), 0) AS BIGINT) AS {name}");
        var figures = string.Join(", ", buckets);
        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {table}");
        await ExecuteAsync(connection, all
            ? $"""
                CREATE TABLE {table} AS SELECT payer, credit_currency AS currency, CAST(sum(amount - settled) AS BIGINT) AS exposure, {figures},
                    CAST(COALESCE(sum(amount) FILTER (WHERE date > {since}), 0) AS BIGINT) AS sales, count(*) FILTER (WHERE amount > settled) AS invoices
                FROM invoice
                WHERE to_sequence IS NULL AND NOT draft AND date <= {day} AND (live OR date > {since}) AND credit_currency = currency GROUP BY payer, credit_currency
                """
            : $"CREATE TABLE {table} AS SELECT payer, {figures} FROM invoice WHERE to_sequence IS NULL AND live AND NOT draft AND date <= {day} GROUP BY payer");
    }

    /// <returns>Seconds of the writing.</returns>
    static async Task<double> ColumnsAsync(PostgresStore store, NpgsqlConnection connection, Facts company)
    {
        await ExecuteAsync(connection, """
            DROP TABLE IF EXISTS portfolio_bench_columns;
            CREATE TABLE portfolio_bench_columns (payer TEXT NOT NULL, currency TEXT, exposure BIGINT NOT NULL, in_company BIGINT, not_due BIGINT NOT NULL,
                d1to30 BIGINT NOT NULL, d31to60 BIGINT NOT NULL, d61to90 BIGINT NOT NULL, over90 BIGINT NOT NULL, sales BIGINT NOT NULL,
                invoices BIGINT NOT NULL, unconverted BIGINT NOT NULL, days_late BIGINT)
            """);
        var watch = Stopwatch.StartNew();
        var counted = await CountPayers.ReadAsync(store, company, advance: null, CancellationToken.None);
        var read = watch.Elapsed.TotalSeconds;
        await using (var kept = await store.KeepAsync(CancellationToken.None))
        {
            await kept.RefillAsync("portfolio_bench_columns", KeptPortfolio.Columns, counted.Places.Count, counted.Write, CancellationToken.None);
            await kept.CommitAsync(CancellationToken.None);
        }

        return watch.Elapsed.TotalSeconds - read;
    }

    /// <summary>The rule over columns and a plain loop over the same arrays, warmed up and by turns: the buckets alone, of payers in any order.</summary>
    static async Task ByTurnsAsync(TextWriter output)
    {
        const int Payers = 100_000;
        const int Items = 1_000_000;
        var columns = new ItemColumns(Items);
        var today = Made.DayNumber;
        for (var i = 0; i < Items; i++) columns.Add((int)(i * 7919L % Payers), today - 200, today - (int)(i * 104729L % 240) + 90, 1000 + i, 1000 + i);
        var (rule, loop) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            var sums = new PayerSums();
            sums.Reserve(Payers);
            var watch = Stopwatch.StartNew();
            sums.Add(columns, Payers, today, today);
            rule.Add(watch.Elapsed.TotalMilliseconds);
            var plain = new long[Payers * 5];
            watch.Restart();
            Loop(columns, plain, today);
            loop.Add(watch.Elapsed.TotalMilliseconds);
            for (var payer = 0; payer < Payers; payer++)
                if (sums.Of(payer).Buckets.Total != plain.AsSpan(payer * 5, 5).ToArray().Sum()) throw new InvalidOperationException("the rule and the loop differ");
        }

        double Median(List<double> times) => times.Skip(Turns / 2).Order().ElementAt(Turns / 4);
        await output.WriteLineAsync(
            $"a million items: the rule {Text(Median(rule))} ms, a plain loop {Text(Median(loop))} ms, {Text(Median(rule) / Median(loop))} times; medians of {Turns / 2} turns");
    }

    const int Turns = 40;

    static void Loop(ItemColumns items, long[] sums, int today)
    {
        var (payers, due, open) = (items.Payers, items.DueDates, items.Open);
        for (var i = 0; i < payers.Length; i++)
        {
            var days = today - due[i];
            sums[(payers[i] * 5) + (days <= 0 ? 0 : days <= 30 ? 1 : days <= 60 ? 2 : days <= 90 ? 3 : 4)] += open[i];
        }
    }

    static async Task<Facts> CompanyAsync(PostgresStore store)
    {
        await using var reader = await store.SnapshotAsync(CancellationToken.None);
        var root = await reader.RootAsync(Facts.Company, CancellationToken.None) ?? throw new InvalidOperationException("there is no company");
        return (await reader.LoadAsync([root], CancellationToken.None))[0];
    }

    static async Task<NpgsqlConnection> OpenAsync(string place)
    {
        var connection = new NpgsqlConnection(place);
        await connection.OpenAsync();
        return connection;
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

    static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "";
    static string Text(double figure) => figure.ToString("0.00", CultureInfo.InvariantCulture);
}
