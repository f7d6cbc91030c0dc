using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aval.Import;
using Aval.Simulation;

namespace Aval.Host;

/// <summary><c>aval replay</c>: a history through the checks, day by day.</summary>
static class ReplayVerb
{
    static readonly Argument<string> Folder = new("DIR") { Description = "The folder with the history's files (docs/operating/import-and-replay.md)" };
    static readonly Option<string?> Policy = new("--policy") { Description = "A policy to replay under, as PUT /api/v1/policies/draft takes it", HelpName = "FILE" };
    static readonly Option<string?> Report = new("--report") { Description = "Writes the report to a file, too", HelpName = "FILE" };

    public static Command Verb()
    {
        var verb = new Command("replay", "Plays a history through the checks, in the order of its days") { Folder, Policy, StoreOptions.Data, StoreOptions.Database, Report };
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        try
        {
            await using var store = await OpenStore.OpenAsync(given.GetValue(StoreOptions.Data)!, given.GetValue(StoreOptions.Database));
            var policy = given.GetValue(Policy) is { } file ? await File.ReadAllBytesAsync(file, cancel) : null;
            var replayed = await LongWork.ShowAsync("Replaying", progress => Replay.RunAsync(store, given.GetValue(Folder)!, policy, new Days(progress), cancel));
            foreach (var refusal in replayed.Refusals) await Console.Error.WriteLineAsync(refusal.ToString());
            var text = replayed.Report.ToText();
            if (given.GetValue(Report) is { } path) await File.WriteAllTextAsync(path, text, cancel);
            Console.Write(text);
            Console.WriteLine(Timings(replayed));
            if (Directory.Exists(Path.Combine(given.GetValue(Folder)!, SimulationFolder.Bank)))
                Console.WriteLine("\nbank/ was not played: its files tell the receipts of receipts.csv as the bank does. Replay a copy of the folder without receipts.csv and\n"
                    + "allocations.csv, and take them with aval statements import instead.");
            return replayed.Refusals.Count == 0 ? 0 : 2;
        }
        catch (ReplayRefusedException e)
        {
            foreach (var refusal in e.Refusals) await Console.Error.WriteLineAsync(refusal.ToString());
            await Console.Error.WriteLineAsync("aval: " + e.Message);
            return 1;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or FilesStoppedException)
        {
            await Console.Error.WriteLineAsync("aval: " + e.Message);
            return 1;
        }
    }

    /// <summary>What differs from run to run and is no part of the report.</summary>
    static string Timings(Replayed replayed)
    {
        var commands = replayed.Applied + replayed.Repeated + replayed.Refusals.Count;
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / (1024 * 1024);
        return string.Create(CultureInfo.InvariantCulture, $"""

            Timings
              commands applied            {replayed.Applied,12:N0}
              done by an earlier run      {replayed.Repeated,12:N0} and {replayed.Skipped:N0} whole days
              seconds                     {replayed.Elapsed.TotalSeconds,12:N1}
              commands a second           {commands / Math.Max(0.001, replayed.Elapsed.TotalSeconds),12:N0}
              peak memory                 {peak,12:N0} MB
            """);
    }
}
