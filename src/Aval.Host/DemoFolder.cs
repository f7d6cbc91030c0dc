using System.Text.RegularExpressions;
using Aval.Kernel.Storage;

namespace Aval.Host;

/// <summary>The folder of a demonstration: what it was made of, and what of it may be thrown away.</summary>
/// <remarks>Somebody may name any folder: of one that holds something else nothing is touched, and of ours only the store's own files.</remarks>
public sealed partial class DemoFolder(string folder)
{
    const string MarkName = "demo.txt";
    const string Unfinished = ", unfinished";

    static readonly string[] Own = ["aval.db", "aval.db-wal", "aval.db-shm", "aval.db-journal", "serving.lock", MarkName];

    string Mark => Path.Combine(folder, MarkName);

    /// <summary>It was made of this, to the end.</summary>
    public bool IsOf(string made) => File.Exists(Mark) && File.ReadAllText(Mark) == made;

    /// <summary>Takes away what an earlier demonstration has left.</summary>
    /// <exception cref="StoreRefusedException">It holds something that is none.</exception>
    public void Clear()
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        if (!File.Exists(Mark) || !Ours().IsMatch(File.ReadAllText(Mark)))
            throw new StoreRefusedException($"{folder} holds something that is no demonstration; name another folder with --data.");
        foreach (var name in Own) File.Delete(Path.Combine(folder, name));
    }

    /// <summary>Marks it, so that a demonstration that was broken off can be made anew.</summary>
    public void Begin(string made)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Mark, made + Unfinished);
    }

    public void Finish(string made) => File.WriteAllText(Mark, made);

    /// <summary>As <c>300 customers, 18 months to 2026-03-02, seed 1, version …</c>: nobody else writes that.</summary>
    [GeneratedRegex(@"^\d+ customers, \d+ months to \d{4}-\d\d-\d\d, seed \d+, version [0-9a-f]{32}(?:, unfinished)?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ours();
}
