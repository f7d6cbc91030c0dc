using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>A text that an entry keeps beside its body, which has only its number and a salted hash of it.</summary>
/// <param name="Ordinal">Its number in the entry, from 0.</param>
/// <param name="Salt">16 random bytes; null once the text was erased.</param>
/// <param name="Text">Null once it was erased.</param>
public sealed record EntryText(int Ordinal, byte[]? Salt, string? Text)
{
    public bool IsErased => Salt is null && Text is null;
}

/// <summary>Where in an entry a text is meant.</summary>
/// <param name="Table">Null for the reason, and for the content of a claim.</param>
public sealed record TextPlace(Table? Table, string Key, int Column)
{
    public static readonly TextPlace Reason = new(null, "reason", 0);
    public static readonly TextPlace Claim = new(null, "claim", 0);
}

/// <summary>A reference from a body to a text beside it.</summary>
/// <param name="Hash">SHA-256 over salt and text, as the body has it.</param>
public sealed record KeptText(int Ordinal, byte[] Hash, TextPlace Place);

/// <summary>The words of erasable texts: how they are hashed, referred to, and shown when they are gone.</summary>
public static class PersonalText
{
    /// <summary>What stands in the rows in place of an erased text.</summary>
    public const string Erased = "[erased]";
    public static ReadOnlySpan<byte> ErasedBytes => "[erased]"u8;

    public static byte[] HashOf(byte[] salt, string text) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]);
}

/// <summary>The texts that are taken out of an entry while its body is written.</summary>
sealed class TextsApart
{
    const int SaltBytes = 16;

    readonly List<EntryText> kept = [];

    public IReadOnlyList<EntryText> Kept => kept;

    /// <summary>What to write in place of the text: its number and hash. The marker of an erased one hides nothing and stays as it is.</summary>
    public string Keep(string text)
    {
        if (text == PersonalText.Erased) return text;
        var one = new EntryText(kept.Count, RandomNumberGenerator.GetBytes(SaltBytes), text);
        kept.Add(one);
        return string.Create(CultureInfo.InvariantCulture, $"{one.Ordinal}:{Base64Url.EncodeToString(PersonalText.HashOf(one.Salt!, text))}");
    }
}

/// <summary>The texts beside an entry, while its body is read.</summary>
sealed class TextsBeside(Entry entry)
{
    readonly List<KeptText> meant = [];

    public IReadOnlyList<KeptText> Meant => meant;

    /// <summary>The text that is meant; null when it was erased.</summary>
    public string? Open(string reference, TextPlace place)
    {
        if (reference == PersonalText.Erased) return null;
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) throw new FormatException($"{reference} is no reference to a text");
        var ordinal = int.Parse(reference.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture);
        meant.Add(new KeptText(ordinal, Base64Url.DecodeFromChars(reference.AsSpan(colon + 1)), place));
        foreach (var text in entry.Texts)
            if (text.Ordinal == ordinal) return text.Text;
        return null;
    }
}
