using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>The texts beside the entries of a stretch, as bytes, and which of them stand beside the entry that is looked at.</summary>
sealed class StretchTexts
{
    readonly List<Stored> texts = [];
    byte[] bytes = new byte[1 << 20];
    int used;
    int first;
    int after;

    /// <summary>Root, entry and number of each text that an entry means and that is erased.</summary>
    public List<(int Root, long Sequence, int Ordinal)> Erased { get; } = [];

    public void Clear()
    {
        texts.Clear();
        Erased.Clear();
        (used, first, after) = (0, 0, 0);
    }

    /// <summary>Takes root, sequence, ordinal, salt and text, in their order.</summary>
    public void Read(RawRows rows, Func<ReadOnlySpan<byte>, int> rootOf)
    {
        while (rows.Next())
            if (rootOf(rows.Text(0)) is >= 0 and var root)
            {
                var (at, whole) = (used, !rows.IsNull(3) && !rows.IsNull(4));
                if (whole)
                {
                    Keep(rows.Blob(3));
                    Keep(rows.Text(4));
                }

                var erased = rows.IsNull(3) && rows.IsNull(4);
                texts.Add(new Stored(root, rows.Whole(1), rows.Whole(2), at, whole ? rows.Blob(3).Length : 0, used - at, whole, erased));
            }
    }

    /// <summary>Goes to the texts of an entry, one after the other as the entries come.</summary>
    /// <param name="unmeant">Told the root of texts that stand beside no entry.</param>
    /// <returns>How many there are.</returns>
    public int GoTo(int root, long sequence, Action<int> unmeant)
    {
        for (first = after; first < texts.Count && IsBefore(texts[first], root, sequence); first++) unmeant(texts[first].Root);
        for (after = first; after < texts.Count && texts[after].Root == root && texts[after].Sequence == sequence;) after++;
        return after - first;
    }

    public void GoToEnd(Action<int> unmeant) => GoTo(int.MaxValue, long.MaxValue, unmeant);

    /// <summary>The text that is meant, or the marker where it is erased; false when it is missing or is not what was hashed.</summary>
    /// <param name="isErased">True for the marker.</param>
    public bool TryOpen(ReadOnlySpan<byte> reference, out ReadOnlySpan<byte> text, out bool isErased)
    {
        text = PersonalText.ErasedBytes;
        isErased = true;
        if (reference.SequenceEqual(text)) return true;
        if (!Utf8Parser.TryParse(reference, out int ordinal, out var digits) || digits == reference.Length || reference[digits] != ':') return false;
        for (var i = first; i < after; i++)
        {
            if (texts[i].Ordinal != ordinal) continue;
            if (texts[i].IsErased)
            {
                Erased.Add((texts[i].Root, texts[i].Sequence, ordinal));
                return true;
            }

            isErased = false;
            text = bytes.AsSpan(texts[i].At + texts[i].Salt, texts[i].Length - texts[i].Salt);
            return texts[i].IsWhole && IsHash(bytes.AsSpan(texts[i].At, texts[i].Length), reference[(digits + 1)..]);
        }

        return false;
    }

    static bool IsHash(ReadOnlySpan<byte> salted, ReadOnlySpan<byte> encoded)
    {
        Span<byte> said = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> found = stackalloc byte[SHA256.HashSizeInBytes];
        if (Base64Url.DecodeFromUtf8(encoded, said, out _, out var length) != OperationStatus.Done || length != said.Length) return false;
        SHA256.HashData(salted, found);
        return said.SequenceEqual(found);
    }

    static bool IsBefore(in Stored text, int root, long sequence) => text.Root < root || (text.Root == root && text.Sequence < sequence);

    void Keep(ReadOnlySpan<byte> part)
    {
        if (used + part.Length > bytes.Length) Array.Resize(ref bytes, Math.Max(checked(bytes.Length * 2), used + part.Length));
        part.CopyTo(bytes.AsSpan(used));
        used += part.Length;
    }

    /// <param name="At">Where the salt begins; the text stands behind it.</param>
    readonly record struct Stored(int Root, long Sequence, long Ordinal, int At, int Salt, int Length, bool IsWhole, bool IsErased);
}
