using System.Globalization;
using System.Runtime;
using Aval.Bench.Comparison;
using Aval.Import;
using Aval.Kernel;
using Npgsql;

namespace Aval.Bench;

/// <summary>
/// A file of invoices on its way into PostgreSQL: by its own <c>COPY … csv</c> into the very tables and indexes, with and without the claims of the numbers; by
/// <c>aval import</c> row by row; and in masses. By turns, each into a store of its own with the same customers.
/// </summary>
static class ImportBench
{
    const int Rounds = 3;

    /// <summary>Row by row takes a hundred times as long: its rate is taken of fewer.</summary>
    const int FewRows = 20_000;

    static readonly DateOnly Today = new(2026, 3, 2);

    /// <param name="database">A connection string without its database; null for a server of the bench's own.</param>
    public static async Task RunAsync(TextWriter output, int rows, int payers, string? database)
    {
        // As the command line does for files in masses; what comes row by row has it here too.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        await using var own = database is null ? await OwnPostgres.StartAsync() : null;
        var folder = Directory.CreateTempSubdirectory("aval-bench-");
        try
        {
            await new Places(database ?? own!.Connection, folder.FullName, rows, payers).RunAsync(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    sealed class Places(string server, string folder, int rows, int payers)
    {
        readonly string name = $"aval_bench_{Guid.CreateVersion7():N}";
        string Invoices => Path.Combine(folder, "invoices.csv");
        string Few => Path.Combine(folder, "few.csv");

        public async Task RunAsync(TextWriter output)
        {
            WriteFiles();
            await output.WriteLineAsync("customers");
            await using (var store = await OpenStore.OpenAsync("", At("base")))
            {
                await store.StartAsync(Today, Currency.EUR, CancellationToken.None);
                await ImportAsync(store, "customers", Path.Combine(folder, "customers.csv"), bulk: false);
                // What is dead of the customers' making is not swept beside one of the ways.
                await using var connection = await store.Store.ConnectAsync(CancellationToken.None);
                await using var vacuum = connection.CreateCommand();
                vacuum.CommandText = "VACUUM ANALYZE";
                await vacuum.ExecuteNonQueryAsync();
            }

            // The rows as the tables hold them, in the order of the file, are taken from a store that has them.
            await TimedAsync("first", store => ImportAsync(store, "invoices", Invoices, bulk: true));
            await OutAsync("invoice");
            await OutAsync("claim");
            await output.WriteLineAsync("rows/s (processor seconds of PostgreSQL, of this process; bytes allocated a row)");
            await output.WriteLineAsync("round | COPY csv, invoices | with their claims | in masses | of COPY with claims | of COPY of invoices | row by row");
            for (var round = 1; round <= Rounds; round++)
            {
                var plain = await TimedAsync("plain", store => InAsync(store, "invoice"));
                var claimed = await TimedAsync("claimed", store => InAsync(store, "invoice", "claim"));
                var masses = await TimedAsync("masses", store => ImportAsync(store, "invoices", Invoices, bulk: true));
                var single = await TimedAsync("single", store => ImportAsync(store, "invoices", Few, bulk: false));
                var ratios = string.Create(CultureInfo.InvariantCulture, $"{claimed.Seconds / masses.Seconds:0.00} | {plain.Seconds / masses.Seconds:0.00}");
                await output.WriteLineAsync($"{round} | {Told(plain, rows)} | {Told(claimed, rows)} | {Told(masses, rows)} | {ratios} | {Told(single, Math.Min(rows, FewRows))}");
            }
        }

        string At(string part) => $"{server};Database={name}_{part};Command Timeout=0";

        static string Told(Spent spent, int of) => string.Create(
            CultureInfo.InvariantCulture, $"{of / spent.Seconds:#,0} ({spent.Server:0.0}, {spent.Client:0.0}; {spent.Allocated / of:#,0})");

        /// <summary>Invoices of all payers follow each other by day, as a company's ledger has them.</summary>
        void WriteFiles()
        {
            using (var customers = new StreamWriter(Path.Combine(folder, "customers.csv")))
            {
                customers.Write("number,name,country,currency,paymentTerms\n");
                for (var n = 1; n <= payers; n++) customers.Write(string.Create(CultureInfo.InvariantCulture, $"C{n},Customer {n},FR,EUR,NET30\n"));
            }

            using var invoices = new StreamWriter(Invoices);
            using var few = new StreamWriter(Few);
            invoices.Write("number,customer,date,dueDate,currency,amount\n");
            few.Write("number,customer,date,dueDate,currency,amount\n");
            for (var n = 1L; n <= rows; n++)
            {
                var day = Today.AddDays((int)(n * 120 / rows) - 121);
                var (payer, amount) = (1 + (n * 7919 % payers), 100 + (n * 104_729 % 9_000_000 / 100m));
                var row = string.Create(CultureInfo.InvariantCulture, $"I{n},C{payer},{day:yyyy-MM-dd},{day.AddDays(30):yyyy-MM-dd},EUR,{amount:0.00}\n");
                invoices.Write(row);
                if (n <= FewRows) few.Write(row);
            }
        }

        static async Task ImportAsync(OpenStore store, string kind, string path, bool bulk)
        {
            var plan = new ImportPlan(Kinds.Find(kind)!, [path], Bulk: bulk);
            var imported = await ImportRun.RunAsync(store, plan, null, CancellationToken.None);
            if (imported.Applied != imported.Rows) throw new InvalidOperationException(imported.ToText(plan));
        }

        /// <summary>Does it in a new store with the customers.</summary>
        async Task<Spent> TimedAsync(string part, Func<OpenStore, Task> doAsync)
        {
            await using var maintenance = new NpgsqlConnection(server + ";Database=postgres;Pooling=false;Command Timeout=0");
            await maintenance.OpenAsync();
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(maintenance, $"DROP DATABASE IF EXISTS {name}_{part} WITH (FORCE)");
            await ExecuteAsync(maintenance, $"CREATE DATABASE {name}_{part} TEMPLATE {name}_base");
            await ExecuteAsync(maintenance, "CHECKPOINT");
            Spent spent;
            await using (var store = await OpenStore.OpenAsync("", At(part))) spent = await Spent.OfAsync(At(part), () => doAsync(store));
            if (part == "first") return spent;
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(maintenance, $"DROP DATABASE {name}_{part} WITH (FORCE)");
            return spent;
        }

        async Task OutAsync(string table)
        {
            await using var connection = new NpgsqlConnection(At("first"));
            await connection.OpenAsync();
            await using var file = new StreamWriter(Path.Combine(folder, table + ".table.csv"));
            using var text = await connection.BeginTextExportAsync(
                $"COPY (SELECT * FROM {table}{(table == "claim" ? " WHERE scope = 'invoice'" : "")} ORDER BY CAST(substr(number, 2) AS BIGINT)) TO STDOUT (FORMAT csv)");
            await PassAsync(text, file);
        }

        /// <summary>By COPY, in one transaction.</summary>
        async Task InAsync(OpenStore store, params string[] tables)
        {
            await using var connection = (NpgsqlConnection)await store.Store.ConnectAsync(CancellationToken.None);
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var table in tables)
            {
                using var file = new StreamReader(Path.Combine(folder, table + ".table.csv"));
                await using var copy = await connection.BeginTextImportAsync($"COPY {table} FROM STDIN (FORMAT csv)");
                await PassAsync(file, copy);
            }

            await transaction.CommitAsync();
        }

        static async Task PassAsync(TextReader from, TextWriter to)
        {
            var part = new char[64 * 1024];
            while (await from.ReadBlockAsync(part) is > 0 and var read) await to.WriteAsync(part.AsMemory(0, read));
        }

        static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
