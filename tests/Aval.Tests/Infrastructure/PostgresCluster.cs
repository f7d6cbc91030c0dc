using Aval.Tests.Infrastructure;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace Aval.Tests.Infrastructure;

/// <summary>
/// One throw-away PostgreSQL cluster for all tests of the assembly: started by the first test that asks, removed after the last one.
/// Take it as a constructor parameter of the test class. Without PostgreSQL's binaries the asking test is skipped.
/// </summary>
/// <remarks>Commits do not wait for the disk. A test about durability starts one of its own (<see cref="Durable"/>).</remarks>
public sealed class PostgresCluster : IDisposable
{
    const string Script = "tests/postgres.sh";
    const int NoBinaries = 3;

    readonly Lazy<Started> started;
    int databases;

    public PostgresCluster() : this(durable: false) { }

    PostgresCluster(bool durable) => started = new(() => Start(durable));

    /// <summary>A cluster of one's own whose every commit waits for the disk; dispose of it.</summary>
    public static PostgresCluster Durable() => new(durable: true);

    sealed record Started(string? Folder, string Connection, string? Missing);

    /// <summary>The connection string of a new, empty database.</summary>
    public string CreateDatabase()
    {
        var fresh = UnusedDatabase();
        using var connection = new NpgsqlConnection(Connection() + ";Database=postgres;Pooling=false");
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE DATABASE " + new NpgsqlConnectionStringBuilder(fresh).Database;
        create.ExecuteNonQuery();
        return fresh;
    }

    /// <summary>The connection string of a database that does not exist yet, for what creates its own.</summary>
    public string UnusedDatabase() => $"{Connection()};Database=aval_{Interlocked.Increment(ref databases)}";

    /// <summary>Ends PostgreSQL as a crash does.</summary>
    public void Kill() => Do("kill");

    /// <summary>Starts it again after <see cref="Kill"/>; it recovers what was committed.</summary>
    public void Restart() => Do("restart");

    void Do(string what)
    {
        var (code, _, errors) = Repository.Run(Path.Combine(Repository.Root, Script), what, started.Value.Folder!);
        if (code != 0) throw new InvalidOperationException($"{Script} {what}: {errors}");
    }

    public void Dispose()
    {
        if (started.IsValueCreated && started.Value.Folder is { } folder) Stop(folder);
    }

    string Connection()
    {
        if (started.Value.Missing is { } reason) Assert.Skip(reason);
        return started.Value.Connection;
    }

    static Started Start(bool durable)
    {
        var folder = Directory.CreateTempSubdirectory("aval-postgres-").FullName;
        string[] arguments = ["start", folder, "--owner", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        var (code, output, errors) = Repository.Run(Path.Combine(Repository.Root, Script), durable ? [.. arguments, "--durable"] : arguments);
        if (code == 0) return new(folder, output.Trim(), Missing: null);
        Stop(folder);
        return code == NoBinaries
            ? new(Folder: null, "", "PostgreSQL's binaries are not installed")
            : throw new InvalidOperationException($"{Script} start: {errors}");
    }

    static void Stop(string folder)
    {
        var (code, _, errors) = Repository.Run(Path.Combine(Repository.Root, Script), "stop", folder);
        if (code != 0) throw new InvalidOperationException($"{Script} stop: {errors}");
    }
}
