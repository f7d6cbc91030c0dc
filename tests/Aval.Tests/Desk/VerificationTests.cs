using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>A journal that was not touched is proved, beside a server at work; whatever is tampered with is found and named.</summary>
public sealed class VerificationTests(PostgresCluster cluster)
{
    internal static readonly (string Finds, string Tampering)[] Tamperings =
    [
        ("4: The hash is not that of the body.", "UPDATE journal SET body = {other} WHERE root = '{A}' AND sequence = 4"),
        ("4: The hash is not that of the body.", "UPDATE journal SET hash = {zero} WHERE root = '{A}' AND sequence = 4"),
        ("4: The previous hash is not that of the entry before.", "UPDATE journal SET previous_hash = {zero} WHERE root = '{A}' AND sequence = 4"),
        ("4: The columns beside the body do not repeat it.", "UPDATE journal SET actor = 'key:otto' WHERE root = '{A}' AND sequence = 4"),
        ("4: The columns beside the body do not repeat it.", "UPDATE journal SET command = 'take' WHERE root = '{A}' AND sequence = 4"),
        ("4: The columns beside the body do not repeat it.", "UPDATE journal SET texts = texts + 1 WHERE root = '{A}' AND sequence = 4"),
        ("4: The body cannot be read, so what follows at this root cannot be replayed: ", "UPDATE journal SET body = {zero} WHERE root = '{A}' AND sequence = 4"),
        ("4: Entry 4 is missing.", "DELETE FROM journal WHERE root = '{A}' AND sequence = 4"),
        ("3: Entries 3 to 5 are missing.", "DELETE FROM journal WHERE root = '{A}' AND sequence BETWEEN 3 AND 5"),
        ("6: The root's row says 7 entries; the last one is 6.", "DELETE FROM journal WHERE root = '{A}' AND sequence = 7"),
        ("7: The head in the root's row is not the last entry's hash.", "UPDATE root SET head_hash = {zero} WHERE root = '{A}'"),
        ("7: The root's row says 8 entries; the last one is 7.", "UPDATE root SET sequence = 8 WHERE root = '{A}'"),
        ("7: The root's own row is missing.", "DELETE FROM root WHERE root = '{A}'"),
        ("4 coin {A}-3: The row differs from its entry: ", "UPDATE coin SET amount = 4 WHERE number = '{A}-3'"),
        ("2 coin {A}-1: The row differs from its entry: ", "UPDATE coin SET amount = 4 WHERE number = '{A}-1' AND to_sequence IS NOT NULL"),
        ("4 coin {A}-3: The row is marked closed, which it is not.", "UPDATE coin SET live = false WHERE number = '{A}-3'"),
        ("4 coin {A}-3: The row that the entry wrote is missing.", "DELETE FROM coin WHERE number = '{A}-3'"),
        ("5 coin {A}-1: The version that begins at 2 ends here by the journal, and ends at 6 in the table.",
            "UPDATE coin SET to_sequence = 6 WHERE number = '{A}-1' AND from_sequence = 2"),
        ("7 coin {A}-3: The row is current by the journal, and ends at 6 in the table.", "UPDATE coin SET to_sequence = 6 WHERE number = '{A}-3'"),
        ("3 coin X: No entry wrote the version that begins at 3.", Extra("{A}", 3)),
        ("9 coin X: No entry wrote this version: it begins after the last one.", Extra("{A}", 9)),
        ("0 coin X: No entry wrote this version: it begins before the first one.", Extra("{A}", 0)),
    ];

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Every_tampering_is_found_and_named_and_what_was_left_alone_is_not(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await Task.WhenAll(Tamperings.Select((_, n) => LiveAsync(shelf, $"A{n}", $"B{n}", $"C{n}")));
        var whole = await VerifyAsync(shelf);
        Assert.Equal([], whole.Failures);
        Assert.Equal((true, (3L * Tamperings.Length) + 1), (whole.Valid, whole.Roots));
        Assert.Equal(await shelf.AskAsync<long>("SELECT count(*) FROM journal"), whole.Entries);

        foreach (var (n, (_, tampering)) in Tamperings.Index()) await shelf.TamperAsync(Spelled(tampering, n, database));
        await shelf.TamperAsync(Spelled(Extra("Z", 1), 0, database));
        var found = await VerifyAsync(shelf);
        Assert.False(found.Valid);
        foreach (var (n, (finds, _)) in Tamperings.Index())
            Assert.Contains(found.Failures, failure => Said(failure).StartsWith(Spelled($"A{n} {finds}", n, database), StringComparison.Ordinal));
        Assert.Contains(found.Failures, failure => Said(failure) == "Z 0: The root's own row is missing.");
        Assert.Equal(
            Enumerable.Range(0, Tamperings.Length).Select(n => $"A{n}").Append("Z").Order(StringComparer.Ordinal), found.Failures.Select(failure => failure.Root).Distinct());
    }

