using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aval.Import;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Jars;

namespace Aval.Tests.Import;

/// <summary>Files in masses come to the same as their rows one by one, and leave one entry a root and part of the file.</summary>
public sealed partial class BulkImportTests(PostgresCluster cluster)
{
    internal const string Columns = "number,customer,date,dueDate,currency,amount,order,draft,charge\n";
    internal const int Customers = 90;

    /// <summary>Some belong to a group, some are paid for by others, and one payer was never entered; dollars have no rate.</summary>
    internal static readonly string CustomerRows = "number,name,country,currency,paymentTerms,payer,group\n" + Lines(Customers, n =>
        $"C{n},Atelier {n},FR,{(n % 10 == 9 ? "USD" : "EUR")},NET30,{(n % 7 == 0 ? $"C{n - 1}" : n == 8 ? "C999" : "")},{(n % 5 == 1 && n > 5 ? "C1" : "")}");

    static readonly string OrderRows = "number,customer,currency,orderDate,line,item,quantity,unitPrice,taxRate\n" + Lines(40, n =>
        $"SO-{n},C{n},{(n % 10 == 9 ? "USD" : "EUR")},2026-03-02,1,desk,2,100,20");

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Rows_in_masses_come_to_the_same_as_one_by_one(Database database)
    {
        // The same again, and the same number with other content.
        var rows = Columns + Lines(700, Invoice) + Invoice(14) + "\n" + Invoice(16) + "costs\n" + "I-701,C1,2026-02-03,2026-02-01,EUR,5,,,\n" + "I-702,C1,2026-02-03,EUR,5\n";
        using var single = await StoreAsync(database, cluster);
        using var masses = await StoreAsync(database, cluster);
        var one = await single.ImportAsync("invoices", single.File("invoices.csv", rows), skipErrors: true);
        var path = masses.File("invoices.csv", rows);
        var tried = await BulkAsync(masses, path, dryRun: true);
        var all = await BulkAsync(masses, path, skipErrors: true);
        Assert.True(one.Refused > 20);
        foreach (var told in new[] { tried, all })
        {
            Assert.Equal(one.Refusals.Select(refusal => refusal.ToString()), told.Refusals.Select(refusal => refusal.ToString()));
            Assert.Equal((one.Applied, 1, one.Refused, one.Left), (told.Applied, told.Repeated, told.Refused, told.Left));
            Assert.Equal(one.Sums, told.Sums);
        }

        Assert.Equal(await StateAsync(single), await StateAsync(masses));
        await AssertProvedAsync(masses);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task One_refused_row_refuses_the_file_and_the_mended_file_is_recorded_once(Database database)
    {
        using var files = await StoreAsync(database, cluster);
        var before = await files.JournalAsync();
        var good = Columns + Lines(200, n => $"I-{n},C{1 + (n % 6)},2026-02-01,2026-03-01,EUR,{n}.50,,,");
        var bad = files.File("bad.csv", good + "I-201,C404,2026-02-01,2026-03-01,EUR,1,,,\nI-202,C1,2026-02-01,2026-03-01,EUR,1.001,,,\nI-203,C1,2026-03-03,2026-03-04,EUR,1,,,\n");
        var refused = await BulkAsync(files, bad);
        Assert.Equal((203, 0, 3, 200), (refused.Rows, refused.Applied, refused.Refused, refused.Left));
        Assert.Equal(["bad.csv:202", "bad.csv:203", "bad.csv:204"], refused.Refusals.Select(refusal => refusal.Place.ToString()));
        Assert.Equal(["customer-unknown", "field-invalid", "field-invalid"], refused.Refusals.Select(refusal => refusal.Problem.Code));
        Assert.Equal(before, await files.JournalAsync());

        var first = await BulkAsync(files, files.File("good.csv", good));
        Assert.Equal((200, 0, 20_200m), (first.Applied, first.Repeated, first.Sums["EUR"]));
        var after = await files.JournalAsync();
        var again = await BulkAsync(files, files.File("again.csv", good));
        Assert.Equal((0, 200, 20_200m), (again.Applied, again.Repeated, again.Sums["EUR"]));
        Assert.Equal(after, await files.JournalAsync());
        var other = await BulkAsync(files, files.File("other.csv", Columns + "I-7,C2,2026-02-01,2026-03-01,EUR,7.51,,,\n"));
        Assert.Equal("other.csv:2: I-7 was used before with other content. [key-reused]", Assert.Single(other.Refusals).ToString());
    }

    /// <summary>Enough rows to be copied and not sent as arrays.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_part_leaves_one_entry_a_root_that_says_where_its_rows_come_from(Database database)
    {
        using var files = await StoreAsync(database, cluster);
        var path = files.File("invoices.csv", Columns + Lines(9_000, n => $"I-{n},C{2 + (n % 3)},2026-02-01,2026-03-01,EUR,1.50,,,"));
        Assert.Equal(9_000, (await BulkAsync(files, path, part: 50_000)).Applied);
        using var body = JsonDocument.Parse((await EntryAsync(files, "C3")).Body);
        var said = body.RootElement.GetProperty("result").Deserialize<TakenOver>(Json.Options)!;
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))), said.File);
        Assert.Equal((1, 2, 8_999, 3_000, 4_500m), (said.Part, said.FirstLine, said.LastLine, said.Rows, said.Totals["EUR"]));
        await AssertProvedAsync(files);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_run_that_stops_in_the_middle_leaves_whole_parts_and_the_next_one_goes_on(Database database)
    {
        using var files = await StoreAsync(database, cluster);
        var path = files.File("invoices.csv", Columns + Lines(600, n => $"I-{n},C{1 + (n % 60)},2026-02-01,2026-03-01,EUR,{n},,,"));
        using (var stop = new CancellationTokenSource())
        {
            await using var store = await files.OpenAsync();
            var plan = new ImportPlan(Kinds.Find("invoices")!, [path], Bulk: true, RowsInPart: 50);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImportRun.RunAsync(store, plan, new After("Recording", 100, stop.Cancel), stop.Token));
        }

        var there = await CountAsync(files);
        Assert.InRange(there, 50, 550);
        await AssertProvedAsync(files);
        var rest = await BulkAsync(files, path, part: 50);
        Assert.Equal((600, there), (rest.Applied + rest.Repeated, rest.Repeated));
        Assert.Equal(600, await CountAsync(files));
        await AssertProvedAsync(files);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_single_invoice_that_came_in_masses_is_answered_by_its_own_row_and_other_nodes_catch_up(Database database)
    {
        using var files = await StoreAsync(database, cluster);
        await using var store = await files.OpenAsync();
        Assert.Equal(0, (await store.Desk.ViewAsync("C2", Cancel))!.Value.Root.Get<ReceivablesFacts>().Of("C2").Receivables);
        var plan = new ImportPlan(
            Kinds.Find("invoices")!, [files.File("invoices.csv", Columns + Lines(50, n => $"I-{n},C2,2026-02-01,2026-03-01,EUR,{n},,,"))], Bulk: true);
        Assert.Equal(50, (await ImportRun.RunAsync(store, plan, null, Cancel)).Applied);
        Assert.Equal(127_500, (await store.Desk.ViewAsync("C2", Cancel))!.Value.Root.Get<ReceivablesFacts>().Of("C2").Receivables);
        var day = new DateOnly(2026, 2, 1);
        var same = await store.Desk.SubmitAsync(new PostInvoice(new("I-17", "C2", day, day.AddDays(28), Currency.EUR, 17)), Kind.Importer, cancel: Cancel);
        Assert.Equal((true, "I-17"), (same.Outcome!.Repeated, same.Outcome.Row<Invoice>()!.Number));
        var other = await store.Desk.SubmitAsync(new PostInvoice(new("I-17", "C2", day, day.AddDays(28), Currency.EUR, 18)), Kind.Importer, cancel: Cancel);
        Assert.Equal("key-reused", other.Problem!.Code);
    }

    [Fact]
    public async Task Receipts_come_in_masses_too_with_what_their_payers_wrote_kept_beside_the_journal()
    {
        using var files = await StoreAsync(Database.Sqlite, cluster);
        const string Rows = "number,payer,date,currency,amount,reference\nR-1,C2,2026-03-01,EUR,10,\"Thanks, Ann\"\nR-2,C3,2026-03-01,EUR,20,\nR-3,C2,2026-03-01,EUR,5,again\n";
        var receipts = await BulkAsync(files, files.File("receipts.csv", Rows), kind: "receipts");
        Assert.Equal((3, 35m), (receipts.Applied, receipts.Sums["EUR"]));
        await AssertProvedAsync(files);
    }

    [Fact]
    public async Task What_cannot_be_taken_in_masses_is_said()
    {
        using var files = await StoreAsync(Database.Sqlite, cluster);
        var refused = await Assert.ThrowsAsync<FilesStoppedException>(() => BulkAsync(files, files.File("orders.csv", OrderRows), kind: "orders"));
        Assert.Equal("orders cannot be taken in masses; customers, limits, invoices, receipts can.", refused.Message);
        var nothing = await BulkAsync(files, files.File("empty.csv", ""));
        Assert.Equal("empty.csv:1: The file has no header. [row-malformed]", Assert.Single(nothing.Refusals).ToString());
        var unknown = await BulkAsync(files, files.File("unknown.csv", "number,customer,colour\n"));
        Assert.Equal("field-unknown", Assert.Single(unknown.Refusals).Problem.Code);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Good ones and every kind of bad one.</summary>
    static string Invoice(int n)
    {
        var customer = n % 53 == 0 ? "C404" : $"C{1 + (n * 7919 % Customers)}";
        var order = n % 11 == 0 ? 1 + (n * 31 % 40) : 0;
        if (order > 0 && n % 3 > 0) customer = $"C{order}";
        var currency = order > 0 ? (order % 10 == 9 ? "USD" : "EUR") : n % 13 == 0 ? "USD" : n % 97 == 0 ? "XXX" : "EUR";
        var amount = n % 61 == 0 ? "-3" : n % 67 == 0 ? "1.005" : n % 71 == 0 ? "ten" : n % 5 == 0 ? $"{n}.50" : $"{n}";
        var number = n % 43 == 0 ? "\" I\"" : $"I-{n}";
        return $"{number},{customer},2026-0{1 + (n % 2)}-{1 + (n % 27):00},{(n % 59 == 0 ? "2026-2-3" : "2026-03-15")},{currency},{amount},{(order > 0 ? $"SO-{order}" : "")},"
            + $"{(n % 17 == 0 ? "true" : n % 4 == 0 ? "false" : "")},{(n % 19 == 0 ? "interest" : n % 101 == 0 ? "fee" : "")}";
    }

    internal static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(1, count).Select(n => line(n) + "\n"));

    internal static async Task<FilesStore> StoreAsync(Database database, PostgresCluster cluster)
    {
        var files = new FilesStore(database == Database.Postgres ? cluster : null);
        Assert.Empty((await files.ImportAsync("customers", files.File("customers.csv", CustomerRows))).Refusals);
        Assert.Empty((await files.ImportAsync("orders", files.File("orders.csv", OrderRows))).Refusals);
        return files;
    }

    internal static async Task<Imported> BulkAsync(FilesStore files, string path, bool dryRun = false, bool skipErrors = false, int part = 50, string kind = "invoices")
    {
        await using var store = await files.OpenAsync();
        return await ImportRun.RunAsync(
            store, new ImportPlan(Kinds.Find(kind)!, [path], DryRun: dryRun, SkipErrors: skipErrors, Bulk: true, RowsInPart: part), null, Cancel);
    }

    internal static async Task AssertProvedAsync(FilesStore files)
    {
        await using var store = await files.OpenAsync();
        var proved = await new Verification(store.Store).RunAsync(null, Cancel);
        Assert.Equal([], proved.Failures);
        Assert.True(proved.Valid);
    }

    static async Task<Entry> EntryAsync(FilesStore files, string root)
    {
        await using var store = await files.OpenAsync();
        await using var reader = await store.Store.SnapshotAsync(Cancel);
        return Assert.Single(await reader.EntriesAsync(root, 0, 100, Cancel), entry => entry.Command == "importInvoices");
    }

    static async Task<long> CountAsync(FilesStore files)
    {
        await using var store = await files.OpenAsync();
        await using var reader = await store.Store.SnapshotAsync(Cancel);
        await using var command = reader.Command("SELECT count(*) FROM invoice");
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    /// <summary>All current rows, claims and due dates; of what is named by its place in the journal, without it.</summary>
    internal static async Task<string> StateAsync(FilesStore files)
    {
        await using var store = await files.OpenAsync();
        await using var reader = await store.Store.SnapshotAsync(Cancel);
        var lines = new List<string>();
        foreach (var root in await reader.RootsAsync(Cancel))
        {
            if (root == Facts.Company) continue;
            lines.Add($"{root} due {(await reader.RootAsync(root, Cancel))!.NextDue}");
            // A held order is looked at again once a part, not once a row: what was found each time, and the work named by its place, is not the same.
            foreach (var table in store.Store.Composition.TablesInOrder.Where(table => table.Name is not ("order_check" or "work_item")))
                foreach (var row in await reader.CurrentAsync(table, root, Cancel))
                {
                    using var buffer = new MemoryStream();
                    using (var json = new Utf8JsonWriter(buffer)) RowFormat.Write(json, table, row);
                    lines.Add($"{root} {table.Name} {Placed.Replace(Encoding.UTF8.GetString(buffer.ToArray()), "")}");
                }
        }

        await using var claims = reader.Command("SELECT scope, number, content_hash, party, root FROM claim WHERE scope = 'invoice' ORDER BY scope, number");
        await using var claimed = await claims.ExecuteReaderAsync(Cancel);
        while (await claimed.ReadAsync(Cancel))
            lines.Add($"{claimed.GetString(0)} {claimed.GetString(1)} {Convert.ToHexString((byte[])claimed.GetValue(2))} {claimed.GetString(3)} {claimed.GetString(4)}");
        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    /// <summary>Places in the journal, and instants.</summary>
    [GeneratedRegex(":C[0-9]+:[0-9]+(\\.[0-9]+)?|\"[a-zA-Z]*(?:at|At)\":\"[^\"]*\",?|\"changed\":[0-9]+,?")]
    private static partial Regex Placed { get; }

    internal sealed class After(string phase, long rows, Action act) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Phase == phase && value.Rows >= rows) act();
        }
    }
}
