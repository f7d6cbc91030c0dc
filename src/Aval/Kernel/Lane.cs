using System.Text;

namespace Aval.Kernel;

/// <summary>The lane of a root or number: a stable hash into 32, the first column of every hot key, so that the tables can be distributed by it.</summary>
/// <remarks>FNV-1a over the UTF-8 bytes, folded; part of the stored format: it never changes (docs/decisions/0003-lanes.md).</remarks>
public static class Lane
{
    public const int Count = 32;

    public static short Of(string name)
    {
        Span<byte> bytes = stackalloc byte[256];
        ReadOnlySpan<byte> utf8 = Encoding.UTF8.TryGetBytes(name, bytes, out var written) ? bytes[..written] : Encoding.UTF8.GetBytes(name);
        var hash = 2166136261u;
        foreach (var b in utf8) hash = unchecked((hash ^ b) * 16777619u);
        return (short)((hash ^ (hash >> 16)) % Count);
    }
}
