using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>Who belongs to a root: each party is where its last entry put it, under what that entry says, and nobody else is here.</summary>
sealed class MemberProof(Faults faults)
{
    const string Table = "member";

    readonly Dictionary<string, (string? Above, long Sequence)> members = new(StringComparer.Ordinal);

    public void Fold(long sequence, IReadOnlyList<string> parted, IReadOnlyList<(string Party, string? Above)> joined)
    {
        foreach (var party in parted)
            if (!members.Remove(party)) faults.Add(sequence, Table, party, "The party leaves by this entry, and no entry before it has brought it.");
        foreach (var (party, above) in joined) members[party] = (above, sequence);
    }

    public void CheckEnd(IReadOnlyList<MemberRow> stored, long last)
    {
        foreach (var (lane, party, above) in stored)
            if (!members.Remove(party, out var said)) faults.Add(last, Table, party, "No entry says that the party belongs to this root.");
            else if (lane != Lane.Of(party)) faults.Add(said.Sequence, Table, party, $"The row stands in lane {lane}, where nobody looks for it.");
            else if (above != said.Above)
                faults.Add(said.Sequence, Table, party, $"The party hangs under {above ?? "nothing"}, and by the entry under {said.Above ?? "nothing"}.");
        foreach (var (party, (_, sequence)) in members) faults.Add(sequence, Table, party, "The row that says that the party belongs to this root is missing.");
    }
}
