using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>A root that another node holds is waited for by its own commands alone: in their order, all that have come by then in one batch, and not for ever.</summary>
public sealed class HeldTests(PostgresCluster cluster)
{
    [Theory, InlineData(Database.Postgres), InlineData(Database.PostgresByLane)]
    public async Task What_comes_for_a_held_root_is_decided_together_when_it_can_be_had(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(1_000, "A");
        var held = await HoldAsync(shelf, "A");
        var first = shelf.DoAsync(new PutCoin("first", "A", 1));
        await WaitingAsync(shelf, 1);
        var others = new List<Task<Answer>>();
        for (var n = 0; n < 50; n++) others.Add(await shelf.Desk.EnqueueAsync(new PutCoin(Name(n), "A", 1), Maria, CancellationToken.None));
        var before = await BatchesAsync(shelf);
        await held.DisposeAsync();
        foreach (var answer in await Task.WhenAll(others.Prepend(first))) Accepted(answer);
        Assert.Equal(1, await BatchesAsync(shelf) - before);
        Assert.Equal(
            Enumerable.Range(0, 50).Select(Name).Prepend("first"), await shelf.ListAsync("SELECT number FROM coin ORDER BY from_sequence"));
        Assert.Empty(shelf.Log.Complaints);
    }

    [Theory, InlineData(Database.Postgres), InlineData(Database.PostgresByLane)]
    public async Task Nobody_else_waits_for_a_held_root(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var jars = Enumerable.Range(0, 40).Select(Name).ToList();
        await shelf.OpenJarsAsync(1_000, jars);
        var held = await HoldAsync(shelf, "000");
        var waits = shelf.DoAsync(new PutCoin("waits", "000", 1));
        await WaitingAsync(shelf, 1);
        for (var n = 0; n < 5; n++)
        {
            var answers = Task.WhenAll(jars.Skip(1).Select(jar => shelf.DoAsync(new PutCoin($"{n}-{jar}", jar, 1))));
            foreach (var answer in await answers.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)) Accepted(answer);
        }

        Assert.False(waits.IsCompleted);
        await held.DisposeAsync();
        Accepted(await waits);
    }

    [Fact]
    public async Task A_second_held_root_is_waited_for_when_the_first_can_be_had_and_keeps_its_order_behind_what_crosses()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await shelf.OpenJarsAsync(1_000, "A", "B");
        Accepted(await shelf.DoAsync(new PutCoin("a", "A", 1)));
        var (heldA, heldB) = (await HoldAsync(shelf, "A"), await HoldAsync(shelf, "B"));
        var passes = await shelf.Desk.EnqueueAsync(new PassCoin("a", "b", "B"), Maria, CancellationToken.None);
        await WaitingAsync(shelf, 1);
        var gone = await shelf.Desk.EnqueueAsync(new TakeCoin("a"), Maria, CancellationToken.None);
        var here = await shelf.Desk.EnqueueAsync(new PutCoin("c", "B", 1), Maria, CancellationToken.None);
        await heldA.DisposeAsync();
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.False(gone.IsCompleted, "passed what it waits behind");
        Assert.False(here.IsCompleted, "was decided without its root");
        await heldB.DisposeAsync();
        Accepted(await passes);
        Refused(JarProblems.CoinGone, await gone);
        Accepted(await here);
        Assert.Empty(shelf.Log.Complaints);
    }

    [Fact]
    public async Task Who_waits_in_vain_is_told_so_and_nothing_has_changed()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await shelf.OpenJarsAsync(1_000, "A");
        var impatient = await shelf.NodeAsync(at: shelf.Place + ";Command Timeout=1");
        await using (await HoldAsync(shelf, "A"))
        {
            var answers = await Task.WhenAll(impatient.DoAsync(new PutCoin("x", "A", 1)), impatient.DoAsync(new PutCoin("y", "A", 1)))
                .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.All(answers, answer => Refused(KernelProblems.Busy, answer));
        }

        Assert.Equal(0, await shelf.AskAsync<long>("SELECT count(*) FROM coin"));
        Assert.False(Accepted(await impatient.DoAsync(new PutCoin("x", "A", 1))).Repeated);
    }

    [Fact]
    public async Task A_stop_answers_those_who_wait_for_a_held_root()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await shelf.OpenJarsAsync(1_000, "A");
        var held = await HoldAsync(shelf, "A");
        var asked = Enumerable.Range(0, 20).Select(n => shelf.DoAsync(new PutCoin(Name(n), "A", 1))).ToList();
        await WaitingAsync(shelf, 1);
        var stop = shelf.StopAsync();
        await held.DisposeAsync();
        await stop;
        foreach (var answer in await Task.WhenAll(asked)) Accepted(answer);
    }

    /// <summary>Holds a root as another node's batch does.</summary>
    static async Task<WriteSession> HoldAsync(JarShelf shelf, string root) =>
        (await shelf.Store.BeginAsync(new WantedRoots([root], [], SkipLocked: false), CancellationToken.None)).Session;

    static Task<long> BatchesAsync(JarShelf shelf) => shelf.AskAsync<long>("SELECT count(*) FROM batch");

    /// <summary>Until so many transactions wait for another one.</summary>
    static async Task WaitingAsync(JarShelf shelf, int transactions)
    {
        while (await shelf.AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") < transactions)
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
