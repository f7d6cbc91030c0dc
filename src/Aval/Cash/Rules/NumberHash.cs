using System.Globalization;

namespace Aval.Cash.Rules;

/// <summary>The letters and digits of a number as they are compared: upper case, separators dropped, zeros before a number dropped.</summary>
/// <remarks>Grows sign by sign, so that a text is hashed while it is read. Zeros are dropped at the beginning of each run of digits; whether a separator begins a
/// new run is the caller's to say, because people write 2026-00123 as 2026-123 and as 202600123.</remarks>
public struct NumberHash()
{
    const ulong Seed = 0xcbf29ce484222325;

    ulong state = Seed;
    bool significant;

    /// <summary>Letters and digits so far, zeros before a number left out.</summary>
    public int Length { get; private set; }

    public bool HasDigit { get; private set; }

    /// <summary>A run of digits begins here.</summary>
    public void BeginRun() => significant = false;

    public void Add(ReadOnlySpan<char> atom, bool digits)
    {
        if (!digits) significant = false;
        foreach (var sign in atom)
        {
            var normal = digits ? Digit(sign) : Letter(sign);
            if (digits && !significant && normal == '0') continue;
            significant = digits;
            HasDigit |= digits;
            state = unchecked((state ^ normal) * 0x100000001b3);
            Length++;
        }
    }

    /// <summary>Never 0, which stands for nothing.</summary>
    public readonly ulong Value
    {
        get
        {
            // FNV-1a leaves its high bits poor on short texts: the finalizer of SplitMix64 spreads them.
            unchecked
            {
                var mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
                mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
                return (mixed ^ (mixed >> 31)) | 1;
            }
        }
    }

    static char Digit(char sign) => sign < 128 ? sign : (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(sign));

    static char Letter(char sign) => sign < 128 ? (char)(sign & ~0x20) : char.ToUpperInvariant(sign);
}
