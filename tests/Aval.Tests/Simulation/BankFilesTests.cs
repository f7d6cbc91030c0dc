using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Aval.Import;
using Aval.Kernel;
using Aval.Simulation;
using Aval.Statements.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Simulation;

/// <summary>What the bank tells of a simulated company's receipts.</summary>
public sealed class BankFilesTests : IDisposable
{
    static readonly SimulationPlan Plan = new(45, 4, 11, new DateOnly(2026, 3, 2));
    readonly string root = Directory.CreateTempSubdirectory("aval-bank-").FullName;

    [Fact]
    public void Every_receipt_that_came_through_stands_once_in_the_file_of_its_month_and_currency_with_its_day_and_amount()
    {
        var folder = Written(Plan);
        var told = Statements(folder).SelectMany(statement => statement.Entries.Where(entry => entry.Amount > 0)
            .Select(entry => (entry.Booked!.Value, new Money(entry.Amount, statement.Currency)))).ToList();
        var come = SimulatedCompany.Of(Plan).Histories.Take(Plan.Customers).SelectMany(history => history.Receipts)
            .Where(row => row.Cleared).Select(row => (row.Date, row.Amount)).ToList();
        Assert.NotEmpty(come);
        Assert.Equal(Sorted(come), Sorted(told));
        foreach (var file in Files(folder))
            Assert.All(StatementFile.Read(File.ReadAllBytes(file)).Statements, statement =>
                Assert.Equal(Path.GetFileNameWithoutExtension(file), $"{statement.Entries[0].Booked:yyyy-MM}-{statement.Currency}"));

        static IEnumerable<string> Sorted(IEnumerable<(DateOnly Day, Money Amount)> of) =>
            of.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Day:yyyy-MM-dd} {one.Amount}")).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Each_day_begins_with_the_balance_of_the_day_before_and_ends_with_what_came_and_went()
    {
        foreach (var account in Statements(Written(Plan)).GroupBy(statement => statement.Currency))
        {
            Assert.All(account, statement => Assert.Equal(BalanceCheck.Agrees, Balances.Check(statement)));
            Assert.All(account.Zip(account.Skip(1)), pair => Assert.Equal(pair.First.Closing!.Minor, pair.Second.Opening!.Minor));
            Assert.Equal(account.Count(), account.Select(statement => statement.Number).Distinct().Count());
            Assert.Contains(account, statement => statement.Entries.Any(entry => entry.Amount < 0));
        }
    }

    [Fact]
    public void Most_references_are_as_they_were_written_and_some_are_not()
    {
        var receipts = SimulatedCompany.Of(Plan).Histories.SelectMany(history => history.Receipts).Where(row => row is { Cleared: true, Reference: not null }).ToList();
        var says = Statements(Written(Plan)).SelectMany(statement => statement.Entries).Select(entry => entry.Parts[0].Remittance).ToHashSet(StringComparer.Ordinal);
        Assert.InRange(receipts.Count(row => says.Contains(row.Reference)), receipts.Count * 75 / 100, receipts.Count * 95 / 100);
    }

    [Fact]
    public void The_same_plan_gives_the_same_bytes_nothing_unfinished_is_left_and_an_opening_has_none()
    {
        var (first, again) = (Written(Plan), Written(Plan));
        Assert.Equal(Files(first).Select(Hash), Files(again).Select(Hash));
        Assert.Empty(Directory.GetFiles(Path.Combine(first, "bank"), "*.part"));
        SimulationFolder.Write(Plan with { Seed = 12 }, again, cancel: TestContext.Current.CancellationToken);
        Assert.NotEqual(Files(first).Select(Hash), Files(again).Select(Hash));
        SimulationFolder.Write(new SimulationPlan(45, 4, 11, Plan.EndDate, 1, new Opening(0)), again, cancel: TestContext.Current.CancellationToken);
        Assert.Empty(Files(again));

        static string Hash(string file) => Path.GetFileName(file) + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    internal static IEnumerable<string> Files(string folder) => Directory.GetFiles(Path.Combine(folder, "bank"), "*.sta").Order(StringComparer.Ordinal);

    static IEnumerable<BankStatement> Statements(string folder) => Files(folder).SelectMany(file => StatementFile.Read(File.ReadAllBytes(file)).Statements);

    string Written(SimulationPlan plan)
    {
        var folder = Path.Combine(root, Guid.NewGuid().ToString("N"));
        SimulationFolder.Write(plan, folder);
        return folder;
    }
}

public sealed class BankFilesOnSqlite() : BankFilesTaken(null);

public sealed class BankFilesOnPostgres(PostgresCluster cluster) : BankFilesTaken(cluster);

/// <summary>A simulated company's history without its receipts, into which the bank's files are taken instead. The business date is 2 March 2026.</summary>
public abstract class BankFilesTaken(PostgresCluster? cluster)
{
    static readonly SimulationPlan Plan = new(20, 3, 5, new DateOnly(2026, 3, 2));

    [Fact]
    public async Task A_month_s_file_is_taken_on_the_page_and_its_payments_find_their_payers_and_invoices()
    {
        var history = Directory.CreateTempSubdirectory("aval-bank-").FullName;
        SimulationFolder.Write(Plan, history, cancel: TestContext.Current.CancellationToken);
        foreach (var file in new[] { "receipts.csv", "allocations.csv" }) File.Delete(Path.Combine(history, file));
        var options = RunningServer.NewStore(cluster);
        await using (var store = await OpenStore.OpenAsync(options.Data, options.Database))
            await Replay.RunAsync(store, history, null, null, TestContext.Current.CancellationToken);
        await using var server = await RunningServer.StartAsync(options);
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "alma", roles = new[] { "accountsReceivable" } })).Expect(201)["key"]!);
        foreach (var file in BankFilesTests.Files(history).Where(file => file.EndsWith("-EUR.sta", StringComparison.Ordinal)))
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent(await browser.TokenAsync("/bank-statements")), "token" },
                { new ByteArrayContent(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), "files", Path.GetFileName(file) },
            };
            using var taken = await browser.AskAsync(HttpMethod.Post, "/bank-statements", form);
            Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        }

        Directory.Delete(history, recursive: true);
        var come = SimulatedCompany.Of(Plan).Histories.Take(Plan.Customers).SelectMany(of => of.Receipts).Where(row => row is { Cleared: true, DepositFor: null })
            .Where(row => row.Amount.Currency == Currency.EUR && row.Reference?.StartsWith("IN-", StringComparison.Ordinal) == true).ToList();
        var (found, settled) = (0, 0);
        foreach (var row in come)
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"DE02120300000000202051-EUR.{row.Date:yyyyMMdd}.C{row.Amount.Minor}.1");
            if (await server.Get($"/receipts/{number}") is not { Code: null } receipt) continue;
            if (receipt["payer"] == row.Payer) found++;
            if (receipt["open"] == "0.00") settled++;
        }

        Assert.True(come.Count > 50 && found > come.Count * 9 / 10 && settled > come.Count * 2 / 3, $"{come.Count} came, {found} found their payer, {settled} all their invoices");
    }
}
