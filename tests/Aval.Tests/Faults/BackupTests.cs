using Aval.Kernel.Web;
using Aval.Tests.Histories;
using Aval.Tests.Infrastructure;
using Dapper;

namespace Aval.Tests.Faults;

public sealed class BackupOnSqlite() : BackupTests(null);

public sealed class BackupOnPostgres(PostgresCluster cluster) : BackupTests(cluster);

/// <summary>A copy taken while clients trade is one moment of the store: it holds all that was answered before, and it proves.</summary>
public abstract class BackupTests(PostgresCluster? cluster)
{
    const int Clients = 4;

    [Fact]
    public async Task A_backup_taken_under_load_is_restored_as_it_was_and_proved()
    {
        var (options, restored) = (RunningServer.NewStore(cluster), RunningServer.NewStore(cluster));
        var file = Path.Combine(options.Data, "copy.aval");
        using var traders = new Traders();
        List<string> before;
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            traders.Address = server.Address;
            await traders.OpenAsync();
            using var stop = new CancellationTokenSource();
            var trading = Enumerable.Range(0, Clients).Select(trader => traders.TradeAsync(trader, stop.Token)).ToList();
            while (traders.Answers.Count < 60 && !trading.Exists(trader => trader.IsFaulted)) await Task.Delay(5, TestContext.Current.CancellationToken);
            before = [.. traders.Answers.Where(answer => answer.Path == "/orders").Select(answer => answer.Reply["number"]!)];
            Assert.Equal((0, true), Told(await ServedProcess.RunAsync(options, "backup", file), "copy.aval"));
            var later = traders.Answers.Count;
            while (traders.Answers.Count < later + 20 && !trading.Exists(trader => trader.IsFaulted)) await Task.Delay(5, TestContext.Current.CancellationToken);
            await stop.CancelAsync();
            await Task.WhenAll(trading);
        }

        Assert.Equal((1, true), Told(await ServedProcess.RunAsync(options, "backup", file), "is there already"));
        Assert.Equal((1, true), Told(await ServedProcess.RunAsync(restored, "restore", file + ".none"), "There is no file"));
        var other = file + ".other";
        await File.WriteAllTextAsync(other, "a letter that somebody has called a backup", TestContext.Current.CancellationToken);
        Assert.Equal(1, (await ServedProcess.RunAsync(restored, "restore", other)).Code);
        // Nor half of one, which leaves the place free for the whole.
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(other, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        Assert.Equal(1, (await ServedProcess.RunAsync(restored, "restore", other)).Code);
        Assert.Empty(Directory.EnumerateFiles(restored.Data));
        File.Delete(other);
        Assert.Equal((0, true), Told(await ServedProcess.RunAsync(restored, "restore", file), "whole, and the tables are what they tell"));
        Assert.Equal((1, true), Told(await ServedProcess.RunAsync(restored, "restore", file), "or restore into another"));
        await using (var again = await RunningServer.StartAsync(restored, keep: true))
        {
            await using var connection = await again.Store.ConnectAsync(TestContext.Current.CancellationToken);
            var numbers = await connection.QueryAsync<string>("SELECT number FROM sales_order");
            Assert.Empty(before.Except(numbers));
            (await again.Post("/orders/none/cancel", new { reason = "it goes on" })).Expect(404, "order-unknown");
        }

        foreach (var store in new[] { options, restored }) Directory.Delete(store.Data, recursive: true);
    }

    [Fact]
    public async Task A_backup_that_finds_no_room_leaves_nothing_and_is_made_when_there_is_some()
    {
        using var disk = new SmallDisk(megabytes: 32);
        var (options, file) = (RunningServer.NewStore(cluster), Path.Combine(disk.Folder, "copy.aval"));
        await using (await RunningServer.StartAsync(options, keep: true))
        {
            disk.Fill();
            Assert.Equal(1, (await ServedProcess.RunAsync(options, "backup", file)).Code);
            disk.MakeRoom();
            Assert.Empty(Directory.EnumerateFiles(disk.Folder));
            Assert.Equal((0, true), Told(await ServedProcess.RunAsync(options, "backup", file), "copy.aval"));
            Assert.Equal([file], Directory.EnumerateFiles(disk.Folder));
        }

        Directory.Delete(options.Data, recursive: true);
    }

    static (int Code, bool Says) Told((int Code, string Said) ended, string text)
    {
        var says = ended.Said.ReplaceLineEndings(" ").Contains(text, StringComparison.Ordinal);
        Assert.True(says, ended.Said);
        return (ended.Code, says);
    }
}
