using System.CommandLine;
using System.CommandLine.Parsing;
using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval serve</c>: API and screens on one store, until it is told to end.</summary>
static class Serve
{
    static readonly Option<string> Urls = new("--urls")
    {
        Description = "Where to listen; several are separated by semicolons", DefaultValueFactory = _ => "http://127.0.0.1:8080", HelpName = "URL",
    };
    static readonly Option<DateOnly?> Today = new("--today")
    {
        Description = "The business date, which then moves only by POST /api/v1/clock", CustomParser = StoreOptions.Date, HelpName = "YYYY-MM-DD",
    };
    static readonly Option<string?> AdminKey = new("--admin-key")
    {
        Description = "A key with all rights (or AVAL_ADMIN_KEY)", DefaultValueFactory = _ => StoreOptions.FromEnvironment("AVAL_ADMIN_KEY"), HelpName = "KEY",
    };
    static readonly Option<string?> SingleSignOn = new("--single-sign-on")
    {
        Description = "A file that says which identity provider's tokens are taken (or AVAL_SINGLE_SIGN_ON)",
        DefaultValueFactory = _ => StoreOptions.FromEnvironment("AVAL_SINGLE_SIGN_ON"), HelpName = "FILE",
    };
    static readonly Option<string> CompanyCurrency = new("--currency")
    {
        Description = "The company's currency, for a new store", DefaultValueFactory = _ => "EUR", HelpName = "CODE",
    };
    static readonly Option<string> TimeZone = new("--time-zone")
    {
        Description = "The company's time zone, for a new store", DefaultValueFactory = _ => "UTC", HelpName = "NAME",
    };

    static readonly Option<string> BatchBy = new("--batch-by")
    {
        Description = "What a batch of the Desk holds: any (commands of any customers) or lane, for a database that is distributed by lane",
        DefaultValueFactory = _ => Any, HelpName = "any|lane",
    };

    const string Any = "any";
    const string ByLane = "lane";
    static readonly Option<LogForm> Log = new("--log")
    {
        Description = "How the log is written on standard error: plain or json",
        CustomParser = StoreOptions.Word<LogForm>, DefaultValueFactory = _ => LogForm.Plain, HelpName = "FORM",
    };
    static readonly Option<LogLevel> Level = new("--log-level")
    {
        Description = "What the log tells at least: debug, information, warning, error", CustomParser = StoreOptions.Word<LogLevel>,
        DefaultValueFactory = _ => LogLevel.Warning, HelpName = "LEVEL",
    };
    static readonly Option<string?> Otlp = new("--otlp")
    {
        Description = "Where metrics, traces and the log are sent by OTLP over HTTP; without it where OTEL_EXPORTER_OTLP_ENDPOINT says, or nowhere", HelpName = "URL",
    };
    static readonly Option<int?> RateLimit = new("--rate-limit")
    {
        Description = "Requests a second that each caller of the API may send to this node", CustomParser = StoreOptions.WholeOrNone, HelpName = "N",
    };
    static readonly Option<int> FactsMemory = new("--facts-memory")
    {
        Description = "Megabytes of memory for what is known of payers; beyond it those go that nobody has asked for lately, and are loaded again when somebody does",
        CustomParser = StoreOptions.Whole, DefaultValueFactory = _ => 1024, HelpName = "MB",
    };
    static readonly Option<int> Drain = new("--drain")
    {
        Description = "Seconds for which it serves on after it was told to end, while /health/ready says so",
        CustomParser = StoreOptions.Whole, DefaultValueFactory = _ => 0, HelpName = "SECONDS",
    };

    static readonly Option<RetentionRule[]> Keeps = new("--keep")
    {
        Description = "Erases by itself what has been over for so many months: documents=60, users=24, customers=120, accessLog=24; may be said several times",
        CustomParser = Rules, DefaultValueFactory = _ => [], Arity = ArgumentArity.ZeroOrMore, HelpName = "KIND=MONTHS",
    };

    /// <summary>Longer than any balancer needs to notice.</summary>
    const int MostDrain = 300;

    const int MostFactsMemory = 1_000_000;

    /// <summary>Shorter ones can be guessed, and this one has all rights: it is served all the same, with a warning.</summary>
    const int SafeLength = 16;

