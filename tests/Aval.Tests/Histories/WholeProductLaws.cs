using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Jars;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Histories;

/// <summary>Whatever people do, in whatever order: what holds of the whole product. Every history ends with the proof of its journal.</summary>
public sealed class WholeProductLaws(PostgresCluster cluster)
{
    static readonly int Histories = Environment.GetEnvironmentVariable("AVAL_FAULTS") == "1" ? 15 : 2;

    [Fact]
    public void Both_databases_give_the_same_answers_and_keep_the_same_bytes() => Holds(150, async history =>
    {
        await using var first = await Shop.OpenAsync(Database.Sqlite, cluster);
        await using var second = await Shop.OpenAsync(Database.Postgres, cluster);
        await Course.RunAsync(first, history, async (command, answer, _) => Assert.Equal(Said(first, answer), Said(second, await second.DoAsync(command))));
        await second.ProveAsync();
        Assert.Equal((await first.JournalAsync()).Select(Text), (await second.JournalAsync()).Select(Text));
        Assert.Equal(await StoredAsync(first), await StoredAsync(second));
    });

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public void Every_figure_is_what_its_documents_come_to_and_opens_them(Database database) => Holds(120, async history =>
    {
        await using var shop = await Shop.OpenAsync(database, cluster);
        var clerk = new Clerk();
        await Course.RunAsync(shop, history, (command, answer, now) =>
        {
            clerk.Note(command, answer);
            clerk.Check(now);
            Figures.Check(now);
            return Task.CompletedTask;
        });
    });

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public void A_reader_is_answered_before_the_due_run_as_after_it(Database database) => Holds(120, async history =>
    {
        await using var shop = await Shop.OpenAsync(database, cluster);
        var orders = new List<string>();
        await Course.RunAsync(shop, history, async (command, answer, _) =>
        {
            if (answer.Outcome?.Row<Order>() is { } order) orders.Add(order.Number);
            if (command is not MoveClock { To: var today } || answer.Problem is not null) return;
            var before = await Views.ReadAsync(shop, orders);
            await shop.Nodes[0].Due.RunAsync(today, CancellationToken.None);
            Assert.Equal(before, await Views.ReadAsync(shop, orders));
        });
    });

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public void A_command_sent_twice_is_done_once_and_answered_as_before(Database database) => Holds(120, async history =>
    {
        await using var shop = await Shop.OpenAsync(database, cluster);
        var done = new List<(Command Command, string Said)>();
        await Course.RunAsync(shop, history, keyed: true, then: async (command, answer, now) =>
        {
            if (answer.Outcome is { Repeated: false, Rows.Count: > 0 } && command.AllClaims.Count > 0) done.Add((command, Said(shop, answer)));
            if (done.Count == 0) return;
            var (again, said) = done[(int)(now.Roots.Sum(root => root.Sequence) * 7 % done.Count)];
            var acts = await ActsAsync(shop);
            var repeated = await shop.AgainAsync(again);
            Assert.Equal((true, said), (repeated.Outcome?.Repeated, Said(shop, repeated)));
            var other = again with { Key = Claim.OfKey(Shop.Of(again), again.Name, again.Key?.Number ?? "none", "something else") };
            if (again.Key is not null) Assert.Equal(KernelProblems.KeyReused, (await shop.AgainAsync(other)).Problem?.Kind);
            Assert.Equal(now.Lines(shop.Composition), (await shop.PictureAsync()).Lines(shop.Composition));
            Assert.Equal(acts, await ActsAsync(shop));
        });
    });

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public void No_release_passes_a_limit_at_its_moment(Database database) => Holds(150, async history =>
    {
        await using var shop = await Shop.OpenAsync(database, cluster);
        await Course.RunAsync(shop, history, (_, _, _) => Task.CompletedTask);
        Assert.Equal([], Told.Releases(shop.Composition, await shop.JournalAsync()));
    });

    /// <summary>On PostgreSQL by two nodes in turn. Rates alone stay as they are, since no chain tells which releases saw them.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public void No_release_passes_a_limit_when_everything_is_done_at_once(Database database) => Holds(320, async history =>
    {
        await using var shop = await Shop.OpenAsync(database, cluster);
        if (database == Database.Postgres) await shop.NodeAsync();
        await Course.RunAtOnceAsync(shop, history.Where(deed => deed.Kind != Kind.PutRates).Chunk(40));
        Assert.Equal([], Told.Releases(shop.Composition, await shop.JournalAsync()));
        foreach (var node in shop.Nodes) Figures.Check(await shop.PictureAsync(node.Desk));
    });

    [Fact]
    public void A_higher_limit_a_deposit_and_a_late_payment_never_worsen_a_verdict() => Holds(120, async history =>
    {
        await using var shop = await Shop.OpenAsync(Database.Sqlite, cluster);
        await Course.RunAsync(shop, history, (_, _, now) =>
        {
            Verdicts.NeverWorsen(now);
            return Task.CompletedTask;
        });
    });

    static void Holds(int length, Func<Deed[], Task> law) => Prop.ForAll(Deeds.Histories(length), history =>
    {
        law(history).GetAwaiter().GetResult();
        return true;
    }).Holds(Histories);

    /// <summary>An answer in words: how it was refused, or where it stands and what it wrote, table by table as the journal keeps it.</summary>
    static string Said(Shop shop, Answer answer) => answer.Problem is { } problem
        ? $"{problem.Code}: {problem.Detail}"
        : $"{answer.Outcome!.Root} {answer.Outcome.Sequence}\n"
            + string.Join('\n', answer.Outcome.Rows.OrderBy(row => row.GetType().Name).Select(row => Rows.Text(shop.Composition, row)));

    /// <summary>An entry with its texts in place: their salts are made anew in every store, and the hashes over them too.</summary>
    static string Text(Entry entry) => $"{entry.Root} {entry.Sequence} " + Regex.Replace(
        System.Text.Encoding.UTF8.GetString(entry.Body), "\"([0-9]+):[A-Za-z0-9_-]{43}\"",
        kept => JsonSerializer.Serialize(entry.Texts.Single(text => text.Ordinal == int.Parse(kept.Groups[1].Value, CultureInfo.InvariantCulture)).Text));

    /// <summary>How often somebody has done something, other than a rule.</summary>
    static async Task<int> ActsAsync(Shop shop) => (await shop.JournalAsync()).Count(entry => !entry.Actor.StartsWith("rule:", StringComparison.Ordinal));

    /// <summary>Every version of every row.</summary>
    static async Task<IReadOnlyList<string>> StoredAsync(Shop shop)
    {
        var lines = new List<string>();
        await using var reader = await shop.Store.SnapshotAsync(CancellationToken.None);
        foreach (var root in await reader.RootsAsync(CancellationToken.None))
            foreach (var table in shop.Composition.TablesInOrder)
                foreach (var version in await new ProofReader(shop.Composition, reader).VersionsAsync(table, root, -1, long.MaxValue, CancellationToken.None))
                    lines.Add($"{root} {table.Name} {version.From} {version.To} {version.Live} {Rows.Text(shop.Composition, version.Row)}");
        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
