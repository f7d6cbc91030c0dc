namespace Aval.Kernel.Storage;

/// <summary>A file that is there whole or not at all: written beside its place, forced to the disk, and only then given its name.</summary>
static class WholeFile
{
    /// <param name="file">Its place, where nothing may be yet.</param>
    /// <param name="writeAsync">Writes the file of the name that it is told, in the same folder; one that fails leaves nothing there.</param>
    /// <exception cref="IOException">There is such a file meanwhile.</exception>
    public static async Task WriteAsync(string file, Func<string, Task> writeAsync)
    {
        // Of its own, so that two who write at once do not write into each other's.
        var part = $"{file}.part-{Guid.NewGuid():N}";
        try
        {
            await writeAsync(part);
            // A copy that a loss of power takes is none.
            await using (var written = new FileStream(part, FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
            File.Move(part, file, overwrite: false);
        }
        finally
        {
            if (File.Exists(part)) File.Delete(part);
        }
    }
}
