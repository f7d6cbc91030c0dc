namespace Aval.Kernel.Storage;

/// <summary>A file that is there whole or not at all: written beside its place, forced to the disk, and only then given its name.</summary>
static class WholeFile
{
    /// <param name="file">Its place, where nothing may be yet: who finds something there is refused, before the work and after it.</param>
    /// <param name="writeAsync">Writes the file of the name that it is told, in the same folder; one that fails leaves nothing there.</param>
    public static async Task WriteAsync(string file, Func<string, Task> writeAsync)
    {
        // Of its own, so that two who write at once do not write into each other's.
        var part = $"{file}.part-{Guid.NewGuid():N}";
        try
        {
            await writeAsync(part);
            // A copy that a loss of power takes is none; nor is one that it leaves without its name, which ext4, XFS and btrfs bring to the disk
            // when the file of that name is flushed.
            Flush(part);
            File.Move(part, file, overwrite: false);
            Flush(file);
        }
        finally
        {
            // Beside the file itself what a database keeps beside it.
            foreach (var left in (string[])[part, part + "-wal", part + "-shm"])
                if (File.Exists(left)) File.Delete(left);
        }
    }

    static void Flush(string file)
    {
        using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }
}
