using System.CommandLine;
using System.Globalization;
using Aval.Simulation;

namespace Aval.Host;

/// <summary><c>aval simulate</c>: invents a company and writes its history.</summary>
static class SimulateVerb
{
    static readonly Option<int> Customers = Bounded("--customers", "How many customers", 300, 10_000_000);
    static readonly Option<int> Months = Bounded("--months", "How many months of history", 18, 120);
    static readonly Option<ulong> Seed = new("--seed") { Description = "Another number, another company", DefaultValueFactory = _ => 1, HelpName = "S" };
    static readonly Option<string> Out = new("--out") { Description = "The folder to write to", Required = true, HelpName = "DIR" };
    static readonly Option<DateOnly?> End = new("--end") { Description = "The last day; today by default", CustomParser = StoreOptions.Date, HelpName = "YYYY-MM-DD" };

    public static Command Verb()
    {
        var verb = new Command("simulate", "Invents a company and writes its history, for replay") { Customers, Months, Seed, Out, End };
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var end = given.GetValue(End) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date);
        var plan = new SimulationPlan(given.GetValue(Customers), given.GetValue(Months), given.GetValue(Seed), end);
        try
        {
            var totals = await LongWork.ShowAsync("Inventing", progress => Task.Run(() => SimulationFolder.Write(plan, given.GetValue(Out)!, new Customer(progress)), cancel));
            foreach (var (file, rows) in totals.RowsByFile) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file,-20}{rows,14:N0} rows"));
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
        var option = new Option<int>(name) { Description = $"{description}, up to {most}", DefaultValueFactory = _ => usual, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 1 || result.GetValue(option) > most) result.AddError($"{name} must be from 1 to {most}");
        });
        return option;
    }

    sealed class Customer(IProgress<Step> steps) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => steps.Report(new Step(value.CustomersWritten, value.Customers, "customers"));
    }
}
