namespace Aval.Kernel;

/// <summary>
/// The commands of one queue whose root another node held when a batch wanted it. Each such root is waited for in its turn, and what has queued for it by then is decided
/// together; until nobody else writes it any more, its commands come here at once and are not passed over by one batch after the other.
/// </summary>
/// <remarks>Whoever uses it holds the gate of the queue.</remarks>
sealed class HeldRoots
{
    /// <summary>A root that others write too is forgotten when nothing has come for it for so long.</summary>
    static readonly TimeSpan Lasting = TimeSpan.FromSeconds(1);

    readonly Dictionary<string, Held> roots = new(StringComparer.Ordinal);
    readonly Queue<string> turns = new();

    /// <summary>Commands that wait here.</summary>
    public int Count { get; private set; }

    /// <summary>True when the command's root is held: it has to wait here, behind the others.</summary>
    public bool Has(Pending pending) => roots.Count > 0 && !pending.Command.ChangesStructure && roots.ContainsKey(pending.Primary);

    /// <summary>True when the root of this command has to have a turn which it had not.</summary>
    public bool Add(Pending pending)
    {
        if (!roots.TryGetValue(pending.Primary, out var held)) roots[pending.Primary] = held = new Held();
        held.Waiting.AddLast(pending);
        return Counted(pending, held);
    }

    /// <summary>As the other, ahead of what waits for this root.</summary>
    public bool AddFirst(Pending pending)
    {
        if (!roots.TryGetValue(pending.Primary, out var held)) roots[pending.Primary] = held = new Held();
        held.Waiting.AddFirst(pending);
        return Counted(pending, held);
    }

    /// <summary>The root that has waited longest, and the command to be decided alone where that one crosses roots; null when nothing waits here after all.</summary>
    public (string Root, Pending? Crosses)? Next()
    {
        if (!turns.TryDequeue(out var root)) return null;
        var held = roots[root];
        if (held.Waiting.First is { Value: { Roots.Count: > 1 } crosses })
        {
            held.Waiting.RemoveFirst();
            Count--;
            return (root, crosses);
        }

        if (held.Waiting.Count > 0) return (root, null);
        End(root, others: false);
        return null;
    }

    /// <summary>What waits for this root, and what waits for others that may be had beside it; of each in its order, up to one that crosses roots.</summary>
    public List<Pending> Take(string root, int most)
    {
        var taken = new List<Pending>();
        From(roots[root]);
        foreach (var other in turns) From(roots[other]);
        Count -= taken.Count;
        return taken;

        void From(Held held)
        {
            while (taken.Count < most && held.Waiting.First is { Value: { Roots.Count: 1 } pending })
            {
                taken.Add(pending);
                held.Waiting.RemoveFirst();
            }
        }
    }

    /// <summary>The turn of a root is over. It stays while commands wait for it, and for a while when others have written it too.</summary>
    /// <returns>True when it has another turn.</returns>
    public bool End(string root, bool others)
    {
        var held = roots[root];
        held.HasTurn = false;
        if (held.Waiting.Count > 0) return Turn(root, held);
        if (others) held.Until = Environment.TickCount64 + (long)Lasting.TotalMilliseconds;
        else roots.Remove(root);
        return false;
    }

    /// <summary>Forgets the roots for which nothing has come.</summary>
    public void Forget()
    {
        var now = Environment.TickCount64;
        foreach (var (root, held) in roots)
            if (!held.HasTurn && held.Until < now) roots.Remove(root);
    }

    bool Counted(Pending pending, Held held)
    {
        Count++;
        return !held.HasTurn && Turn(pending.Primary, held);
    }

    bool Turn(string root, Held held)
    {
        turns.Enqueue(root);
        return held.HasTurn = true;
    }

    sealed class Held
    {
        public LinkedList<Pending> Waiting { get; } = [];

        /// <summary>True from when it stands among the turns to the end of its turn.</summary>
        public bool HasTurn { get; set; }

        /// <summary>The tick at which it is forgotten when nothing has come.</summary>
        public long Until { get; set; }
    }
}
