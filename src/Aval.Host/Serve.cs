using System.CommandLine;
using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
        BatchBy.Validators.Add(result =>
        {
            if (result.GetValue(BatchBy) is not (Any or ByLane)) result.AddError("--batch-by must be any or lane");
            else if (result.GetValue(BatchBy) == ByLane && result.GetValue(StoreOptions.Database) is null) result.AddError("--batch-by lane is for a PostgreSQL (--database)");
        });
        var verb = new Command("serve", "Serves the API and the screens")
        {
            StoreOptions.Data, StoreOptions.Database, Urls, Today, AdminKey, SingleSignOn, CompanyCurrency, TimeZone, BatchBy,
        };
        verb.SetAction((given, _) => RunAsync(given));
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given)
    {
        var options = new ServerOptions(
            given.GetValue(StoreOptions.Data)!, given.GetValue(StoreOptions.Database), given.GetValue(Urls)!.Split(';', StringSplitOptions.RemoveEmptyEntries),
            given.GetValue(Today), given.GetValue(AdminKey), Currency.Of(given.GetValue(CompanyCurrency)!), given.GetValue(TimeZone)!)
        {
            SingleSignOn = given.GetValue(SingleSignOn), BatchByLane = given.GetValue(BatchBy) == ByLane,
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
            await Console.Error.WriteLineAsync("aval: " + e.Message);
            return 1;
        }

        ready(app);
        await app.WaitForShutdownAsync();
        return 0;
    }
}
