using System.Buffers.Text;

namespace Aval.Kernel.Storage;

/// <summary>Roots that follow each other in one lane, by the bytes of their numbers.</summary>
/// <param name="From">The first; null for the beginning of the lane.</param>
/// <param name="Before">The first that is not among them; null for the end of the lane.</param>
readonly record struct Stretch(short Lane, string? From, string? Before);

/// <summary>The rows of one statement, read by place as the database has them: nothing is made of a value that is only compared.</summary>
/// <remarks>Spans hold until the next row. A value of another kind than the one asked for throws <see cref="InvalidCastException"/>.</remarks>
abstract class RawRows : IDisposable
{
    public abstract bool Next();
    public abstract bool IsNull(int at);

    /// <summary>A text, in UTF-8.</summary>
    public abstract ReadOnlySpan<byte> Text(int at);
    public abstract ReadOnlySpan<byte> Blob(int at);
    public abstract long Whole(int at);

    /// <summary><see cref="DateOnly.DayNumber"/>.</summary>
    public abstract int Day(int at);
    public abstract bool Flag(int at);

    /// <summary>Ticks in UTC.</summary>
    public abstract long Instant(int at);
    public abstract void Dispose();

    /// <summary>The day number of <c>yyyy-MM-dd</c>; null for anything else.</summary>
    public static int? DayOf(ReadOnlySpan<byte> iso)
    {
        if (iso.Length != 10 || iso[4] != '-' || iso[7] != '-') return null;
        if (!Digits(iso[..4], out var year) || !Digits(iso[5..7], out var month) || !Digits(iso[8..], out var day)) return null;
        return year > 0 && month is > 0 and < 13 && day > 0 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day).DayNumber : null;
    }

    protected static long InstantOf(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out DateTimeOffset instant, out var read, 'O') && read == text.Length ? instant.UtcTicks : throw new FormatException("no instant");

    static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
