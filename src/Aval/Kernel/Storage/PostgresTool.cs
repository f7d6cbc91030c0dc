using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>PostgreSQL's own programs for backups, which must be of the server's version or later and on the PATH.</summary>
static class PostgresTool
{
    /// <summary>One snapshot of the database, compressed; the server goes on meanwhile.</summary>
    public static Task DumpAsync(NpgsqlConnectionStringBuilder place, string file, CancellationToken cancel) =>
        RunAsync(place, "pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--file", file], cancel);

    /// <summary>All or nothing.</summary>
    public static Task RestoreAsync(NpgsqlConnectionStringBuilder place, string file, CancellationToken cancel) =>
        RunAsync(place, "pg_restore", ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", file], cancel);

    static async Task RunAsync(NpgsqlConnectionStringBuilder place, string program, IEnumerable<string> arguments, CancellationToken cancel)
    {
        var port = place.Port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(program, ["--host", place.Host!, "--port", port, "--dbname", place.Database!, "--no-password", .. arguments])
        {
            RedirectStandardError = true, UseShellExecute = false,
        };
        // Not as arguments, which every user of the machine can read.
        if (place.Username is { } user) start.Environment["PGUSER"] = user;
        if (place.Password is { } password) start.Environment["PGPASSWORD"] = password;
        using var process = Started(start);
        var said = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0) throw new StoreRefusedException($"{program}: {said.Trim()}");
    }

    static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new StoreRefusedException($"{start.FileName} is missing; install PostgreSQL's client programs.");
        }
    }
}
