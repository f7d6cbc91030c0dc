using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>What a change wakes is done: some of it in the same commit, the rest soon after, and none of it is lost.</summary>
public sealed class ReactionTests(PostgresCluster cluster)
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Waiting_coins_enter_in_order_when_room_comes(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A");
        Accepted(await shelf.DoAsync(new PutCoin("big", "A", 10)));
        foreach (var (number, amount) in new[] { ("w1", 6), ("w2", 5), ("w3", 4) }) Accepted(await shelf.DoAsync(new PutCoin(number, "A", amount, Waits: true)));
        Accepted(await shelf.DoAsync(new TakeCoin("big")));
        var coins = (await shelf.ViewAsync("A")).Get<JarFacts>().Coins;
        Assert.Equal((CoinStatus.Inside, CoinStatus.Waiting, CoinStatus.Inside), (coins["w1"].Status, coins["w2"].Status, coins["w3"].Status));
        Assert.Equal(
            ["takeCoin key:maria 2026-03-02", "enter rule:enter 2026-03-02", "enter rule:enter 2026-03-02"], (await DueTests.EntriesAsync(shelf)).Skip(5));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_bounded_number_enters_in_the_commit_and_the_rest_follows(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await FillAsync(shelf, 150);
        Accepted(await shelf.DoAsync(new TakeCoin("big")));
        Assert.InRange(await InTheBatchOfTheTakingAsync(shelf), 1, Consequences.MostReactions);
        await UntilAsync(() => shelf.AskAsync<bool>("SELECT count(*) = 0 FROM coin WHERE to_sequence IS NULL AND status = 'waiting'"));
        await UntilAsync(() => shelf.AskAsync<bool>("SELECT count(*) = 0 FROM root WHERE waiting IS NOT NULL"));
        Assert.Equal(150, (await shelf.ViewAsync("A")).Get<JarFacts>().Inside);
        Assert.Empty(shelf.Log.Complaints);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_a_reaction_fails_on_waits_until_it_can_be_done_and_the_others_go_on(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A");
        Accepted(await shelf.DoAsync(new PutCoin("big", "A", 10)));
        var cursed = $"cursed-{database}";
        foreach (var number in new[] { "w1", cursed, "w3" }) Accepted(await shelf.DoAsync(new PutCoin(number, "A", 1, Waits: true)));
        JarsCapability.Cursed[cursed] = true;
        Accepted(await shelf.DoAsync(new TakeCoin("big")));
        var coins = (await shelf.ViewAsync("A")).Get<JarFacts>().Coins;
        Assert.Equal((CoinStatus.Inside, CoinStatus.Waiting, CoinStatus.Inside), (coins["w1"].Status, coins[cursed].Status, coins["w3"].Status));
        Accepted(await shelf.DoAsync(new RunDue("A")));
        Assert.True(await shelf.AskAsync<bool>("SELECT count(*) = 1 FROM root WHERE waiting IS NOT NULL"));

        JarsCapability.Cursed.TryRemove(cursed, out _);
        Accepted(await shelf.DoAsync(new RunDue("A")));
        Assert.Equal(CoinStatus.Inside, (await shelf.ViewAsync("A")).Get<JarFacts>().Coins[cursed].Status);
        Assert.True(await shelf.AskAsync<bool>("SELECT count(*) = 0 FROM root WHERE waiting IS NOT NULL"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_was_left_when_a_node_stopped_is_due_on_the_next_start(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await FillAsync(shelf, 150);
        // The Desk stops while the follow-ups of this very commit are refused, being new.
        var taking = shelf.DoAsync(new TakeCoin("big"));
        await shelf.StopAsync();
        Accepted(await taking);
        await using var again = await ReopenAsync(database, shelf.Place);
        IReadOnlyList<string> due;
        await using (var reader = await again.Store.SnapshotAsync(TestContext.Current.CancellationToken))
            due = await reader.DueRootsAsync(FirstDay, TestContext.Current.CancellationToken);
        Assert.Equal(["A"], due);
        Accepted(await again.DoAsync(new RunDue("A")));
        await UntilAsync(() => again.AskAsync<bool>("SELECT count(*) = 0 FROM coin WHERE to_sequence IS NULL AND status = 'waiting'"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_is_left_follows_a_jar_that_moves(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await FillAsync(shelf, 150);
        await shelf.OpenJarsAsync(10, "B");
        var both = await Task.WhenAll(shelf.DoAsync(new TakeCoin("big")), shelf.DoAsync(new MoveJar("A", "B")));
        Assert.All(both, answer => Accepted(answer));
        await UntilAsync(() => shelf.AskAsync<bool>("SELECT count(*) = 0 FROM coin WHERE to_sequence IS NULL AND status = 'waiting'"));
        Assert.Equal(150, (await shelf.ViewAsync("A")).Get<JarFacts>().Inside);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Room_that_comes_by_a_transfer_or_a_date_wakes_too(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A", "B");
        Accepted(await shelf.DoAsync(new PutCoin("1", "A", 5)));
        Accepted(await shelf.DoAsync(new PutCoin("2", "A", 5, FirstDay)));
        Accepted(await shelf.DoAsync(new PutCoin("w1", "A", 5, Waits: true)));
        Accepted(await shelf.DoAsync(new PutCoin("w2", "A", 5, Waits: true)));
        Accepted(await shelf.DoAsync(new PassCoin("1", "3", "B")));
        Assert.Equal(CoinStatus.Inside, (await shelf.ViewAsync("A")).Get<JarFacts>().Coins["w1"].Status);
        Accepted(await shelf.DoAsync(new SetDate(FirstDay.AddDays(1))));
        Accepted(await shelf.DoAsync(new RunDue("A")));
        Assert.Equal(CoinStatus.Inside, (await shelf.ViewAsync("A")).Get<JarFacts>().Coins["w2"].Status);
    }

    static async Task FillAsync(JarShelf shelf, int waiting)
    {
        await shelf.OpenJarsAsync(waiting, "A");
        Accepted(await shelf.DoAsync(new PutCoin("big", "A", waiting)));
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, waiting).Select(n => shelf.DoAsync(new PutCoin("w" + Name(n), "A", 1, Waits: true))))) Accepted(answer);
    }

    static Task<long> InTheBatchOfTheTakingAsync(JarShelf shelf) => shelf.AskAsync<long>(
        "SELECT count(*) FROM journal WHERE command = 'enter' AND recorded_at = (SELECT recorded_at FROM journal WHERE command = 'takeCoin')");

    internal static async Task UntilAsync(Func<Task<bool>> done)
    {
        for (var tries = 0; !await done(); tries++)
        {
            Assert.True(tries < 500, "it was never done");
            await Task.Delay(20);
        }
    }
}
