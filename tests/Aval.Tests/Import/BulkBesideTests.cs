using Aval.Checks;
using Aval.Import;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables;
using Aval.Tests.Infrastructure;
using Aval.Tests.Jars;
using static Aval.Tests.Import.BulkImportTests;

namespace Aval.Tests.Import;

/// <summary>A file in masses beside a node at work, and killed in the middle.</summary>
public sealed class BulkBesideTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Orders_of_the_same_customers_go_on_beside_it_and_limits_see_every_invoice()
    {
        using var files = await StoreAsync(Database.Postgres, cluster);
        var path = files.File("invoices.csv", Columns + Lines(6_000, n => $"I-{n},C{1 + (n % Customers)},2026-02-01,2026-03-01,EUR,1,,,"));
        var importing = BulkAsync(files, path, part: 300);
        await using var node = await files.OpenAsync();
        var day = new DateOnly(2026, 3, 2);
        var orders = Enumerable.Range(1, 300).Select(n => new EnterOrder(new OrderBody(
            $"RACE-{n}", $"C{1 + (n % 6)}", Currency.EUR, day, [new OrderLineBody(1, "desk", Quantity.Of(1), UnitPrice.Of(100), 20)])));
        foreach (var some in orders.Chunk(20))
            Assert.All(await Task.WhenAll(some.Select(order => node.Desk.SubmitAsync(order, Kind.Importer, cancel: Cancel))), answer => Assert.Null(answer.Problem));
        Assert.Equal(6_000, (await importing).Applied);
        await AssertProvedAsync(files);
        var owed = (await node.Desk.ViewAsync("C2", Cancel))!.Value.Root.Get<ReceivablesFacts>().Of("C2");
        Assert.Equal((67, 6_700), (owed.OpenItems.Count, owed.Receivables));
    }

    [Fact]
    public async Task A_killed_run_is_taken_up_by_the_next_one_and_nothing_is_there_twice()
    {
        const int Rows = 110_000;
        var options = new ServerOptions(Directory.CreateTempSubdirectory("aval-killed-").FullName, cluster.CreateDatabase(), [], null, null, Currency.EUR);
        try
        {
            string Write(string name, string content)
            {
                File.WriteAllText(Path.Combine(options.Data, name), content);
                return Path.Combine(options.Data, name);
            }

            Assert.Equal(0, (await ServedProcess.RunAsync(options, "import", "customers", Write("customers.csv", CustomerRows))).Code);
            var path = Write("invoices.csv", Columns + Lines(Rows, n => $"I-{n},C{1 + (n % 6)},2026-02-01,2026-03-01,EUR,1,,,"));
            using (var killed = ServedProcess.Begin(options, "import", "invoices", path, "--bulk"))
            {
                while (!killed.HasExited && await CountAsync(options) == 0) await Task.Delay(20, Cancel);
                killed.Kill();
                await killed.WaitForExitAsync(Cancel);
            }

            Assert.InRange(await CountAsync(options), 1, Rows - 1);
            Assert.Equal(0, (await ServedProcess.VerifyAsync(options)).Code);
            Assert.Equal(0, (await ServedProcess.RunAsync(options, "import", "invoices", path, "--bulk")).Code);
            Assert.Equal(Rows, await CountAsync(options));
            Assert.Equal(0, (await ServedProcess.VerifyAsync(options)).Code);
        }
        finally
        {
            Directory.Delete(options.Data, recursive: true);
        }

        static async Task<long> CountAsync(ServerOptions options)
        {
            await using var connection = new Npgsql.NpgsqlConnection(options.Database + ";Pooling=false");
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM invoice";
            return (long)(await command.ExecuteScalarAsync(Cancel))!;
        }
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
