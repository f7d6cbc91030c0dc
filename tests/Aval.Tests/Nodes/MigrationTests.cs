using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Npgsql;

namespace Aval.Tests.Nodes;

/// <summary>Nodes that start on one database: the first brings the schema along, and an index over a large table takes longer than a statement may.</summary>
public sealed class MigrationTests(PostgresCluster cluster)
{
    static readonly TimeSpan ForAnIndex = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_node_waits_for_the_one_that_makes_the_schema_longer_than_for_any_statement()
    {
        var cancel = TestContext.Current.CancellationToken;
        var database = RunningServer.NewStore(cluster).Database!;
        await using (var first = new PostgresStore(new Composition(Capabilities.All), database)) await first.MigrateAsync(cancel);
        await using var migrating = new NpgsqlConnection(database);
        await migrating.OpenAsync(cancel);
        await using var transaction = await migrating.BeginTransactionAsync(cancel);
        await using var holding = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({PostgresStore.MigrationLock})", migrating, transaction);
        await holding.ExecuteNonQueryAsync(cancel);

        await using var second = new PostgresStore(
            new Composition(Capabilities.All), new NpgsqlConnectionStringBuilder(database) { CommandTimeout = 1 }.ToString());
        var opening = second.MigrateAsync(cancel);
        await Task.WhenAny(opening, Task.Delay(ForAnIndex, cancel));
        Assert.False(opening.IsCompleted);
        await transaction.RollbackAsync(cancel);
        await opening;
    }
}
