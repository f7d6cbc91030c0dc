using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aval.Access;
using Aval.Import;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Simulation;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval demo</c>: an invented company whose history ends today, played through the checks and served.</summary>
static class Demo
{
    static readonly Option<int> Customers = new("--customers")
    {
        Description = "How many customers to invent", CustomParser = StoreOptions.Whole, DefaultValueFactory = _ => 300, HelpName = "N",
    };
    static readonly Option<int> Months = new("--months")
    {
        Description = "How many months of history", CustomParser = StoreOptions.Whole, DefaultValueFactory = _ => 18, HelpName = "N",
    };
    static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Another seed invents another company", CustomParser = StoreOptions.Seed, DefaultValueFactory = _ => 1, HelpName = "N",
    };
    static readonly Option<int> Port = new("--port")
    {
        Description = "Where to listen on this machine", CustomParser = StoreOptions.Whole, DefaultValueFactory = _ => 8080, HelpName = "PORT",
    };
    static readonly Option<string> Data = new("--data") { Description = "The folder of the store", DefaultValueFactory = _ => "./aval-data/demo", HelpName = "DIR" };
    static readonly Option<bool> Fresh = new("--fresh") { Description = "Makes it anew, whatever was done in it" };
    static readonly Option<DateOnly?> Today = new("--today")
    {
        Description = "The day on which the history ends, and the business date; by default today", CustomParser = StoreOptions.Date, HelpName = "YYYY-MM-DD",
    };

    public static Command Verb()
    {
        Customers.Validators.Add(result => Within(result, Customers, 1, 1_000_000));
        Months.Validators.Add(result => Within(result, Months, 1, 120));
        Port.Validators.Add(result => Within(result, Port, 0, 65_535));
        var verb = new Command("demo", "Serves an invented company to try Aval on") { Customers, Months, Seed, Port, Data, Fresh, Today };
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var today = given.GetValue(Today);
        var plan = new SimulationPlan(
            given.GetValue(Customers), given.GetValue(Months), given.GetValue(Seed), today ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        var data = given.GetValue(Data)!;
        if (given.GetValue(Fresh) || !new DemoFolder(data).IsOf(Of(plan))) await MakeAsync(plan, data, cancel);
        var options = new ServerOptions(data, null, [$"http://127.0.0.1:{given.GetValue(Port)}"], today, null, Currency.EUR) { Demo = true };
        return await Serve.UntilToldAsync(options, app =>
        {
            Console.WriteLine($"Open {string.Join(' ', app.Urls)} and choose whom to be: {string.Join(", ", DemoPeople.All.Select(person => person.Name))}.");
            Console.WriteLine($"Or sign in by name; everybody's password is: {DemoPeople.Password}");
            Console.WriteLine("Ctrl+C ends it; what was done stays until tomorrow, or until --fresh.");
        });
    }

    /// <summary>Invents the history, plays it into a new store, and marks what it was made of.</summary>
    static async Task MakeAsync(SimulationPlan plan, string data, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        Console.WriteLine($"Inventing {plan.Customers} customers and {plan.Months} months, and playing them through the checks; that takes a minute or so, once a day …");
        var folder = new DemoFolder(data);
        folder.Clear();
        folder.Begin(Of(plan));
        var history = Directory.CreateTempSubdirectory("aval-demo-");
        try
        {
            SimulationFolder.Write(plan, history.FullName, cancel: cancel);
            var clock = new PastClock();
            await using var store = await OpenStore.OpenAsync(data, null, clock);
            var past = new LivedPast(plan, store.Desk, store.Store, clock);
            var companion = new Companion(clock.Morning, past.EveningAsync);
            var replayed = await LongWork.ShowAsync("Playing", progress =>
                Replay.RunAsync(store, history.FullName, null, new Days(progress), cancel, companion), "documents");
            await SellAsync(store, plan.Customers, cancel);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Played {replayed.Applied:N0} documents through the checks in {watch.Elapsed.TotalSeconds:F1} s."));
        }
        finally
        {
            history.Delete(recursive: true);
        }

        folder.Finish(Of(plan));
    }

    /// <summary>Every third customer is sold to by the one who sells: what they see is part of a company, as it would be.</summary>
    static async Task SellAsync(OpenStore store, int most, CancellationToken cancel)
    {
        var seller = DemoPeople.All.First(person => person.Role == Roles.Sales).Name;
        var (found, _) = await CustomerSearch.FindAsync(store.Store, null, 0, most, cancel);
        foreach (var number in found.Index().Where(customer => customer.Index % 3 == 0).Select(customer => customer.Item.Number))
            await store.Desk.SubmitAsync(new PutCustomer(number, new CustomerBody(SalesOwner: seller)), Actor.Rule("start"), cancel: cancel);
    }

    static string Of(SimulationPlan plan) =>
        string.Create(CultureInfo.InvariantCulture, $"{plan.Customers} customers, {plan.Months} months to {plan.EndDate:yyyy-MM-dd}, seed {plan.Seed}, version {Version}");

    static string Version { get; } = typeof(AvalServer).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    static void Within(System.CommandLine.Parsing.OptionResult result, Option<int> option, int least, int most)
    {
        if (result.GetValue(option) is var value && (value < least || value > most)) result.AddError($"{option.Name} must be from {least} to {most}");
    }
}
