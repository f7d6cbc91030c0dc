using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Aval.Cash;
using Aval.Import;
using Aval.Kernel;
using Aval.Receivables;

namespace Aval.Bench;

/// <summary>A history's receipts as commands on a store, each recorded and then matched, compared with the allocations that nobody has shown to the rules.</summary>
static class ReceiptsBench
{
    /// <summary>Commands without an answer at a time: enough to fill commits.</summary>
    const int Ahead = 2_000;

    static readonly Actor By = Actor.Key("bench", Permission.AllRights);

    /// <param name="history">A folder with customers, invoices, receipts and allocations as <c>.csv.gz</c>.</param>
    /// <param name="database">A connection string without its database, for PostgreSQL; null for the embedded store in a folder of its own.</param>
    public static async Task RunAsync(TextWriter output, string history, string? database)
    {
        var folder = Directory.CreateTempSubdirectory("aval-bench-");
        try
        {
            var place = database is null ? null : $"{database};Database=aval_bench_{Guid.CreateVersion7():N}";
            await using var store = await OpenStore.OpenAsync(folder.FullName, place);
            var receipts = Rows(history, "receipts").OrderBy(row => Day(row["date"])).ThenBy(row => int.Parse(row["number"], CultureInfo.InvariantCulture)).ToList();
            await store.StartAsync(receipts.Max(row => Day(row["date"])), Currency.Of(receipts[0]["currency"]), CancellationToken.None);
            var customers = new ImportPlan(Kinds.Find("customers")!, [Path.Combine(history, "customers.csv.gz")]);
            var imported = await ImportRun.RunAsync(store, customers, null, CancellationToken.None);
            if (imported.Refused > 0) throw new InvalidOperationException(imported.ToText(customers));
            var invoices = await DoneAsync(store.Desk, Rows(history, "invoices").Select(Invoice), "invoices");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{invoices.Count:N0} invoices in {invoices.Seconds:0.0} s ({invoices.Busy:0.0} s of processor)"));
            var matched = await DoneAsync(store.Desk, receipts.SelectMany(Received), "receipts");
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{receipts.Count:N0} receipts recorded and matched in {matched.Seconds:0.0} s ({matched.Busy:0.0} s of processor)"));
            await CompareAsync(output, store, history, receipts);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static PostInvoice Invoice(Dictionary<string, string> row) => new(new InvoiceBody(
        row["number"], row["customer"], Day(row["date"]), Day(row["dueDate"]), Currency.Of(row["currency"]), Amount(row["amount"])));

    static IEnumerable<Command> Received(Dictionary<string, string> row)
    {
        yield return new PostReceipt(new ReceiptBody(row["number"], row["payer"], Day(row["date"]), Currency.Of(row["currency"]), Amount(row["amount"])));
        yield return new MatchReceipt(row["number"], []);
    }

    static async Task CompareAsync(TextWriter output, OpenStore store, string history, List<Dictionary<string, string>> receipts)
    {
        var truth = Rows(history, "allocations").ToLookup(row => row["receipt"], row => (Invoice: row["invoice"], Minor: (long)(Amount(row["amount"]) * 100)));
        var posted = new Dictionary<string, List<(string, long)>>(StringComparer.Ordinal);
        await using (var connection = await store.Store.ConnectAsync(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT source_number, invoice, amount FROM settlement WHERE to_sequence IS NULL AND source = 'receipt'";
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                if (!posted.TryGetValue(rows.GetString(0), out var of)) posted.Add(rows.GetString(0), of = []);
                of.Add((rows.GetString(1), rows.GetInt64(2)));
            }
        }

        var (right, wrong) = (0, 0);
        foreach (var number in receipts.Select(row => row["number"]))
            if (posted.TryGetValue(number, out var found)) _ = truth[number].ToHashSet().SetEquals(found) ? right++ : wrong++;
        var share = (double)right / receipts.Count;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{right:N0} on exactly their invoices ({share:P2}), {wrong:N0} wrongly, {receipts.Count - right - wrong:N0} not posted"));
    }

    /// <summary>In the order given, root by root; with the processor's time, by which other work on the machine counts little.</summary>
    static async Task<(int Count, double Seconds, double Busy)> DoneAsync(Desk desk, IEnumerable<Command> commands, string what)
    {
        var (watch, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var waiting = new Queue<Task<Answer>>(Ahead);
        var count = 0;
        foreach (var command in commands)
        {
            if (waiting.Count == Ahead) Check(await waiting.Dequeue(), what);
            waiting.Enqueue(await desk.EnqueueAsync(command, By, CancellationToken.None));
            count++;
        }

        while (waiting.TryDequeue(out var answer)) Check(await answer, what);
        return (count, watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - busy).TotalSeconds);
    }

    static void Check(Answer answer, string what)
    {
        if (answer.Problem is { } problem) throw new InvalidOperationException($"{what}: {problem}");
    }

    static IEnumerable<Dictionary<string, string>> Rows(string history, string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(history, name + ".csv.gz")), CompressionMode.Decompress));
        var columns = reader.ReadLine()!.Split(',');
        while (reader.ReadLine() is { } row) yield return columns.Zip(row.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
