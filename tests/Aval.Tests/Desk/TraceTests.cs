using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Npgsql;

namespace Aval.Tests.Jars;

/// <summary>What a log tells of a failure: a store that is away is no place in the program, and everything else is.</summary>
public sealed class TraceTests(PostgresCluster cluster)
{
    [Fact]
    public async Task A_database_that_is_away_leaves_its_message_alone_and_a_refusal_of_it_the_place_too()
    {
        await using var nobody = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");
        var away = await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await nobody.OpenConnectionAsync(TestContext.Current.CancellationToken));
        Assert.Null(Store.Trace(away));

        await using var several = NpgsqlDataSource.Create("Host=127.0.0.1:1,127.0.0.1:2;Username=nobody;Timeout=2;Target Session Attributes=primary");
        for (var times = 0; times < 2; times++)
            Assert.Null(Store.Trace(await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await several.OpenConnectionAsync(TestContext.Current.CancellationToken))));

        await using var shelf = await JarShelf.OpenAsync(Database.Postgres, cluster);
        var ended = await Assert.ThrowsAnyAsync<PostgresException>(() => shelf.AskAsync<bool>("SELECT pg_terminate_backend(pg_backend_pid())"));
        Assert.Null(Store.Trace(ended));
        var refused = await Assert.ThrowsAnyAsync<PostgresException>(() => shelf.AskAsync<long>("SELECT nothing FROM nowhere"));
        Assert.Same(refused, Store.Trace(refused));
        Assert.NotNull(Store.Trace(new InvalidOperationException("a defect of ours")));
    }
}
