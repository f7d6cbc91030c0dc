namespace Aval.Import;

/// <summary>The roots at which the parties of a file stand, or will stand once those above them are there.</summary>
/// <param name="Depths">How far a party that is entered will stand below its root; those alone that do. Empty where the file enters nobody.</param>
sealed record PartyRoots(IReadOnlyDictionary<string, string> Roots, IReadOnlyDictionary<string, int> Depths)
{
    public static readonly PartyRoots None = Stored(new Dictionary<string, string>());

    /// <summary>Of parties that are all there.</summary>
    public static PartyRoots Stored(IReadOnlyDictionary<string, string> roots) => new(roots, new Dictionary<string, int>());

    /// <summary>From the party to its payer, then up the groups, as far as the file or the store knows them.</summary>
    /// <param name="aboves">Whom parties of the file hang under.</param>
    /// <param name="stored">The roots of those that are there already.</param>
    public static PartyRoots OfEntered(IReadOnlyList<string> parties, IReadOnlyDictionary<string, Above> aboves, IReadOnlyDictionary<string, string> stored)
    {
        var known = aboves.Count == 0 ? [] : parties.ToHashSet(StringComparer.Ordinal);
        var (roots, depths) = (new Dictionary<string, string>(parties.Count, StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var party in parties)
        {
            var (node, path) = (party, new List<string>());
            while (!stored.ContainsKey(node) && NextOf(node, first: path.Count == 0) is { } above)
            {
                path.Add(node);
                node = above;
                // Who stands above themselves come to one root, where the last of them is refused.
                if (path.IndexOf(node) is >= 0 and var begins)
                {
                    node = path.Skip(begins).Min(StringComparer.Ordinal)!;
                    break;
                }
            }

            roots[party] = stored.GetValueOrDefault(node, node);
            if (path.Count > 0) depths[party] = path.Count;
        }

        return new PartyRoots(roots, depths);

        string? NextOf(string node, bool first)
        {
            var above = aboves.GetValueOrDefault(node);
            return first && IsKnown(above.Payer) && above.Payer != node ? above.Payer : IsKnown(above.Group) ? above.Group : null;
        }

        bool IsKnown(string? number) => number is not null && (known.Contains(number) || stored.ContainsKey(number));
    }
}
