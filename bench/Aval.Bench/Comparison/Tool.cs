using System.Diagnostics;

namespace Aval.Bench.Comparison;

/// <summary>Other programs that the comparison needs.</summary>
static class Tool
{
    /// <summary>Runs to its end and gives what it said; what it complains of is thrown.</summary>
    public static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, (string Name, string Value)? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (environment is { } variable) start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await complained}");
        return await said;
    }

    /// <summary>The newest of PostgreSQL's programs where its packages put them; else whichever the PATH has.</summary>
    public static string OfPostgres(string name) =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
        .Select(version => Path.Combine(version, "bin", name)).FirstOrDefault(File.Exists) ?? name;
}
