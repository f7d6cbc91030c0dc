using System.CommandLine;
using System.Globalization;
using Aval.Cash;
using Aval.Import;
using Aval.Kernel;
using Aval.Statements;
using Command = System.CommandLine.Command;

namespace Aval.Host;

/// <summary><c>aval statements import</c>: banks' files into a store.</summary>
static class StatementsVerb
{
    static readonly Argument<FileInfo[]> Files = new("FILE")
    {
        Description = "camt.052, camt.053, camt.054, MT940, MT942, BAI2, or CSV by a saved mapping", Arity = ArgumentArity.OneOrMore,
    };

    static readonly Option<bool> AcceptDifferences = new("--accept-differences")
    {
        Description = "Takes statements whose totals contradict their entries, and keeps the difference on record",
    };

    static readonly Option<string?> Mapping = new("--mapping")
    {
        Description = "For CSV: the saved mapping to read by; by default the one whose columns the header has", HelpName = "NAME",
    };

    public static Command Verb()
    {
        var import = new Command("import", "Takes banks' files: all of them or none") { Files, AcceptDifferences, Mapping, StoreOptions.Data, StoreOptions.Database };
        import.SetAction(RunAsync);
        return new Command("statements", "Bank statements") { import };
    }

    static async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        try
        {
            var files = new List<BankFile>();
            foreach (var file in given.GetValue(Files)!) files.Add(new BankFile(file.Name, await File.ReadAllBytesAsync(file.FullName, cancel)));
            await using var store = await OpenStore.OpenAsync(given.GetValue(StoreOptions.Data)!, given.GetValue(StoreOptions.Database));
            var company = await store.StartAsync(DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime), Currency.EUR, cancel);
            var import = new StatementImport(store.Store, (command, _) => store.Desk.SubmitAsync(command, Actor.Rule("import"), cancel: cancel));
            var imported = await import.RunAsync(files, company, given.GetValue(Mapping), given.GetValue(AcceptDifferences), cancel);
            if (imported.Problem is { } problem)
            {
                await Console.Error.WriteLineAsync(problem.ToString());
                return 2;
            }

            foreach (var statement in imported.Value!.Statements)
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{statement.Number}  {statement.File}  {statement.From:yyyy-MM-dd} to {statement.To:yyyy-MM-dd}  {statement.Lines} new, {statement.Duplicates} known before"));
            var matching = new LineMatching(store.Store, store.Desk.Directory, (command, _) => store.Desk.SubmitAsync(command, Actor.Rule("import"), cancel: cancel));
            var receipts = await matching.RunAsync(imported.Value.ToLookAt, cancel);
            var (statements, lines, _, duplicates) = imported.Value;
            Console.WriteLine($"{statements.Count} statements, {lines.Count} new lines, {receipts.Count} receipts, {duplicates} known before");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync("aval: " + e.Message);
            return 1;
        }
    }
}
