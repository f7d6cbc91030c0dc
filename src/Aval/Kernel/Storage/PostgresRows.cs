using System.Buffers.Binary;
using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>A statement's rows by <c>COPY … TO STDOUT (FORMAT BINARY)</c>, in the transaction of its connection.</summary>
sealed class PostgresRows : RawRows
{
    /// <summary>Signature, flags and the length of an extension that nobody uses.</summary>
    const int HeaderBytes = 19;
    const int FirstBuffer = 256 * 1024;

    /// <summary>2000-01-01, from which PostgreSQL counts days and microseconds.</summary>
    static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    static readonly int EpochDay = DateOnly.FromDateTime(Epoch).DayNumber;

    readonly Stream stream;
    byte[] buffer = new byte[FirstBuffer];
    int at;
    int end;
    (int At, int Length)[] fields = [];

    public PostgresRows(NpgsqlConnection connection, string select)
    {
        stream = connection.BeginRawBinaryCopy($"COPY ({select}) TO STDOUT (FORMAT BINARY)");
        Need(HeaderBytes);
        at += HeaderBytes;
    }

    public override bool Next()
    {
        Need(sizeof(short));
        var count = BinaryPrimitives.ReadInt16BigEndian(buffer.AsSpan(at));
        if (count < 0) return false;
        if (fields.Length != count) fields = new (int, int)[count];
        // Places are kept from the row's beginning, which moves when more is read.
        var offset = sizeof(short);
        for (var i = 0; i < count; i++)
        {
            Need(offset + sizeof(int));
            var length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(at + offset));
            offset += sizeof(int);
            fields[i] = (offset, length);
            offset += Math.Max(length, 0);
        }

        Need(offset);
        for (var i = 0; i < count; i++) fields[i].At += at;
        at += offset;
        return true;
    }

    public override bool IsNull(int at) => fields[at].Length < 0;
    public override ReadOnlySpan<byte> Text(int at) => Bytes(at);
    public override ReadOnlySpan<byte> Blob(int at) => Bytes(at);

    public override long Whole(int at) => Bytes(at) switch
    {
        { Length: sizeof(long) } whole => BinaryPrimitives.ReadInt64BigEndian(whole),
        { Length: sizeof(int) } whole => BinaryPrimitives.ReadInt32BigEndian(whole),
        { Length: sizeof(short) } whole => BinaryPrimitives.ReadInt16BigEndian(whole),
        var other => throw new InvalidCastException($"{other.Length} bytes are no whole number"),
    };

    public override int Day(int at) => BinaryPrimitives.ReadInt32BigEndian(Bytes(at)) switch
    {
        // The first and the last day there are stand as the infinities.
        int.MinValue => DateOnly.MinValue.DayNumber,
        int.MaxValue => DateOnly.MaxValue.DayNumber,
        var days => checked(days + EpochDay),
    };

    public override bool Flag(int at) => Bytes(at)[0] != 0;
    public override long Instant(int at) => checked((BinaryPrimitives.ReadInt64BigEndian(Bytes(at)) * TimeSpan.TicksPerMicrosecond) + Epoch.Ticks);
    public override void Dispose() => stream.Dispose();

    ReadOnlySpan<byte> Bytes(int at) =>
        fields[at] is { Length: >= 0 } field ? buffer.AsSpan(field.At, field.Length) : throw new InvalidCastException("a value is missing");

    void Need(int bytes)
    {
        if (end - at >= bytes) return;
        if (at > 0) buffer.AsSpan(at, end - at).CopyTo(buffer);
        (end, at) = (end - at, 0);
        if (bytes > buffer.Length) Array.Resize(ref buffer, Math.Max(bytes, buffer.Length * 2));
        while (end < bytes)
        {
            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0) throw new EndOfStreamException("PostgreSQL has sent less than it announced");
            end += read;
        }
    }
}
