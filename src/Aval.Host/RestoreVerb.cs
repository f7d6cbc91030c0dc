using System.CommandLine;
using System.Data.Common;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval restore</c>: a store anew from a backup, proved before anybody relies on it.</summary>
static class RestoreVerb
{
    static readonly Argument<string> Copy = new("FILE") { Description = "The file that aval backup wrote" };

    public static Command Verb()
    {
        var verb = new Command("restore", "Makes a store from a backup, and proves it; ends with 1 when the journal does not hold")
        {
            Copy, StoreOptions.Data, StoreOptions.Database,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        await using var store = StoreOptions.Of(given);
        var file = given.GetValue(Copy)!;
        try
        {
            await store.RestoreAsync(file, cancel);
            await store.AttachAsync(cancel);
            var verified = await Verify.ProveAsync(store, cancel);
            Verify.Tell(verified);
            if (verified.Valid) return 0;
            await Console.Error.WriteLineAsync("aval: The store stays for whoever looks into it. Do not serve it: remove it, and restore another backup.");
            return 1;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException($"The store could not be restored: {e.Message}");
        }
    }
}
