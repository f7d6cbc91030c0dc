using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval verify</c>: proves every chain of the journal, and that the tables are its fold; beside a server at work, too.</summary>
static class Verify
{
    static readonly Option<bool> Chains = new("--chains")
    {
        Description = "Proves the chains alone, several times as fast: that no entry was changed, left out or cut off",
    };

    public static Command Verb()
    {
        var verb = new Command("verify", "Proves the journal, and that the tables are what it tells; ends with 1 when they are not")
        {
            Chains, StoreOptions.Data, StoreOptions.Database,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        await using var store = StoreOptions.Of(given);
        try
        {
            await store.AttachAsync(cancel);
            var chainsAlone = given.GetValue(Chains);
            var verified = chainsAlone ? await ShowAsync(new Verification(store).ChainsAsync, cancel) : await ProveAsync(store, cancel);
            Tell(verified, chainsAlone);
            return verified.Valid ? 0 : 1;
        }
        catch (DbException e)
        {
            throw new StoreRefusedException("The store cannot be read: " + e.Message);
        }
    }

    internal static Task<Verified> ProveAsync(Store store, CancellationToken cancel) => ShowAsync(new Verification(store).RunAsync, cancel);

    static Task<Verified> ShowAsync(Func<IProgress<VerifiedSoFar>, CancellationToken, Task<Verified>> proveAsync, CancellationToken cancel) =>
        LongWork.ShowAsync("Proving the journal", progress => proveAsync(new Said(progress), cancel), "entries");

    /// <param name="chainsAlone">Nothing was asked of the tables, so nothing is said of them.</param>
    internal static void Tell(Verified verified, bool chainsAlone = false)
    {
        var state = !verified.Valid ? "NOT as they were written" : chainsAlone ? "every chain is whole; the tables were not read" : "whole, and the tables are what they tell";
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verified.Entries} entries of {verified.Roots} roots: {state}"));
        if (verified.ErasedTexts > 0)
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verified.ErasedTexts} texts were erased; of them only the hash is left"));
        if (verified.Valid) return;
        var table = new Spectre.Console.Table().AddColumns("root", "entry", "table", "key", "what");
        foreach (var (root, sequence, name, key, what) in verified.Failures)
            table.AddRow(
                new Text(root), new Text(sequence.ToString(CultureInfo.InvariantCulture)), new Text(name ?? ""), new Text(key ?? ""), new Text(what));
        AnsiConsole.Write(table);
    }

    /// <summary>Progress as it comes, from whichever thread.</summary>
    sealed class Said(IProgress<Step> progress) : IProgress<VerifiedSoFar>
    {
        public void Report(VerifiedSoFar value) => progress.Report(new Step(value.Entries, value.OfEntries, ""));
    }
}
