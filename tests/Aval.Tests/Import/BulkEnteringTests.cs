using Aval.Import;
using Aval.Kernel;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Jars;
using static Aval.Tests.Import.BulkImportTests;

namespace Aval.Tests.Import;

/// <summary>Customers and limits in masses: the same as one by one, whatever order the file has, and nothing that would move between roots.</summary>
public sealed class BulkEnteringTests(PostgresCluster cluster)
{
    const string Header = "number,name,country,currency,paymentTerms,payer,group\n";

    static readonly string LimitRows = "customer,level,kind,limit,amount,currency,validFrom,validTo,mode,reason\n" + Lines(200, n =>
        $"C{1 + (n % 60)},,{(n % 3 == 0 ? "temporary,amount" : "standing,amount")},{n % 40}00,{((1 + (n % 60)) % 10 == 9 ? "USD" : "EUR")},2026-03-{1 + (n % 20):00},"
        + $"{(n % 3 == 0 ? $"2026-04-{1 + (n % 20):00},replaces" : ",")},{(n % 50 == 0 ? "" : $"Agreed {n % 7}")}");

    /// <summary>Without those that have a payer and a group.</summary>
    static readonly string Forwards = string.Concat(CustomerRows.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(row => !row.StartsWith("C21,", StringComparison.Ordinal) && !row.StartsWith("C56,", StringComparison.Ordinal)).Select(row => row + "\n"));
    const int Taken = Customers - 2;

