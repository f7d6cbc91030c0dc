using System.Collections.Immutable;
using System.Globalization;
using Aval.Kernel;
using Aval.Statements.Rules;

namespace Aval.Statements;

/// <summary>Makes a bank account known, with a root of its own for lines whose payer is not.</summary>
public sealed record OpenBankAccount(string Number, string Identification, Currency Currency) : Command
{
    public override string Name => "openBankAccount";
    public override Subject Subject => Subject.NewParty(BankAccount.PartyOf(Number));
    public override bool ChangesStructure => true;
    public override bool AlwaysLeavesEntry => false;
    public override Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>([BankAccount.PartyOf(Number)]);

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<BankAccount>(Number) is not null) return null;
        var account = new BankAccount(Number, Identification, Currency, null, []);
        @case.Enrol(account.Party(), account.Party(), null);
        @case.Put(StatementsTables.Account, account);
        return null;
    }
}

/// <summary>Records a statement and the lines of it that no earlier file has brought. A file that was recorded changes nothing.</summary>
/// <param name="File">Its name, for people.</param>
/// <param name="FileHash">Of the file, with the statement's place in it.</param>
/// <param name="Seen">The number of the root's last entry when <paramref name="Known"/> was read: refused with <c>version-stale</c> when there is a later one.</param>
/// <param name="Known">The account's lines around the statement's days.</param>
/// <param name="Fates">What becomes of the statement's entries beside these lines and the account's statements: sorted before, since there may be many.</param>
public sealed record ImportStatement(
    string Account, BankStatement Statement, string File, string FileHash, long Seen, ImmutableArray<StatementLine> Known, ImmutableArray<EntryFate> Fates) : Command
{
    public override string Name => "importStatement";
    public override Subject Subject => Subject.Party(BankAccount.PartyOf(Account), StatementProblems.BankAccountUnknown);
    public override bool AlwaysLeavesEntry => false;

    /// <summary>Lines that wait no more are in the facts no more.</summary>
    public override IReadOnlyList<Cite> Cites =>
        [.. Fates.SelectMany(fate => fate.Filled).Where(line => !line.IsOpen()).Select(line => Cite.Of(StatementsTables.Line, line.Number))];

    public override Problem? Decide(Case @case)
    {
        var facts = @case.Facts.Get<StatementsFacts>();
        if (facts.Statements.Values.Any(statement => statement.FileHash == FileHash)) return null;
        if (@case.Facts.Sequence != Seen) return KernelProblems.VersionStale.With($"More has come to {Account} meanwhile.");
        var number = string.Create(CultureInfo.InvariantCulture, $"{Account}.{facts.Statements.Count + 1}");
        var lines = Lines(number).ToList();
        foreach (var line in lines) @case.Put(StatementsTables.Line, line);
        foreach (var fate in Fates)
        {
            foreach (var filled in fate.Filled) @case.Put(StatementsTables.Line, filled);
            if (fate.Split is { } whole) @case.Put(StatementsTables.Line, whole with { State = LineState.Split });
        }

        var days = Statement.Days();
        @case.Put(StatementsTables.Statement, new RecordedStatement(
            number, Account, Statement.Format, Statement.Id, Statement.Number, Statement.Page, Statement.IsLastPage, Statement.Currency, days?.From, days?.To,
            Statement.Opening?.Minor, Statement.Closing?.Minor, Balances.Check(Statement), KeptWordings.Write(Balances.Differences(Statement)), Statement.Entries.Length,
            lines.Count, Fates.Sum(fate => fate.Duplicates), Statement.Pending, File, FileHash, @case.Now) { Warnings = Warnings(facts.Statements.Values) });
        return null;
    }

    /// <summary>A page that came in a file of its own follows the page that was recorded before it.</summary>
    string? Warnings(IEnumerable<RecordedStatement> recorded)
    {
        var before = recorded.Where(other => other.Format == Statement.Format && other.BankNumber == Statement.Number && other.Page == Statement.FirstPage - 1)
            .OrderByDescending(other => other.ImportedAt).ThenByDescending(other => other.Number, StringComparer.Ordinal).FirstOrDefault();
        return Pages.Missing(Statement, before is null ? null : (before.Page, before.Closing)) is { } missing ? KeptWordings.Write([missing]) : null;
    }

    /// <summary>The new lines, each numbered behind its equals. An entry of nothing brings none.</summary>
    IEnumerable<StatementLine> Lines(string statement)
    {
        var equals = Known.GroupBy(line => Prefix(line.Day, line.Amount)).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        for (var at = 0; at < Fates.Length; at++)
            foreach (var part in Fates[at].New.Where(part => part.Amount != 0))
            {
                var entry = Fates[at].Entry;
                var prefix = Prefix(entry.Day!.Value, part.Amount);
                var count = equals[prefix] = equals.GetValueOrDefault(prefix) + 1;
                yield return new StatementLine(
                    string.Create(CultureInfo.InvariantCulture, $"{prefix}.{count}"), Account, statement, string.Create(CultureInfo.InvariantCulture, $"{statement}.{at + 1}"),
                    Statement.Format, entry.Day!.Value, entry.Booked, entry.Value, part.Amount, Statement.Currency, entry.Reversal, entry.BankReference, part.BankReference,
                    part.EndToEnd, part.CreditorReference, part.Mandate, part.CustomerReference, part.Counterparty, part.CounterpartyAccount, part.CounterpartyBank,
                    part.Remittance, entry.Code, part.Payments, part.Amount <= 0 && !entry.Reversal ? LineState.Outgoing : Waits ? LineState.New : LineState.Ignored,
                    Reason: Waits || (part.Amount <= 0 && !entry.Reversal) ? null : $"{Statement.Currency} is no longer in use");
            }
    }

    /// <summary>Nobody can owe or pay anything in a currency that is no longer in use.</summary>
    bool Waits => Statement.Currency.IsInUse;

    string Prefix(DateOnly day, long amount) => string.Create(CultureInfo.InvariantCulture, $"{Account}.{day:yyyyMMdd}.{(amount > 0 ? 'C' : 'D')}{Math.Abs(amount)}");
}
