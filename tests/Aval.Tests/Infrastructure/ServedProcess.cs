using System.Diagnostics;
using Aval.Kernel.Web;

namespace Aval.Tests.Infrastructure;

/// <summary><c>aval serve</c> as a process of its own, which can be killed as a machine kills: with no time to say anything.</summary>
sealed class ServedProcess : IDisposable
{
    const string Ready = "Aval is ready: ";

    readonly Process process;

    ServedProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it on the store of the options and waits until it answers.</summary>
    /// <param name="version">The folder of another version's host; null for this one.</param>
    public static async Task<ServedProcess> StartAsync(ServerOptions options, string? version = null)
    {
        string[] serve = ["serve", "--urls", "http://127.0.0.1:0", "--today", $"{options.Today:yyyy-MM-dd}", "--admin-key", options.AdminKey!];
        var started = Process.Start(Verb(serve, options, version))!;
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Ready, StringComparison.Ordinal)) continue;
            // Nobody reads what it says from now on, and it must not wait for a reader.
            _ = started.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            _ = started.StandardError.BaseStream.CopyToAsync(Stream.Null);
            return new ServedProcess(started, new Uri(line[Ready.Length..].Split(' ')[0]));
        }

        throw new InvalidOperationException("aval serve ended: " + await started.StandardError.ReadToEndAsync());
    }

    /// <summary><c>aval verify</c> on the same store: its exit code and what it says.</summary>
    public static Task<(int Code, string Said)> VerifyAsync(ServerOptions options) => RunAsync(options, "verify");

    /// <summary>A verb of <c>aval</c> on a store: its exit code and what it says.</summary>
    public static async Task<(int Code, string Said)> RunAsync(ServerOptions options, params IEnumerable<string> arguments)
    {
        using var started = Process.Start(Verb(arguments, options))!;
        var said = await started.StandardOutput.ReadToEndAsync() + await started.StandardError.ReadToEndAsync();
        await started.WaitForExitAsync();
        return (started.ExitCode, said);
    }

    /// <summary>The same, begun and left to the caller, who may kill it.</summary>
    public static Process Begin(ServerOptions options, params IEnumerable<string> arguments) => Process.Start(Verb(arguments, options))!;

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGSTOP: it does nothing more, and its connections stay open.</summary>
    public void Freeze() => Signal("-STOP");

    /// <summary>SIGCONT: it goes on, and does not know that it was away.</summary>
    public void Thaw() => Signal("-CONT");

    void Signal(string name) => Assert.Equal(0, Repository.Run("kill", name, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)).Code);

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }

    static ProcessStartInfo Verb(IEnumerable<string> arguments, ServerOptions options, string? version = null) => new(
        "dotnet",
        [
            Path.Combine(version ?? AppContext.BaseDirectory, "Aval.Host.dll"), .. arguments, "--data", options.Data,
            .. options.Database is { } database ? ["--database", database] : (string[])[],
        ])
    {
        RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
    };
}
