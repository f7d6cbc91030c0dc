using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Dapper;
using Npgsql;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>A person's name leaves the store without a trace, and the journal still proves everything else; nobody else can take a text away or change it unseen.</summary>
public sealed class ErasureTests(PostgresCluster cluster)
{
    const string Marks = """{ "by":"Ada Lovelace", "n":1.50, "notes":[{"note":"for Ada \"A\" Lovelace"},{"note":null}] }""";

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_person_is_erased_from_every_version_and_the_chain_still_verifies(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        var other = database == Database.Postgres ? await shelf.NodeAsync() : shelf.Desk;
        await LiveAsync(shelf);
        Assert.Equal("Ada Lovelace", (await shelf.ViewAsync("A", other)).Find<Coin>("2")!.Giver);
        var before = (await shelf.EntryAsync("A", 2)).Hash;

        // The giver and the marks of coin 1, the giver of coin 2, and the reason for which coin 1 was taken.
        var ids = await IdsAsync(shelf, "A", (2, "giver"), (2, "marks"), (3, "giver"), (4, "reason"));
        var erased = await new Erasure(shelf.Desk, shelf.Store).EraseAsync("A", ids, Maria, CancellationToken.None);
        Assert.Null(erased.Problem);
        // Giver and marks of both versions of coin 1, the giver of coin 2, one reason, and the content of both claims.
        Assert.Equal(8, erased.Texts);

        var proof = await new Verification(shelf.Store).RunAsync(null, CancellationToken.None);
        Assert.Equal([], proof.Failures);
        Assert.Equal((true, 8), (proof.Valid, proof.ErasedTexts));
        Assert.Equal(before, (await shelf.EntryAsync("A", 2)).Hash);
        foreach (var (table, rows) in await Rebuilding.DumpAsync(shelf.Store))
        {
            Assert.False(rows.Contains("Ada", StringComparison.Ordinal) || rows.Contains(Convert.ToHexString("Ada"u8), StringComparison.Ordinal), table);
            Assert.False(rows.Contains("she asked", StringComparison.Ordinal) || rows.Contains(Convert.ToHexString("she asked"u8), StringComparison.Ordinal), table);
        }

        Assert.Equal(
            ["1 inside [erased]", "1 spent [erased]", "1 spent [erased]", "2 inside [erased]", "2 inside [erased]"],
            await shelf.ListAsync("SELECT number || ' ' || status || ' ' || giver FROM coin WHERE root = 'A' AND number IN ('1', '2') ORDER BY number, from_sequence"));
        Assert.Equal(
            """{ "by":"[erased]", "n":1.50, "notes":[{"note":"[erased]"},{"note":null}] }""",
            await shelf.AskAsync<string>("SELECT marks FROM coin WHERE root = 'A' AND number = '1' AND from_sequence = 2"));

        // Neither node goes on with the text, and other people's are where they were.
        Assert.Equal("[erased]", (await shelf.ViewAsync("A", other)).Find<Coin>("2")!.Giver);
        Accepted(await other.DoAsync(new TakeCoin("2")));
        Assert.Equal("Max", (await shelf.ViewAsync("A", other)).Find<Coin>("3")!.Giver);
        Assert.Equal(0, await shelf.AskAsync<long>("SELECT count(*) FROM coin WHERE giver = 'Ada Lovelace'"));
        Assert.True((await new Verification(shelf.Store).RunAsync(null, CancellationToken.None)).Valid);

        // A number stays used; what it was used for is not known any more.
        Refused(KernelProblems.KeyReused, await shelf.DoAsync(new PutCoin("1", "A", 1, Marks: Marks, Giver: "Ada Lovelace")));
        Accepted(await shelf.DoAsync(new PutCoin("3", "A", 3, Giver: "Max")));
        Assert.Equal(0, (await new Erasure(shelf.Desk, shelf.Store).EraseAsync("A", ids, Maria, CancellationToken.None)).Texts);
        Assert.Equal("not-found", (await new Erasure(shelf.Desk, shelf.Store).EraseAsync("Q", ids, Maria, CancellationToken.None)).Problem?.Code);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task No_body_holds_a_personal_text_and_every_reader_still_sees_it(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await LiveAsync(shelf);
        var bodies = await shelf.ListAsync($"SELECT {(database == Database.Sqlite ? "CAST(body AS TEXT)" : "convert_from(body, 'UTF8')")} FROM journal");
        foreach (var text in new[] { "Ada", "Max", "she asked" }) Assert.DoesNotContain(bodies, body => body.Contains(text, StringComparison.Ordinal));
        var said = new EntryFormat(JarsCapability.Composition).Read(await shelf.EntryAsync("A", 2));
        var coin = said.Rows.Select(row => row.Row).OfType<Coin>().Single();
        Assert.Equal(("Ada Lovelace", Marks), (coin.Giver, coin.Marks));
        Assert.Equal("she asked", new EntryFormat(JarsCapability.Composition).Read(await shelf.EntryAsync("A", 4)).Reason);
        // The answer of a call that is made again is read back from the journal.
        var again = Accepted(await shelf.DoAsync(new PutCoin("1", "A", 1, Marks: Marks, Giver: "Ada Lovelace")));
        Assert.Equal((true, "Ada Lovelace"), (again.Repeated, again.Row<Coin>()!.Giver));
        // Where nothing is personal nothing stands beside.
        Accepted(await shelf.DoAsync(new PutCoin("9", "A", 1)));
        Assert.Equal(0, await shelf.AskAsync<int>("SELECT texts FROM journal WHERE root = 'A' AND sequence = 6"));
        Assert.Equal(0, await shelf.AskAsync<int>("SELECT count(*) FROM entry_text WHERE sequence = 6"));
    }

    static readonly (string Finds, string Tampering)[] Tamperings =
    [
        ("2 entry_text 0: The text is not the one that the entry was written with.", "UPDATE entry_text SET text = 'Eve' WHERE root = '{A}' AND sequence = 2 AND ordinal = 0"),
        ("2 entry_text 0: The text is not the one that the entry was written with.", "UPDATE entry_text SET salt = {zero} WHERE root = '{A}' AND sequence = 2 AND ordinal = 0"),
        ("2 entry_text 0: The text is not the one that the entry was written with.", "UPDATE entry_text SET text = NULL WHERE root = '{A}' AND sequence = 2 AND ordinal = 0"),
        ("2 entry_text 0: The text is not the one that the entry was written with.", "UPDATE entry_text SET salt = NULL WHERE root = '{A}' AND sequence = 2 AND ordinal = 0"),
        ("2 entry_text 0: The text is missing.", "DELETE FROM entry_text WHERE root = '{A}' AND sequence = 2 AND ordinal = 0"),
        ("2 entry_text 0: The text is missing.", "UPDATE entry_text SET ordinal = 7 WHERE root = '{A}' AND sequence = 2 AND ordinal = 0"),
        ("2 entry_text 0: The text is missing.", "UPDATE entry_text SET lane = 77 WHERE root = '{A}' AND sequence = 2 AND ordinal = 0"),
        ("2 entry_text : 4 texts stand beside the entry, which has 3.", Extra(2, 8)),
        ("1 entry_text : 1 texts stand beside the entry, which has 0.", Extra(1, 0)),
        ("99 entry_text : No entry keeps the texts that stand here.", Extra(99, 0)),
        ("0 entry_text : No entry keeps the texts that stand here.", Extra(0, 0)),
        ("2: The columns beside the body do not repeat it.", "UPDATE journal SET texts = 0 WHERE root = '{A}' AND sequence = 2"),
        // Erased beside the journal alone, or in the rows alone.
        ("2 coin {A}-1: The row differs from its entry: ", "UPDATE entry_text SET salt = NULL, text = NULL WHERE root = '{A}' AND sequence = 2 AND ordinal = 0"),
        ("2 coin {A}-1: The row differs from its entry: ", "UPDATE coin SET giver = '[erased]' WHERE root = '{A}' AND from_sequence = 2"),
        ("2 coin {A}-1: The row differs from its entry: ", "UPDATE coin SET giver = 'Eve' WHERE root = '{A}' AND from_sequence = 2"),
        ("2 claim coin {A}-1: The claim's content is not what the entry says.", "UPDATE claim SET content_hash = {zero} WHERE number = '{A}-1'"),
    ];

    static string Extra(long sequence, int ordinal) => $"""
        INSERT INTO entry_text (lane, root, sequence, ordinal, salt, text) SELECT lane, root, {sequence}, {ordinal}, salt, text FROM entry_text
        WHERE root = '{"{A}"}' AND sequence = 2 AND ordinal = 0
        """;

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Whoever_changes_a_text_beside_the_journal_is_found_out(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, Tamperings.Select((_, n) => $"A{n}"));
        foreach (var n in Enumerable.Range(0, Tamperings.Length)) Accepted(await shelf.DoAsync(new PutCoin($"A{n}-1", $"A{n}", 1, Marks: Marks, Giver: "Ada Lovelace")));
        Assert.True((await new Verification(shelf.Store).RunAsync(null, CancellationToken.None)).Valid);
        foreach (var (n, (_, tampering)) in Tamperings.Index()) await shelf.TamperAsync(Spelled(tampering, n, database));
        var found = (await new Verification(shelf.Store).RunAsync(null, CancellationToken.None)).Failures;
        foreach (var (n, (finds, _)) in Tamperings.Index())
            Assert.Contains(found, failure => VerificationTests.Said(failure).StartsWith(Spelled("{A} " + finds, n, database), StringComparison.Ordinal));
    }

