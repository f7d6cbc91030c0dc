using System.Security.Cryptography;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>One root's chain, as far as its entries have been followed.</summary>
/// <param name="row">The root's own row, where the chain ends.</param>
/// <param name="taken">The root's head as the last checkpoint that names it has it; null when none does.</param>
sealed class Chain(RootRow row, Head? taken)
{
    readonly byte[] head = [.. Entry.Genesis];

    /// <summary>Number of the last entry that was followed; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>That entry's hash.</summary>
    public byte[] Head => head;

    /// <summary>True when it ends where the root's own row says, and not before the head that a checkpoint took.</summary>
    public bool IsAtEnd => Last > 0 && Last == row.Sequence && row.HeadHash.AsSpan().SequenceEqual(head) && !(taken?.Sequence > Last);

    /// <summary>Follows one entry; false where it does not continue the chain.</summary>
    /// <param name="scratch">Memory to hash in, which grows as it must.</param>
    public bool Follow(long sequence, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body, ReadOnlySpan<byte> hash, ref byte[] scratch)
    {
        if (sequence != Last + 1 || !previous.SequenceEqual(head)) return false;
        var length = previous.Length + body.Length;
        if (scratch.Length < length) scratch = new byte[length * 2];
        previous.CopyTo(scratch);
        body.CopyTo(scratch.AsSpan(previous.Length));
        if (SHA256.HashData(scratch.AsSpan(0, length), head) != hash.Length || !hash.SequenceEqual(head)) return false;
        if (taken?.Sequence == sequence && !hash.SequenceEqual(taken.Hash)) return false;
        Last = sequence;
        return true;
    }
}
