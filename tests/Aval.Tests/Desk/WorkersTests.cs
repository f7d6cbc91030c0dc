using Aval.Kernel;

namespace Aval.Tests.Jars;

/// <summary>Which commands are taken together: all that wait where they are few, a queue by itself where they are many or where a batch has one lane.</summary>
public sealed class WorkersTests
{
    static readonly string[] Jars = [.. Enumerable.Range(0, 80).Select(jar => $"J{jar}")];

    [Fact]
    public async Task What_few_wait_for_is_taken_from_all_queues_at_once()
    {
        var batches = new Batches();
        await using var workers = new Workers(2, together: true, new DeskSettings(), () => batches.RunAsync);
        await Batches.AddAsync(workers, Jars[..1]);
        var asked = Batches.AddAsync(workers, Jars[1..11]);
        Assert.Equal(10, workers.Depth);
        batches.Go.SetResult();
        await asked;
        Assert.Equal([1, 10], batches.Taken.Select(roots => roots.Length));
        Assert.Equal(2, batches.Taken[1].Select(QueueOf).Distinct().Count());
    }

    [Fact]
    public async Task Where_many_wait_each_queue_has_its_batch_beside_the_other()
    {
        var batches = new Batches();
        await using var workers = new Workers(2, together: true, new DeskSettings(MostInBatch: 4), () => batches.RunAsync);
        await Batches.AddAsync(workers, Jars[..1]);
        var asked = Enumerable.Range(0, 4).Select(_ => Batches.AddAsync(workers, Jars[1..])).ToList();
        batches.Go.SetResult();
        await Task.WhenAll(asked);
        Assert.Equal(2, batches.AtOnce);
        Assert.False(batches.Shared, "a root was in two batches at once");
    }

    [Fact]
    public async Task Where_a_batch_has_one_lane_no_queue_is_taken_with_another()
    {
        var batches = new Batches();
        await using var workers = new Workers(2, together: false, new DeskSettings(), () => batches.RunAsync);
        batches.Go.SetResult();
        await Batches.AddAsync(workers, Jars);
        Assert.All(batches.Taken, roots => Assert.Single(roots.Select(QueueOf).Distinct()));
    }

    static int QueueOf(string root) => (Lane.Of(root) & 0x7fff) % 2;

    /// <summary>What was taken together. The first batch is answered at once and stays under way until it is let go.</summary>
    sealed class Batches
    {
        readonly List<string[]> underWay = [];

        public List<string[]> Taken { get; } = [];
        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int AtOnce { get; private set; }
        public bool Shared { get; private set; }

        public async Task RunAsync(List<Pending> batch)
        {
            string[] roots = [.. batch.Select(pending => pending.Primary)];
            lock (underWay)
            {
                Shared |= underWay.Exists(other => other.Intersect(roots).Any());
                Taken.Add(roots);
                underWay.Add(roots);
                AtOnce = Math.Max(AtOnce, underWay.Count);
            }

            foreach (var pending in batch) pending.Answered.SetResult(KernelProblems.Busy.With("not done"));
            await Go.Task;
            await Task.Delay(5);
            lock (underWay) underWay.Remove(roots);
        }

        /// <summary>Waits until all have been taken.</summary>
        public static Task<Answer[]> AddAsync(Workers workers, string[] jars)
        {
            var asked = jars.Select(jar => new Pending(new PutCoin("c", jar, 1), Actor.Rule("test"), low: false, default) { Primary = jar }).ToList();
            Assert.All(asked, pending => Assert.True(workers.TryAdd(pending)));
            return Task.WhenAll(asked.Select(pending => pending.Answered.Task));
        }
    }
}
