using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aval.Kernel;

namespace Aval.Bench.Comparison;

/// <summary>Orders as they stand in a request, made by writing number and customer over those of a pattern.</summary>
sealed class OrderBytes
{
    /// <summary>Without what was not said.</summary>
    public static readonly JsonSerializerOptions Compact = new(Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    readonly char customers;
    readonly int count;
    readonly long first;
    readonly byte[] pattern;
    readonly List<int> numbers;
    readonly int customer;
    readonly Random random;
    byte[] request = [];
    int made;

    /// <param name="customers">The letter that the customers' numbers begin with.</param>
    /// <param name="count">How many of them the orders are spread over.</param>
    public OrderBytes(string customers, int count, int series)
    {
        (this.customers, this.count, first, random) = (customers[0], count, series * 1_000_000_000L, new Random(series));
        var (number, who) = (NumberOf(0), BenchOrders.Payer(0));
        var text = JsonSerializer.Serialize(BenchOrders.Order(number, who), Compact);
        pattern = Encoding.UTF8.GetBytes(text);
        customer = text.IndexOf(who, StringComparison.Ordinal);
        numbers = [];
        for (var at = text.IndexOf(number, StringComparison.Ordinal); at >= 0; at = text.IndexOf(number, at + 1, StringComparison.Ordinal)) numbers.Add(at);
    }

    /// <summary>The next order, alone. The bytes are good until the next one is asked for.</summary>
    public ReadOnlySpan<byte> Request(string key)
    {
        if (request.Length == 0) request = [.. Head("/api/v1/orders", "application/json", key, pattern.Length), .. pattern];
        Write(request.AsSpan(request.Length - pattern.Length));
        return request;
    }

    /// <summary>So many orders, one a line.</summary>
    public ReadOnlySpan<byte> Batch(string key, int lines)
    {
        var line = pattern.Length + 1;
        var head = Head("/api/v1/orders/batch", "application/x-ndjson", key, lines * line);
        var all = new byte[head.Length + (lines * line)];
        head.CopyTo(all, 0);
        for (var at = head.Length; at < all.Length; at += line)
        {
            pattern.CopyTo(all, at);
            Write(all.AsSpan(at, pattern.Length));
            all[at + pattern.Length] = (byte)'\n';
        }

        return all;
    }

    static byte[] Head(string path, string type, string key, int length) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\nContent-Type: {type}\r\nContent-Length: {length}\r\n\r\n"));

    void Write(Span<byte> order)
    {
        Span<byte> number = stackalloc byte[20];
        (first + made++).TryFormat(number[1..], out var digits, "D16", CultureInfo.InvariantCulture);
        number[0] = (byte)'O';
        foreach (var at in numbers) number[..(digits + 1)].CopyTo(order[at..]);
        order[customer] = (byte)customers;
        random.Next(count).TryFormat(order[(customer + 1)..], out _, "D7", CultureInfo.InvariantCulture);
    }

    static string NumberOf(long number) => "O" + number.ToString("D16", CultureInfo.InvariantCulture);
}
