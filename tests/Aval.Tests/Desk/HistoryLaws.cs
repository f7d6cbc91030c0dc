using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>Whatever was done, in whatever order and company: the tables, the journal, a node that followed and one that has just started tell the same.</summary>
public sealed class HistoryLaws(PostgresCluster cluster)
{
    static readonly string[] Jars = ["A", "B", "C", "D"];

    static Gen<string> Jar => Gen.Elements(Jars);
    static Gen<string> Coin => Gen.Choose(1, 40).Select(n => "c" + n);

    static Gen<Command> Step => Gen.Frequency(
        (12, from jar in Jar from coin in Coin from amount in Gen.Choose(1, 5) from days in Gen.Choose(-1, 6) from waits in Gen.Elements(true, false)
             from giver in Gen.Elements(null, "Ada \"Ö\"") from marks in Gen.Elements(null, """{ "by" : "Max \u0041 \"M\"", "n":1.50, "notes":[{"note":"x"},{"note":null}] }""")
             select (Command)new PutCoin(coin, jar, amount, days < 0 ? null : FirstDay.AddDays(days), waits, marks, giver)),
        (6, from coin in Coin from why in Gen.Elements(null, "lost") select (Command)new TakeCoin(coin, why)),
        (4, from coin in Coin from next in Coin from jar in Jar select (Command)new PassCoin(coin, next, jar)),
        (2, from jar in Jar from above in Gen.Elements<string?>("A", "B", null) select (Command)new MoveJar(jar, above)),
        (1, from jar in Jar select (Command)new OpenJar(jar, 10)),
        (1, from value in Gen.Choose(1, 9) select (Command)new SetRule(value)),
        (1, from days in Gen.Choose(0, 9) select (Command)new SetDate(FirstDay.AddDays(days))),
        (1, from jar in Jar select (Command)new RunDue(jar)));

    static Arbitrary<Sent[][]> Histories => Step.Select(command => new Sent(command)).ArrayOf().Resize(12).ArrayOf().Resize(8).ToArbitrary();

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres), InlineData(Database.PostgresByLane)]
    public void Tables_journal_followers_and_newcomers_tell_the_same(Database database) =>
        Prop.ForAll(Histories, history => HoldsAsync(database, history).GetAwaiter().GetResult()).Holds(12);

    /// <summary>Each group of commands is sent at once, so that some share a batch; on PostgreSQL by two nodes in turn.</summary>
    async Task<bool> HoldsAsync(Database database, Sent[][] history)
    {
        await using var shelf = await OpenAsync(database, cluster);
        Desk[] nodes = [shelf.Desk, database == Database.Sqlite ? shelf.Desk : await shelf.NodeAsync()];
        await shelf.OpenJarsAsync(10, "A", "B");
        foreach (var (turn, group) in history.Index())
            foreach (var answer in await Task.WhenAll(group.Select((command, n) => nodes[(turn + n) % 2].DoAsync(Later(command.Command, turn)))))
                Assert.False(answer.Problem?.Kind == KernelProblems.Internal, answer.Problem?.ToString());
        Assert.Equal(0, await shelf.OverrunsAsync());
        await SameEverywhereAsync(shelf, nodes);
        Assert.Equal([], (await new Verification(shelf.Store).RunAsync(null, CancellationToken.None)).Failures);
        await SameWhenRebuiltAsync(database, shelf);
        return true;
    }

    /// <summary>Nothing is in the tables that the journal does not tell, down to the last column.</summary>
    async Task SameWhenRebuiltAsync(Database database, JarShelf shelf)
    {
        while (await shelf.ListAsync("SELECT root FROM root WHERE waiting IS NOT NULL") is { Count: > 0 } waiting)
            foreach (var root in waiting) Accepted(await shelf.DoAsync(new RunDue(root)));
        var place = NewPlace(database, cluster);
        await using (var rebuilt = NewStore(database, place))
        {
            await rebuilt.MigrateAsync(CancellationToken.None);
            await Rebuilding.RebuildAsync(shelf.Store, rebuilt);
            var (there, here) = (await Rebuilding.DumpAsync(shelf.Store), await Rebuilding.DumpAsync(rebuilt));
            foreach (var (table, rows) in there) Assert.Equal(rows, here[table]);
        }

        if (database == Database.Sqlite) Directory.Delete(place, recursive: true);
    }

    sealed record Sent(Command Command)
    {
        public override string ToString() => $"{Command.Name} {Command.Subject.Number}";
    }

    /// <summary>The clock only goes forward.</summary>
    static Command Later(Command command, int turn) => command is SetDate date ? new SetDate(date.Today.AddDays(turn * 10)) : command;

    static async Task SameEverywhereAsync(JarShelf shelf, Desk[] nodes)
    {
        await using var reader = await shelf.Store.SnapshotAsync(CancellationToken.None);
        foreach (var root in await reader.RootsAsync(CancellationToken.None))
        {
            var row = (await reader.RootAsync(root, CancellationToken.None))!;
            var loaded = (await reader.LoadAsync([row], CancellationToken.None))[0];
            await ReplayAsync(reader, loaded);
            foreach (var node in nodes)
            {
                var (seen, company) = await node.ViewRootAsync(root, CancellationToken.None);
                var brought = Consequences.Unwritten(JarsCapability.Composition, DateTimeOffset.UnixEpoch).Advance(loaded, root == Facts.Company ? loaded : company);
                Assert.Equal(JarFacts.Dump(root == Facts.Company ? loaded : brought), JarFacts.Dump(seen));
            }
        }
    }

    /// <summary>Entry by entry the fold equals the rows at that number; at the end it equals the load.</summary>
    static async Task ReplayAsync(StoreReader reader, Facts loaded)
    {
        var format = new EntryFormat(JarsCapability.Composition);
        var fold = JarsCapability.Composition.Empty(loaded.Root);
        foreach (var entry in await reader.EntriesAsync(loaded.Root, 0, int.MaxValue, CancellationToken.None))
        {
            Assert.Equal(fold.Sequence + 1, entry.Sequence);
            fold = format.Read(entry).ApplyTo(fold) with { Sequence = entry.Sequence };
            Assert.Equal(JarFacts.Dump(await reader.LoadAtAsync(loaded.Root, entry.Sequence, loaded.Through, CancellationToken.None)), JarFacts.Dump(fold));
        }

        Assert.Equal(JarFacts.Dump(loaded), JarFacts.Dump(fold));
    }
}
