using System.Net.Http.Headers;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Tests.Histories;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Faults;

/// <summary>A disk with no room left: what cannot be stored is refused by name, what was answered stays, and the service goes on when there is room again.</summary>
public sealed class FullDiskTests
{
    const int MostAttempts = 20_000;

    static readonly string Customer = $$$"""
        {"name":"A customer of whom there is much to store: {{{new string('x', 400)}}}","country":"DE","currency":"EUR","paymentTerms":"NET30",
         "billingAddress":{"line1":"Am Markt 1","city":"Bonn","postalCode":"53111","country":"DE"}}
        """;

    [Fact]
    public async Task The_disk_of_the_embedded_store_is_full()
    {
        using var disk = new SmallDisk(megabytes: 512);
        var options = RunningServer.NewStore(null);
        Directory.Delete(options.Data);
        options = options with { Data = Path.Combine(disk.Folder, "store") };
        await TradeThroughFullDisksAsync(options, disk, _ => { }, "the disk under SQLite full");
    }

    /// <remarks>PostgreSQL ends itself where it cannot write its log: whoever watches over it starts it again.</remarks>
    [Fact]
    public async Task The_disk_of_PostgreSQL_is_full()
    {
        using var disk = new SmallDisk(megabytes: 512);
        using var cluster = PostgresCluster.Durable(disk.Folder);
        var options = RunningServer.NewStore(cluster);
        await TradeThroughFullDisksAsync(options, disk, _ => cluster.Restart(), "the disk under PostgreSQL full");
        Directory.Delete(options.Data, recursive: true);
    }

    static async Task TradeThroughFullDisksAsync(ServerOptions options, SmallDisk disk, Action<int> watchOver, string fault)
    {
        using var traders = new Traders();
        var times = FaultRun.Times(inLong: 20);
        using (var server = await ServedProcess.StartAsync(options))
        {
            traders.Address = server.Address;
            await FaultRun.TradeThroughAsync(traders, times, async time =>
            {
                disk.Fill();
                await RefusesAsync(server.Address, time);
                disk.MakeRoom();
                await Task.Run(() => watchOver(time));
            });
        }

        await FaultRun.CloseAsync(options, traders, $"{fault} {times} times");
    }

    /// <summary>Enters customers until one cannot be stored; that one is told why, and when to come again.</summary>
    static async Task RefusesAsync(Uri address, int time)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningServer.AdminKey);
        for (var n = 0; n < MostAttempts; n++)
        {
            using var content = RunningServer.Raw(Customer);
            using var response = await http.PutAsync(new Uri($"{Api.Prefix}/customers/F{time}-{n}", UriKind.Relative), content);
            var reply = await ServerReply.Of(response);
            if (reply.Status == 200) continue;
            reply.Expect(503, KernelProblems.StoreUnavailable.Code);
            Assert.NotNull(reply.Headers.RetryAfter?.Delta);
            return;
        }

        Assert.Fail("the disk was never full");
    }
}
