using System.CommandLine;
using System.Data.Common;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval database distribute</c>: lays the tables over the machines of a distributed PostgreSQL (docs/operating/distributed.md).</summary>
static class DatabaseVerb
{
    static readonly Option<bool> Print = new("--print") { Description = "Only shows the statements; no database is needed" };

    public static Command Verb()
    {
        var distribute = new Command("distribute", "Distributes the tables by lane over the machines of a PostgreSQL with Citus; can be run again, after each new version")
        {
            StoreOptions.Database, Print,
        };
        distribute.SetAction(RunAsync);
        return new Command("database", "Works on the PostgreSQL itself") { distribute };
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var composition = new Composition(Capabilities.All);
        if (given.GetValue(Print))
        {
            foreach (var (_, sql) in Distribution.Statements(composition)) Console.WriteLine(sql + ";");
            return 0;
        }

        var database = given.GetValue(StoreOptions.Database) ?? throw new StoreRefusedException("--database (or AVAL_DATABASE) names the database to distribute.");
        try
        {
            await using var store = new PostgresStore(composition, database, byLane: true);
            await store.MigrateAsync(cancel);
            var run = await store.DistributeAsync(cancel);
            foreach (var sql in run) Console.WriteLine(sql + ";");
            if (run.Count == 0) Console.WriteLine("Everything was distributed before.");
            return 0;
        }
        catch (Exception e) when (e is DbException or ArgumentException)
        {
            throw new StoreRefusedException($"The database was not distributed: {e.Message}");
        }
    }
}
