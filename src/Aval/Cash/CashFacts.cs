using System.Collections.Immutable;
using System.Text.Json;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Statements;
using Aval.Statements.Rules;

namespace Aval.Cash;

/// <summary>The matches of one root's receipts that wait for a person, and the accounts that its payers pay from.</summary>
public sealed record CashFacts : IFactsSlice
{
    public static readonly CashFacts Empty = new();

    ImmutableDictionary<string, ReceiptMatch> ByReceipt { get; init; } = ImmutableDictionary.Create<string, ReceiptMatch>(StringComparer.Ordinal);

    ImmutableDictionary<string, PayerAccount> Accounts { get; init; } = ImmutableDictionary.Create<string, PayerAccount>(StringComparer.Ordinal);

    ImmutableDictionary<string, LinePayer> LinePayers { get; init; } = ImmutableDictionary.Create<string, LinePayer>(StringComparer.Ordinal);

    public ReceiptMatch? Match(string receipt) => ByReceipt.GetValueOrDefault(receipt);

    public IFactsSlice With(object row) => row switch
    {
        ReceiptMatch match => this with { ByReceipt = ByReceipt.SetItem(match.Receipt, match) },
        PayerAccount account => this with { Accounts = Accounts.SetItem(account.Key, account) },
        LinePayer payer => this with { LinePayers = LinePayers.SetItem(payer.Key, payer) },
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        ReceiptMatch match => this with { ByReceipt = ByReceipt.Remove(match.Receipt) },
        PayerAccount account => this with { Accounts = Accounts.Remove(account.Key) },
        LinePayer payer => this with { LinePayers = LinePayers.Remove(payer.Key) },
        _ => this,
    };

    public object? Find(Type row, string key) => row == typeof(ReceiptMatch) ? Match(key)
        : row == typeof(PayerAccount) ? Accounts.GetValueOrDefault(key)
        : row == typeof(LinePayer) ? LinePayers.GetValueOrDefault(key)
        : null;

    public IEnumerable<object> RowsOf(string party) =>
        ByReceipt.Values.Where(match => match.Payer == party).Cast<object>().Concat(Accounts.Values.Where(account => account.Payer == party));

    public static readonly Table<PayerAccount> AccountTable = new(
        "payer_account",
        [
            ("key", ColumnKind.Text, account => account.Key),
            ("account", ColumnKind.Text, account => account.Account),
            ("payer", ColumnKind.Text, account => account.Payer),
            ("since", ColumnKind.Date, account => account.Since),
        ],
        account => account.Payer,
        v => new PayerAccount(v.Text(), v.Text(), v.Text(), v.Date()));

    /// <remarks>History at the root of the bank account, where its line waits or has waited.</remarks>
    public static readonly Table<LinePayer> LinePayerTable = new(
        "line_payer",
        [
            ("key", ColumnKind.Text, payer => payer.Key),
            ("line", ColumnKind.Text, payer => payer.Line),
            ("payer", ColumnKind.Text, payer => payer.Payer),
            ("evidence", ColumnKind.Text, payer => string.Join(' ', payer.Evidence.Select(Words.Of))),
            ("found", ColumnKind.Flag, payer => payer.Found),
            ("on", ColumnKind.Date, payer => payer.On),
        ],
        payer => BankAccount.PartyOf(StatementsQuery.AccountOf(payer.Line)),
        v => new LinePayer(
            v.Text(), v.Text(), v.Text(), [.. v.Text().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Words.Parse<PayerEvidence>)], v.Flag(), v.Date()),
        _ => false);

    public static readonly Table<ReceiptMatch> Table = new(
        "receipt_match",
        [
            ("receipt", ColumnKind.Text, match => match.Receipt),
            ("payer", ColumnKind.Text, match => match.Payer),
            ("currency", ColumnKind.Text, match => match.Currency.Code),
            ("status", ColumnKind.Text, match => Words.Of(match.Status)),
            ("posted", ColumnKind.Json, match => match.Posted is { } posted ? JsonSerializer.Serialize(posted, Json.Options) : null),
            ("candidates", ColumnKind.Json, match => JsonSerializer.Serialize(match.Candidates, Json.Options)),
            ("gave_up", ColumnKind.Flag, match => match.GaveUp),
            ("settlements", ColumnKind.Json, match => JsonSerializer.Serialize(match.Settlements, Json.Options)),
            ("by", ColumnKind.Text, match => match.By),
            ("on", ColumnKind.Date, match => match.On),
            ("reason", ColumnKind.Text, match => match.Reason),
        ],
        match => match.Payer,
        v => new ReceiptMatch(
            v.Text(), v.Text(), v.Currency(), v.Word<MatchStatus>(), Read<MatchCandidate>(v.TextOrNull()), Read<ImmutableArray<MatchCandidate>>(v.Text()), v.Flag(),
            Read<ImmutableArray<string>>(v.Text()), v.TextOrNull(), v.Date(), v.TextOrNull()),
        match => match.Status == MatchStatus.Proposed,
        [new("by"), new("reason")]);

    static T? Read<T>(string? json) => json is null ? default : JsonSerializer.Deserialize<T>(json, Json.Options);
}
