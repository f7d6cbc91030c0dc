using Aval.Kernel;
using Aval.Tests.Infrastructure;
using static Aval.Tests.Jars.JarShelf;

namespace Aval.Tests.Jars;

/// <summary>Who waits is answered, who cannot wait is told so, and many wait for few commits.</summary>
public sealed class QueueTests(PostgresCluster cluster)
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_full_queue_says_busy_and_loses_nothing(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster, new DeskSettings(MostInBatch: 8, MostWaiting: 16));
        await shelf.OpenJarsAsync(1_000, "A");
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(n => shelf.DoAsync(new PutCoin(Name(n), "A", 1))));
        var busy = answers.Count(answer => answer.Problem?.Kind == KernelProblems.Busy);
        Assert.InRange(busy, 1, 399);
        Assert.Equal(400 - busy, answers.Count(answer => answer.Problem is null));
        Assert.Equal(400 - busy, await shelf.AskAsync<long>("SELECT count(*) FROM coin"));
        for (var n = 0; n < 400; n++) Assert.Equal(answers[n].Problem is null, Accepted(await shelf.DoAsync(new PutCoin(Name(n), "A", 1))).Repeated);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_command_can_be_taken_back_until_a_batch_takes_it(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster, new DeskSettings(MostInBatch: 4));
        await shelf.OpenJarsAsync(1_000, "A");
        using var back = new CancellationTokenSource();
        var kept = Enumerable.Range(0, 50).Select(n => shelf.DoAsync(new PutCoin("k" + Name(n), "A", 1))).ToList();
        var withdrawn = Enumerable.Range(0, 50).Select(n => shelf.Desk.SubmitAsync(new PutCoin("w" + Name(n), "A", 1), Maria, cancel: back.Token)).ToList();
        await back.CancelAsync();
        foreach (var answer in await Task.WhenAll(kept)) Accepted(answer);
        var done = 0;
        foreach (var one in withdrawn)
        {
            try
            {
                Accepted(await one);
                done++;
            }
            catch (OperationCanceledException)
            {
                Assert.True(one.IsCanceled);
            }
        }

        Assert.InRange(done, 0, 49);
        Assert.Equal(done, await shelf.AskAsync<long>("SELECT count(*) FROM coin WHERE number LIKE 'w%'"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_stop_answers_everybody_and_what_it_accepted_is_there(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster, new DeskSettings(MostInBatch: 16));
        await shelf.OpenJarsAsync(1_000, "A", "B");
        var desk = shelf.Desk;
        var asked = Enumerable.Range(0, 600).Select(n => Task.Run(() => desk.DoAsync(new PutCoin(Name(n), n % 2 == 0 ? "A" : "B", 1)))).ToList();
        await asked[20];
        await shelf.StopAsync();
        var answers = await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.All(answers.Where(answer => answer.Problem is not null), answer => Refused(KernelProblems.Busy, answer));
        Refused(KernelProblems.Busy, await desk.DoAsync(new PutCoin("late", "A", 1)));
        await using var again = await ReopenAsync(database, shelf.Place);
        Assert.Equal(answers.Count(answer => answer.Problem is null), await again.AskAsync<long>("SELECT count(*) FROM coin"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Five_hundred_and_twelve_callers_share_few_commits(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster);
        await shelf.OpenJarsAsync(1_000_000, Enumerable.Range(0, 16).Select(Name));
        var before = await shelf.AskAsync<long>("SELECT count(*) FROM batch");
        // All of a round have called before any is answered: how fast they would come back, hence the machine, has no part in it.
        for (var round = 0; round < 4; round++)
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 512).Select(caller => shelf.DoAsync(new PutCoin($"{caller}-{round}", Name((caller + round) % 16), 1)))))
                Accepted(answer);
        var batches = await shelf.AskAsync<long>("SELECT count(*) FROM batch") - before;
        // One by one it would be 2,048.
        Assert.InRange(batches, 1, 2_048 / 4);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Low_work_is_done_though_others_never_stop_asking(Database database)
    {
        await using var shelf = await OpenAsync(database, cluster, new DeskSettings(MostInBatch: 8));
        await shelf.OpenJarsAsync(1_000_000, "A");
        using var stop = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 64).Select(async caller =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++) Accepted(await shelf.DoAsync(new PutCoin($"{caller}-{n}", "A", 1)));
        }).ToList();
        var low = Enumerable.Range(0, 20).Select(n => shelf.Desk.SubmitAsync(new PutCoin("low" + n, "A", 1), Maria, low: true, CancellationToken.None)).ToList();
        foreach (var answer in await Task.WhenAll(low).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)) Accepted(answer);
        await stop.CancelAsync();
        await Task.WhenAll(asking);
    }
}
