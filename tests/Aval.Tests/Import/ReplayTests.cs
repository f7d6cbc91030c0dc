using Aval.Import;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Import;

public sealed class ReplayTests(PostgresCluster cluster) : IDisposable
{
    static readonly string History = Path.Combine(Repository.Root, "tests", "Aval.Tests", "Import", "History");

    readonly FilesStore files = new();

    [Fact]
    public async Task A_history_is_reported_alike_on_both_databases_and_leaves_the_same_journal()
    {
        var replayed = await files.ReplayAsync(History);
        Assert.Empty(replayed.Refusals);
        Golden.Equal("replay.txt", replayed.Report.ToText());
        using var postgres = new FilesStore(cluster);
        Assert.Equal(replayed.Report.ToText(), (await postgres.ReplayAsync(History)).Report.ToText());
        Assert.Equal(await files.JournalAsync(), await postgres.JournalAsync());
    }

    [Fact]
    public async Task A_history_replayed_twice_is_recorded_once()
    {
        var first = await files.ReplayAsync(History);
        var once = await files.JournalAsync();
        var second = await files.ReplayAsync(History);
        Assert.Equal((0, 5), (second.Applied, second.Skipped));
        Assert.Equal(once, await files.JournalAsync());
        Assert.Equal(first.Report.ToText(), second.Report.ToText());
    }

    [Fact]
    public async Task A_replay_that_was_broken_off_ends_as_if_it_had_not_been()
    {
        for (var days = 1; days < 4; days++)
        {
            using var broken = new CancellationTokenSource();
            await using var store = await files.OpenAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Replay.RunAsync(store, History, null, new StopAfter(days, broken), broken.Token));
        }

        var resumed = await files.ReplayAsync(History);
        using var whole = new FilesStore();
        Assert.Equal((await whole.ReplayAsync(History)).Report.ToText(), resumed.Report.ToText());
        Assert.Equal(await whole.JournalAsync(), await files.JournalAsync());
    }

    [Fact]
    public async Task Another_history_is_not_replayed_into_a_store_that_has_one()
    {
        await files.ReplayAsync(History);
        var other = files.File("other/receipts.csv", "number,payer,date,currency,amount\nR-1,C1,2026-03-02,EUR,10\n");
        var refusal = await Assert.ThrowsAsync<ReplayRefusedException>(() => files.ReplayAsync(Path.GetDirectoryName(other)!));
        Assert.Equal("The store's business date is 2026-05-04, and it holds no replay of this history up to there. Replay into a new store.", refusal.Message);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_replayed_says_why_and_starts_nothing()
    {
        files.File("bad/order.csv", "number\n");
        files.File("bad/invoices.csv", "number,customer,dueDate,currency,amount\n");
        var receipts = files.File("bad/receipts.csv", "number,payer,date,currency,amount\nR-1,C1,yesterday,EUR,10\nR-2,C1,2026-03-02,EUR,10\n");
        var refusal = await Assert.ThrowsAsync<ReplayRefusedException>(() => files.ReplayAsync(Path.GetDirectoryName(receipts)!));
        Assert.Equal(
            [
                "invoices.csv:1: date is missing among the columns.",
                "order.csv: A history has no such file; it has rates.csv, customers.csv, limits.csv, holds.csv, guarantees.csv, insurance-covers.csv, "
                + "orders.csv, order-lines.csv, deliveries.csv, invoices.csv, credit-notes.csv, disputes.csv, promises.csv, credit-note-promises.csv, receipts.csv, "
                + "allocations.csv, cancellations.csv, write-offs.csv.",
                "receipts.csv:2: date must be a date as YYYY-MM-DD, from 1900 to 2999.",
            ],
            refusal.Refusals.Select(refused => $"{refused.Place}: {refused.Problem.Detail}"));
        Assert.Contains("file-unknown", refusal.Refusals.Select(refused => refused.Problem.Code));
        Assert.Equal(0, (await files.JournalAsync()).Entries);
    }

    [Fact]
    public async Task What_the_checks_refuse_is_listed_and_the_rest_goes_on()
    {
        files.File("some/customers.csv", "number,name,country,currency,paymentTerms\nC1,Head,FR,EUR,NET30\n");
        var receipts = files.File("some/receipts.csv", "number,payer,date,currency,amount\nR-1,C1,2026-03-02,EUR,10\nR-2,C9,2026-03-02,EUR,10\nR-3,C1,2026-03-03,EUR,1.234\n");
        var replayed = await files.ReplayAsync(Path.GetDirectoryName(receipts)!);
        Assert.Equal(["receipts.csv:3", "receipts.csv:4"], replayed.Refusals.Select(refused => refused.Place.ToString()));
        Assert.Contains("  customer-unknown                       1\n", replayed.Report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_that_goes_on_or_is_done_again_tells_the_same_refusals()
    {
        files.File("twice/customers.csv", "number,name,country,currency,paymentTerms\nC1,Head,FR,EUR,NET30\n");
        var receipts = files.File(
            "twice/receipts.csv", "number,payer,date,currency,amount\nR-1,C9,2026-03-02,EUR,10\nR-2,C1,2026-03-03,EUR,1.234\nR-3,C1,2026-03-04,EUR,10\n");
        var first = (await files.ReplayAsync(Path.GetDirectoryName(receipts)!)).Report.ToText();
        Assert.Contains("  customer-unknown                       1\n", first, StringComparison.Ordinal);
        var again = await files.ReplayAsync(Path.GetDirectoryName(receipts)!);
        Assert.Equal((2, first), (again.Skipped, again.Report.ToText()));
    }

    [Fact]
    public async Task A_policy_given_along_decides_and_is_adopted_once()
    {
        var policy = System.Text.Encoding.UTF8.GetBytes("""{"basedOn": "standard", "rules": [{"rule": "limit", "severity": "off"}]}""");
        for (var run = 0; run < 2; run++)
        {
            await using var store = await files.OpenAsync();
            var replayed = await Replay.RunAsync(store, History, policy, null, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("limit-exceeded", replayed.Report.ToText(), StringComparison.Ordinal);
            Assert.Equal(2, (await store.Desk.CompanyAsync(TestContext.Current.CancellationToken)).Get<Aval.Policies.PoliciesFacts>().Current.Version);
        }
    }

    [Fact]
    public async Task The_first_weeks_of_the_real_wholesaler_are_replayed_without_a_refusal()
    {
        var folder = RealHistory.Until(new DateOnly(2013, 1, 31), files);
        var replayed = await files.ReplayAsync(folder);
        Assert.Empty(replayed.Refusals);
        Golden.Equal("replay-wide-world-importers.txt", replayed.Report.ToText());
        using var postgres = new FilesStore(cluster);
        Assert.Equal(replayed.Report.ToText(), (await postgres.ReplayAsync(folder)).Report.ToText());
        Assert.Equal(await files.JournalAsync(), await postgres.JournalAsync());
    }

    public void Dispose() => files.Dispose();

    sealed class StopAfter(int days, CancellationTokenSource source) : IProgress<ReplayProgress>
    {
        int passed;

        public void Report(ReplayProgress value)
        {
            if (++passed == days) source.Cancel();
        }
    }
}
