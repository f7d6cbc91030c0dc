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

    public PostgresCluster() : this(NewFolder, folder => ["start", folder]) { }

    PostgresCluster(Func<string> folder, Func<string, IEnumerable<string>> arguments) => started = new(() =>
    {
        var own = folder();
        return Start(own, arguments(own));
    });

    /// <summary>A cluster of one's own whose every commit waits for the disk; dispose of it.</summary>
    /// <param name="within">The folder to keep it in; null for a temporary one.</param>
    public static PostgresCluster Durable(string? within = null) =>
        new(within is null ? NewFolder : () => Directory.CreateDirectory(Path.Combine(within, "postgres")).FullName, folder => ["start", folder, "--durable"]);

    /// <summary>A standby that has each commit of this cluster before it is answered; dispose of it.</summary>
    public PostgresCluster Standby()
    {
        Connection();
        var standby = new PostgresCluster(NewFolder, folder => ["standby", folder, started.Value.Folder!]);
        standby.Connection();
        return standby;
    }

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

    /// <summary>The connection string of the same database at whichever of the two is the primary.</summary>
    public static string AnyOf(string database, PostgresCluster other)
    {
        var (here, there) = (new NpgsqlConnectionStringBuilder(database), new NpgsqlConnectionStringBuilder(other.Connection()));
        var hosts = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{here.Host}:{here.Port},{there.Host}:{there.Port}");
        here.Remove("Port");
        here.Host = hosts;
        return here.ToString();
    }

    /// <summary>What PostgreSQL has written into its log so far.</summary>
    public string Log() => File.ReadAllText(Path.Combine(started.Value.Folder!, "data", "server.log"));

    /// <summary>Ends PostgreSQL as a crash does.</summary>
    public void Kill() => Do("kill");

    /// <summary>Stops all its processes where they stand: connections stay open, and nothing answers.</summary>
    public void Freeze() => Do("freeze");

    /// <summary>Lets them go on after <see cref="Freeze"/>.</summary>
    public void Thaw() => Do("thaw");

    /// <summary>Starts it again after <see cref="Kill"/>; it recovers what was committed.</summary>
    public void Restart() => Do("restart");

    /// <summary>Makes a standby the primary; it has none itself until another cluster follows it.</summary>
    public void Promote() => Do("promote");

    /// <summary>Gives up what it holds and becomes the standby of another cluster, at its old address.</summary>
    public void Follow(PostgresCluster primary) => Do("standby", primary.started.Value.Folder!);

    void Do(string what, params IEnumerable<string> with)
    {
        var (code, _, errors) = Repository.Run(Path.Combine(Repository.Root, Script), [what, started.Value.Folder!, .. with]);
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

    static string NewFolder() => Directory.CreateTempSubdirectory("aval-postgres-").FullName;

    static Started Start(string folder, IEnumerable<string> arguments)
    {
        var owner = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (code, output, errors) = Repository.Run(Path.Combine(Repository.Root, Script), [.. arguments, "--owner", owner]);
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
