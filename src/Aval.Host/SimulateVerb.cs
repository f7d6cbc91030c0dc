using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aval.Simulation;

namespace Aval.Host;

/// <summary><c>aval simulate</c>: invents a company and writes its history.</summary>
static class SimulateVerb
{
    static readonly Option<int> Customers = Bounded("--customers", "How many customers", 300, 10_000_000);
    static readonly Option<int> Months = Bounded("--months", "How many months of history", 18, 120);
    static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Another number, another company", CustomParser = StoreOptions.Seed, DefaultValueFactory = _ => 1, HelpName = "S",
    };
    static readonly Option<string> Out = new("--out") { Description = "The folder to write to", Required = true, HelpName = "DIR" };
    static readonly Option<int> Pace = Bounded("--pace", "How many times as often as usual customers order", 1, 20);
    static readonly Option<bool> Opening = new("--opening") { Description = "Only what is open on the last day, as a company brings it that begins with Aval" };
    static readonly Option<int?> Largest = new("--largest")
    {
        Description = "With --opening: how many open invoices the first large account has", CustomParser = StoreOptions.WholeOrNone, HelpName = "N",
    };
    static readonly Option<DateOnly?> End = new("--end") { Description = "The last day; today by default", CustomParser = StoreOptions.Date, HelpName = "YYYY-MM-DD" };

    public static Command Verb()
    {
        var verb = new Command("simulate", "Invents a company and writes its history, for replay") { Customers, Months, Seed, Out, End, Pace, Opening, Largest };
        Largest.Validators.Add(result =>
        {
            if (result.GetValue(Largest) is < 0 or > 100_000) result.AddError("--largest must be from 0 to 100000");
            else if (!result.GetValue(Opening)) result.AddError("--largest needs --opening");
        });
        End.Validators.Add(result =>
        {
            if (result.GetValue(End) is { Year: < 1950 }) result.AddError("--end must be 1950-01-01 or later");
        });
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var end = given.GetValue(End) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date);
        var plan = new SimulationPlan(
            given.GetValue(Customers), given.GetValue(Months), given.GetValue(Seed), end, given.GetValue(Pace),
            given.GetValue(Opening) ? new Opening(given.GetValue(Largest) ?? 0) : null);
        try
        {
            var watch = Stopwatch.StartNew();
            var totals = await LongWork.ShowAsync(
                "Inventing", progress => Task.Run(() => SimulationFolder.Write(plan, given.GetValue(Out)!, new Customer(progress), cancel), cancel), "customers");
            foreach (var (file, rows) in totals.RowsByFile) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file,-20}{rows,14:N0} rows"));
            if (totals.BankFiles > 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"bank/*.sta",-20}{totals.BankPayments,14:N0} payments in {totals.BankFiles:N0} files"));
            var peak = Process.GetCurrentProcess().PeakWorkingSet64 / (1024 * 1024);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.Customers / watch.Elapsed.TotalSeconds:N0} customers a second, {watch.Elapsed.TotalSeconds:N1} s; peak memory {peak:N0} MB"));
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync("aval: " + e.Message);
            return 1;
        }
    }

    static Option<int> Bounded(string name, string description, int usual, int most)
    {
        var option = new Option<int>(name) { Description = $"{description}, up to {most}", CustomParser = StoreOptions.Whole, DefaultValueFactory = _ => usual, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 1 || result.GetValue(option) > most) result.AddError($"{name} must be from 1 to {most}");
        });
        return option;
    }

    sealed class Customer(IProgress<Step> steps) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => steps.Report(new Step(value.CustomersWritten, value.Customers, "a company"));
    }
}
