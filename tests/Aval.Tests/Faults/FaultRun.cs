using System.Globalization;
using Aval.Kernel.Web;
using Aval.Tests.Histories;

namespace Aval.Tests.Faults;

/// <summary>Clients that trade while something breaks, and the check of their history afterwards. What it counted is what docs/reliability.md tells.</summary>
static class FaultRun
{
    const int Clients = 8;

    /// <summary>Calls that must be answered between two faults: the service has come back by itself.</summary>
    const int AnsweredBetween = 50;

    static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(90);

    /// <summary>True for the long form.</summary>
    public static bool Long { get; } = Environment.GetEnvironmentVariable("AVAL_FAULTS") == "1";

    /// <summary>How often a fault of a test comes.</summary>
    public static int Times(int inLong) => Long ? inLong : 2;

    /// <summary>Trades through so many faults, and holds the history against what is there.</summary>
    public static async Task TradeThroughAsync(Traders traders, int times, Func<int, Task> breakAsync)
    {
        using var stop = new CancellationTokenSource();
        await traders.OpenAsync();
        var trading = Enumerable.Range(0, Clients).Select(trader => traders.TradeAsync(trader, stop.Token)).ToList();
        for (var time = 0; time < times; time++)
        {
            await AnsweredAsync(traders, trading);
            await breakAsync(time);
        }

        await AnsweredAsync(traders, trading);
        await stop.CancelAsync();
        await Task.WhenAll(trading);
        traders.Patience = null;
        await HistoryChecker.AgreesAsync(traders);
    }

    /// <summary>Nobody serves the store any more.</summary>
    public static async Task CloseAsync(ServerOptions options, Traders traders, string fault)
    {
        await HistoryChecker.HoldsNothingElseAsync(options, traders);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{fault}: {traders.Answers.Count} answered, {traders.Refusals.Count} refused, {traders.Unanswered} attempts without an answer"));
    }

    static async Task AnsweredAsync(Traders traders, List<Task> trading)
    {
        var (answered, owed, by) = (traders.Answers.Count, traders.Owed.Count, DateTime.UtcNow + LongestAbsence);
        // Customers whose limits are used up would only have orders held: a fault is to meet deliveries, invoices and payments as well.
        while ((traders.Answers.Count < answered + AnsweredBetween || traders.Owed.Count == owed) && !trading.Exists(trader => trader.IsFaulted))
        {
            Assert.True(DateTime.UtcNow < by, "the service has not come back by itself, or nothing is sold any more");
            await Task.Delay(5);
        }
    }
}
