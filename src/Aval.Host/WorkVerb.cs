using System.CommandLine;
using System.Data.Common;
using Aval.Casework;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval work</c>: what is to be done, by whom; beside a server at work, too.</summary>
static class WorkVerb
{
    static readonly Option<string?> Owner = new("--owner") { Description = "The lines of one list: a function or role, as credit", HelpName = "LIST" };

    public static Command Verb()
    {
        Owner.Validators.Add(result =>
        {
            if (result.GetValue(Owner) is { } owner && !WhoseWork.Owners.Contains(owner)) result.AddError($"--owner must be one of {string.Join(", ", WhoseWork.Owners)}");
        });
        var verb = new Command("work", "Lists what is to be done, by whom and by when") { Owner, StoreOptions.Data, StoreOptions.Database };
        verb.SetAction(RunAsync);
        return verb;
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        await using var store = StoreOptions.Of(given);
        try
        {
            await store.AttachAsync(cancel);
            var company = await new Desk(store, TimeProvider.System, NullLogger<Desk>.Instance).CompanyAsync(cancel);
            Tell(given.GetValue(Owner) is { } owner ? await WorkReport.OfLinesAsync(store, company, owner, cancel) : await WorkReport.OfListsAsync(store, company, cancel));
            return 0;
        }
        catch (DbException e)
        {
            throw new StoreRefusedException("The store cannot be read: " + e.Message);
        }
    }

    static void Tell(WorkReport report)
    {
        if (report.Rows.Count == 0)
        {
            AnsiConsole.WriteLine("Nothing is to be done.");
            return;
        }

        var table = new Spectre.Console.Table().AddColumns([.. report.Heads]);
        foreach (var row in report.Rows) table.AddRow(row.Select(cell => new Text(cell)));
        AnsiConsole.Write(table);
    }
}
