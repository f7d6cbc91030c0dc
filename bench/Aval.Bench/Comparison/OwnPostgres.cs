using System.Globalization;

namespace Aval.Bench.Comparison;

/// <summary>A PostgreSQL of the bench's own, which waits for the disk at each commit and is gone afterwards.</summary>
sealed class OwnPostgres(string script, string folder, string connection) : IAsyncDisposable
{
    public string Connection => connection;

    public static async Task<OwnPostgres> StartAsync()
    {
        var script = Script();
        // Not in a folder that only its owner may enter: the server runs as another user where the bench runs as root.
        var folder = Path.Combine(Path.GetTempPath(), $"aval-bench-postgres-{Environment.ProcessId}");
        var owner = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var connection = await Tool.RunAsync("bash", ["-c", "\"$0\" start \"$1\" --durable --owner \"$2\" 2>\"$1.log\" </dev/null", script, folder, owner]);
        return new OwnPostgres(script, folder, connection.Trim());
    }

    public async ValueTask DisposeAsync()
    {
        await Tool.RunAsync(script, ["stop", folder]);
        File.Delete(folder + ".log");
    }

    /// <summary>The one that the tests start theirs with: above this program, or above where it was called.</summary>
    static string Script()
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (Path.Combine(folder.FullName, "tests", "postgres.sh") is var script && File.Exists(script)) return script;
        throw new InvalidOperationException("tests/postgres.sh is not found; give a PostgreSQL with --database");
    }
}
