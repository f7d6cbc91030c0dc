using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>Rows on their way into one table by <c>COPY … FROM STDIN (FORMAT BINARY)</c>: a value is its length and its bytes, nothing is made of it in between.</summary>
/// <remarks>One that is not ended leaves its transaction fit for nothing but a rollback.</remarks>
sealed class PostgresCopy : IAsyncDisposable
{
    const int Most = 256 * 1024;

    static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    static readonly int EpochDay = new DateOnly(2000, 1, 1).DayNumber;

    readonly NpgsqlRawCopyStream stream;
    byte[] buffer = ArrayPool<byte>.Shared.Rent(Most * 2);
    int at;
    bool ended;

    PostgresCopy(NpgsqlRawCopyStream stream) => this.stream = stream;

    public static async Task<PostgresCopy> BeginAsync(NpgsqlConnection connection, string table, string columns, CancellationToken cancel)
    {
        var copy = new PostgresCopy(await connection.BeginRawBinaryCopyAsync($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)", cancel));
        // Signature, no flags, no extension.
        "PGCOPY\n"u8.CopyTo(copy.Place(7));
        ((ReadOnlySpan<byte>)[0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0]).CopyTo(copy.Place(12));
        return copy;
    }

    /// <summary>True when enough has gathered to be sent.</summary>
    public bool IsFull => at >= Most;

    public void Row(int fields) => BinaryPrimitives.WriteInt16BigEndian(Place(2), (short)fields);
    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Place(4), -1);

    public void Text(string text)
    {
        var place = Place(4 + (text.Length * 3));
        var length = Encoding.UTF8.GetBytes(text, place[4..]);
        BinaryPrimitives.WriteInt32BigEndian(place, length);
        at -= place.Length - 4 - length;
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Sized(bytes.Length));
    public void Small(short value) => BinaryPrimitives.WriteInt16BigEndian(Sized(2), value);
    public void Int(int value) => BinaryPrimitives.WriteInt32BigEndian(Sized(4), value);
    public void Whole(long value) => BinaryPrimitives.WriteInt64BigEndian(Sized(8), value);
    public void Flag(bool value) => Sized(1)[0] = value ? (byte)1 : (byte)0;
    public void Instant(DateTimeOffset value) => Whole((value.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond);

    /// <summary>The first and the last day there are stand as the infinities.</summary>
    public void Date(DateOnly value) => Int(
        value == DateOnly.MinValue ? int.MinValue : value == DateOnly.MaxValue ? int.MaxValue : value.DayNumber - EpochDay);

    public void Value(object? value, ColumnKind kind)
    {
        if (value is null)
        {
            Null();
            return;
        }

        switch (kind)
        {
            case ColumnKind.Text or ColumnKind.Json: Text((string)value); break;
            case ColumnKind.Whole: Whole((long)value); break;
            case ColumnKind.Date: Date((DateOnly)value); break;
            case ColumnKind.Flag: Flag((bool)value); break;
            case ColumnKind.Instant: Instant((DateTimeOffset)value); break;
        }
    }

    public async Task FlushAsync(CancellationToken cancel)
    {
        await stream.WriteAsync(buffer.AsMemory(0, at), cancel);
        at = 0;
    }

    public async Task EndAsync(CancellationToken cancel)
    {
        BinaryPrimitives.WriteInt16BigEndian(Place(2), -1);
        await FlushAsync(cancel);
        ended = true;
        await stream.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        if (ended) return;
        // The server takes nothing of what was sent, and the connection can be used for the rollback.
        await stream.CancelAsync();
        await stream.DisposeAsync();
    }

    Span<byte> Sized(int length)
    {
        var place = Place(4 + length);
        BinaryPrimitives.WriteInt32BigEndian(place, length);
        return place[4..];
    }

    Span<byte> Place(int length)
    {
        if (at + length > buffer.Length) Widen(at + length);
        at += length;
        return buffer.AsSpan(at - length, length);
    }

    void Widen(int least)
    {
        var wider = ArrayPool<byte>.Shared.Rent(Math.Max(least, buffer.Length * 2));
        buffer.AsSpan(0, at).CopyTo(wider);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = wider;
    }
}
