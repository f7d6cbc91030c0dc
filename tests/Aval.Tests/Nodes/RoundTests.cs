using System.Globalization;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Nodes;

/// <summary>What a day brings to thousands of customers tells how far it has come, and is gone on with where a node was killed.</summary>
public sealed class RoundTests(PostgresCluster cluster)
{
    const int Customers = 6_000;
    static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task A_node_killed_in_the_middle_of_the_round_is_followed_by_one_that_goes_on_and_nothing_is_done_twice()
    {
        var options = new ServerOptions(
            Directory.CreateTempSubdirectory("aval-round-").FullName, cluster.CreateDatabase(), [], Today.AddDays(2), RunningServer.AdminKey, Currency.EUR);
        try
        {
            await ImportAsync(options, "customers", "number,name,country,currency,paymentTerms", n => $"C{n},Atelier {n},FR,EUR,NET30");
            await ImportAsync(
                options, "limits", "customer,kind,limit,amount,currency,validFrom,validTo,mode,reason",
                n => $"C{n},temporary,amount,1000,EUR,{Today:yyyy-MM-dd},{Today:yyyy-MM-dd},replaces,For a day");
            using (var first = await ServedProcess.StartAsync(options))
            {
                var told = false;
                while (await EndedAsync(options) is var ended && (ended == 0 || (!told && ended < Customers / 2)))
                    told |= await SoFarAsync(first.Address) is { } step && step.GetProperty("of").GetInt64() == Customers;
                first.Kill();
                Assert.True(told);
            }

            Assert.InRange(await EndedAsync(options), 1, Customers - 1);
            Assert.Equal(0, (await ServedProcess.VerifyAsync(options)).Code);
            using var second = await ServedProcess.StartAsync(options);
            await Eventually.TrueAsync(async () => await EndedAsync(options) == Customers, TimeSpan.FromMinutes(2));
            await Eventually.TrueAsync(async () => await AskAsync(options, "SELECT count(*) FROM journal WHERE command = 'checkpoint'") == 1, TimeSpan.FromSeconds(30));
            Assert.Null(await SoFarAsync(second.Address));
            Assert.Equal(Customers, await AskAsync(options, "SELECT count(*) FROM journal WHERE command = 'runDue' AND actor = 'rule:limitsBeginAndEnd'"));
            Assert.Equal(0, (await ServedProcess.VerifyAsync(options)).Code);
        }
        finally
        {
            Directory.Delete(options.Data, recursive: true);
        }
    }

    static async Task ImportAsync(ServerOptions options, string kind, string header, Func<int, string> row)
    {
        var path = Path.Combine(options.Data, kind + ".csv");
        await File.WriteAllLinesAsync(path, Enumerable.Range(1, Customers).Select(row).Prepend(header), TestContext.Current.CancellationToken);
        var (code, said) = await ServedProcess.RunAsync(options, "import", kind, path, "--bulk");
        Assert.True(code == 0, said);
    }

    /// <summary>What the node says of the due work; null when it does none.</summary>
    static async Task<JsonElement?> SoFarAsync(Uri address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
        using var ready = JsonDocument.Parse(await (await http.GetAsync(new Uri(address, "/health/ready"))).Content.ReadAsStringAsync());
        foreach (var step in ready.RootElement.GetProperty("work").EnumerateArray())
            if (step.GetProperty("step").GetString() == "due") return step.Clone();
        return null;
    }

    static Task<long> EndedAsync(ServerOptions options) => AskAsync(options, "SELECT count(*) FROM credit_limit WHERE to_sequence IS NULL AND ended_on IS NOT NULL");

    static async Task<long> AskAsync(ServerOptions options, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(options.Database + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }
}
