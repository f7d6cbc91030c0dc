using Aval.Kernel;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>The same number again gets the same answer and does nothing; the same number for something else is refused.</summary>
public sealed class RepeatTests(PostgresCluster cluster)
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_same_number_again_is_answered_as_before_also_after_a_restart(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A", "B");
        var first = Accepted(await shelf.DoAsync(new PutCoin("1", "A", 4)));
        var passed = Accepted(await shelf.DoAsync(new PassCoin("1", "2", "B")));
        Same(first, Accepted(await shelf.DoAsync(new PutCoin("1", "A", 4))));
        await shelf.StopAsync();
        await using var again = await ReopenAsync(database, shelf.Place);
        Same(first, Accepted(await again.DoAsync(new PutCoin("1", "A", 4))));
        Same(passed, Accepted(await again.DoAsync(new PassCoin("1", "2", "B"))));
        Refused(KernelProblems.KeyReused, await again.DoAsync(new PutCoin("1", "A", 5)));
        Refused(KernelProblems.KeyReused, await again.DoAsync(new PutCoin("1", "B", 4)));
        Assert.Equal(2, await again.AskAsync<long>("SELECT count(*) FROM coin WHERE to_sequence IS NULL"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Fifty_at_once_with_one_number_do_it_once(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(1_000, "A", "B");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shelf.DoAsync(new PutCoin("1", "A", 4))));
        var first = Assert.Single(answers, answer => !Accepted(answer).Repeated).Outcome!;
        foreach (var answer in answers.Where(answer => answer.Outcome!.Repeated)) Same(first, answer.Outcome!);
        Assert.Equal(1, await shelf.AskAsync<long>("SELECT count(*) FROM coin"));

        // Half of them for another jar: one root wins, and the other content is refused, whichever it was.
        answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => shelf.DoAsync(new PutCoin("2", n % 2 == 0 ? "A" : "B", 4))));
        Assert.Single(answers, answer => answer.Outcome is { Repeated: false });
        Assert.Equal(24, answers.Count(answer => answer.Outcome is { Repeated: true }));
        Assert.Equal(25, answers.Count(answer => answer.Problem?.Kind == KernelProblems.KeyReused));
        Assert.Equal(2, await shelf.AskAsync<long>("SELECT count(*) FROM coin"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_refusal_is_never_stored(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A");
        Accepted(await shelf.DoAsync(new PutCoin("1", "A", 10)));
        Refused(JarProblems.JarFull, await shelf.DoAsync(new PutCoin("2", "A", 3)));
        Accepted(await shelf.DoAsync(new TakeCoin("1")));
        Assert.False(Accepted(await shelf.DoAsync(new PutCoin("2", "A", 4))).Repeated);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_idempotency_key_holds_for_one_actor_and_one_call(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(100, "A");
        Accepted(await shelf.DoAsync(new PutCoin("1", "A", 10)));
        Accepted(await shelf.DoAsync(new PutCoin("2", "A", 10)));
        var taken = Accepted(await shelf.DoAsync(Keyed("1", Maria, "take")));
        Same(taken, Accepted(await shelf.DoAsync(Keyed("1", Maria, "take"))));
        Refused(KernelProblems.KeyReused, await shelf.DoAsync(Keyed("2", Maria, "take")));
        Assert.False(Accepted(await shelf.DoAsync(Keyed("2", Actor.Key("otto"), "take"))).Repeated);
        Refused(JarProblems.CoinGone, await shelf.DoAsync(Keyed("1", Maria, "takeAgain")));

        static TakeCoin Keyed(string coin, Actor actor, string call) => new(coin) { Key = Claim.OfKey(actor, call, "k-1", coin) };
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_number_whose_jar_has_moved_is_still_answered(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A", "B");
        var first = Accepted(await shelf.DoAsync(new PutCoin("1", "A", 4)));
        Accepted(await shelf.DoAsync(new MoveJar("A", "B")));
        Same(first, Accepted(await shelf.DoAsync(new PutCoin("1", "A", 4))));
        Assert.Equal("B", Accepted(await shelf.DoAsync(new TakeCoin("1"))).Root);
    }

    static void Same(Outcome first, Outcome again)
    {
        Assert.True(again.Repeated);
        Assert.Equal((first.Root, first.Sequence), (again.Root, again.Sequence));
        Assert.Equal(first.Rows, again.Rows);
        Assert.Equal(first.Result, again.Result);
    }
}
