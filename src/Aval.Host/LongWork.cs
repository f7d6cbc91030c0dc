using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Aval.Host;

/// <summary>How far long work has come: how much is done of all, and where it is.</summary>
readonly record struct Step(long Done, long All, string Where);

/// <summary>Shows how far long work has come: a bar with rate and time left on a terminal, a line now and then elsewhere; always beside the output, on standard error.</summary>
static class LongWork
{
    static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <param name="units">What is counted.</param>
    public static Task<T> ShowAsync<T>(string what, Func<IProgress<Step>, Task<T>> work, string units = "rows")
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Profile.Capabilities.Interactive && !Console.IsErrorRedirected ? BarAsync(console, what, units, work) : work(new Lines(what, units));
    }

    static Task<T> BarAsync<T>(IAnsiConsole console, string what, string units, Func<IProgress<Step>, Task<T>> work) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(context => work(new Bar(context.AddTask(Markup.Escape(what)), what, units)));

    static string Rate(long done, string units, TimeSpan elapsed) =>
        (done / Math.Max(0.001, elapsed.TotalSeconds)).ToString("N0", CultureInfo.InvariantCulture) + $" {units} a second";

    sealed class Bar(ProgressTask task, string what, string units) : IProgress<Step>
    {
        readonly Stopwatch watch = Stopwatch.StartNew();

        public void Report(Step value)
        {
            task.MaxValue = Math.Max(1, value.All);
            task.Value = value.Done;
            task.Description = Markup.Escape($"{what} {value.Where}, {Rate(value.Done, units, watch.Elapsed)}");
        }
    }

    sealed class Lines(string what, string units) : IProgress<Step>
    {
        readonly Stopwatch watch = Stopwatch.StartNew();
        TimeSpan said;

        public void Report(Step value)
        {
            if (watch.Elapsed - said < BetweenLines) return;
            said = watch.Elapsed;
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{what} {value.Where}: {value.Done:N0} of {value.All:N0} {units}, {Rate(value.Done, units, watch.Elapsed)}"));
        }
    }
}
