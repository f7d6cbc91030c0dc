namespace Aval.Kernel.Storage;

/// <summary>A transaction of the Desk. Order of locks, always: the company, then roots sorted (docs/decisions/0002-lock-order.md).</summary>
public abstract class WriteSession(StoreReader reader, RootRow company) : IAsyncDisposable
{
    public StoreReader Reader { get; } = reader;

    /// <summary>The company's row as it is until the transaction ends. Sequence 0 on a new store.</summary>
    public RootRow Company { get; } = company;

    /// <summary>
    /// Locks the rows of these roots, which are sorted, and then reads the claims. A root without a row is in neither answer; with
    /// <paramref name="skipLocked"/>, one that another node holds is skipped.
    /// </summary>
    public abstract Task<LockedRoots> LockAsync(
        IReadOnlyList<string> roots, IReadOnlyList<(string Scope, string Number)> claims, bool skipLocked, CancellationToken cancel);

    /// <summary>Writes all and commits, in one round trip where the database has them.</summary>
    public abstract Task CommitAsync(BatchWrite write, CancellationToken cancel);

    /// <summary>Rolls back what has not been committed.</summary>
    public abstract ValueTask DisposeAsync();
}

public sealed record LockedRoots(IReadOnlyDictionary<string, RootRow> Rows, IReadOnlySet<string> Skipped, IReadOnlyList<ClaimRow> Claims);
