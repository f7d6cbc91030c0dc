using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.TimeMachine.Rules;
using Microsoft.Extensions.Logging;

namespace Aval.TimeMachine;

/// <summary>What is tried, so that anybody can ask for the same again.</summary>
/// <param name="Draft">The entry of the company's journal that wrote the draft.</param>
public sealed record TrialAsked(long Draft, DateOnly From, DateOnly To, int PaidWithinDays);

/// <summary>A trial that runs beside the pages, or has run.</summary>
public sealed class TrialRun(TrialAsked asked, string by, DateTimeOffset since) : IProgress<TrialProgress>
{
    long read, of;

    public TrialAsked Asked { get; } = asked;
    public string By { get; } = by;
    public DateTimeOffset Since { get; } = since;

    /// <summary>Null while it runs, and where it broke off.</summary>
    public Trial? Result { get; private set; }

    /// <summary>It ended without a result: the log says why.</summary>
    public bool IsBroken { get; private set; }

    public bool IsRunning => Result is null && !IsBroken;

    public TrialProgress Progress => new(Interlocked.Read(ref read), Interlocked.Read(ref of));

    public void Report(TrialProgress value)
    {
        Interlocked.Exchange(ref of, value.OfEntries);
        // Roots are read side by side: what is told never falls.
        for (var known = Interlocked.Read(ref read); known < value.Entries; known = Interlocked.Read(ref read))
            if (Interlocked.CompareExchange(ref read, value.Entries, known) == known) return;
    }

    /// <summary>How far it is now: what a page has read of it changes no more while the page is made.</summary>
    internal TrialRun Seen() => new(Asked, By, Since) { read = Interlocked.Read(ref read), of = Interlocked.Read(ref of), Result = Result, IsBroken = IsBroken };

    internal void End(Trial? result) => (Result, IsBroken) = (result, result is null);
}

/// <summary>The trials that were begun on pages, the last ones kept with their results while the server runs. One that is gone is run again from what was asked.</summary>
public sealed class TrialRuns(OneAtATime gate, TimeProvider clock, ILogger<TrialRuns> log) : IAsyncDisposable
{
    const int Kept = 20;

    /// <summary>Orders that a list of a result has at most.</summary>
    public const int Listed = 10_000;

    readonly List<TrialRun> runs = [];
    readonly CancellationTokenSource ending = new();
    Task running = Task.CompletedTask;

    /// <summary>The last begun first, each as it is now.</summary>
    public IReadOnlyList<TrialRun> All
    {
        get
        {
            lock (runs) return [.. runs.AsEnumerable().Reverse().Select(run => run.Seen())];
        }
    }

    public TrialRun? Find(TrialAsked asked) => All.FirstOrDefault(run => run.Asked == asked);

    /// <summary>Begins to try a policy. Refuses: <c>busy</c> while another trial runs.</summary>
    public Problem? Begin(TrialAsked asked, Policy policy, Store store, string by)
    {
        if (!gate.TryEnter()) return SimulateDraft.AnotherRuns;
        var run = new TrialRun(asked, by, clock.GetUtcNow());
        lock (runs)
        {
            runs.RemoveAll(known => known.Asked == asked);
            runs.Add(run);
            if (runs.Count > Kept) runs.RemoveAt(0);
        }

        running = Task.Run(() => RunAsync(run, new TrialPlan(policy, asked.From, asked.To, asked.PaidWithinDays, Listed), store));
        return null;
    }

    async Task RunAsync(TrialRun run, TrialPlan plan, Store store)
    {
        try
        {
            run.End(await new Machine(store, plan).RunAsync(SimulateDraft.Workers, run, ending.Token));
        }
        catch (Exception e)
        {
            if (!ending.IsCancellationRequested) log.LogError(e, "A trial of the draft of entry {Draft} broke off", run.Asked.Draft);
            run.End(null);
        }
        finally
        {
            gate.Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
    }
}