    public static Command Verb()
    {
        AdminKey.Validators.Add(result =>
        {
            if (result.GetValue(AdminKey) is { } key && string.IsNullOrWhiteSpace(key)) result.AddError("--admin-key (or AVAL_ADMIN_KEY) must not be empty");
        });
        CompanyCurrency.Validators.Add(result =>
        {
            if (!Currency.TryOf(result.GetValue(CompanyCurrency), out _)) result.AddError("--currency must be an ISO 4217 code in capitals");
        });
        TimeZone.Validators.Add(result =>
        {
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(result.GetValue(TimeZone)!, out _))
                result.AddError("--time-zone must be a name as Europe/Paris");
        });
        Otlp.Validators.Add(result =>
        {
            if (result.GetValue(Otlp) is { } to && !(Uri.TryCreate(to, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
                result.AddError("--otlp must be an address as http://collector:4318");
        });
        RateLimit.Validators.Add(result =>
        {
            if (result.GetValue(RateLimit) is < 1 or > ApiKeyBody.MostRequests) result.AddError($"--rate-limit must be from 1 to {ApiKeyBody.MostRequests}");
        });
        FactsMemory.Validators.Add(result =>
        {
            if (result.GetValue(FactsMemory) is < 16 or > MostFactsMemory) result.AddError($"--facts-memory must be from 16 to {MostFactsMemory}");
        });
        Drain.Validators.Add(result =>
        {
            if (result.GetValue(Drain) is < 0 or > MostDrain) result.AddError($"--drain must be from 0 to {MostDrain}");
        });
        BatchBy.Validators.Add(result =>
        {
            if (result.GetValue(BatchBy) is not (Any or ByLane)) result.AddError("--batch-by must be any or lane");
            else if (result.GetValue(BatchBy) == ByLane && result.GetValue(StoreOptions.Database) is null) result.AddError("--batch-by lane is for a PostgreSQL (--database)");
        });
        var verb = new Command("serve", "Serves the API and the screens")
        {
            StoreOptions.Data, StoreOptions.Database, Urls, Today, AdminKey, SingleSignOn, CompanyCurrency, TimeZone, BatchBy, RateLimit, FactsMemory, Drain, Keeps,
            Log, Level, Otlp,
        };
        verb.SetAction((given, _) => RunAsync(given));
        return verb;
    }

    static RetentionRule[] Rules(ArgumentResult said)
    {
        var rules = new List<RetentionRule>();
        foreach (var token in said.Tokens)
            if (token.Value.Split('=') is [var kind, var number] && Words.TryParse<Kept>(kind, out var what) && int.TryParse(number, out var months)
                && months <= RetentionRule.MostMonths && months >= RetentionRule.FewestMonths(what))
                rules.Add(new RetentionRule(what, months));
            else
                said.AddError(
                    $"--keep must be as documents=60: one of {string.Join(", ", Words.All<Kept>())}"
                    + $", and {RetentionRule.FewestMonths(Kept.Documents)} to {RetentionRule.MostMonths} months, "
                    + $"of {Words.Of(Kept.AccessLog)} {RetentionRule.FewestMonths(Kept.AccessLog)} at least");
        return [.. rules];
    }

    static async Task<int> RunAsync(ParseResult given)
    {
        var options = new ServerOptions(
            given.GetValue(StoreOptions.Data)!, given.GetValue(StoreOptions.Database), given.GetValue(Urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries),
            given.GetValue(Today), given.GetValue(AdminKey), Currency.Of(given.GetValue(CompanyCurrency)!), given.GetValue(TimeZone)!)
        {
            SingleSignOn = given.GetValue(SingleSignOn), BatchByLane = given.GetValue(BatchBy) == ByLane, RateLimit = given.GetValue(RateLimit),
            FactsBytes = (long)given.GetValue(FactsMemory) << 20,
            Drain = TimeSpan.FromSeconds(given.GetValue(Drain)), Log = given.GetValue(Log), LogLevel = given.GetValue(Level),
            Otlp = given.GetValue(Otlp) is { } to ? new Uri(to) : null, Keeps = given.GetValue(Keeps)!,
        };
        if (options.AdminKey is { Length: < SafeLength })
            await Console.Error.WriteLineAsync($"The admin key has all rights and fewer than {SafeLength} characters: take a longer one before others reach this server.");
        return await UntilToldAsync(options, app =>
        {
            Console.WriteLine($"Aval is ready: {string.Join(' ', app.Urls)}");
            if (app.Services.GetRequiredService<Keyring>().MakeBootstrapKey() is { } key)
                Console.WriteLine($"The store has no keys yet. Until Aval ends, this one has all rights; make others with it:\n  {key}");
        });
    }

    /// <summary>Serves until the process is told to end.</summary>
    /// <param name="ready">What is said once it answers.</param>
    internal static async Task<int> UntilToldAsync(ServerOptions options, Action<WebApplication> ready)
    {
        await using var app = await AvalServer.BuildAsync(options);
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException)
        {
            // An address that is taken or is none, a certificate that is missing.
            await app.StopAsync();
            return await FailedAsync(e);
        }

        ready(app);
        return await EndedAsync(app);
    }

    /// <summary>The process's exit code, once the server has ended: 1 where it did so by a failure of its own, so that what watches over the process starts it again.</summary>
    internal static async Task<int> EndedAsync(WebApplication app)
    {
        await app.WaitForShutdownAsync();
        return AvalServer.FailureOf(app) is { } failure ? await FailedAsync(failure) : 0;
    }

    static async Task<int> FailedAsync(Exception e)
    {
        await Console.Error.WriteLineAsync("aval: " + e.Message);
        return 1;
    }
}
