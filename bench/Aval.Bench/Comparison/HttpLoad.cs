using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Aval.Bench.Comparison;

/// <summary>Who asks over HTTP: a process of its own with plain sockets, so that what asking costs is small, known and not counted to who answers.</summary>
/// <param name="Lines">Orders a call of <c>/orders/batch</c>; 0 for single orders.</param>
/// <param name="Series">Makes the orders' numbers differ from those of every other run.</param>
sealed record HttpLoad(int Port, string Key, int Clients, int Lines, string Customers, int Count, int Series, int Seconds)
{
    const int Room = 64 * 1024;
    const int RoomOfBatch = 64 * 1024 * 1024;

    /// <summary>The other side of <see cref="AskAsync"/>.</summary>
    public static HttpLoad Of(string[] given)
    {
        int Whole(int at) => int.Parse(given[at], CultureInfo.InvariantCulture);
        return new(Whole(0), given[1], Whole(2), Whole(3), given[4], Whole(5), Whole(6), Whole(7));
    }

    /// <summary>Runs it as a process of its own.</summary>
    public async Task<Taken> AskAsync()
    {
        string[] arguments = [Text(Port), Key, Text(Clients), Text(Lines), Customers, Text(Count), Text(Series), Text(Seconds)];
        var said = await Tool.RunAsync("dotnet", [typeof(HttpLoad).Assembly.Location, "http-load", .. arguments]);
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new([.. lines.Skip(1).Select(line => long.Parse(line, CultureInfo.InvariantCulture))], double.Parse(lines[0], CultureInfo.InvariantCulture));

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Asks, and writes the seconds and then what each order took.</summary>
    public void Run(TextWriter output)
    {
        var begun = Stopwatch.GetTimestamp();
        var until = begun + (Seconds * Stopwatch.Frequency);
        var took = Lines == 0 ? AskSingle(until) : AskBatches(until);
        output.WriteLine(Stopwatch.GetElapsedTime(begun).TotalSeconds.ToString(CultureInfo.InvariantCulture));
        foreach (var ticks in took) output.WriteLine(ticks);
    }

    /// <summary>One thread for all connections: each has one order under way, and gets its next one as soon as that is answered.</summary>
    List<long> AskSingle(long until)
    {
        var orders = new OrderBytes(Customers, Count, Series);
        var asking = new Dictionary<Socket, Asking>();
        for (var client = 0; client < Clients; client++)
        {
            var connection = new Asking(Connected(), Room);
            asking[connection.Socket] = connection;
            connection.Send(orders.Request(Key));
        }

        var took = new List<long>(1 << 20);
        var ready = new List<Socket>(Clients);
        while (asking.Count > 0)
        {
            ready.Clear();
            ready.AddRange(asking.Keys);
            Socket.Select(ready, null, null, -1);
            foreach (var socket in ready)
            {
                if (!asking[socket].Receive()) continue;
                took.Add(asking[socket].Released(1));
                if (Stopwatch.GetTimestamp() < until) asking[socket].Send(orders.Request(Key));
                else if (asking.Remove(socket)) socket.Dispose();
            }
        }

        return took;
    }

    List<long> AskBatches(long until)
    {
        var took = new List<long>[Clients];
        var threads = Enumerable.Range(0, Clients).Select(client => new Thread(() =>
        {
            took[client] = [];
            var orders = new OrderBytes(Customers, Count, (Series * 100) + client);
            using var socket = Connected();
            var connection = new Asking(socket, RoomOfBatch);
            while (Stopwatch.GetTimestamp() < until)
            {
                connection.Send(orders.Batch(Key, Lines));
                while (!connection.Receive())
                {
                }

                took[client].AddRange(Enumerable.Repeat(connection.Released(Lines), Lines));
            }
        })).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return [.. took.SelectMany(own => own)];
    }

    Socket Connected()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect("127.0.0.1", Port);
        return socket;
    }

    /// <summary>One connection and what has come of its answer.</summary>
    sealed class Asking(Socket socket, int room)
    {
        readonly byte[] answer = new byte[room];
        int length;
        long sent;

        public Socket Socket => socket;

        public void Send(ReadOnlySpan<byte> request)
        {
            length = 0;
            sent = Stopwatch.GetTimestamp();
            for (var rest = request; rest.Length > 0;) rest = rest[socket.Send(rest)..];
        }

        /// <summary>True once the answer is whole: as long as its head says, or ended by an empty chunk.</summary>
        public bool Receive()
        {
            var received = socket.Receive(answer.AsSpan(length));
            if (received == 0) throw new InvalidOperationException("the server has closed the connection");
            length += received;
            var all = answer.AsSpan(0, length);
            if (all.IndexOf("\r\n\r\n"u8) is not (>= 0 and var head)) return false;
            if (all[..head].IndexOf("Content-Length: "u8) is not (>= 0 and var at))
            {
                if (!all.EndsWith("\r\n0\r\n\r\n"u8)) return false;
                length = Join(all[(head + 4)..]);
                return true;
            }

            var digits = all[(at + "Content-Length: ".Length)..head];
            return length == head + 4 + int.Parse(digits.IndexOf((byte)'\r') is >= 0 and var end ? digits[..end] : digits, CultureInfo.InvariantCulture);
        }

        /// <summary>Moves the contents of the chunks together, and gives their length.</summary>
        int Join(Span<byte> chunks)
        {
            var joined = 0;
            while (true)
            {
                var end = chunks.IndexOf("\r\n"u8);
                var size = int.Parse(chunks[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                if (size == 0) return joined;
                chunks.Slice(end + 2, size).CopyTo(answer.AsSpan(joined));
                joined += size;
                chunks = chunks[(end + 2 + size + 2)..];
            }
        }

        /// <summary>How long it took. Throws unless so many orders were released.</summary>
        public long Released(int orders)
        {
            var took = Stopwatch.GetTimestamp() - sent;
            var all = answer.AsSpan(0, length);
            if (all.Count("\"status\":\"released\""u8) != orders)
                throw new InvalidOperationException($"{orders} orders were to be released: {System.Text.Encoding.UTF8.GetString(all[..Math.Min(length, 2000)])}");
            return took;
        }
    }
}
