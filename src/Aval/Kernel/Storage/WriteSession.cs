namespace Aval.Kernel.Storage;

/// <summary>A transaction of the Desk. Order of locks, always: the company, then roots sorted (docs/decisions/0002-lock-order.md).</summary>
public abstract class WriteSession(StoreReader reader, RootRow company) : IAsyncDisposable
{
    public StoreReader Reader { get; } = reader;

    /// <summary>The company's row as it is until the transaction ends. Sequence 0 on a new store.</summary>
    public RootRow Company { get; } = company;

    /// <summary>Locks the rows of the roots, and then reads the claims. A root without a row is in neither answer.</summary>
    public abstract Task<LockedRoots> LockAsync(WantedRoots wanted, CancellationToken cancel);

    /// <summary>Writes all and commits, in one round trip where the database has them.</summary>
    public abstract Task CommitAsync(BatchWrite write, CancellationToken cancel);

    /// <summary>Rolls back what has not been committed.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>What a batch needs to hold.</summary>
/// <param name="Roots">Sorted.</param>
/// <param name="SkipLocked">True when a root that another node holds is passed over, false when it is waited for.</param>
public sealed record WantedRoots(IReadOnlyList<string> Roots, IReadOnlyList<(string Scope, string Number)> Claims, bool SkipLocked);

public sealed record LockedRoots(IReadOnlyDictionary<string, RootRow> Rows, IReadOnlySet<string> Skipped, IReadOnlyList<ClaimRow> Claims);
