using System.Data.Common;
using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>Where a database is, and how it is spoken with: the connection string with what Aval adds to it.</summary>
/// <param name="Settings">Of all connections. The command line, for which nobody else waits, gives up on no statement, unless the connection string says when.</param>
/// <param name="Callers">Seconds for which a statement that a caller waits for may tell nothing; null where nobody waits.</param>
/// <param name="Own">The same for what a server reads by itself, counts over whole tables among it; null for as long as the connection says.</param>
sealed record PostgresPlace(NpgsqlConnectionStringBuilder Settings, int? Callers, int? Own)
{
    // A driver that gives up on a statement asks the server to stop it, on a new connection, and its thread waits so long for that. Of a server that hangs it waits in vain.
    const int LongestConnecting = 5;

    // Nobody waits for it, but a machine that was cut off tells nothing for ever.
    const int LongestOwn = 600;

    /// <param name="patience">For how long a statement that a caller waits for may tell nothing; null where nobody calls.</param>
    /// <exception cref="StoreRefusedException">It names no database.</exception>
    public static PostgresPlace Of(string connectionString, TimeSpan? patience)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Timezone = "UTC",
            ApplicationName = "aval",
        };
        if (string.IsNullOrEmpty(settings.Database)) throw new StoreRefusedException("The connection string names no database.");
        // Of several hosts the one that takes writes is meant, and after a promotion it is another one at once.
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            settings.TargetSessionAttributes ??= "primary";
            settings.HostRecheckSeconds = 1;
        }

        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var saysWhen = given.ContainsKey("Command Timeout") || given.ContainsKey("CommandTimeout");
        if (patience is not { } longest)
        {
            if (!saysWhen) settings.CommandTimeout = 0;
            return new PostgresPlace(settings, Callers: null, Own: null);
        }

        settings.Timeout = Math.Min(settings.Timeout == 0 ? int.MaxValue : settings.Timeout, LongestConnecting);
        return new PostgresPlace(settings, (int)Math.Ceiling(longest.TotalSeconds), saysWhen ? null : LongestOwn);
    }
}
