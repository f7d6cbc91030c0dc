using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Histories;

public sealed class KilledServerOnSqlite() : KilledServerTests(null);

public sealed class KilledServerOnPostgres(PostgresCluster cluster) : KilledServerTests(cluster);

/// <summary>A served store whose process is killed again and again while clients trade: what was answered is there, once, and nothing else is.</summary>
public abstract class KilledServerTests(PostgresCluster? cluster)
{
    const int Clients = 8;
    static readonly int Kills = Environment.GetEnvironmentVariable("AVAL_FAULTS") == "1" ? 20 : 3;

    [Fact]
    public async Task A_killed_server_has_done_once_what_it_answered()
    {
        var options = RunningServer.NewStore(cluster);
        try
        {
            using var traders = new Traders();
            using (await TradeThroughKillsAsync(options, traders)) await HistoryChecker.AgreesAsync(traders);
            await HistoryChecker.HoldsNothingElseAsync(options, traders);
        }
        finally
        {
            Directory.Delete(options.Data, recursive: true);
        }
    }

    /// <summary>The server that is left when all have been answered.</summary>
    static async Task<ServedProcess> TradeThroughKillsAsync(ServerOptions options, Traders traders)
    {
        using var stop = new CancellationTokenSource();
        var server = await ServedProcess.StartAsync(options);
        try
        {
            traders.Address = server.Address;
            await traders.OpenAsync();
            var trading = Enumerable.Range(0, Clients).Select(trader => traders.TradeAsync(trader, stop.Token)).ToList();
            for (var kill = 0; kill < Kills; kill++)
            {
                // Each life answers something, and ends at a moment that nobody chose.
                var answered = traders.Answers.Count;
                while (traders.Answers.Count < answered + 50 && !trading.Exists(trader => trader.IsFaulted)) await Task.Delay(5);
                await Task.Delay(Random.Shared.Next(0, 250));
                server.Kill();
                server.Dispose();
                server = await ServedProcess.StartAsync(options);
                traders.Address = server.Address;
            }

            await stop.CancelAsync();
            await Task.WhenAll(trading);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }
}