    /// <summary>Members before those above them, and the first of all at the end.</summary>
    static readonly string Backwards = Header + string.Concat(Forwards.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Reverse().Select(row => row + "\n"));

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Customers_and_limits_in_masses_come_to_the_same_as_one_by_one(Database database)
    {
        using var single = await StartedAsync(database);
        using var masses = await StartedAsync(database);
        Assert.Equal(Taken, (await single.ImportAsync("customers", single.File("customers.csv", Forwards))).Applied);
        var customers = masses.File("customers.csv", Backwards);
        var tried = await BulkAsync(masses, customers, dryRun: true, part: 20, kind: "customers");
        Assert.Empty(tried.Refusals);
        Assert.Equal((Taken, 0), Told(tried));
        Assert.Equal((Taken, 0), Told(await BulkAsync(masses, customers, part: 20, kind: "customers")));
        Assert.Equal(await RowsAsync(single), await RowsAsync(masses));

        var one = await single.ImportAsync("limits", single.File("limits.csv", LimitRows), skipErrors: true);
        var limits = masses.File("limits.csv", LimitRows);
        var all = await BulkAsync(masses, limits, skipErrors: true, part: 30, kind: "limits");
        Assert.Equal((one.Applied, one.Refused, 10), (all.Applied, all.Refused, all.Refused));
        Assert.Equal(one.Sums, all.Sums);
        Assert.Equal(one.Refusals.Select(refusal => refusal.ToString()), all.Refusals.Select(refusal => refusal.ToString()));
        Assert.Equal(await RowsAsync(single), await RowsAsync(masses));
        await AssertProvedAsync(masses);

        // Either way finds what the other one has brought.
        Assert.Equal((0, Taken), Told(await BulkAsync(single, customers, kind: "customers")));
        Assert.Equal((0, 190), Told(await BulkAsync(single, limits, skipErrors: true, kind: "limits")));
        Assert.Equal((0, 190), Told(await masses.ImportAsync("limits", limits, skipErrors: true)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_changes_a_customer_or_who_belongs_together_comes_one_by_one(Database database)
    {
        using var files = await StartedAsync(database);
        Assert.Equal(Taken, (await BulkAsync(files, files.File("customers.csv", Forwards), kind: "customers")).Applied);
        var path = files.File("more.csv", Header
            + "C2,Another name,FR,EUR,NET30,,\n" // is there, otherwise
            + "C999,Late payer,FR,EUR,NET30,,\n" // others name it as their payer already
            + "C501,Below it,FR,EUR,NET30,C999,\n"
            + "C502,,FR,EUR,NET30,,\n"
            + "C503,Below a refused one,FR,EUR,NET30,,C502\n"
            + "C504,In a circle,FR,EUR,NET30,,C505\nC505,In a circle,FR,EUR,NET30,,C504\n"
            + "C506,Twice,FR,EUR,NET30,,\nC506,Twice,FR,EUR,NET30,,\nC506,Otherwise,FR,EUR,NET30,,\n"
            + "C508,Both,FR,EUR,NET30,C6,C1\n"
            + "C507,Below one that is there,FR,EUR,NET30,,C1\n");
        var before = await files.JournalAsync();
        var refused = await BulkAsync(files, path, kind: "customers");
        Assert.Equal(before, await files.JournalAsync());
        string[] expected =
        [
            "more.csv:2: C2 is there already, and is not as it stands here. [not-in-masses]",
            "more.csv:3: C999 belongs together with customers who stand elsewhere. [not-in-masses]",
            "more.csv:4: What C501 names above itself was not taken. [not-in-masses]",
            "more.csv:5: name is required for a new customer. [field-invalid]",
            "more.csv:6: What C503 names above itself was not taken. [not-in-masses]",
        ];
        Assert.Equal(expected, refused.Refusals.Take(5).Select(refusal => refusal.ToString()));
        Assert.Equal("more.csv:12: C508 has a payer and a group. [not-in-masses]", Assert.Single(refused.Refusals, refusal => refusal.Place.Line == 12).ToString());
        Assert.Equal(["more.csv:11"], refused.Refusals.Where(refusal => refusal.Problem.Code == "key-reused").Select(refusal => refusal.Place.ToString()));
        Assert.Equal("more.csv:8: C504 stands below C505 already. [group-cycle]", Assert.Single(refused.Refusals, refusal => refusal.Place.Line is 7 or 8).ToString());

        var taken = await BulkAsync(files, path, skipErrors: true, kind: "customers");
        Assert.Equal((3, 1, refused.Refused), (taken.Applied, taken.Repeated, taken.Refused));
        await AssertProvedAsync(files);
        await using var store = await files.OpenAsync();
        Assert.Equal("C1", (await store.Desk.ViewAsync("C507", Cancel))!.Value.Root.Root);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_run_that_stops_in_the_middle_is_gone_on_with(Database database)
    {
        using var files = await StartedAsync(database);
        var path = files.File("customers.csv", Backwards);
        using (var stop = new CancellationTokenSource())
        {
            await using var store = await files.OpenAsync();
            var plan = new ImportPlan(Kinds.Find("customers")!, [path], Bulk: true, RowsInPart: 7);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImportRun.RunAsync(store, plan, new After("Recording", 30, stop.Cancel), stop.Token));
        }

        await AssertProvedAsync(files);
        var rest = await BulkAsync(files, path, part: 7, kind: "customers");
        Assert.Empty(rest.Refusals);
        Assert.Equal(Taken, rest.Applied + rest.Repeated);
        Assert.InRange(rest.Repeated, 7, Taken - 7);
        await AssertProvedAsync(files);
    }

    /// <summary>Three levels deep, members before those above them, and more of them than a part has rows.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_group_larger_than_a_part_is_taken_in_several(Database database)
    {
        const int Members = 60;
        var rows = Header + Lines(Members, n => (Members - n) switch
        {
            0 => "C0,Atelier,FR,EUR,NET30,,",
            < 6 and var upper => $"C{upper},Atelier,FR,EUR,NET30,,C0",
            var member => $"C{member},Atelier,FR,EUR,NET30,{(member % 4 == 0 ? $"C{member % 5 + 1}," : $",C{member % 5 + 1}")}",
        });
        using var single = await StartedAsync(database);
        using var masses = await StartedAsync(database);
        Assert.Equal(Members, (await single.ImportAsync("customers", single.File("customers.csv", rows))).Applied);
        var path = masses.File("customers.csv", rows);
        Assert.Equal((Members, 0), Told(await BulkAsync(masses, path, dryRun: true, part: 7, kind: "customers")));
        Assert.Equal((Members, 0), Told(await BulkAsync(masses, path, part: 7, kind: "customers")));
        Assert.Equal(await RowsAsync(single), await RowsAsync(masses));
        await AssertProvedAsync(masses);
        await using var store = await masses.OpenAsync();
        await using var reader = await store.Store.SnapshotAsync(Cancel);
        Assert.Equal(9, (await reader.EntriesAsync("C0", 0, int.MaxValue, Cancel)).Count);
    }

    /// <summary>The top of a group is paid for by a customer who is not in it, so it stands at that one's root.</summary>
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Below_a_top_that_is_paid_for_elsewhere_nobody_is_entered(Database database)
    {
        using var files = await StartedAsync(database);
        var path = files.File("customers.csv", Header
            + "C1,Pays,FR,EUR,NET30,,\nC2,Top,FR,EUR,NET30,C1,\nC3,Below it,FR,EUR,NET30,,C2\n"
            // Entered below it before it was paid for.
            + "C4,Another top,FR,EUR,NET30,,\nC5,Below it,FR,EUR,NET30,,C4\nC4,Another top,FR,EUR,NET30,C1,\nC5,Renamed,FR,EUR,NET30,,C4\n");
        var imported = await files.ImportAsync("customers", path, skipErrors: true);
        Assert.Equal(
            "customers.csv:4: C3 would stand in the group of a customer that is paid for by one who is not in it. [payer-chain]",
            Assert.Single(imported.Refusals).ToString());
        await AssertProvedAsync(files);
        await using var store = await files.OpenAsync();
        Assert.Equal("Renamed", (await store.Desk.ViewAsync("C5", Cancel))!.Value.Root.Find<Customer>("C5")!.Name);
    }

    /// <summary>The same customers, their group and strangers entered by a node at the same time.</summary>
    [Fact]
    public async Task Beside_a_node_that_enters_customers_each_stands_at_one_root()
    {
        using var files = await StartedAsync(Database.Postgres);
        var path = files.File("customers.csv", Header + Lines(2_000, n => $"C{n},Atelier {n},FR,EUR,NET30,,{(n % 4 == 1 && n > 1 ? $"C{n - 1}" : "")}"));
        var importing = BulkAsync(files, path, part: 50, skipErrors: true, kind: "customers");
        await using var node = await files.OpenAsync();
        for (var n = 2; n <= 2_000; n += 4)
        {
            var body = new CustomerBody(Name: $"Atelier {n}", Country: "FR", Currency: (Currency?)Currency.EUR, PaymentTerms: "NET30", Group: n % 100 == 2 ? $"C{n + 1}" : null);
            Assert.Null((await node.Desk.SubmitAsync(new PutCustomer($"C{n}", body), Kind.Importer, cancel: Cancel)).Problem);
            if (importing.IsCompleted) break;
        }

        var refused = (await importing).Refused;
        await AssertProvedAsync(files);
        await using var reader = await node.Store.SnapshotAsync(Cancel);
        var all = new Dictionary<string, (Customer Customer, string Root)>(StringComparer.Ordinal);
        foreach (var root in await reader.RootsAsync(Cancel))
            foreach (var row in await reader.CurrentAsync(PartiesFacts.Table, root, Cancel)) all.Add(((Customer)row).Number, ((Customer)row, root));
        var tree = new PartyTree(number => all.GetValueOrDefault(number).Customer);
        Assert.All(all, one => Assert.Equal(tree.RootOf(one.Key), one.Value.Root));
        // Where the node has put somebody below one that the file had still to enter, the row is refused.
        Assert.InRange(refused, 0, 20);
        Assert.Equal(2_000 - refused, all.Count);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The state without roots that hold nothing: one by one a customer leaves its entry at a root of its own.</summary>
    static async Task<IEnumerable<string>> RowsAsync(FilesStore files) => (await StateAsync(files)).Split('\n').Where(line => !line.EndsWith(" due ", StringComparison.Ordinal));

    static (long Applied, long Repeated) Told(Imported imported) => (imported.Applied, imported.Repeated);

    async Task<FilesStore> StartedAsync(Database database)
    {
        var files = new FilesStore(database == Database.Postgres ? cluster : null);
        await using var store = await files.OpenAsync();
        await store.StartAsync(new DateOnly(2026, 3, 2), Currency.EUR, Cancel);
        return files;
    }
}
