using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>What a date brings has happened for whoever decides or looks, whether a due run came by or not.</summary>
public sealed class DueTests(PostgresCluster cluster)
{
    [Theory, InlineData(Database.Sqlite, false), InlineData(Database.Sqlite, true), InlineData(Database.Postgres, false), InlineData(Database.Postgres, true)]
    public async Task A_decision_after_a_move_of_the_clock_answers_the_same_with_or_without_a_due_run(Database database, bool dueRun)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A");
        Accepted(await shelf.DoAsync(new PutCoin("1", "A", 6, FirstDay.AddDays(1))));
        Accepted(await shelf.DoAsync(new PutCoin("2", "A", 4, FirstDay.AddDays(3))));
        Refused(JarProblems.JarFull, await shelf.DoAsync(new PutCoin("3", "A", 1)));
        Accepted(await shelf.DoAsync(new SetDate(FirstDay.AddDays(1))));
        Refused(JarProblems.JarFull, await shelf.DoAsync(new PutCoin("3", "A", 1)));
        Accepted(await shelf.DoAsync(new SetDate(FirstDay.AddDays(2))));
        if (dueRun) Accepted(await shelf.DoAsync(new RunDue("A")));
        Refused(JarProblems.JarFull, await shelf.DoAsync(new PutCoin("3", "A", 7)));
        Accepted(await shelf.DoAsync(new PutCoin("3", "A", 6)));
        Refused(JarProblems.CoinGone, await shelf.DoAsync(new TakeCoin("1")));
        Assert.Equal(
            ["openJar key:maria 2026-03-02", "putCoin key:maria 2026-03-02", "putCoin key:maria 2026-03-02", "runDue rule:expire 2026-03-04", "putCoin key:maria 2026-03-04"],
            await EntriesAsync(shelf));
        Assert.Empty(shelf.Log.Complaints);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Days_that_were_skipped_run_one_by_one_in_order_and_the_rule_is_the_actor(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A");
        for (var day = 5; day > 0; day--) Accepted(await shelf.DoAsync(new PutCoin(Name(day), "A", 1, FirstDay.AddDays(day / 2))));
        Accepted(await shelf.DoAsync(new SetDate(FirstDay.AddDays(30))));
        Accepted(await shelf.DoAsync(new RunDue("A")));
        Assert.Equal(
            ["runDue rule:expire 2026-03-03", "runDue rule:expire 2026-03-04", "runDue rule:expire 2026-03-05"],
            (await EntriesAsync(shelf)).Skip(6));
        Assert.Equal("2026-03-05", await shelf.AskAsync<string>("SELECT CAST(business_date AS TEXT) FROM root WHERE root = 'A'"));
        var before = await shelf.AskAsync<long>("SELECT count(*) FROM journal");
        Accepted(await shelf.DoAsync(new RunDue("A")));
        Assert.Equal(before, await shelf.AskAsync<long>("SELECT count(*) FROM journal"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_brings_dates_nearer_is_noted_once_until_it_was_followed_to_every_root(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A", "B");
        Accepted(await shelf.DoAsync(new PutCoin("1", "A", 1, FirstDay.AddDays(10))));
        Accepted(await shelf.DoAsync(new SetRule(1)));
        Assert.Null(await NearerAsync());
        Accepted(await shelf.DoAsync(new SetRule(2, Nearer: true)));
        var first = await NearerAsync();
        Assert.Equal((3, null), (first!.Sequence, first.After));
        await FollowedAsync(first, "A");
        Assert.Equal((3, "A"), ((await NearerAsync())!.Sequence, (await NearerAsync())!.After));

        // A second one begins anew, whatever the walk after the first still says.
        Accepted(await shelf.DoAsync(new SetRule(3, Nearer: true)));
        var second = await NearerAsync();
        Assert.Equal((4, null), (second!.Sequence, second.After));
        await FollowedAsync(first, "B");
        await FollowedAsync(first, after: null);
        Assert.Equal(second, await NearerAsync());
        await FollowedAsync(second, after: null);
        Assert.Null(await NearerAsync());
        Assert.Equal(["2026-03-13"], await shelf.ListAsync("SELECT CAST(next_due AS TEXT) FROM root WHERE next_due IS NOT NULL"));

        Task FollowedAsync(DatesNearer nearer, string? after) => shelf.Store.FollowedAsync(nearer, after, CancellationToken.None);
        async Task<DatesNearer?> NearerAsync()
        {
            await using var reader = await shelf.Store.SnapshotAsync(CancellationToken.None);
            return await reader.DatesNearerAsync(CancellationToken.None);
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_view_shows_what_the_due_run_will_write_and_writes_nothing(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A");
        for (var n = 0; n < 10; n++) Accepted(await shelf.DoAsync(new PutCoin(Name(n), "A", 1, FirstDay.AddDays(n % 4))));
        for (var n = 10; n < 14; n++) Accepted(await shelf.DoAsync(new PutCoin(Name(n), "A", 2, Waits: true)));
        Accepted(await shelf.DoAsync(new SetDate(FirstDay.AddDays(3))));
        var entries = await shelf.AskAsync<long>("SELECT count(*) FROM journal");
        var seen = (await shelf.ViewAsync("A")).Get<JarFacts>();
        Assert.Equal(entries, await shelf.AskAsync<long>("SELECT count(*) FROM journal"));
        Assert.Equal(FirstDay.AddDays(3), (await shelf.ViewAsync("A")).Through);
        Accepted(await shelf.DoAsync(new RunDue("A")));
        var written = (await shelf.ViewAsync("A")).Get<JarFacts>();
        // The instant of a waiting coin stays that of its being put, so the two are the same in every field.
        Assert.Equal(written.Coins.Values.OrderBy(coin => coin.Number), seen.Coins.Values.OrderBy(coin => coin.Number));
        Assert.Equal((written.Inside, written.Capacity), (seen.Inside, seen.Capacity));
        Assert.True(written.Coins.Values.Count(coin => coin.Amount == 2 && coin.Status == CoinStatus.Inside) is 4, "waiting coins were to enter");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_root_says_when_it_has_work_next_and_is_due_only_once(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A", "B");
        Accepted(await shelf.DoAsync(new PutCoin("1", "A", 1, FirstDay)));
        Accepted(await shelf.DoAsync(new PutCoin("2", "A", 1, FirstDay.AddDays(5))));
        Assert.Equal([], await DueAsync(FirstDay));
        Assert.Equal(["A"], await DueAsync(FirstDay.AddDays(1)));
        Accepted(await shelf.DoAsync(new SetDate(FirstDay.AddDays(1))));
        Accepted(await shelf.DoAsync(new RunDue("A")));
        Assert.Equal([], await DueAsync(FirstDay.AddDays(5)));
        Assert.Equal(["A"], await DueAsync(FirstDay.AddDays(6)));

        async Task<IReadOnlyList<string>> DueAsync(DateOnly date)
        {
            await using var reader = await shelf.Store.SnapshotAsync(CancellationToken.None);
            return await reader.DueRootsAsync(date, CancellationToken.None);
        }
    }

    internal static Task<IReadOnlyList<string>> EntriesAsync(JarShelf shelf) =>
        shelf.ListAsync("SELECT command || ' ' || actor || ' ' || CAST(business_date AS TEXT) FROM journal WHERE root = 'A' ORDER BY sequence");
}
