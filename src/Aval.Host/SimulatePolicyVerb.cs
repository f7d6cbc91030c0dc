using System.CommandLine;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Aval.Kernel.Storage;
using Aval.TimeMachine;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval simulate-policy</c>: a policy tried on the orders of the past; beside a server at work, too.</summary>
static class SimulatePolicyVerb
{
    static readonly Option<FileInfo?> Policy = new("--policy") { Description = "The policy to try, as PUT /api/v1/policies/draft takes it", HelpName = "FILE" };
    static readonly Option<bool> Draft = new("--draft") { Description = "Tries what is being drafted in the store" };
    static readonly Option<DateOnly?> From = new("--from") { Description = "The first business date", Required = true, CustomParser = StoreOptions.Date, HelpName = "YYYY-MM-DD" };
    static readonly Option<DateOnly?> To = new("--to") { Description = "The last one", Required = true, CustomParser = StoreOptions.Date, HelpName = "YYYY-MM-DD" };
    static readonly Option<int> PaidWithin = new("--paid-within")
    {
        Description = "Days after the due date within which a payment is in time", CustomParser = StoreOptions.Whole, DefaultValueFactory = _ => 10, HelpName = "DAYS",
    };
    static readonly Option<int> List = new("--list")
    {
        Description = "How many changed orders to list", CustomParser = StoreOptions.Whole, DefaultValueFactory = _ => 20, HelpName = "N",
    };

    public static Command Verb()
    {
        var verb = new Command("simulate-policy", "Tries a policy on the orders of the past, on the facts as they were then; changes nothing")
        {
            Policy, Draft, From, To, PaidWithin, List, StoreOptions.Data, StoreOptions.Database,
        };
        verb.Validators.Add(result =>
        {
            if ((result.GetValue(Policy) is null) != result.GetValue(Draft)) result.AddError("Say --policy FILE or --draft");
            if (result.GetValue(To) < result.GetValue(From)) result.AddError("--to must not be before --from");
            if (result.GetValue(PaidWithin) is < 0 or > 365) result.AddError("--paid-within must be from 0 to 365");
            if (result.GetValue(List) is < 0 or > 1_000_000) result.AddError("--list must be from 0 to 1000000");
        });
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        await using var store = StoreOptions.Of(given);
        try
        {
            await store.AttachAsync(cancel);
            var json = given.GetValue(Policy) is { } file ? await File.ReadAllBytesAsync(file.FullName, cancel) : null;
            var policy = await PolicyToTry.FindAsync(store, json, cancel);
            if (policy.Problem is { } problem)
            {
                await Console.Error.WriteLineAsync("aval: " + problem.Detail);
                return 1;
            }

            var plan = new TrialPlan(policy.Value!, given.GetValue(From)!.Value, given.GetValue(To)!.Value, given.GetValue(PaidWithin), given.GetValue(List));
            var watch = Stopwatch.StartNew();
            var trial = await LongWork.ShowAsync("Trying", progress => new Machine(store, plan).RunAsync(Environment.ProcessorCount, new Entries(progress), cancel));
            Console.Write(TrialText.Of(trial, plan));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"\n{trial.Checks:N0} checks in {watch.Elapsed.TotalSeconds:F1} s, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / (1024 * 1024):N0} MB"));
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync("aval: " + e.Message);
            return 1;
        }
        catch (DbException e)
        {
            throw new StoreRefusedException("The store cannot be read: " + e.Message);
        }
    }

    sealed class Entries(IProgress<Step> steps) : IProgress<TrialProgress>
    {
        public void Report(TrialProgress value) => steps.Report(new Step(value.Entries, value.OfEntries, "the past"));
    }
}
