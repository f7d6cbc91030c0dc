using Aval.Tests.Infrastructure;
using Xunit.Sdk;

namespace Aval.Tests.Histories;

/// <summary>What the traders and the checker of their histories must be able to do, before anything breaks.</summary>
public sealed class TradersTests
{
    const int Clients = 8;

    /// <summary>Twice as many orders as would fill all limits if no rest were ever paid.</summary>
    [Fact]
    public async Task However_long_they_trade_most_orders_are_released()
    {
        const int Orders = 400, Last = 100;
        var options = RunningServer.NewStore(null);
        using var traders = new Traders();
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            traders.Address = server.Address;
            await traders.OpenAsync();
            using var stop = new CancellationTokenSource();
            var trading = Enumerable.Range(0, Clients).Select(trader => traders.TradeAsync(trader, stop.Token)).ToList();
            while (Entered().Count < Orders && !trading.Exists(trader => trader.IsFaulted)) await Task.Delay(20, TestContext.Current.CancellationToken);
            await stop.CancelAsync();
            await Task.WhenAll(trading);
            await HistoryChecker.AgreesAsync(traders);
        }

        await HistoryChecker.HoldsNothingElseAsync(options, traders);
        Directory.Delete(options.Data, recursive: true);
        Assert.InRange(Entered().TakeLast(Last).Count(order => order.Reply["status"] == "released"), Last / 2, Last);

        List<Acknowledged> Entered() => [.. traders.Answers.Where(answer => answer.Path == "/orders")];
    }

    [Theory]
    [InlineData(true, 880, 90)]
    [InlineData(true, 910, 90)]
    [InlineData(false, 880, 90, 90, -90, -35)]
    [InlineData(false, 935, 90, -90, -35)]
    public void A_limit_exceeded_on_the_way_is_found_although_the_end_is_within_it(bool within, params int[] changes)
    {
        // What somebody else owes has no part in it.
        (string, decimal)[] history = [("K1", 90), .. changes.Select(change => ("K0", (decimal)change)), ("K1", 90)];
        if (within) HistoryChecker.StaysWithinLimits(history);
        else Assert.Throws<TrueException>(() => HistoryChecker.StaysWithinLimits(history));
    }
}
