using System.Collections.Immutable;
using System.Text.Json;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Cash;

/// <summary>The matches of one root's receipts that wait for a person.</summary>
public sealed record CashFacts : IFactsSlice
{
    public static readonly CashFacts Empty = new();

    ImmutableDictionary<string, ReceiptMatch> ByReceipt { get; init; } = ImmutableDictionary.Create<string, ReceiptMatch>(StringComparer.Ordinal);

    public ReceiptMatch? Match(string receipt) => ByReceipt.GetValueOrDefault(receipt);

    public IFactsSlice With(object row) => row is ReceiptMatch match ? this with { ByReceipt = ByReceipt.SetItem(match.Receipt, match) } : this;

    public IFactsSlice Without(object row) => row is ReceiptMatch match ? this with { ByReceipt = ByReceipt.Remove(match.Receipt) } : this;

    public object? Find(Type row, string key) => row == typeof(ReceiptMatch) ? Match(key) : null;

    public IEnumerable<object> RowsOf(string party) => ByReceipt.Values.Where(match => match.Payer == party);

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
