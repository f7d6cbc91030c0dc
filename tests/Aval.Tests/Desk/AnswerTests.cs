using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>What an answer promises: it is stored, journaled, and no business of its neighbours.</summary>
public sealed class AnswerTests(PostgresCluster cluster)
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_was_answered_is_there_after_a_restart_with_its_entry(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A");
        var put = Accepted(await shelf.DoAsync(new PutCoin("1", "A", 4, Marks: """{"a":[1,2]}""")));
        var before = Dump(await shelf.ViewAsync("A"));
        await shelf.StopAsync();
        await using var again = await ReopenAsync(database, shelf.Place);
        Assert.Equal(before, Dump(await again.ViewAsync("A")));
        var entry = await again.EntryAsync("A", put.Sequence);
        Assert.Equal(("A", 2L, FirstDay, "key:maria", "putCoin"), (entry.Root, entry.Sequence, entry.BusinessDate, entry.Actor, entry.Command));
        var said = new EntryFormat(JarsCapability.Composition).Read(entry);
        Assert.Equal(put.Rows, said.Rows.Select(row => row.Row));
        Assert.Equal(put.Result, said.Result);
        Assert.Equal(entry.Hash, Entry.HashOf(entry.PreviousHash, entry.Body));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_refusal_writes_nothing(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A");
        var before = await CountsAsync(shelf);
        Refused(JarProblems.JarFull, await shelf.DoAsync(new PutCoin("1", "A", 11)));
        Refused(JarProblems.JarUnknown, await shelf.DoAsync(new PutCoin("1", "B", 1)));
        Refused(JarProblems.JarExists, await shelf.DoAsync(new OpenJar("A", 1)));
        Refused(KernelProblems.FieldInvalid, await shelf.DoAsync(new PutCoin("1", "A", 0)));
        Assert.Equal(before, await CountsAsync(shelf));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_refused_or_broken_neighbour_in_the_same_batch_does_not_matter(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(1_000, "A");
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(n => shelf.DoAsync(new PutCoin(Name(n), "A", (n % 3) switch { 0 => 1, 1 => 666, _ => 5_000 }))));
        for (var n = 0; n < 300; n++)
            if (n % 3 == 0) Accepted(answers[n]);
            else Refused(n % 3 == 1 ? KernelProblems.Internal : JarProblems.JarFull, answers[n]);
        Assert.True(await shelf.AskAsync<long>("SELECT count(*) FROM batch") < 100, "they were to share batches");
        Assert.Equal(100, await shelf.AskAsync<long>("SELECT count(*) FROM coin"));
        Assert.Equal(101, await shelf.AskAsync<long>("SELECT sequence FROM root WHERE root = 'A'"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_the_database_cannot_store_fails_alone_and_is_called_a_defect(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(1_000, "A");
        // Every jar's number is unique in its root, and so is a coin's version; this one is there already, behind the Desk's back.
        await shelf.TamperAsync("""
            INSERT INTO coin (lane, root, number, jar, amount, status, entered, rule, opened, put_at, shiny, from_sequence, live)
            SELECT lane, root, 'X', 'A', 1, 'spent', '2026-03-02', 0, 0, '2026-03-02 00:00:00+00:00', false, n.sequence, false
            FROM root CROSS JOIN (SELECT 2 AS sequence UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6) n WHERE root = 'A'
            """);
        string[] coins = ["1", "2", "X", "3", "4"];
        var answers = await Task.WhenAll(coins.Select(coin => shelf.DoAsync(new PutCoin(coin, "A", 1))));
        foreach (var (coin, answer) in coins.Zip(answers))
            if (coin == "X") Refused(KernelProblems.Internal, answer);
            else Accepted(answer);
        Assert.Equal(4, await shelf.AskAsync<long>("SELECT count(*) FROM claim WHERE scope = 'coin'"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_command_that_changes_the_structure_without_saying_so_is_stopped(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(1_000, "A");
        Refused(KernelProblems.Internal, await shelf.DoAsync(new SlyRule()));
        Assert.Equal(0, await shelf.AskAsync<long>("SELECT count(*) FROM jar_rule"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_closed_document_is_brought_for_the_decision_and_does_not_stay_in_the_facts(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A");
        Accepted(await shelf.DoAsync(new PutCoin("1", "A", 10)));
        Accepted(await shelf.DoAsync(new TakeCoin("1")));
        Refused(JarProblems.CoinGone, await shelf.DoAsync(new TakeCoin("1")));
        var facts = (await shelf.ViewAsync("A")).Get<JarFacts>();
        Assert.Empty(facts.Coins);
        Assert.Equal(10, facts.Room);
        var both = await Task.WhenAll(shelf.DoAsync(new PutCoin("2", "A", 10)), shelf.DoAsync(new PutCoin("3", "A", 10)));
        Assert.Single(both, answer => answer.Problem is null);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_document_that_crosses_roots_is_journaled_in_both_and_each_entry_names_the_other(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A", "B");
        Accepted(await shelf.DoAsync(new PutCoin("1", "A", 7)));
        var passed = Accepted(await shelf.DoAsync(new PassCoin("1", "2", "B")));
        Assert.Equal(["2", "1"], passed.Rows.Cast<Coin>().Select(coin => coin.Number));
        var format = new EntryFormat(JarsCapability.Composition);
        var (here, there) = (format.Read((await shelf.EntryAsync("A", 3))), format.Read((await shelf.EntryAsync("B", 2))));
        Assert.Equal(("1", CoinStatus.Spent), (Assert.IsType<Coin>(here.Rows.Single().Row).Number, ((Coin)here.Rows.Single().Row).Status));
        Assert.Equal("2", Assert.IsType<Coin>(there.Rows.Single().Row).Number);
        Assert.Equal(("B", 2L), here.With.Single());
        Assert.Equal(("A", 3L), there.With.Single());
        Assert.Empty(shelf.Log.Complaints);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_leaves_and_comes_back_or_comes_and_goes_within_one_act_ends_as_it_was_left(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A");
        Accepted(await shelf.DoAsync(new PutCoin("1", "A", 4)));
        var known = await shelf.ViewAsync("A");
        Accepted(await shelf.DoAsync(new Juggle()));
        var after = await shelf.ViewAsync("A");
        Assert.Equal(["1"], after.Get<JarFacts>().Coins.Keys);
        var entry = new EntryFormat(JarsCapability.Composition).Read((await shelf.EntryAsync("A", 3)));
        Assert.Equal(Dump(after), Dump(entry.ApplyTo(known) with { Sequence = 3 }));
        Assert.Equal([], (await new Verification(shelf.Store).RunAsync(null, CancellationToken.None)).Failures);
        await shelf.StopAsync();
        await using var again = await ReopenAsync(database, shelf.Place);
        Assert.Equal(Dump(after), Dump(await again.ViewAsync("A")));
        Accepted(await again.DoAsync(new TakeCoin("1")));
    }

    static async Task<string> CountsAsync(JarShelf shelf) => string.Join(' ', await shelf.ListAsync("""
        SELECT 'journal ' || count(*) FROM journal UNION ALL SELECT 'claim ' || count(*) FROM claim UNION ALL SELECT 'batch ' || count(*) FROM batch
        UNION ALL SELECT 'root ' || count(*) FROM root UNION ALL SELECT 'coin ' || count(*) FROM coin UNION ALL SELECT 'member ' || count(*) FROM member
        """));

    static string Dump(Facts facts) => JarFacts.Dump(facts);

    sealed record SlyRule : Command
    {
        public override string Name => "slyRule";
        public override Subject Subject => Subject.Party("A", JarProblems.JarUnknown);

        public override Problem? Decide(Case @case)
        {
            @case.Put(JarFacts.CoinTable, new Coin("S", "A", 1, CoinStatus.Inside, @case.Today, null, 0, 1, @case.Now, false, null));
            @case.Put(JarFacts.RuleTable, new JarRule(JarRule.Number, 7), Facts.Company);
            return null;
        }
    }

    sealed record Juggle : Command
    {
        public override string Name => "juggle";
        public override Subject Subject => Subject.Party("A", JarProblems.JarUnknown);

        public override Problem? Decide(Case @case)
        {
            var coin = @case.Facts.Find<Coin>("1")!;
            @case.Take(JarFacts.CoinTable, coin, "A");
            @case.Put(JarFacts.CoinTable, coin with { Amount = 3 });
            @case.Put(JarFacts.CoinTable, coin with { Amount = 5 });
            var passing = coin with { Number = "2", Amount = 1 };
            @case.Put(JarFacts.CoinTable, passing);
            @case.Take(JarFacts.CoinTable, passing, "A");
            var twice = coin with { Number = "3", Amount = 1 };
            @case.Put(JarFacts.CoinTable, twice);
            @case.Take(JarFacts.CoinTable, twice, "A");
            @case.Put(JarFacts.CoinTable, twice with { Status = CoinStatus.Spent });
            return null;
        }
    }
}
