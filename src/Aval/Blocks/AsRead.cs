using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Blocks;

/// <summary>A block as somebody has read it: its version, what held the order then and how much, and the options as they were shown. It goes out as the ETag and comes back
/// with the decision, so that nobody lets pass or takes what they have not seen.</summary>
/// <param name="Findings">What held the order; null for who reads and decides in one breath, and has seen what is.</param>
/// <param name="Options">A digest of each, in the order by which a decision names them.</param>
sealed record AsRead(long Version, IReadOnlyList<ReadFinding>? Findings, IReadOnlyList<uint> Options)
{
    /// <summary>A longer subject is carried as its digest: all of it travels in a header.</summary>
    const int LongestSubject = 100;

    const string OneBreath = "now";

    /// <param name="asked">The question that a decision would be asked on; null once the block is closed.</param>
    public static AsRead Of(Block block, WhatIf? asked, Remedies remedies) => new(
        block.Version, [.. Blocking(asked).Select(finding => new ReadFinding(KeyOf(finding), Short(finding.Subject), finding.Amount, finding.Days))],
        [.. remedies.Options.Select(DigestOf)]);

    public static AsRead InOneBreath(Block block) => new(block.Version, null, []);

    /// <summary>Null where it is none: a version alone does not say what was seen.</summary>
    public static AsRead? Parse(string sent)
    {
        if (VersionIn(sent) is not { } version || sent.IndexOf('-', StringComparison.Ordinal) is not (> 0 and var dash)) return null;
        var said = sent[(dash + 1)..];
        if (said == OneBreath) return new AsRead(version, null, []);
        if (!Base64Url.IsValid(said)) return null;
        using var reader = new BinaryReader(new MemoryStream(Base64Url.DecodeFromChars(said)));
        try
        {
            var findings = new ReadFinding[reader.ReadUInt16()];
            for (var at = 0; at < findings.Length; at++)
                findings[at] = new ReadFinding(
                    reader.ReadUInt32(), reader.ReadBoolean() ? reader.ReadString() : null, reader.ReadBoolean() ? reader.ReadInt64() : null,
                    reader.ReadBoolean() ? reader.ReadInt32() : null);
            var options = new uint[reader.ReadUInt16()];
            for (var at = 0; at < options.Length; at++) options[at] = reader.ReadUInt32();
            return new AsRead(version, findings, options);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The version that it begins with; null where it begins with none.</summary>
    public static long? VersionIn(string sent) =>
        long.TryParse(sent.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    public override string ToString()
    {
        if (Findings is null) return Invariant($"{Version}-{OneBreath}");
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write((ushort)Findings.Count);
        foreach (var finding in Findings)
        {
            writer.Write(finding.Key);
            writer.Write(finding.Subject is not null);
            if (finding.Subject is { } subject) writer.Write(subject);
            writer.Write(finding.Amount is not null);
            if (finding.Amount is { } amount) writer.Write(amount);
            writer.Write(finding.Days is not null);
            if (finding.Days is { } days) writer.Write(days);
        }

        writer.Write((ushort)Options.Count);
        foreach (var option in Options) writer.Write(option);
        writer.Flush();
        return Invariant($"{Version}-{Base64Url.EncodeToString(bytes.ToArray())}");
    }

    /// <summary>Where the option now stands that was read under this number; null where there is no such any more.</summary>
    public int? NowAt(int number, IReadOnlyList<Option> options)
    {
        if (Findings is null) return number >= 1 && number <= options.Count ? number - 1 : null;
        if (number < 1 || number > Options.Count) return null;
        for (var at = 0; at < options.Count; at++)
            if (DigestOf(options[at]) == Options[number - 1]) return at;
        return null;
    }

    /// <summary>Refuses with <c>version-stale</c> where something would be let pass though more holds the order than was read.</summary>
    /// <remarks>What got better, or merely older, does not matter.</remarks>
    public Problem? Grown(WhatIf asked, Ruling ruling)
    {
        if (Findings is null || !ruling.LetPass.Any()) return null;
        var grown = Blocking(asked).Where(finding => !Findings.Any(seen => IsNoWorse(finding, seen))).Select(Said).ToList();
        return grown.Count == 0
            ? null
            : KernelProblems.VersionStale.With($"more holds {asked.Order.Number} than when you read it: {string.Join("; ", grown)}. Read the block again.", "If-Match");
    }

    static IEnumerable<Finding> Blocking(WhatIf? asked) => asked?.Check().Findings.Where(finding => finding.Blocks) ?? [];

    static bool IsNoWorse(Finding now, ReadFinding seen) => seen.Key == KeyOf(now) && (now.Amount is not { } amount || amount <= (seen.Amount ?? 0))
        && (now.Subject?.Length > LongestSubject ? Short(now.Subject) == seen.Subject : SameMatter.IsNoWorse(now, seen.Subject, seen.Days));

    string Said(Finding finding)
    {
        var was = Findings!.Where(seen => seen.Key == KeyOf(finding)).Select(seen => seen.Amount).Max();
        string Told(long amount) => finding.Currency is { } currency ? new Money(amount, currency).ToString() : amount.ToString(CultureInfo.InvariantCulture);
        if (finding.Amount is not { } now) return $"{finding.Code} is new";
        return was is { } before ? $"{finding.Code} was {Told(before)} and is {Told(now)}" : $"{finding.Code} of {Told(now)} is new";
    }

    static uint KeyOf(Finding finding) => Digest(Encoding.UTF8.GetBytes($"{finding.Code}\n{finding.Level}\n{finding.LimitLevel}\n{finding.Currency}"));

    static uint DigestOf(Option option) => Digest(JsonSerializer.SerializeToUtf8Bytes(OptionAnswer.Of(option, Language.English), Json.Canonical));

    static string? Short(string? subject) => subject is { Length: > LongestSubject } ? Invariant($"#{Digest(Encoding.UTF8.GetBytes(subject)):x8}") : subject;

    static uint Digest(byte[] bytes) => BitConverter.ToUInt32(SHA256.HashData(bytes));

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <param name="Key">Of its code, the limit and whose it is.</param>
/// <param name="Amount">Minor units; null where none was meant.</param>
readonly record struct ReadFinding(uint Key, string? Subject, long? Amount, int? Days);
