using System.Text.Json;
using Aval.Kernel;

namespace Aval.Import;

/// <summary>A row of a file that is taken in masses.</summary>
sealed class BulkItem(Command command, int line, string number, Amount? amount) : Bundled(command, line)
{
    /// <summary>Its own, or a digest of what it says.</summary>
    public string Number => number;

    public Amount? Amount => amount;

    /// <summary>Whether it says the same as another one of its number.</summary>
    public bool SaysAs(BulkItem other) =>
        Claims.Count > 0 ? Claims[0].ContentHash.AsSpan().SequenceEqual(other.Claims[0].ContentHash) : Command == other.Command;

    /// <summary>The rehearsal has found it in the store already.</summary>
    public void WasThere() => Repeated = true;
}

/// <summary>What the entry of a part of a file says of where its rows come from, and what they come to.</summary>
/// <param name="File">SHA-256 of the file's bytes, unpacked.</param>
/// <param name="Part">Which part of the file it belongs to: one transaction.</param>
/// <param name="FirstLine">The first of the lines on which the rows stand; others may stand in between.</param>
/// <param name="Totals">By currency, in major units.</param>
public sealed record TakenOver(string File, int Part, int FirstLine, int LastLine, int Rows, IReadOnlyDictionary<string, decimal> Totals)
{
    internal static byte[] Of(byte[] digest, int part, IReadOnlyList<Bundled> taken)
    {
        var totals = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        var (first, last) = (int.MaxValue, 0);
        foreach (var bundled in taken)
        {
            (first, last) = (Math.Min(first, bundled.Line), Math.Max(last, bundled.Line));
            if (bundled is BulkItem { Amount: { } amount }) totals[amount.Unit] = totals.GetValueOrDefault(amount.Unit) + amount.Value;
        }

        return JsonSerializer.SerializeToUtf8Bytes(new TakenOver(Convert.ToHexStringLower(digest), part, first, last, taken.Count, totals), Json.Options);
    }
}
