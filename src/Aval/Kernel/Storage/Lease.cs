using System.Data.Common;
using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>The turn of one node to do what is to be done once among all nodes of a store; given back when it is disposed of.</summary>
public abstract class Lease : IAsyncDisposable
{
    /// <summary>Of a store that one process has to itself.</summary>
    public static Lease Alone { get; } = new AloneLease();

    /// <summary>Asks the database whether the turn is still this node's, and says that the node is alive.</summary>
    public abstract Task<bool> RenewAsync(CancellationToken cancel);

    public abstract ValueTask DisposeAsync();

    sealed class AloneLease : Lease
    {
        public override Task<bool> RenewAsync(CancellationToken cancel) => Task.FromResult(true);
        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>An advisory lock on a connection of its own: it ends with the connection, and PostgreSQL ends a connection on which nothing is renewed.</summary>
sealed class PostgresLease(NpgsqlConnection connection) : Lease
{
    /// <summary>Names the lock among those of <see cref="PostgresStore"/>.</summary>
    const int LeaderLock = 727403;

    /// <summary>A node that is frozen, or cut off, has lost its turn after so long, whatever its network believes.</summary>
    const string LongestSilence = "6s";

    const int PatienceInSeconds = 3;

    /// <summary>Takes the turn where nobody has it; null where somebody does.</summary>
    public static async Task<Lease?> TryTakeAsync(string connectionString, CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = PatienceInSeconds, Timeout = PatienceInSeconds };
        var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            await connection.OpenAsync(cancel);
            await using var take = new NpgsqlCommand($"SET idle_session_timeout = '{LongestSilence}'; SELECT pg_try_advisory_lock({LeaderLock})", connection);
            if (await take.ExecuteScalarAsync(cancel) is true) return new PostgresLease(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    public override async Task<bool> RenewAsync(CancellationToken cancel)
    {
        try
        {
            await using var renew = new NpgsqlCommand("SELECT 1", connection);
            return await renew.ExecuteScalarAsync(cancel) is 1;
        }
        catch (Exception e) when (e is DbException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    public override ValueTask DisposeAsync() => connection.DisposeAsync();
}
