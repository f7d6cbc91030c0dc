using System.Diagnostics;

namespace Aval.Tests.Infrastructure;

/// <summary>A text file of the repository; the path is relative to its root and has forward slashes.</summary>
public sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);
    public string Extension => System.IO.Path.GetExtension(Path);

    /// <summary>The capability whose folder holds this file (<c>src/Aval/Orders/…</c>), or null.</summary>
    public string? Capability =>
        Path.StartsWith("src/Aval/", StringComparison.Ordinal) && Path.Split('/') is { Length: > 3 } parts ? parts[2] : null;

    public string[] Lines => Text.Split('\n');
}

/// <summary>The folder that holds the solution, and what git holds or would hold of it.</summary>
public static class Repository
{
    static readonly string[] Textual =
        [".cs", ".razor", ".sql", ".css", ".js", ".sh", ".md", ".txt", ".json", ".props", ".csproj", ".slnx", ".yml", ".yaml", ".html", ""];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file that is tracked or could be added (not ignored), relative to the root.</summary>
    public static IReadOnlyList<string> Paths { get; } = ListPaths();

    /// <summary>The text files among them.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } =
        [.. Paths.Where(path => Textual.Contains(Path.GetExtension(path))).Select(path => new SourceFile(path, Read(path)))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Has(string path) => File.Exists(Path.Combine(Root, path));

    /// <summary>Runs a program in the root and returns its exit code and both outputs.</summary>
    public static (int Code, string Output, string Errors) Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Aval.slnx"))) return folder.FullName;
        throw new InvalidOperationException($"no Aval.slnx above {AppContext.BaseDirectory}");
    }

    static string[] ListPaths()
    {
        var (code, output, errors) = Run("git", "-c", $"safe.directory={Root}", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        if (code != 0) throw new InvalidOperationException($"git ls-files: {errors}");
        var paths = output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(Has);
        return [.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
