using System.Diagnostics;

namespace Aval.Kernel;

/// <summary>A command that waits for its answer.</summary>
sealed class Pending(Command command, Actor actor, bool low, CancellationToken cancel)
{
    public Command Command { get; } = command;
    public Actor Actor { get; } = actor;

    /// <summary>True for work that nobody waits for.</summary>
    public bool Low { get; } = low;
    public CancellationToken Cancel { get; } = cancel;

    /// <summary>The span of whoever waits; none while nobody listens.</summary>
    public ActivityContext Caller { get; } = Telemetry.Spans.HasListeners() && Activity.Current is { } span ? span.Context : default;

    /// <summary>Hashed once, by the caller's thread and not by the one that holds the locks.</summary>
    public IReadOnlyList<Claim> Claims { get; } = Claim.Hashed(command.AllClaims);

    /// <summary>Sorted. Set when resolved, and again when the structure has changed meanwhile.</summary>
    public IReadOnlyList<string> Roots { get; set; } = [];

    /// <summary>The root whose journal keeps the entry; it decides the queue.</summary>
    public string Primary { get; set; } = "";

    /// <summary>What the directory had seen of moves before this was resolved.</summary>
    public long Generation { get; set; }
    public int Rounds { get; set; }

    /// <summary>True when its document was not entered yet at that moment, only waiting to be.</summary>
    public bool Expects { get; set; }

    /// <summary>The documents that others may expect of this one.</summary>
    public IReadOnlyList<Claim> Announced { get; set; } = [];

    /// <summary>True when this command enters the party or document that another one is about.</summary>
    public bool Enters(Subject subject) => subject.Scope is null
        ? Command.Subject is { Scope: null, Unknown: null } entered && entered.Number == subject.Number
        : Claims.Any(claim => claim.Scope == subject.Scope && claim.Number == subject.Number);

    public TaskCompletionSource<Answer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The queue of one worker: bounded, with a second, low-priority one for due work and follow-ups. One reader.</summary>
sealed class WorkQueue(int capacity) : IDisposable
{
    /// <summary>Low-priority work that goes along with every batch, so that a steady stream of orders never starves what is due.</summary>
    const int AlwaysFromBackground = 4;

    readonly Lock gate = new();
    readonly Queue<Pending> returned = new();
    readonly Queue<Pending> ordinary = new();
    readonly Queue<Pending> background = new();
    readonly SemaphoreSlim waiting = new(0);
    bool closed;

    public int Depth
    {
        get
        {
            lock (gate) return returned.Count + ordinary.Count + background.Count;
        }
    }

    /// <summary>False when it is full: the caller answers <c>busy</c>.</summary>
    public bool TryAdd(Pending pending)
    {
        lock (gate)
        {
            var queue = pending.Low ? background : ordinary;
            if (queue.Count >= capacity) return false;
            queue.Enqueue(pending);
        }

        waiting.Release();
        return true;
    }

    /// <summary>
    /// Puts back what another node held, or what must be resolved again: beyond the bound, since it was admitted before, and ahead of what came after it, which
    /// would otherwise pass it for ever.
    /// </summary>
    public void Return(Pending pending)
    {
        lock (gate) (pending.Low ? background : returned).Enqueue(pending);
        waiting.Release();
    }

    /// <summary>Ends the reader once nothing waits. Whoever closes has seen to it that nothing is added any more.</summary>
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
                var kept = Math.Min(background.Count, Math.Min(AlwaysFromBackground, most - 1));
                var taken = new List<Pending>(Math.Min(most, returned.Count + ordinary.Count + kept));
                while (taken.Count < most - kept && returned.TryDequeue(out var pending)) taken.Add(pending);
                while (taken.Count < most - kept && ordinary.TryDequeue(out var pending)) taken.Add(pending);
                var room = taken.Count == 0 ? most : kept;
                while (room-- > 0 && background.TryDequeue(out var pending)) taken.Add(pending);
                for (var i = 1; i < taken.Count; i++) waiting.Wait(0);
                if (taken.Count > 0) return taken;
                if (closed) return null;
            }
        }
    }
}
