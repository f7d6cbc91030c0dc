using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>PostgreSQL's own programs for backups, which must be of the server's version or later and on the PATH.</summary>
static class PostgresTool
{
    /// <summary>One snapshot of the database, compressed by the fastest level: a fifth larger than by the usual one, in a third of the time. The server serves on.</summary>
    public static Task DumpAsync(NpgsqlConnectionStringBuilder place, string file, CancellationToken cancel) =>
        RunAsync(place, "pg_dump", ["--format=custom", "--compress=1", "--no-owner", "--no-privileges", "--file", file], cancel);

    /// <summary>All or nothing.</summary>
    public static Task RestoreAsync(NpgsqlConnectionStringBuilder place, string file, CancellationToken cancel) =>
        RunAsync(place, "pg_restore", ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", file], cancel);

    static async Task RunAsync(NpgsqlConnectionStringBuilder place, string program, IEnumerable<string> arguments, CancellationToken cancel)
    {
        using var process = Started(At(place, program, arguments));
        await using var end = cancel.Register(process.Kill);
        var said = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0) throw new StoreRefusedException($"{program}: {said.Trim()}");
    }

    /// <summary>How a program is started so that it goes where the connection string goes, in the same way.</summary>
    internal static ProcessStartInfo At(NpgsqlConnectionStringBuilder place, string program, IEnumerable<string> arguments)
    {
        var places = place.Host!.Split(',').Select(host => Place(host, place.Port)).ToList();
        var (hosts, ports) = (string.Join(',', places.Select(one => one.Host)), string.Join(',', places.Select(one => one.Port)));
        var start = new ProcessStartInfo(program, ["--host", hosts, "--port", ports, "--dbname", place.Database!, "--no-password", .. arguments])
        {
            RedirectStandardError = true, UseShellExecute = false,
        };
        if (places.Count > 1) start.Environment["PGTARGETSESSIONATTRS"] = "primary";
        // Not as arguments, which every user of the machine can read.
        if (place.Username is { } user) start.Environment["PGUSER"] = user;
        if (place.Password is { } password) start.Environment["PGPASSWORD"] = password;
        start.Environment["PGSSLMODE"] = Word(place.SslMode);
        if (place.RootCertificate is { } certificate) start.Environment["PGSSLROOTCERT"] = certificate;
        return start;
    }

    static string Word(SslMode mode) => mode switch
    {
        SslMode.Disable => "disable",
        SslMode.Allow => "allow",
        SslMode.Prefer => "prefer",
        SslMode.Require => "require",
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
    };

    /// <summary>A host of a connection string, which may bring its own port: <c>db-1:5433</c>.</summary>
    static (string Host, string Port) Place(string host, int port) => host.Split(':') is [var name, var own]
        ? (name, own)
        : (host, port.ToString(CultureInfo.InvariantCulture));

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
