using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Aval.Tests.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aval.Tests.Company;

public sealed class DayRoundsOnSqlite() : DayRoundTests(null);

public sealed class DayRoundsOnPostgres(PostgresCluster cluster) : DayRoundTests(cluster);

/// <summary>What is done once a day for the company as a whole.</summary>
public abstract class DayRoundTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task A_round_that_fails_keeps_no_other_from_its_turn()
    {
        var (failing, other) = (new Failing(), new Other());
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster), [new Rounds(failing, other)]);
        await Eventually.TrueAsync(() => Task.FromResult(failing.WasAsked && other.WasAsked), TimeSpan.FromSeconds(30));
        (await server.Get("/company")).Expect(200);
    }

    [Fact]
    public async Task The_date_comes_while_a_round_takes_long_and_a_limit_that_ended_releases_nothing()
    {
        var clock = new SetClock { Now = new DateTimeOffset(2026, 3, 2, 23, 59, 0, TimeSpan.Zero) };
        var round = new Long();
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster, today: "") with { Clock = clock }, [new Rounds(round)]);
        (await server.Put("/customers/C", new
        {
            name = "C", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B",
            billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
        })).Expect(200);
        await LimitAsync(server, new { customer = "C", kind = "standing", limit = "amount", amount = 100, currency = "EUR", validFrom = "2026-01-01", reason = "opened" });
        await LimitAsync(server, new
        {
            customer = "C", kind = "temporary", mode = "replaces", limit = "amount", amount = 10_000, currency = "EUR", reason = "season",
            validFrom = "2026-03-02", validTo = "2026-03-02",
        });
        Assert.Equal("released", (await OrderAsync(server, "O-1", "2026-03-02"))["status"]);
        await round.Begun.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
        clock.Now += TimeSpan.FromMinutes(1);
        await Eventually.TrueAsync(async () => (await server.Get("/company"))["today"] == "2026-03-03", Soon);
        Assert.Equal("held", (await OrderAsync(server, "O-2", "2026-03-03"))["status"]);
        Assert.Equal(1, round.Run);
        round.End.SetResult();
        // No minute passes on this clock: it is the new date that has the rounds run again.
        await Eventually.TrueAsync(() => Task.FromResult(round.Run == 2), Soon);
    }

    [Fact]
    public async Task A_damaged_row_is_told_in_the_log_and_ends_neither_the_server_nor_the_work_beside_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        var options = RunningServer.NewStore(cluster);
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            (await server.Put("/customers/C", new { name = "C", country = "FR", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
            (await server.Post("/clock", new { today = "2026-03-03" })).Expect(200);
        }

        // A start takes the day's checkpoint by itself.
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            await Eventually.TrueAsync(async () => await CountAsync(server, "SELECT count(*) FROM journal WHERE command = 'checkpoint'") > 0, Soon);
            await DoAsync(server, "UPDATE journal SET body = @body WHERE command = 'checkpoint'", ("body", new byte[] { 0 }));
            await DoAsync(server, "INSERT INTO batch (batch, committed_at) SELECT '0', max(committed_at) FROM batch");
        }

        var (log, other, clock) = (new Heard(), new Other(), new Late(DateTimeOffset.UtcNow));
        await using var again = await RunningServer.StartAsync(options with { Today = new DateOnly(2026, 3, 4), Clock = clock }, [new Rounds(other) { Log = log }]);
        await Eventually.TrueAsync(() => Task.FromResult(log.Errors.Any(error => error.Failure is JsonException)), Soon);
        await Eventually.TrueAsync(async () =>
        {
            clock.Passed += OldBatches.LongestDoubt;
            return await CountAsync(again, "SELECT count(*) FROM batch WHERE batch = '0'") == 0;
        }, Soon);
        // A host that a service had ended would be stopping by now.
        await Task.Delay(TimeSpan.FromSeconds(2), cancel);
        Assert.True(other.WasAsked);
        Assert.Equal("ready", (await again.Get("//health/ready", by: "nobody")).Expect(200)["status"]);
        Assert.Single(log.Errors);
    }

    static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    static async Task LimitAsync(RunningServer server, object limit) => (await server.Post("/limits", limit)).Expect(200);

    static async Task<ServerReply> OrderAsync(RunningServer server, string number, string date) => (await server.Post("/orders", new
    {
        number, customer = "C", currency = "EUR", orderDate = date, lines = new[] { new { line = 1, item = "pump", quantity = 1, unitPrice = 2000, taxRate = 0 } },
    })).Expect(200);

    static async Task<long> CountAsync(RunningServer server, string sql)
    {
        await using var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }

    static async Task DoAsync(RunningServer server, string sql, params (string Name, object Value)[] values)
    {
        await using var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) StoreReader.Add(command, name, value);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    sealed class Rounds(params IDayRound[] rounds) : ICapability
    {
        public string Name => "Rounds";
        public Heard? Log { get; init; }

        public void AddServices(IServiceCollection services)
        {
            foreach (var round in rounds) services.AddSingleton(round);
            if (Log is not null) services.AddSingleton<ILoggerProvider>(Log);
        }
    }

    /// <summary>Takes until it is let go.</summary>
    sealed class Long : IDayRound
    {
        int run;

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int Run => Volatile.Read(ref run);

        public async Task RunAsync(CancellationToken cancel)
        {
            Interlocked.Increment(ref run);
            Begun.TrySetResult();
            await End.Task.WaitAsync(cancel);
        }
    }

    /// <summary>The errors of a server's log.</summary>
    sealed class Heard : ILoggerProvider, ILogger
    {
        readonly ConcurrentQueue<(string Text, Exception? Failure)> errors = [];

        public IReadOnlyList<(string Text, Exception? Failure)> Errors => [.. errors];

        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) errors.Enqueue((formatter(state, exception), exception));
        }

        public void Dispose()
        {
        }
    }

    sealed class Failing : IDayRound
    {
        public bool WasAsked { get; private set; }

        public Task RunAsync(CancellationToken cancel)
        {
            WasAsked = true;
            throw new InvalidOperationException("this round has a defect");
        }
    }

    sealed class Other : IDayRound
    {
        public bool WasAsked { get; private set; }

        public Task RunAsync(CancellationToken cancel)
        {
            WasAsked = true;
            return Task.CompletedTask;
        }
    }
}
