using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aval.Company;

/// <summary>Moves the business date at the company's midnight, where the clock is real; runs what is due, then, at the start and every minute; and once a day has the heads of all
/// chains taken.</summary>
/// <remarks>The minute's run finds what a node left undone that died: reactions that waited, days that it had not come to.
/// Of several nodes the leader does it; one that takes over begins with all of it, and finds done what the other did.</remarks>
public sealed class Midnight(
    Desk desk, Store store, Leader leader, DueRoots due, IEnumerable<IDayRound> rounds, ServerOptions options, ScheduledWork work, ILogger<Midnight> log) : BackgroundService
{
    static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    static readonly TimeSpan BetweenRuns = TimeSpan.FromMinutes(1);

    /// <summary>The date that it is for the company at this instant.</summary>
    public static DateOnly DateAt(DateTimeOffset instant, string timeZone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).DateTime);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        (DateOnly Date, DateTimeOffset At)? done = null;
        string? zone = null;
        var batches = new OldBatches(store, options.Clock);
        using var timer = new PeriodicTimer(Tick);
        do
        {
            if (!leader.Leads)
            {
                done = null;
                continue;
            }

            try
            {
                zone ??= (await desk.CompanyAsync(stoppingToken)).Get<CompanyFacts>().Main!.TimeZone;
                var now = options.Clock.GetUtcNow();
                var date = DateAt(now, zone);
                if (done is var (last, ran) && now - ran < BetweenRuns && (last == date || options.Today is not null)) continue;
                if (options.Today is null && !await MoveAsync(date, stoppingToken)) continue;
                await due.RunAsync((await desk.CompanyAsync(stoppingToken)).Through, stoppingToken);
                foreach (var round in rounds) await RunAsync(round, stoppingToken);
                await new Checkpoints(desk, store, work).TakeAsync((await desk.CompanyAsync(stoppingToken)).Through, stoppingToken);
                await batches.ForgetAsync(stoppingToken);
                done = (date, now);
            }
            catch (Exception e) when (Store.IsOfTheStore(e))
            {
                log.LogWarning(Store.Trace(e), "The date could not be moved; tried again in a second: {Reason}", e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>A round that fails keeps no other from its turn, nor the next minute's.</summary>
    async Task RunAsync(IDayRound round, CancellationToken cancel)
    {
        try
        {
            await round.RunAsync(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogError(Store.Trace(e), "{Round} could not be done; tried again in a minute: {Reason}", round.GetType().Name, e.Message);
        }
    }

    async Task<bool> MoveAsync(DateOnly date, CancellationToken cancel)
    {
        // A store that was ahead of the real date (a demonstration) waits there until the date has come.
        if ((await desk.CompanyAsync(cancel)).Through >= date) return true;
        var moved = await desk.SubmitAsync(new MoveClock(date), Actor.Rule("midnight"), cancel: cancel);
        if (moved.Problem is { } problem) log.LogWarning("The date could not be moved to {Date}: {Problem}", date, problem);
        return moved.Problem is null;
    }
}
