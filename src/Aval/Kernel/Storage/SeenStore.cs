using System.Data.Common;

namespace Aval.Kernel.Storage;

/// <summary>The database as a caller has it, who waits. Where they see some parties alone, every statement of its readers finds their rows and no others. For reading.</summary>
public class SeenStore(Store whole, string? sight) : Store(whole.Composition)
{
    internal override Store Whole => whole.Whole;

    internal override int? PatienceInSeconds => whole.PatienceInSeconds;

    public override int Writers => whole.Writers;

    public override async Task<StoreReader> SnapshotAsync(CancellationToken cancel)
    {
        var reader = await whole.SnapshotInTimeAsync(cancel);
        reader.Sight = sight;
        return reader;
    }

    public override async Task<StoreReader> LongSnapshotAsync(CancellationToken cancel)
    {
        var reader = await SnapshotAsync(cancel);
        reader.PatienceInSeconds = null;
        return reader;
    }

    public override Task MigrateAsync(CancellationToken cancel) => throw Refusal();
    public override Task AttachAsync(CancellationToken cancel) => throw Refusal();
    public override Task BackUpAsync(string file, CancellationToken cancel) => throw Refusal();
    public override Task RestoreAsync(string file, CancellationToken cancel) => throw Refusal();
    internal override Task HoldAsync(DbTransaction transaction, string root, CancellationToken cancel) => throw Refusal();
    public override Task<DbConnection> ConnectAsync(CancellationToken cancel) => throw Refusal();
    public override Task<WriteSession> BeginAsync(bool companyAlone, CancellationToken cancel) => throw Refusal();
    public override Task<(WriteSession Session, LockedRoots Locked)> BeginAsync(WantedRoots wanted, CancellationToken cancel) => throw Refusal();
    internal override Task<KeptRows> KeepAsync(CancellationToken cancel) => throw Refusal();
    public override Task<Lease?> TryLeadAsync(CancellationToken cancel) => throw Refusal();
    public override bool LostRace(Exception failure) => whole.LostRace(failure);
    public override bool Refused(Exception failure) => whole.Refused(failure);
    public override Task<bool> WasCommittedAsync(string batch, IReadOnlyList<string> roots, CancellationToken cancel) => throw Refusal();

    /// <remarks>The whole store belongs to the server.</remarks>
    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    static InvalidOperationException Refusal() => new("a caller reads the store through snapshots");
}
