using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Statements.Rules;

namespace Aval.Statements;

/// <summary>At a bank account's root: the account, its statements, and the lines that wait for a receipt. At the company's: the saved mappings.</summary>
public sealed record StatementsFacts : IFactsSlice
{
    public static readonly StatementsFacts Empty = new();

    public ImmutableDictionary<string, BankAccount> Accounts { get; private init; } = Dictionary<BankAccount>();
    public ImmutableDictionary<string, RecordedStatement> Statements { get; private init; } = Dictionary<RecordedStatement>();

    /// <summary>Lines that wait, by number: only those without a receipt or a decision.</summary>
    public ImmutableDictionary<string, StatementLine> Open { get; private init; } = Dictionary<StatementLine>();
    public ImmutableDictionary<string, SavedMapping> Mappings { get; private init; } = Dictionary<SavedMapping>();

    public IFactsSlice With(object row) => row switch
    {
        BankAccount account => this with { Accounts = Accounts.SetItem(account.Number, account) },
        RecordedStatement statement => this with { Statements = Statements.SetItem(statement.Number, statement) },
        StatementLine line => this with { Open = Open.SetItem(line.Number, line) },
        SavedMapping mapping => this with { Mappings = Mappings.SetItem(mapping.Name, mapping) },
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        StatementLine line => this with { Open = Open.Remove(line.Number) },
        _ => this,
    };

    public object? Find(Type row, string key) =>
        row == typeof(StatementLine) ? Open.GetValueOrDefault(key)
        : row == typeof(RecordedStatement) ? Statements.GetValueOrDefault(key)
        : row == typeof(BankAccount) ? Accounts.GetValueOrDefault(key)
        : row == typeof(SavedMapping) ? Mappings.GetValueOrDefault(key)
        : null;

    /// <summary>Nothing moves: an account stays at its root.</summary>
    public IEnumerable<object> RowsOf(string party) => [];

    static ImmutableDictionary<string, TRow> Dictionary<TRow>() => ImmutableDictionary.Create<string, TRow>(StringComparer.Ordinal);
}
