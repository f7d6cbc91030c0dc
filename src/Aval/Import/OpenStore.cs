using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies;
using Microsoft.Extensions.Logging;

namespace Aval.Import;

/// <summary>A store with its Desk, opened for files and not for serving.</summary>
public sealed class OpenStore : IAsyncDisposable
{
    OpenStore(Store store, Desk desk, ILoggerFactory loggers, TimeProvider clock)
    {
        (Store, Desk, Clock) = (store, desk, clock);
        this.loggers = loggers;
        Due = new DueRoots(desk, store, clock, new ScheduledWork(clock, loggers.CreateLogger<ScheduledWork>()), loggers.CreateLogger<DueRoots>());
    }

    readonly ILoggerFactory loggers;

    /// <summary>The way in for files in masses, beside the Desk.</summary>
    public Task<BulkDesk> OpenBulkAsync(CancellationToken cancel) => BulkDesk.OpenAsync(Store, Clock, loggers.CreateLogger<BulkDesk>(), cancel);

    public Store Store { get; }
    public Desk Desk { get; }
    public DueRoots Due { get; }
    public TimeProvider Clock { get; }

    /// <summary>Opens the embedded store in a folder, or a PostgreSQL database; each is created when it is missing.</summary>
    /// <exception cref="StoreRefusedException">It cannot be opened, for a reason that the one who starts it can mend.</exception>
    public static async Task<OpenStore> OpenAsync(string data, string? database, TimeProvider? clock = null, ILoggerFactory? loggers = null)
    {
        var store = await AvalServer.OpenAsync(new Composition(Capabilities.All), data, database);
        loggers ??= LoggerFactory.Create(log => log.SetMinimumLevel(LogLevel.Error).AddSimpleConsole(console => console.SingleLine = true));
        // What follows from a command is done with it: at which moment it is done must not depend on the load, or two replays would differ.
        var settings = new DeskSettings(MostReactions: int.MaxValue) { Patience = Timeout.InfiniteTimeSpan };
        return new OpenStore(store, new Desk(store, clock ?? TimeProvider.System, loggers.CreateLogger<Desk>(), settings), loggers, clock ?? TimeProvider.System);
    }

    /// <summary>The company and its business date, which is made on a new store.</summary>
    public async Task<Facts> StartAsync(DateOnly today, Currency currency, CancellationToken cancel)
    {
        var company = await Desk.CompanyAsync(cancel);
        if (company.Get<CompanyFacts>().Main is not null) return company;
        foreach (var command in new Command[] { new StartStore(today, currency, "UTC"), new AdoptStandard() })
        {
            var answer = await Desk.SubmitAsync(command, Actor.Rule("start"), cancel: cancel);
            if (answer.Problem is { } problem) throw new StoreRefusedException($"The store cannot be started: {problem.Detail}");
        }
        return await Desk.CompanyAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await Store.DisposeAsync();
        loggers.Dispose();
    }
}
