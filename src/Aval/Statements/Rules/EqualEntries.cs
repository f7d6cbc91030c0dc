using System.Collections.Immutable;

namespace Aval.Statements.Rules;

/// <summary>Pairs entries of one amount with known ones where there are too many to weigh each against each, as a day's fees: those that share a reference first, the others
/// in order, beside such as can be the same by day and by what they tell.</summary>
/// <param name="inCommon">How many references agree; null for what cannot be the same entry.</param>
/// <param name="sameDay">False for what cannot be the same entry, whatever references it has.</param>
sealed class EqualEntries(
    StatementFormat format, Func<BankEntry, List<StatementLine>, int?> inCommon, Func<BankEntry, StatementLine, bool> sameDay)
{
    /// <summary>A reference that more entries share than this tells none of them apart.</summary>
    const int Many = 64;

    const int EndToEnd = 1, Creditor = 2, Bank = 4;

    readonly Dictionary<(int Kind, string Value), List<int>> whole = [];
    readonly Dictionary<(int Kind, string Value), List<int>> beginnings = [];

    /// <returns>Places in both lists.</returns>
    public IEnumerable<(int Entry, int Known)> Pairs(IReadOnlyList<BankEntry> entries, IReadOnlyList<List<StatementLine>> known)
    {
        for (var at = 0; at < known.Count; at++)
            foreach (var (kind, value) in Told(known[at]))
            {
                Add(whole, (kind, value), at);
                if (References.MayBeCut(value)) Add(beginnings, (kind, References.Beginning(value)), at);
            }

        var (taken, used, unsure) = (new HashSet<int>(), new HashSet<int>(), new int[entries.Count]);
        var close = new List<(int Common, int Entry, int Known)>();
        for (var at = 0; at < entries.Count; at++)
            foreach (var other in Sharing(entries[at], ref unsure[at]))
                if (inCommon(entries[at], known[other]) is { } common) close.Add((common, at, other));
        foreach (var (_, entry, other) in close.OrderByDescending(pair => pair.Common).ThenBy(pair => pair.Entry).ThenBy(pair => pair.Known))
            if (!taken.Contains(entry) && used.Add(other))
            {
                taken.Add(entry);
                yield return (entry, other);
            }

        var groups = Enumerable.Range(0, known.Count).Where(at => !used.Contains(at))
            .GroupBy(at => (Kinds: KindsOf(Told(known[at])), known[at][0].Day, known[at][0].Booked, known[at][0].Value, known[at][0].Format))
            .Select(group => (group.Key.Kinds, Left: new LinkedList<int>(group))).ToList();
        for (var at = 0; at < entries.Count; at++)
        {
            if (taken.Contains(at)) continue;
            // What both tell, and did not have in common, contradicts.
            var contradicts = KindsOf(Told(entries[at])) & ~unsure[at];
            var first = groups.Where(group => (group.Kinds & contradicts) == 0).Select(group => First(group.Left, entries[at], known)).OfType<LinkedListNode<int>>()
                .MinBy(node => node.Value);
            if (first is null) continue;
            first.List!.Remove(first);
            yield return (at, first.Value);
        }
    }

    LinkedListNode<int>? First(LinkedList<int> left, BankEntry entry, IReadOnlyList<List<StatementLine>> known)
    {
        if (left.First is not { } node || !sameDay(entry, known[node.Value][0])) return null;
        for (var at = node; at is not null; at = at.Next)
            if (inCommon(entry, known[at.Value]) is not null) return at;
        return null;
    }

    /// <summary>Known entries under a reference of this one.</summary>
    /// <param name="unsure">The kinds of reference of which too many are alike.</param>
    HashSet<int> Sharing(BankEntry entry, ref int unsure)
    {
        var found = new HashSet<int>();
        foreach (var (kind, value) in Told(entry))
        {
            var same = whole.GetValueOrDefault((kind, value)) ?? [];
            var cut = References.MayBeCut(value) ? beginnings.GetValueOrDefault((kind, References.Beginning(value))) ?? [] : [];
            if (same.Count > Many || (same.Count == 0 && cut.Count > Many)) unsure |= kind;
            else found.UnionWith(cut.Count > Many ? same : same.Concat(cut));
        }

        return found;
    }

    IEnumerable<(int Kind, string Value)> Told(List<StatementLine> lines)
    {
        var line = lines.Count == 1 ? lines[0] : null;
        if (Bare(line?.EndToEnd) is { } endToEnd) yield return (EndToEnd, endToEnd);
        if (Bare(line?.CreditorReference) is { } creditor) yield return (Creditor, creditor);
        // Banks number differently in each family: two numbers are no contradiction there.
        if (SeenBefore.Family(lines[0].Format) == SeenBefore.Family(format) && Bare(lines[0].EntryReference ?? line?.BankReference) is { } bank) yield return (Bank, bank);
    }

    static IEnumerable<(int Kind, string Value)> Told(BankEntry entry)
    {
        var part = entry.Parts.Length == 1 ? entry.Parts[0] : null;
        if (Bare(part?.EndToEnd) is { } endToEnd) yield return (EndToEnd, endToEnd);
        if (Bare(part?.CreditorReference) is { } creditor) yield return (Creditor, creditor);
        if (Bare(entry.BankReference ?? part?.BankReference) is { } bank) yield return (Bank, bank);
    }

    static int KindsOf(IEnumerable<(int Kind, string Value)> told) => told.Aggregate(0, (kinds, one) => kinds | one.Kind);

    static string? Bare(string? reference) => reference is null ? null : BankAccount.Bare(reference);

    static void Add(Dictionary<(int, string), List<int>> to, (int, string) key, int at)
    {
        if (!to.TryGetValue(key, out var known)) to.Add(key, known = []);
        known.Add(at);
    }
}
