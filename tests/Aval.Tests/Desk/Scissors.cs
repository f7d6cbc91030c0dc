using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Aval.Tests.Jars;

/// <summary>A cable to PostgreSQL that can be cut: what was sent arrives, the answer never does.</summary>
sealed class Scissors : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentDictionary<Cable, bool> cables = new();
    readonly NpgsqlConnectionStringBuilder place;
    readonly Task accepting;

    public Scissors(string place)
    {
        this.place = new NpgsqlConnectionStringBuilder(place);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The connection string of this side of the cable.</summary>
    public string Place => new NpgsqlConnectionStringBuilder(place.ToString()) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port }.ToString();

    /// <summary>How much longer each answer takes: a database, or a way to it, that is slow.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Cuts the cables on which a question has just gone out and no answer has come.</summary>
    public int CutWaiting()
    {
        var waiting = cables.Keys.Where(cable => cable.Waits).ToList();
        foreach (var cable in waiting) cable.Cut();
        return waiting.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        foreach (var cable in cables.Keys) cable.Cut();
        stop.Dispose();
        listener.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync(stop.Token);
                var far = new TcpClient();
                await far.ConnectAsync(place.Host!, place.Port, stop.Token);
                var cable = new Cable(this, near, far);
                cables[cable] = true;
                _ = cable.RunAsync().ContinueWith(_ => cables.TryRemove(cable, out var _), TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            listener.Stop();
        }
    }

    sealed class Cable(Scissors scissors, TcpClient near, TcpClient far)
    {
        /// <summary>How long PostgreSQL goes on with what it has received, not knowing that nobody listens.</summary>
        static readonly TimeSpan Afterlife = TimeSpan.FromMilliseconds(30);

        volatile bool waits;

        public bool Waits => waits;

        public void Cut() => near.Close();

        public async Task RunAsync()
        {
            near.NoDelay = far.NoDelay = true;
            await Task.WhenAny(PumpAsync(near, far, asks: true), PumpAsync(far, near, asks: false));
            near.Close();
            await Task.Delay(Afterlife);
            far.Close();
        }

        async Task PumpAsync(TcpClient from, TcpClient to, bool asks)
        {
            try
            {
                var (source, target, buffer) = (from.GetStream(), to.GetStream(), new byte[65_536]);
                while (await source.ReadAsync(buffer) is > 0 and var count)
                {
                    waits = asks;
                    if (!asks && scissors.Delay > TimeSpan.Zero) await Task.Delay(scissors.Delay);
                    await target.WriteAsync(buffer.AsMemory(0, count));
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                waits = false;
            }
        }
    }
}
