using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval backup</c>: one moment of the store in a file; beside a server at work, too.</summary>
static class BackupVerb
{
    static readonly Argument<string> Copy = new("FILE") { Description = "The file to write, which must not be there yet" };

    public static Command Verb()
    {
        var verb = new Command("backup", "Copies one moment of the store into a new file; beside a server at work, too") { Copy, StoreOptions.Data, StoreOptions.Database };
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var file = given.GetValue(Copy)!;
        if (file.Length == 0) throw new StoreRefusedException("The file to write has no name.");
        await using var store = StoreOptions.Of(given);
        try
        {
            if (File.Exists(file)) throw new StoreRefusedException($"{file} is there already.");
            await store.AttachAsync(cancel);
            await store.BackUpAsync(file, cancel);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {new FileInfo(file).Length:N0} bytes"));
            return 0;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException($"The store could not be copied: {e.Message}");
        }
    }
}
