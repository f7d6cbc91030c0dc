using System.Collections.Concurrent;
using Aval.Import;
using Aval.Simulation;

namespace Aval.Browser;

/// <summary>Stores of invented companies, each played once; who wants a company of their own gets a copy.</summary>
static class Template
{
    static readonly ConcurrentDictionary<SimulationPlan, Lazy<Task<string>>> Made = new();

    /// <summary>Fills an empty folder with the company's store.</summary>
    public static async Task CopyAsync(SimulationPlan plan, string to)
    {
        var from = await Made.GetOrAdd(plan, wanted => new Lazy<Task<string>>(() => PlayAsync(wanted))).Value;
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    static async Task<string> PlayAsync(SimulationPlan plan)
    {
        var folder = Directory.CreateTempSubdirectory("aval-browser-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var history = Directory.CreateTempSubdirectory("aval-history-");
        SimulationFolder.Write(plan, history.FullName);
        var clock = new PastClock();
        await using (var store = await OpenStore.OpenAsync(folder, null, clock))
        {
            var past = new LivedPast(plan, store.Desk, store.Store, clock);
            await Replay.RunAsync(store, history.FullName, null, null, CancellationToken.None, new Companion(clock.Morning, past.EveningAsync));
        }

        history.Delete(recursive: true);
        return folder;
    }
}
