namespace Aval.Kernel;

/// <summary>A command that waits for its answer.</summary>
sealed class Pending(Command command, Actor actor, CancellationToken cancel)
{
    public Command Command { get; } = command;
    public Actor Actor { get; } = actor;
    public CancellationToken Cancel { get; } = cancel;

    /// <summary>Sorted; the first of <see cref="Primary"/> decides the queue. Set when resolved, and again when the structure has changed meanwhile.</summary>
    public IReadOnlyList<string> Roots { get; set; } = [];
    public string Primary { get; set; } = "";
    public int Rounds { get; set; }

    public TaskCompletionSource<Answer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The queue of one worker: bounded, with a second, low-priority one for due work and follow-ups. One reader.</summary>
sealed class WorkQueue(int capacity) : IDisposable
{
    readonly Lock gate = new();
    readonly Queue<Pending> ordinary = new();
    readonly Queue<Pending> background = new();
    readonly SemaphoreSlim waiting = new(0);
    bool closed;

    public int Depth
    {
        get
        {
            lock (gate) return ordinary.Count + background.Count;
        }
    }

    /// <summary>False when it is full (or closed): the caller answers <c>busy</c>.</summary>
    public bool TryAdd(Pending pending, bool low)
    {
        lock (gate)
        {
            var queue = low ? background : ordinary;
            if (closed || queue.Count >= capacity) return false;
            queue.Enqueue(pending);
        }

        waiting.Release();
        return true;
    }

    /// <summary>Puts back what another node held, or what must be resolved again: beyond the bound, since it was admitted before.</summary>
    public void Return(Pending pending)
    {
        lock (gate) ordinary.Enqueue(pending);
        waiting.Release();
    }

    public void Close()
    {
        lock (gate) closed = true;
        waiting.Release();
    }

    public void Dispose() => waiting.Dispose();

    /// <summary>Waits until there is something, then takes what is there, up to <paramref name="most"/>. Null at the end.</summary>
    public async Task<List<Pending>?> TakeAsync(int most)
    {
        while (true)
        {
            await waiting.WaitAsync();
            lock (gate)
            {
                var taken = new List<Pending>(Math.Min(most, ordinary.Count + 1));
                while (taken.Count < most && ordinary.TryDequeue(out var pending)) taken.Add(pending);
                // A little background work goes along, so that a steady stream of orders never starves what is due.
                var room = taken.Count == 0 ? most : Math.Min(4, most - taken.Count);
                while (room-- > 0 && background.TryDequeue(out var pending)) taken.Add(pending);
                for (var i = 1; i < taken.Count; i++) waiting.Wait(0);
                if (closed) waiting.Release();
                if (taken.Count > 0) return taken;
                if (closed) return null;
            }
        }
    }
}
