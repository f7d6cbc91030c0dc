using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.Extensions.Logging;

namespace Aval.Company;

/// <summary>At the start, every minute and when the date has moved by itself: runs what is due, then the day's rounds, and once a day has the heads of all chains taken.</summary>
/// <remarks>The minute's run finds what a node left undone that died: reactions that waited, days that it had not come to. A part that fails keeps no other from its turn, nor
/// the next minute's. Of several nodes the leader does it; one that takes over begins with all of it, and finds done what the other did.</remarks>
public sealed class NightWork(
    Desk desk, Store store, Leader leader, DueRoots due, IEnumerable<IDayRound> rounds, ServerOptions options, ScheduledWork work, ILogger<NightWork> log)
    : Recurring(TimeSpan.FromSeconds(1), log)
{
    static readonly TimeSpan BetweenRuns = TimeSpan.FromMinutes(1);

    readonly OldBatches batches = new(store, options.Clock);

    (DateOnly Date, DateTimeOffset At)? done;

    protected override string Purpose => "to do what the night has to do";

    protected override async Task TurnAsync(CancellationToken cancel)
    {
        if (!leader.Leads)
        {
            done = null;
            return;
        }

        var (now, date) = (options.Clock.GetUtcNow(), (await desk.CompanyAsync(cancel)).Through);
        // A clock may be set back.
        if (done is var (last, ran) && (now - ran).Duration() < BetweenRuns && IsOf(last, date)) return;
        if (await DoAsync(date, cancel)) done = (date, options.Clock.GetUtcNow());
    }

    /// <summary>False when it ended before all was done, for the date has moved, or another node leads.</summary>
    async Task<bool> DoAsync(DateOnly date, CancellationToken cancel)
    {
        async Task<bool> GoesOnAsync() => leader.Leads && IsOf(date, (await desk.CompanyAsync(cancel)).Through);
        IEnumerable<(string Purpose, Func<CancellationToken, Task> DoAsync)> parts =
        [
            ("to run what is due", token => due.RunAsync(date, token, GoesOnAsync)),
            .. rounds.Select(round => ($"the round {round.GetType().Name}", (Func<CancellationToken, Task>)round.RunAsync)),
            ("to take the day's checkpoint", token => new Checkpoints(desk, store, work).TakeAsync(date, token)),
            ("to forget old batches", batches.ForgetAsync),
        ];
        foreach (var part in parts)
        {
            await TriedAsync(part.Purpose, part.DoAsync, cancel);
            if (!await GoesOnAsync()) return false;
        }

        return true;
    }

    /// <summary>True where what was begun for a date is still what is to be done. Whoever moves the date by hand runs what is due then (<see cref="MoveClock"/>).</summary>
    bool IsOf(DateOnly begun, DateOnly today) => begun == today || options.Today is not null;
}
