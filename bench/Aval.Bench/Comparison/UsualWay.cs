using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Aval.Bench.Comparison;

/// <summary>What one would write by hand: a function that locks the account, compares one limit and leaves a decision and an audit row; a commit an order.</summary>
sealed class UsualWay(NpgsqlConnectionStringBuilder database, DirectoryInfo folder)
{
    public const int Accounts = 100_000;
    public const int Hot = 1;

    /// <summary>Room on each page lets an account change without touching its index, as who writes this by hand would see to.</summary>
    const string Schema = """
        CREATE TABLE usual_account (
            account BIGINT PRIMARY KEY, credit_limit BIGINT NOT NULL, exposure BIGINT NOT NULL) WITH (fillfactor = 70);
        CREATE TABLE usual_decision (
            id BIGSERIAL PRIMARY KEY, account BIGINT NOT NULL, number BIGINT NOT NULL, amount BIGINT NOT NULL, verdict TEXT NOT NULL, decided_at TIMESTAMPTZ NOT NULL);
        CREATE TABLE usual_audit (
            id BIGSERIAL PRIMARY KEY, account BIGINT NOT NULL, number BIGINT NOT NULL, entry TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL);
        CREATE FUNCTION usual_order(of_account BIGINT, of_number BIGINT, asked BIGINT) RETURNS TEXT LANGUAGE plpgsql AS $$
        DECLARE
            most BIGINT;
            owed BIGINT;
            said TEXT := 'held';
        BEGIN
            SELECT credit_limit, exposure INTO most, owed FROM usual_account WHERE account = of_account FOR UPDATE;
            IF owed + asked <= most THEN
                said := 'released';
                UPDATE usual_account SET exposure = exposure + asked WHERE account = of_account;
            END IF;
            INSERT INTO usual_decision (account, number, amount, verdict, decided_at) VALUES (of_account, of_number, asked, said, now());
            INSERT INTO usual_audit (account, number, entry, made_at) VALUES (of_account, of_number, said || ' ' || asked || ' on ' || owed, now());
            RETURN said;
        END $$;
        """;

    public string Connection => database.ToString();

    public async Task MakeAsync()
    {
        await using var source = NpgsqlDataSource.Create(Connection);
        await ExecuteAsync(source, Schema);
        await ExecuteAsync(source, $"INSERT INTO usual_account SELECT n, 1000000000000000, 0 FROM generate_series(1, {Accounts}) AS n");
        await ExecuteAsync(source, "VACUUM ANALYZE usual_account");
        await File.WriteAllTextAsync(Script("spread"), Call($"random(1, {Accounts})"));
        await File.WriteAllTextAsync(Script("hot"), Call(Hot.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Lets pgbench call the function from so many clients.</summary>
    /// <param name="measured">Whole seconds.</param>
    public Task<Sample> RunAsync(string script, int clients, TimeSpan measured) => Sample.TakeAsync(Connection, async () =>
    {
        var log = Path.Combine(folder.FullName, $"pgbench-{Guid.CreateVersion7():N}");
        string[] arguments =
        [
            "-h", database.Host!, "-p", database.Port.ToString(CultureInfo.InvariantCulture), "-U", database.Username!, "-n", "-M", "prepared",
            "-c", clients.ToString(CultureInfo.InvariantCulture), "-j", Math.Min(2, clients).ToString(CultureInfo.InvariantCulture),
            "-T", ((int)measured.TotalSeconds).ToString(CultureInfo.InvariantCulture), "-f", Script(script), "-l", "--log-prefix", log, database.Database!,
        ];
        await Tool.RunAsync(Tool.OfPostgres("pgbench"), arguments, database.Password is { } password ? ("PGPASSWORD", password) : null);
        var took = new List<long>();
        foreach (var file in Directory.GetFiles(folder.FullName, Path.GetFileName(log) + "*"))
        {
            await foreach (var line in File.ReadLinesAsync(file))
                took.Add(long.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) * Stopwatch.Frequency / 1_000_000);
            File.Delete(file);
        }

        return new Taken(took, (int)measured.TotalSeconds);
    });

    string Script(string name) => Path.Combine(folder.FullName, name + ".pgbench");

    static string Call(string account) => $"\\set account {account}\n\\set number random(1, 1000000000)\nSELECT usual_order(:account, :number, 35993);\n";

    static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
