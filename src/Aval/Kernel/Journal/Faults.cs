using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>The first differences of one root.</summary>
sealed class Faults(string root)
{
    const int Most = 10;

    readonly List<Difference> found = [];

    public IReadOnlyList<Difference> Found => found;

    public void Add(long sequence, string what) => Add(sequence, (string?)null, null, what);
    public void Add(long sequence, Table table, string key, string what) => Add(sequence, table.Name, key, what);

    public void Add(long sequence, string? table, string? key, string what)
    {
        if (found.Count < Most) found.Add(new Difference(root, sequence, table, key, what));
    }
}
