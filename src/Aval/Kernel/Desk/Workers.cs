namespace Aval.Kernel;

/// <summary>Which commands are taken together, and which batches run beside each other on this node.</summary>
sealed class Workers : IAsyncDisposable
{
    /// <summary>A queue with fewer is emptied together with the others, since every batch has its price: two halves at the same time would cost more than they gain.</summary>
    const int FewWaiting = 32;

    readonly int mostInBatch;
    readonly bool together;
    readonly WorkQueue[] queues;
    readonly Task[] workers;

    // One place a worker. Who must be alone takes all of them.
    readonly SemaphoreSlim places;
    readonly SemaphoreSlim alone = new(1);

    /// <param name="count">Batches that may be under way at the same time; each worker has a queue of its own.</param>
    /// <param name="together">True when a batch may have commands of several queues.</param>
    /// <param name="newRun">Makes what sees a worker's batches through, one after the other; it never throws.</param>
    public Workers(int count, bool together, DeskSettings settings, Func<Func<List<Pending>, Task>> newRun)
    {
        mostInBatch = settings.MostInBatch;
        this.together = together && count > 1;
        places = new SemaphoreSlim(count);
        queues = [.. Enumerable.Range(0, count).Select(_ => new WorkQueue(settings.MostWaiting))];
        workers = [.. queues.Select(queue => Task.Run(() => WorkAsync(queue, newRun())))];
    }

    /// <summary>Commands that wait, over all queues.</summary>
    public int Depth => queues.Sum(queue => queue.Depth);

    /// <summary>Puts the command behind those of its root; false when too much waits there.</summary>
    public bool TryAdd(Pending pending) => QueueOf(pending).TryAdd(pending);

    /// <inheritdoc cref="WorkQueue.Return"/>
    public void Return(Pending pending) => QueueOf(pending).Return(pending);

    /// <summary>Ends once nothing waits. Whoever calls it has seen to it that nothing is added any more.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var queue in queues) queue.Close();
        await Task.WhenAll(workers);
        foreach (var queue in queues) queue.Dispose();
        places.Dispose();
        alone.Dispose();
    }

    /// <summary>What holds the company alone runs beside nothing: it waits in one queue, and keeps its order.</summary>
    WorkQueue QueueOf(Pending pending) => queues[pending.Command.ChangesStructure ? 0 : (Lane.Of(pending.Primary) & 0x7fff) % queues.Length];

    async Task WorkAsync(WorkQueue queue, Func<List<Pending>, Task> run)
    {
        while (await queue.WaitAsync())
            if (together && queue.Depth < FewWaiting) await RunFewAsync(queue, run);
            else await RunManyAsync(queue, run);
    }

    /// <summary>A batch of what waits in this queue, beside those of the other queues.</summary>
    async Task RunManyAsync(WorkQueue queue, Func<List<Pending>, Task> run)
    {
        var batch = new List<Pending>();
        queue.Take(batch, mostInBatch, waited: true);
        // The database's lock on the company is not between connections of one node only.
        var wholly = batch.Exists(pending => pending.Command.ChangesStructure);
        await EnterAsync(wholly);
        if (batch.Count > 0) await run(batch);
        Leave(wholly);
    }

    /// <summary>One batch of what waits in all queues by the time that no other is under way.</summary>
    async Task RunFewAsync(WorkQueue queue, Func<List<Pending>, Task> run)
    {
        await EnterAsync(wholly: true);
        var batch = new List<Pending>();
        queue.Take(batch, mostInBatch, waited: true);
        foreach (var other in queues)
            if (other != queue) other.Take(batch, mostInBatch, waited: false);
        if (batch.Count > 0) await run(batch);
        Leave(wholly: true);
    }

    async Task EnterAsync(bool wholly)
    {
        if (wholly) await alone.WaitAsync();
        for (var taken = 0; taken < (wholly ? queues.Length : 1); taken++) await places.WaitAsync();
    }

    void Leave(bool wholly)
    {
        places.Release(wholly ? queues.Length : 1);
        if (wholly) alone.Release();
    }
}
