using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Aval.Import;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Import;

/// <summary>A store for files, thrown away with its folder; and files written for it.</summary>
sealed partial class FilesStore : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aval-import-");
    readonly string? database;

    public FilesStore(PostgresCluster? cluster = null) => database = cluster?.CreateDatabase();

    public Task<OpenStore> OpenAsync() => OpenStore.OpenAsync(Path.Combine(folder.FullName, "store"), database);

    /// <summary>A file with this content; its name may hold a folder.</summary>
    public string File(string name, string content) => File(name, Encoding.UTF8.GetBytes(content));

    public string File(string name, byte[] content)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Imports one file and says what came of it; the store is opened and closed as a process would.</summary>
    public async Task<Imported> ImportAsync(string kind, string path, bool dryRun = false, bool skipErrors = false, string? lines = null)
    {
        await using var store = await OpenAsync();
        await store.StartAsync(new DateOnly(2026, 3, 2), Currency.EUR, CancellationToken.None);
        return await ImportRun.RunAsync(store, new ImportPlan(Kinds.Find(kind)!, [path], lines, dryRun, skipErrors), null, CancellationToken.None);
    }

    public async Task<Replayed> ReplayAsync(string history)
    {
        await using var store = await OpenAsync();
        return await Replay.RunAsync(store, history, null, null, CancellationToken.None);
    }

    /// <summary>The number of entries and a digest of all chains, instants left out: the same for the same acts on any database. Every link is proved on the way.</summary>
    public async Task<(int Entries, string Digest)> JournalAsync()
    {
        await using var store = await OpenAsync();
        await using var reader = await store.Store.SnapshotAsync(CancellationToken.None);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        foreach (var root in (await reader.RootsAsync(CancellationToken.None)).Order(StringComparer.Ordinal))
        {
            var head = Entry.Genesis;
            foreach (var entry in await reader.EntriesAsync(root, 0, int.MaxValue, CancellationToken.None))
            {
                Assert.Equal(head, entry.PreviousHash);
                Assert.Equal(Entry.HashOf(head, entry.Body), entry.Hash);
                head = entry.Hash;
                count++;
                digest.AppendData(Encoding.UTF8.GetBytes(Salted.Replace(Instants.Replace(Encoding.UTF8.GetString(entry.Body), ""), "\"")));
            }
        }

        return (count, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    public void Dispose() => folder.Delete(recursive: true);

    [GeneratedRegex("\"[a-zA-Z]*(?:at|At)\":\"[^\"]*\",?|\"changed\":[0-9]+,?")]
    private static partial Regex Instants { get; }

    /// <summary>References to texts beside the entry: the same text has another hash each time.</summary>
    [GeneratedRegex("\"[0-9]+:[-_a-zA-Z0-9]{43}\"")]
    private static partial Regex Salted { get; }
}
