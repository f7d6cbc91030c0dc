using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;

namespace Aval.TimeMachine;

/// <summary>What no root owns, as it was after each entry of the company: rates, policy, the company itself. Neighbours share what did not change.</summary>
sealed class CompanyHistory
{
    const int EntriesAtOnce = 1_000;

    readonly List<Facts> byNumber;

    CompanyHistory(List<Facts> byNumber) => this.byNumber = byNumber;

    /// <summary>The number of the last entry that is known here.</summary>
    public long Last => byNumber.Count - 1;

    public Facts Now => byNumber[^1];

    public Facts this[long number] => byNumber[(int)number];

    public static async Task<CompanyHistory> ReadAsync(Store store, CancellationToken cancel)
    {
        await using var reader = await store.LongSnapshotAsync(cancel);
        var format = new EntryFormat(store.Composition);
        var known = new List<Facts> { store.Composition.Empty(Facts.Company) };
        while (await reader.EntriesAsync(Facts.Company, known[^1].Sequence, EntriesAtOnce, cancel) is { Count: > 0 } entries)
            foreach (var entry in entries)
            {
                var content = format.Read(entry);
                var after = content.ApplyTo(known[^1]) with { Sequence = entry.Sequence };
                known.Add(content.Clock is { } day ? after with { Through = day } : after);
            }

        return new CompanyHistory(known);
    }
}
