using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Faults;
using Aval.Tests.Histories;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Nodes;

/// <summary>What must hold so that the tables can be distributed by lane: keys, links, and where each statement of the write path goes. Citus itself is not here.</summary>
public sealed class DistributionTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Every_key_and_link_of_the_schema_is_one_that_Citus_takes_once_the_tables_are_distributed()
    {
        var database = cluster.UnusedDatabase();
        await using var store = new PostgresStore(new Composition(Capabilities.All), database, byLane: true);
        await store.MigrateAsync(TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<StoreRefusedException>(() => store.DistributeAsync(TestContext.Current.CancellationToken));
        Assert.Contains("the extension citus is not in it", refused.Message, StringComparison.Ordinal);

        await CitusStandIn.MakeAsync(database);
        Assert.Equal(Distribution.Statements(store.Composition).Select(statement => statement.Sql), await store.DistributeAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await CitusStandIn.RefusalsAsync(database));
        Assert.Empty(await store.DistributeAsync(TestContext.Current.CancellationToken));

        // Whoever opens it from now on goes by lane, told so or not.
        await using var other = new PostgresStore(store.Composition, database);
        Assert.False(other.ByLane);
        await other.MigrateAsync(TestContext.Current.CancellationToken);
        Assert.Equal((true, Lane.Count), (other.ByLane, other.Writers));
    }

    [Fact]
    public async Task A_key_without_the_lane_a_link_across_lanes_a_trigger_and_a_forgotten_table_are_found()
    {
        var database = cluster.CreateDatabase();
        await CitusStandIn.MakeAsync(database);
        await CitusStandIn.DoAsync(database, """
            CREATE TABLE own (lane SMALLINT NOT NULL, number TEXT NOT NULL PRIMARY KEY);
            CREATE TABLE other (lane SMALLINT NOT NULL, number TEXT NOT NULL REFERENCES own (number), PRIMARY KEY (lane, number));
            CREATE TABLE wide (lane BIGINT NOT NULL);
            CREATE TABLE forgotten (lane SMALLINT NOT NULL);
            CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TRIGGER wide_is_watched AFTER DELETE ON wide FOR EACH STATEMENT EXECUTE FUNCTION nothing();
            SELECT create_distributed_table('own', 'lane'), create_distributed_table('other', 'lane'), create_distributed_table('wide', 'lane')
            """);
        Assert.Equal(
            [
                "forgotten: is not distributed", "other: other_number_fkey links what does not lie together", "own: own_pkey is unique without the lane",
                "wide: has no lane of smallint", "wide: wide_is_watched is a trigger",
            ],
            await CitusStandIn.RefusalsAsync(database));
    }

    [Fact]
    public void The_statements_are_shown_without_a_database()
    {
        var (code, said, _) = Repository.Run("dotnet", Path.Combine(AppContext.BaseDirectory, "Aval.Host.dll"), "database", "distribute", "--print");
        Assert.Equal(0, code);
        Assert.Equal(Distribution.Statements(new Composition(Capabilities.All)).Select(statement => statement.Sql + ";"), said.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Each_statement_of_the_write_path_names_one_lane_and_a_customers_transaction_writes_in_one()
    {
        var (strays, lanes) = await StraysAsync(byLane: true);
        Assert.Empty(strays);
        Assert.Equal(Traders.Customers.Select(customer => (int)Lane.Of(customer)).Distinct().Order(), lanes.Order());
    }

    [Fact]
    public async Task Statements_for_customers_of_any_lane_are_found() => Assert.NotEmpty((await StraysAsync(byLane: false)).Strays);

    /// <summary>What PostgreSQL was asked in the Desk's transactions while clients traded: what should not have been, and the lanes that were written.</summary>
    static async Task<(IReadOnlyList<string> Strays, IReadOnlySet<int> Lanes)> StraysAsync(bool byLane)
    {
        using var own = PostgresCluster.Durable();
        var options = RunningServer.NewStore(own) with { BatchByLane = byLane };
        using var traders = new Traders();
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            if (byLane)
            {
                await CitusStandIn.MakeAsync(options.Database!);
                await ((PostgresStore)server.Store).DistributeAsync(TestContext.Current.CancellationToken);
            }

            await StatementLog.BeginAsync(options.Database!);
            traders.Address = server.Address;
            await FaultRun.TradeThroughAsync(traders, 1, _ => Task.CompletedTask);
        }

        var log = own.Log();
        await FaultRun.CloseAsync(options, traders, $"batches {(byLane ? "by lane" : "of any lanes")}");
        Directory.Delete(options.Data, recursive: true);
        var (strays, lanes) = (new List<string>(), new HashSet<int>());
        var transactions = StatementLog.Read(log).GroupBy(statement => statement.Session).SelectMany(StatementLog.Transactions)
            .Where(transaction => transaction.Any(statement => statement.Sql.Contains("pg_advisory_xact_lock", StringComparison.Ordinal))).ToList();
        Assert.InRange(transactions.Count, 50, int.MaxValue);
        foreach (var transaction in transactions) Look(transaction, strays, lanes);
        return (strays, lanes);
    }

    static void Look(IReadOnlyList<Received> transaction, List<string> strays, HashSet<int> lanes)
    {
        var tables = Distribution.Statements(new Composition(Capabilities.All)).Select(statement => statement.Table).ToHashSet(StringComparer.Ordinal);
        var alone = !transaction.Any(statement => statement.Sql.Contains("pg_advisory_xact_lock_shared", StringComparison.Ordinal));
        var stated = transaction.Where(statement => statement.Tables.Any(tables.Contains)).ToList();
        strays.AddRange(stated.Where(statement => statement.Lane is null && !(alone && LooksEverywhere(statement))).Select(statement => statement.Sql));
        if (alone) return;
        // A number's claim lies in the number's own lane.
        var written = stated.Where(statement => statement.Lane is not null && (statement.Writes || statement.Locks) && !statement.Tables.Contains("claim"))
            .Select(statement => statement.Lane!.Value).ToHashSet();
        if (written.Count > 1) strays.Add("one transaction in lanes " + string.Join(", ", written));
        lanes.UnionWith(written);
    }

    /// <summary>Whose parties hang under one: asked only by a command that holds the company alone.</summary>
    static bool LooksEverywhere(Received statement) => statement.Sql.StartsWith("SELECT party, root FROM member WHERE above = ", StringComparison.Ordinal);
}
