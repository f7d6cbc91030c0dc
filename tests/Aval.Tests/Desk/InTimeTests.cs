using System.Data.Common;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using Aval.Tests.Nodes;
using Dapper;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>A caller who waits in vain is told so in time; the command is not taken back, and asking again finds what became of it.</summary>
public sealed class InTimeTests(PostgresCluster cluster)
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_command_that_is_not_stored_in_time_is_found_once_by_who_asks_again(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster, new DeskSettings { Patience = TimeSpan.FromMilliseconds(300) });
        await shelf.OpenJarsAsync(10, "A");
        await using (await HoldAsync(shelf, database))
        {
            var unknown = await InTimeAsync(shelf, "early");
            Assert.Equal((KernelProblems.StoreUnavailable, true), (unknown.Problem?.Kind, unknown.Problem?.Detail.Contains("and may still be", StringComparison.Ordinal)));
            // Whoever comes now does not wait as well.
            var atOnce = await InTimeAsync(shelf, "late");
            Assert.Equal((KernelProblems.StoreUnavailable, true), (atOnce.Problem?.Kind, atOnce.Problem?.Detail.StartsWith("Others have waited", StringComparison.Ordinal)));
        }

        var answer = await SettledAsync(shelf, "early");
        Assert.True(Accepted(answer).Repeated);
        Assert.False(Accepted(await SettledAsync(shelf, "late")).Repeated);
        Assert.Equal(2, await shelf.AskAsync<long>("SELECT count(*) FROM coin"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Who_has_all_the_time_is_answered_however_long_it_takes(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster, new DeskSettings { Patience = TimeSpan.FromMilliseconds(100) });
        await shelf.OpenJarsAsync(10, "A");
        Task<Answer> patient;
        await using (await HoldAsync(shelf, database))
        {
            patient = Task.Run(() => shelf.DoAsync(new PutCoin("patient", "A", 1)));
            await InTimeAsync(shelf, "early");
        }

        Assert.False(Accepted(await patient.WaitAsync(Long, TestContext.Current.CancellationToken)).Repeated);
    }

    /// <summary>Nothing is written until this is disposed of.</summary>
    static async Task<DbTransaction> HoldAsync(JarShelf shelf, Database database)
    {
        var rival = await shelf.Store.ConnectAsync(CancellationToken.None);
        var holding = await rival.BeginTransactionAsync();
        if (database == Database.Postgres) await rival.ExecuteAsync("LOCK TABLE root");
        return holding;
    }

    static Task<Answer> InTimeAsync(JarShelf shelf, string coin) =>
        Task.Run(() => shelf.Desk.SubmitInTimeAsync(new PutCoin(coin, "A", 1), Maria, CancellationToken.None)).WaitAsync(Long);

    static async Task<Answer> SettledAsync(JarShelf shelf, string coin)
    {
        Answer settled = default;
        await Eventually.TrueAsync(async () => (settled = await InTimeAsync(shelf, coin)).Problem is null, Long);
        return settled;
    }
}
