namespace Aval.Tests;

/// <summary>Public reference files too large for the repository; tests that measure against them are skipped where they are missing.</summary>
public static class Reference
{
    /// <summary>A file of <c>shared/data/reference</c> beside the checkout or further up; skips the running test when there is none.</summary>
    public static string File(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "reference", name);
            if (System.IO.File.Exists(path)) return path;
        }

        Assert.Skip($"The reference file {name} is not on this machine.");
        throw new InvalidOperationException("Skipped.");
    }

    /// <summary>The lines <c>expected,"value"</c> of a file of vectors, without its header.</summary>
    public static IReadOnlyList<(string Expected, string Value)> Vectors(string name) =>
        [.. System.IO.File.ReadLines(File(name)).Skip(1).Select(line => line.Split(',', 2)).Select(parts => (parts[0], parts[1].Trim('"')))];
}