    /// <summary>A closer look at every root would find the same and take ten times as long, so that nothing else would tell.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Of_a_journal_that_is_whole_no_root_needs_the_closer_look(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        foreach (var n in Enumerable.Range(0, 40)) await LiveAsync(shelf, $"A{n}", $"B{n}", $"C{n}");
        var cancel = TestContext.Current.CancellationToken;
        await using var reader = await shelf.Store.SnapshotAsync(cancel);
        var proof = new StretchProof(shelf.Store.Composition, new Dictionary<string, Head>());
        var stretches = await new ProofReader(shelf.Store.Composition, reader).StretchesAsync(5, cancel);
        Assert.True(stretches.Count > Lane.Count);
        var entries = 0L;
        foreach (var stretch in stretches)
        {
            var proved = await proof.RunAsync(reader, stretch, new CompanyFacts().AtAsync, cancel);
            Assert.Empty(proved!.Doubtful.Concat(proved.Strays));
            entries += proved.Entries;
        }

        Assert.Equal(await shelf.AskAsync<long>("SELECT count(*) FROM journal"), entries);
    }

    /// <summary>Beside the rows of the business: whose sentence it is, and which other roots it shows at.</summary>
    static readonly (string Finds, string Also, string Tampering)[] Beside =
    [
        ("{A} 4 claim coin {A}-3: The claim's content is not what the entry says.", "", "UPDATE claim SET content_hash = {zero} WHERE number = '{A}-3'"),
        ("{A} 4 claim coin {A}-3: The claim belongs to 'B', and by the entry to '{A}'.", "", "UPDATE claim SET party = 'B' WHERE number = '{A}-3'"),
        ("{A} 4 claim coin {A}-3: The claim leads to entry 4 of {B}.", "{B}", "UPDATE claim SET root = '{B}' WHERE number = '{A}-3'"),
        ("{B} 4 claim coin {A}-3: No entry made this claim.", "{A}", "UPDATE claim SET root = '{B}' WHERE number = '{A}-3'"),
        ("{A} 4 claim coin {A}-3: The claim leads to entry 5 of {A}.", "", "UPDATE claim SET sequence = 5 WHERE number = '{A}-3'"),
        ("{A} 4 claim coin {A}-3: The claim that the entry made is missing.", "", "UPDATE claim SET lane = 77 WHERE number = '{A}-3'"),
        ("{A} 4 claim coin {A}-3: The claim that the entry made is missing.", "", "UPDATE claim SET scope = 'note' WHERE number = '{A}-3'"),
        ("{A} 4 claim coin {A}-3: The claim that the entry made is missing.", "", "UPDATE claim SET number = '{A}-9' WHERE number = '{A}-3'"),
        ("{A} 4 claim coin {A}-3: The claim that the entry made is missing.", "", "DELETE FROM claim WHERE number = '{A}-3'"),
        ("{A} 6 claim coin {A}-4: The claim that the entry made is missing.", "", "DELETE FROM claim WHERE number = '{A}-4'"),
        ("{A} 4 claim coin X: No entry made this claim.", "", Claim("'X', content_hash, party, root, sequence")),
        ("{A} 99 claim coin X: No entry made this claim.", "", Claim("'X', content_hash, party, root, 99")),
        ("{A} 4 claim coin {A}-3: The claim stands in two lanes.", "", Claim("number, content_hash, party, root, sequence", lane: "88")),
        ("Q{n} 1 claim coin X: No entry made this claim.", "Q{n}", Claim("'X', content_hash, party, 'Q{n}', 1")),
        ("{A} 7 member {C}: The row that says that the party belongs to this root is missing.", "", "DELETE FROM member WHERE party = '{C}'"),
        ("{A} 7 member {C}: The party hangs under nothing, and by the entry under {A}.", "", "UPDATE member SET above = NULL WHERE party = '{C}'"),
        ("{A} 1 member {A}: The party hangs under X, and by the entry under nothing.", "", "UPDATE member SET above = 'X' WHERE party = '{A}'"),
        ("{A} 7 member {C}: The row that says that the party belongs to this root is missing.", "{C}", "UPDATE member SET root = '{C}' WHERE party = '{C}'"),
        ("{C} 2 member {C}: No entry says that the party belongs to this root.", "{A}", "UPDATE member SET root = '{C}' WHERE party = '{C}'"),
        ("{A} 7 member X{n}: No entry says that the party belongs to this root.", "", "UPDATE member SET party = 'X{n}' WHERE party = '{C}'"),
        ("{A} 7 member {C}: The row stands in lane 77, where nobody looks for it.", "", "UPDATE member SET lane = 77 WHERE party = '{C}'"),
        ("{A} 7 member X{n}: No entry says that the party belongs to this root.", "",
            "INSERT INTO member (lane, party, root, above) SELECT lane, 'X{n}', root, above FROM member WHERE party = '{C}'"),
        ("Q{n} 0 member X{n}: No entry says that the party belongs to this root.", "Q{n}",
            "INSERT INTO member (lane, party, root, above) SELECT lane, 'X{n}', 'Q{n}', above FROM member WHERE party = '{C}'"),
        ("{A} 0: Rows of this root stand in lane 77, where nobody looks for them.", "", "UPDATE root SET lane = 77 WHERE root = '{A}'"),
        ("{A} 0: Rows of this root stand in lane 77, where nobody looks for them.", "",
            "INSERT INTO root (lane, root, sequence, head_hash, business_date) SELECT 77, root, 1, head_hash, business_date FROM root WHERE root = '{A}'"),
        ("{A} 7: The root's own row is missing.", "Q{n}", "UPDATE root SET root = 'Q{n}' WHERE root = '{A}'"),
        ("{A} 7 root {A}: The business date in the root's row is 2026-03-03; that of the last entry is 2026-03-02.", "",
            "UPDATE root SET business_date = '2026-03-03' WHERE root = '{A}'"),
        ("{A} 7 root {A}: Something falls due on 2026-03-13, and the root's row says 2026-03-14.", "", "UPDATE root SET next_due = '2026-03-14' WHERE root = '{A}'"),
        ("{A} 7 root {A}: Something falls due on 2026-03-13, and the root's row says nothing of it.", "", "UPDATE root SET next_due = NULL WHERE root = '{A}'"),
        ("{A} 7 root {A}: What waits cannot be read.", "", "UPDATE root SET waiting = '[[\"enter\"]]' WHERE root = '{A}'"),
        ("{A} 7 root {A}: What waits cannot be read.", "", "UPDATE root SET waiting = 'soon' WHERE root = '{A}'"),
        ("{A} 7 root {A}: Something waits for the rule leave, which does not exist.", "", "UPDATE root SET waiting = '[[\"leave\",\"1\"]]' WHERE root = '{A}'"),
        ("{A} 7 root {A}: Something waits, and no due date says that it will be looked at.", "", "UPDATE root SET waiting = '[[\"enter\",\"1\"]]' WHERE root = '{A}'"),
        ("@company {last} root @company: The company's row has a due date; nothing falls due there.", "",
            "UPDATE root SET next_due = '2026-03-02' WHERE root = '@company'"),
    ];

    static string Claim(string columns, string lane = "lane") =>
        $"INSERT INTO claim (lane, scope, number, content_hash, party, root, sequence) SELECT {lane}, 'coin', {columns} FROM claim WHERE number = '{"{A}"}-3'";

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Whoever_changes_a_claim_the_directory_or_a_roots_row_is_found_out(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await Task.WhenAll(Beside.Select((_, n) => LiveAsync(shelf, $"A{n}", $"B{n}", $"C{n}")));
        Assert.Equal([], (await VerifyAsync(shelf)).Failures);
        foreach (var (n, (_, _, tampering)) in Beside.Index()) await shelf.TamperAsync(Spelled(tampering, n, database));
        var found = (await VerifyAsync(shelf)).Failures;
        foreach (var (n, (finds, _, _)) in Beside.Index())
            Assert.Contains(found, failure => Said(failure) == Spelled(finds, n, database));
        var touched = new HashSet<string>();
        foreach (var (n, (finds, also, _)) in Beside.Index()) touched.UnionWith([Spelled(finds.Split(' ', ':')[0], n, database), Spelled(also, n, database)]);
        touched.Remove("");
        Assert.Equal(touched.Order(StringComparer.Ordinal), found.Select(failure => failure.Root).Distinct());
    }

    internal static string Spelled(string text, int n, Database database) => text
        .Replace("{A}", $"A{n}", StringComparison.Ordinal)
        .Replace("{B}", $"B{n}", StringComparison.Ordinal)
        .Replace("{C}", $"C{n}", StringComparison.Ordinal)
        .Replace("{n}", $"{n}", StringComparison.Ordinal)
        .Replace("{last}", $"{Beside.Length + 1}", StringComparison.Ordinal)
        .Replace("{zero}", database == Database.Sqlite ? "x'00'" : "'\\x00'", StringComparison.Ordinal)
        .Replace("{other}", database == Database.Sqlite
            ? """CAST(replace(CAST(body AS TEXT), '"amount":3', '"amount":4') AS BLOB)"""
            : """convert_to(replace(convert_from(body, 'UTF8'), '"amount":3', '"amount":4'), 'UTF8')""", StringComparison.Ordinal);

    /// <summary>In the lane of the jar that is there: whoever looks through everything finds it anyway.</summary>
    static string Extra(string root, long from) => $"""
        INSERT INTO coin (lane, root, number, jar, amount, status, entered, rule, opened, put_at, shiny, from_sequence, live)
        SELECT lane, '{root}', 'X', 'A', 1, 'spent', '2026-03-02', 0, 0, put_at, false, {from}, false FROM coin WHERE root = '{"{A}"}' LIMIT 1
        """;

    static readonly string[] Tables = ["journal", "claim", "member", "coin", "jar", "root"];

    /// <summary>What is damaged so thoroughly that the rest agrees with itself is known by the head that was taken before.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_root_that_is_gone_or_cut_back_behind_a_checkpoint_is_missed(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(10, "A", "B", "C");
        var checkpoints = new Checkpoints(shelf.Desk, shelf.Store, new ScheduledWork(TimeProvider.System, NullLogger<ScheduledWork>.Instance));
        foreach (var jar in new[] { "A", "B", "C" })
            foreach (var n in new[] { 1, 2 }) Accepted(await shelf.DoAsync(new PutCoin($"{jar}-{n}", jar, 1)));
        await checkpoints.TakeAsync(FirstDay, TestContext.Current.CancellationToken);
        // The same day's is taken once, and the next day's has those that moved on.
        await checkpoints.TakeAsync(FirstDay, TestContext.Current.CancellationToken);
        Accepted(await shelf.DoAsync(new SetDate(FirstDay.AddDays(1))));
        Accepted(await shelf.DoAsync(new PutCoin("C-3", "C", 1)));
        await checkpoints.TakeAsync(FirstDay.AddDays(1), TestContext.Current.CancellationToken);
        Assert.Equal(2, await shelf.AskAsync<long>("SELECT count(*) FROM journal WHERE command = 'checkpoint'"));
        Assert.Equal([], (await VerifyAsync(shelf)).Failures);

        foreach (var table in Tables) await shelf.TamperAsync($"DELETE FROM {table} WHERE root = 'A'");
        foreach (var (jar, left) in new[] { ("B", 2), ("C", 3) })
        {
            await shelf.TamperAsync($"DELETE FROM coin WHERE root = '{jar}' AND from_sequence > {left}");
            foreach (var table in new[] { "journal", "claim" }) await shelf.TamperAsync($"DELETE FROM {table} WHERE root = '{jar}' AND sequence > {left}");
            await shelf.TamperAsync($"""
                UPDATE root SET sequence = {left}, business_date = '2026-03-02', head_hash = (SELECT hash FROM journal j WHERE j.root = root.root AND j.sequence = {left})
                WHERE root = '{jar}'
                """);
        }

        Assert.Equal(
            [
                "A 0: A checkpoint took entry 3 as the head; the last one is 0.", "A 0: The root's own row is missing.",
                "B 2: A checkpoint took entry 3 as the head; the last one is 2.", "C 3: A checkpoint took entry 4 as the head; the last one is 3.",
            ],
            (await VerifyAsync(shelf)).Failures.Select(Said).Order(StringComparer.Ordinal));
    }

    /// <summary>The day before nothing was taken of what moved; the node died after the first part, and some moved on since.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_checkpoint_of_many_heads_is_taken_in_parts_and_gone_on_with_where_a_node_has_died(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        string[] jars = ["A", "B", "C", "D", "E", "F", "G"];
        await shelf.OpenJarsAsync(10, jars);
        var day = FirstDay.AddDays(1);
        Accepted(await shelf.DoAsync(new SetDate(day)));
        var work = new ScheduledWork(TimeProvider.System, NullLogger<ScheduledWork>.Instance);
        var checkpoints = new Checkpoints(shelf.Desk, shelf.Store, work, mostHeads: 2);
        IReadOnlyList<Head> first;
        await using (var reader = await shelf.Store.SnapshotAsync(TestContext.Current.CancellationToken))
            first = await new ProofReader(shelf.Store.Composition, reader).HeadsAsync(DateOnly.MinValue, null, 2, TestContext.Current.CancellationToken);
        Accepted(await shelf.Desk.SubmitAsync(new TakeCheckpoint(day, first, Part: 1), Maria, cancel: TestContext.Current.CancellationToken));
        foreach (var jar in jars) Accepted(await shelf.DoAsync(new PutCoin($"{jar}-1", jar, 1)));
        await checkpoints.TakeAsync(day, TestContext.Current.CancellationToken);
        await checkpoints.TakeAsync(day, TestContext.Current.CancellationToken);
        Assert.Empty(work.Now);
        Assert.Equal((3, 1), (await CountAsync("checkpointPart"), await CountAsync("checkpoint")));
        Assert.Equal([], (await VerifyAsync(shelf)).Failures);

        // The head that was taken first stands by the entry of before, the others by the one since.
        var tampered = jars.Except(first.Select(head => head.Root)).ToList();
        foreach (var table in Tables)
            foreach (var jar in tampered) await shelf.TamperAsync($"DELETE FROM {table} WHERE root = '{jar}'");
        Assert.Equal(tampered.Select(jar => $"{jar} 0: A checkpoint took entry 2 as the head; the last one is 0."), (await VerifyAsync(shelf)).Failures.Select(Said)
            .Where(said => said.Contains("head", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        Accepted(await shelf.DoAsync(new SetDate(day.AddDays(1))));
        Accepted(await shelf.DoAsync(new PutCoin("late", first[0].Root, 1)));
        await checkpoints.TakeAsync(day.AddDays(1), TestContext.Current.CancellationToken);
        Assert.Equal((4, 2), (await CountAsync("checkpointPart"), await CountAsync("checkpoint")));

        Task<long> CountAsync(string command) => shelf.AskAsync<long>($"SELECT count(*) FROM journal WHERE command = '{command}'");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_server_at_work_is_proved_too(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(1_000, "A", "B");
        using var stop = new CancellationTokenSource();
        var working = Enumerable.Range(0, 16).Select(async caller =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var number = $"{caller}-{n}";
                Accepted(await shelf.DoAsync(new PutCoin(number, caller % 2 == 0 ? "A" : "B", 1)));
                Accepted(await shelf.DoAsync(n % 7 == 0 ? new PassCoin(number, "p" + number, caller % 2 == 0 ? "B" : "A") : new TakeCoin(number)));
                if (n % 7 == 0) Accepted(await shelf.DoAsync(new TakeCoin("p" + number)));
            }
        }).ToList();
        for (var entries = 0L; entries < 2_500;)
        {
            var proving = await VerifyAsync(shelf);
            Assert.Equal([], proving.Failures);
            entries = proving.Entries;
        }

        await stop.CancelAsync();
        await Task.WhenAll(working);
        Assert.True((await VerifyAsync(shelf)).Valid);
    }

    internal static async Task LiveAsync(JarShelf shelf, string a, string b, string c)
    {
        await shelf.OpenJarsAsync(10, a, b, c);
        Accepted(await shelf.DoAsync(new PutCoin(a + "-1", a, 5)));
        Accepted(await shelf.DoAsync(new PutCoin(a + "-2", a, 2)));
        Accepted(await shelf.DoAsync(new PutCoin(a + "-3", a, 3, FirstDay.AddDays(10))));
        Accepted(await shelf.DoAsync(new TakeCoin(a + "-1")));
        Accepted(await shelf.DoAsync(new PassCoin(a + "-2", a + "-4", b)));
        Accepted(await shelf.DoAsync(new MoveJar(c, a)));
    }

    static Task<Verified> VerifyAsync(JarShelf shelf) => new Verification(shelf.Store).RunAsync(null, CancellationToken.None);

    internal static string Said(Difference difference) =>
        $"{difference.Root} {difference.Sequence}{(difference.Table is null ? "" : $" {difference.Table} {difference.Key}")}: {difference.What}";
}