    /// <summary>Beside the journal and in the rows, as an erasure leaves them, but nobody has said so.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Whoever_makes_a_text_look_erased_is_found_out(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await LiveAsync(shelf);
        var ids = await IdsAsync(shelf, "A", (5, "giver"));
        await shelf.TamperAsync($"UPDATE entry_text SET salt = NULL, text = NULL WHERE root = 'A' AND sequence = 5 AND ordinal = {ids[0].Ordinal}");
        await shelf.TamperAsync("UPDATE coin SET giver = '[erased]' WHERE root = 'A' AND number = '3'");
        var found = await new Verification(shelf.Store).RunAsync(null, CancellationToken.None);
        Assert.Equal([$"A 5 entry_text {ids[0].Ordinal}: The text is erased, and no entry says that it was."], found.Failures.Select(VerificationTests.Said));
    }

    static string Spelled(string text, int n, Database database) => text
        .Replace("{A}", $"A{n}", StringComparison.Ordinal)
        .Replace("{zero}", database == Database.Sqlite ? "x'00'" : "'\\x00'", StringComparison.Ordinal);

    [Fact]
    public async Task Nobody_writes_at_the_root_while_its_texts_are_overwritten()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await LiveAsync(shelf);
        var ids = await IdsAsync(shelf, "A", (3, "giver"));
        await using var other = new NpgsqlConnection(shelf.Place);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        Task<Erased> erasing;
        await using (var reading = await other.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await other.ExecuteAsync("SELECT FROM entry_text WHERE root = 'A' AND sequence = 3 FOR UPDATE", transaction: reading);
            erasing = new Erasure(shelf.Desk, shelf.Store).EraseAsync("A", ids, Maria, CancellationToken.None);
            await WaitingAsync(shelf, "transactionid");
            Assert.Empty(await shelf.ListAsync("SELECT root FROM root WHERE root = 'A' FOR UPDATE SKIP LOCKED"));
        }

        Assert.Null((await erasing).Problem);
        Assert.Equal(["A"], await shelf.ListAsync("SELECT root FROM root WHERE root = 'A' FOR UPDATE SKIP LOCKED"));
    }

    [Fact]
    public async Task Nobody_writes_anywhere_while_texts_of_the_company_are_overwritten()
    {
        await using var shelf = await OpenAsync(Database.Postgres, cluster);
        await LiveAsync(shelf);
        // As a caller has it. Why something is erased is a text of the company itself, which is erased then.
        var erasure = new Erasure(shelf.Desk, new SeenStore(shelf.Store, null));
        Assert.Null((await erasure.EraseAsync(Facts.Company, [], Maria, CancellationToken.None, "Ada asked")).Problem);
        var last = await shelf.AskAsync<long>($"SELECT sequence FROM entry_text WHERE text = 'Ada asked' AND root = '{Facts.Company}'");
        var ids = await IdsAsync(shelf, Facts.Company, (last, "reason"));
        await using var other = new NpgsqlConnection(shelf.Place);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        Task<Erased> erasing;
        Task<Answer> putting;
        await using (var reading = await other.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await other.ExecuteAsync($"SELECT FROM entry_text WHERE root = '{Facts.Company}' FOR UPDATE", transaction: reading);
            erasing = erasure.EraseAsync(Facts.Company, ids, Maria, CancellationToken.None);
            await WaitingAsync(shelf, "transactionid");
            putting = shelf.DoAsync(new PutCoin("4", "A", 1));
            await WaitingAsync(shelf, "advisory");
            Assert.False(putting.IsCompleted);
        }

        Assert.Equal(1, (await erasing).Texts);
        Accepted(await putting);
    }

    static async Task WaitingAsync(JarShelf shelf, string lockKind) => await Nodes.Eventually.TrueAsync(
        async () => await shelf.AskAsync<long>(
            $"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event = '{lockKind}' AND datname = current_database()") > 0,
        TimeSpan.FromSeconds(30));

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task However_many_texts_somebody_left_none_stays(Database database)
    {
        const int coins = 700;
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(coins, "A");
        await Task.WhenAll(Enumerable.Range(1, coins).Select(async n => Accepted(await shelf.DoAsync(new PutCoin($"{n}", "A", 1, Giver: "Ada Lovelace")))));
        var ids = new List<TextId>();
        for (var sequence = 2; sequence <= coins + 1; sequence++) ids.AddRange(await IdsAsync(shelf, "A", (sequence, "giver")));
        var erased = await new Erasure(shelf.Desk, shelf.Store).EraseAsync("A", ids, Maria, CancellationToken.None);
        // The giver, and the content of the claim in which the giver stands too: more than are overwritten at once.
        Assert.Equal((null, 2 * coins), (erased.Problem, erased.Texts));
        Assert.Equal(0, await shelf.AskAsync<long>("SELECT count(*) FROM entry_text WHERE text LIKE '%Ada%'"));
        Assert.Equal(0, await shelf.AskAsync<long>("SELECT count(*) FROM coin WHERE giver <> '[erased]'"));
        var proof = await new Verification(shelf.Store).RunAsync(null, CancellationToken.None);
        Assert.Equal((true, 2 * coins), (proof.Valid, proof.ErasedTexts));
    }

    /// <summary>Coins of two people; the first is taken, for a reason.</summary>
    static async Task LiveAsync(JarShelf shelf)
    {
        await shelf.OpenJarsAsync(10, "A");
        Accepted(await shelf.DoAsync(new PutCoin("1", "A", 1, Marks: Marks, Giver: "Ada Lovelace")));
        Accepted(await shelf.DoAsync(new PutCoin("2", "A", 2, Giver: "Ada Lovelace")));
        Accepted(await shelf.DoAsync(new TakeCoin("1", "she asked")));
        Accepted(await shelf.DoAsync(new PutCoin("3", "A", 3, Giver: "Max")));
    }

    static async Task<IReadOnlyList<TextId>> IdsAsync(JarShelf shelf, string root, params (long Sequence, string Place)[] places)
    {
        var ids = new List<TextId>();
        foreach (var (sequence, place) in places)
        {
            var meant = new EntryFormat(JarsCapability.Composition).Read(await shelf.EntryAsync(root, sequence)).Texts;
            ids.Add(new TextId(sequence, meant.Single(text => (text.Place.Table?.Columns[text.Place.Column].Name ?? text.Place.Key) == place).Ordinal));
        }

        return ids;
    }
}
