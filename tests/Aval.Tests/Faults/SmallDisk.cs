using System.ComponentModel;
using System.Globalization;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Faults;

/// <summary>A file system of its own that can be filled to the last page and emptied again. Where none can be mounted the asking test is skipped.</summary>
sealed class SmallDisk : IDisposable
{
    const int Page = 4096;
    const int PagesAtOnce = 256;

    readonly string filler;

    public SmallDisk(int megabytes)
    {
        Folder = Directory.CreateTempSubdirectory("aval-disk-").FullName;
        filler = Path.Combine(Folder, "filler");
        if (Mounted(megabytes) is not { } refusal) return;
        Directory.Delete(Folder);
        Assert.Skip("no file system can be mounted here: " + refusal);
    }

    public string Folder { get; }

    /// <summary>Leaves no room for one more page.</summary>
    public void Fill()
    {
        using var file = new FileStream(filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var pages in new[] { PagesAtOnce, 1 })
            while (Grows(file, pages * Page))
            {
            }
    }

    public void MakeRoom() => File.Delete(filler);

    public void Dispose()
    {
        var (code, _, errors) = Repository.Run("umount", "--lazy", Folder);
        if (code != 0) throw new InvalidOperationException("umount: " + errors);
        Directory.Delete(Folder);
    }

    static bool Grows(FileStream file, int by)
    {
        try
        {
            file.Write(new byte[by]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Null when it is mounted; else why it is not.</summary>
    string? Mounted(int megabytes)
    {
        try
        {
            var (code, _, errors) = Repository.Run(
                "mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=1777"), "aval-tests", Folder);
            return code == 0 ? null : errors.Trim();
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
