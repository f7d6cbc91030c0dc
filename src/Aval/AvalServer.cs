using System.Data.Common;
using Aval.Access;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Policies;
using Aval.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Aval;

/// <summary>The server: a store, the Desk, and the faces of all capabilities on Kestrel.</summary>
public static class AvalServer
{
    /// <summary>Opens the store, starts it where it is new, and maps every address. The server then only needs to be run.</summary>
    /// <exception cref="StoreRefusedException">The store cannot be opened, for a reason that the one who starts it can mend.</exception>
    public static async Task<WebApplication> BuildAsync(ServerOptions options, IReadOnlyList<ICapability>? capabilities = null)
    {
        var composition = new Composition(capabilities ?? Capabilities.All);
        var store = await OpenAsync(composition, options.Data, options.Database, options.BatchByLane, options.Patience);
        var app = Configure(composition, store, options);
        try
        {
            // Made in this order, so that they end in the other: the Desk finishes what it has acknowledged while the store is still there.
            app.Services.GetRequiredService<Gauges>();
            app.Services.GetService<TelemetryExport>();
            app.Services.GetRequiredService<Store>();
            var desk = app.Services.GetRequiredService<Desk>();
            await StartAsync(desk, app.Services, options);
            Map(app, composition, desk, store);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>What ended the server, where nobody told it to end; null otherwise, and as long as it runs.</summary>
    public static Exception? FailureOf(WebApplication app) =>
        app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Select(service => service.ExecuteTask?.Exception?.InnerException)
            .FirstOrDefault(failure => failure is not null);

    /// <summary>The embedded store in a folder or, where a connection string is given, a PostgreSQL database, brought to this version's schema.</summary>
    /// <param name="patience">For how long a statement that a caller waits for may tell nothing; null where nobody calls.</param>
    /// <exception cref="StoreRefusedException">It cannot be opened, for a reason that the one who starts it can mend.</exception>
    internal static async Task<Store> OpenAsync(Composition composition, string data, string? database, bool byLane = false, TimeSpan? patience = null)
    {
        Store? store = null;
        try
        {
            store = database is not null ? new PostgresStore(composition, database, byLane, patience) : new SqliteStore(composition, data);
            await store.MigrateAsync(CancellationToken.None);
            return store;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or ArgumentException or TimeoutException)
        {
            if (store is not null) await store.DisposeAsync();
            throw new StoreRefusedException($"The {(database is null ? $"store in {data}" : "database")} cannot be opened: {e.Message}");
        }
    }

    static WebApplication Configure(Composition composition, Store store, ServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Aval" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls([.. options.Urls]).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyShape.MostOfAll;
        });
        // The host's own errors are those of a start or service that failed: told once, by whoever starts it, or as critical.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.SetMinimumLevel(options.LogLevel);
        switch (options.Log)
        {
            case LogForm.Plain:
                builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss'Z' "));
                break;
            case LogForm.Json:
                builder.Logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
                break;
        }

        if (TelemetryExport.IsAsked(options.Otlp))
        {
            TelemetryExport.Log(builder.Logging, options.Otlp);
            builder.Services.AddSingleton(_ => new TelemetryExport(options.Otlp));
        }

        // A form without its token and keys that are not sealed once more are told where they matter: to the sender, and in SessionKeys.cs.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(options).AddSingleton(options.Clock).AddSingleton(composition);
        builder.Services.AddSingleton(_ => store);
        var settings = new DeskSettings(MostFactsBytes: options.FactsBytes) { Patience = options.Patience };
        builder.Services.AddSingleton(provider => new Desk(store, options.Clock, provider.GetRequiredService<ILogger<Desk>>(), settings));
        // Before what asks it whether to do its work, so that it ends after them.
        builder.Services.AddSingleton(provider => new Leader(store, provider.GetRequiredService<ILogger<Leader>>()));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Leader>());
        builder.Services.AddSingleton(_ => new RateLimits(options.RateLimit)).AddSingleton<Gauges>().AddSingleton<ScheduledWork>().AddHostedService<Drain>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout += options.Drain);
        builder.Services.AddScreens();
        foreach (var capability in composition.Capabilities) capability.AddServices(builder.Services);
        return builder.Build();
    }

    static async Task StartAsync(Desk desk, IServiceProvider services, ServerOptions options)
    {
        var today = options.Today ?? Midnight.DateAt(options.Clock.GetUtcNow(), options.TimeZone);
        await SubmitAsync(desk, new StartStore(today, options.Currency, options.TimeZone));
        await SubmitAsync(desk, new AdoptStandard());
        var company = await desk.CompanyAsync(CancellationToken.None);
        if (options.Today > company.Through)
        {
            await SubmitAsync(desk, new MoveClock(today));
            company = await desk.CompanyAsync(CancellationToken.None);
        }

        services.GetRequiredService<Keyring>().Show(company);
        // Read now, so that what cannot be read is told to whoever starts it.
        services.GetRequiredService<SingleSignOn>();
        if (options.Demo) await DemoPeople.SettleAsync(desk, services.GetRequiredService<Passwords>());
    }

    static async Task SubmitAsync(Desk desk, Command command)
    {
        var answer = await desk.SubmitAsync(command, Actor.Rule("start"));
        if (answer.Problem is { } problem) throw new StoreRefusedException($"The store cannot be started: {problem.Detail}");
    }

    static void Map(WebApplication app, Composition composition, Desk desk, Store store)
    {
        var api = Api.Of(composition);
        var log = app.Services.GetRequiredService<ILogger<Api>>();
        app.Use(next => context => Strangers.AnswerAsync(context, next, log));
        app.UseScreens();
        app.UseRouting();
        app.Use(next => context => Tracing.TraceAsync(context, next));
        app.Use(next => context => AccessWatch.WatchAsync(context, next, log));
        var leader = app.Services.GetRequiredService<Leader>();
        var work = app.Services.GetRequiredService<ScheduledWork>();
        app.Services.GetRequiredService<Gauges>().Watch(desk, leader, work);
        app.MapHealth(desk, store, leader, work, app.Lifetime);
        api.MapTo(app, new ApiHost(desk, store, app.Services.GetRequiredService<IKeys>(), app.Services, log, app.Services.GetRequiredService<RateLimits>()));
        app.MapDocuments(api, composition);
        app.MapScreens();
        foreach (var capability in composition.Capabilities) capability.MapPages(app);
    }
}
