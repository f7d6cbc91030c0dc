using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Persons;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval person export</c>: all that is stored about a person, as JSON; beside a server at work, too.</summary>
static class PersonVerb
{
    static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };
    static readonly Argument<string> Name = new("NAME") { Description = "A user's name, or a name or address as it was written" };
    static readonly Option<FileInfo?> Output = new("--output") { Description = "The file to write; standard output when absent", HelpName = "FILE" };

    public static Command Verb()
    {
        var export = new Command("export", "Tells all that is stored about a person") { Name, Output, StoreOptions.Data, StoreOptions.Database };
        export.SetAction(ExportAsync);
        return new Command("person", "Looks after what is kept about people; erasing is for a server at work: POST /api/v1/person-erasures") { export };
    }

    static async Task<int> ExportAsync(ParseResult given, CancellationToken cancel)
    {
        if (PersonBody.Refuse(given.GetValue(Name)!) is { } refusal) throw new StoreRefusedException(refusal.Detail);
        await using var store = StoreOptions.Of(given);
        try
        {
            await store.AttachAsync(cancel);
            var found = await ExportPerson.ReadAsync(store, given.GetValue(Name)!.Trim(), cancel);
            await using var output = given.GetValue(Output) is { } file ? file.Create() : Console.OpenStandardOutput();
            await JsonSerializer.SerializeAsync(output, found, Indented, cancel);
            return 0;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusedException("The person's data cannot be told: " + e.Message);
        }
    }
}
