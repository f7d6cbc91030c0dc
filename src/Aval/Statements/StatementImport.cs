using System.Security.Cryptography;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Statements.Rules;

namespace Aval.Statements;

/// <param name="Name">For people: what refusals and records call it.</param>
public sealed record BankFile(string Name, ReadOnlyMemory<byte> Bytes);

/// <summary>What files have brought.</summary>
/// <param name="Statements">In the order of the files; those of a file that was recorded before are as they were recorded then.</param>
/// <param name="Lines">New lines, in the order of the files.</param>
/// <param name="Unfinished">Lines of files that were recorded before, and at which nobody has looked: the call that brought them was interrupted.</param>
/// <param name="Duplicates">Lines that an earlier file had brought.</param>
public sealed record ImportedFiles(
    IReadOnlyList<RecordedStatement> Statements, IReadOnlyList<StatementLine> Lines, IReadOnlyList<StatementLine> Unfinished, int Duplicates)
{
    /// <summary>How many of the statements came in a file that was recorded before.</summary>
    public int Repeated { get; init; }

    /// <summary>All of which the payers are to be looked for.</summary>
    public IReadOnlyList<StatementLine> ToLookAt => [.. Lines, .. Unfinished];
}

/// <summary>Takes banks' files: reads all of them first, so that a file that cannot be read keeps anything from being taken, and then records statement by statement.</summary>
/// <param name="submit">Decides a command in the caller's name; the text tells the commands of one call apart.</param>
public sealed class StatementImport(Store store, Func<Command, string, Task<Answer>> submit)
{
    const int MostTries = 20;
    const int LongestAccount = 50;

    /// <param name="mapping">For CSV: the saved mapping to read by; null takes the one whose columns the header has.</param>
    /// <param name="acceptDifferences">True records statements whose totals contradict their entries, with the differences.</param>
    /// <returns>Refuses with <c>statement-unreadable</c> or <c>statement-unbalanced</c>.</returns>
    public async Task<Answered<ImportedFiles>> RunAsync(IReadOnlyList<BankFile> files, Facts company, string? mapping, bool acceptDifferences, CancellationToken cancel)
    {
        if (PutCsvMapping.Choose(company, mapping, out var mappings) is { } unknown) return unknown;
        var read = new List<(BankFile File, string Hash, BankStatement Statement)>();
        foreach (var file in files)
        {
            if (Read(file, mappings, acceptDifferences, out var statements) is { } refusal) return refusal;
            var hash = Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span));
            read.AddRange(statements.Select((statement, at) => (file, $"{hash}.{at + 1}", statement)));
        }

        var (recorded, lines, unfinished, duplicates, repeated) = (new List<RecordedStatement>(), new List<StatementLine>(), new List<StatementLine>(), 0, 0);
        var query = new StatementsQuery(store);
        foreach (var (file, hash, statement) in read)
        {
            var (outcome, problem) = await RecordAsync(file.Name, hash, statement, cancel);
            if (problem is not null) return problem;
            var fresh = outcome!.Row<RecordedStatement>();
            var known = fresh ?? (await query.ByHashAsync(hash, cancel))!;
            recorded.Add(known);
            if (fresh is null) repeated++;
            duplicates += fresh is null ? known.Lines + known.Duplicates : known.Duplicates;
            if (fresh is null) unfinished.AddRange((await query.LinesAsync(null, known.Number, LineState.New, 0, int.MaxValue, cancel)).Found);
            else lines.AddRange(outcome.Rows.OfType<StatementLine>().Where(line => line.Statement == fresh.Number));
        }

        return new ImportedFiles(recorded, lines, unfinished, duplicates) { Repeated = repeated };
    }

    static Problem? Read(BankFile file, IReadOnlyCollection<CsvMapping> mappings, bool acceptDifferences, out IReadOnlyList<BankStatement> statements)
    {
        var read = StatementFile.Read(file.Bytes, mappings);
        statements = read.Statements;
        if (read.Fault is { } fault) return StatementProblems.StatementUnreadable.With($"{file.Name}: {fault}.");
        foreach (var statement in statements)
        {
            if (BankAccount.Bare(statement.Account).Length is 0 or > LongestAccount)
                return StatementProblems.StatementUnreadable.With($"{file.Name}: line {statement.Line}: expected an account of letters and digits, at most {LongestAccount}.");
            if (statement.Entries.FirstOrDefault(entry => entry.Day is null) is { } undated)
                return StatementProblems.StatementUnreadable.With($"{file.Name}: line {undated.Line}: expected a booking or a value date.");
            if (!acceptDifferences && Balances.Differences(statement).FirstOrDefault() is { } difference)
                return StatementProblems.StatementUnbalanced.With($"{file.Name}: statement at line {statement.Line}: {difference}.");
        }

        return null;
    }

    /// <summary>Records one statement on what is known at that moment; looks again when more has come meanwhile.</summary>
    async Task<Answer> RecordAsync(string file, string hash, BankStatement statement, CancellationToken cancel)
    {
        var query = new StatementsQuery(store);
        var account = SameAccount.Find(await query.AccountsAsync(cancel), statement.Account, statement.Currency)?.Number;
        if (account is null)
        {
            account = BankAccount.NumberOf(statement.Account, statement.Currency);
            if (await submit(new OpenBankAccount(account, statement.Account, statement.Currency), $"account {account}") is { Problem: { } refusal }) return refusal;
        }

        for (var tries = 1; ; tries++)
        {
            var (sequence, known, statements) = await query.KnownAsync(account, statement.Days(), cancel);
            var fates = SeenBefore.Sort(statement, known, statements);
            var answer = await submit(new ImportStatement(account, statement, file, hash, sequence, known, fates), $"{hash} {tries}");
            if (answer.Problem?.Kind != KernelProblems.VersionStale || tries == MostTries) return answer;
        }
    }
}
