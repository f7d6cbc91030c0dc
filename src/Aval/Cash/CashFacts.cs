using System.Collections.Immutable;
using System.Text.Json;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Statements;
using Aval.Statements.Rules;

namespace Aval.Cash;

/// <summary>The matches of one root's receipts that wait for a person, and what is known of its payers.</summary>
public sealed record CashFacts : IFactsSlice
{
    public static readonly CashFacts Empty = new();

    ImmutableDictionary<string, ReceiptMatch> ByReceipt { get; init; } = ImmutableDictionary.Create<string, ReceiptMatch>(StringComparer.Ordinal);

    ImmutableDictionary<string, Lesson> ByKey { get; init; } = ImmutableDictionary.Create<string, Lesson>(StringComparer.Ordinal);

    ImmutableDictionary<string, Lesson> Forms { get; init; } = ImmutableDictionary.Create<string, Lesson>(StringComparer.Ordinal);

    ImmutableDictionary<string, LinePayer> LinePayers { get; init; } = ImmutableDictionary.Create<string, LinePayer>(StringComparer.Ordinal);

    /// <summary>What holds.</summary>
    public IEnumerable<Lesson> Lessons => ByKey.Values.Where(lesson => lesson.Holds);

    /// <summary>How this payer writes our invoices' numbers.</summary>
    public IEnumerable<string> FormsOf(string payer) => Forms.Values.Where(form => form.Payer == payer).Select(form => form.Text);

    public ReceiptMatch? Match(string receipt) => ByReceipt.GetValueOrDefault(receipt);

    public IFactsSlice With(object row) => row switch
    {
        ReceiptMatch match => this with { ByReceipt = ByReceipt.SetItem(match.Receipt, match) },
        Lesson { Kind: LessonKind.NumberForm } form => this with
        {
            ByKey = ByKey.SetItem(form.Key, form), Forms = form.Holds ? Forms.SetItem(form.Key, form) : Forms.Remove(form.Key),
        },
        Lesson lesson => this with { ByKey = ByKey.SetItem(lesson.Key, lesson) },
        LinePayer payer => this with { LinePayers = LinePayers.SetItem(payer.Key, payer) },
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        ReceiptMatch match => this with { ByReceipt = ByReceipt.Remove(match.Receipt) },
        Lesson lesson => this with { ByKey = ByKey.Remove(lesson.Key), Forms = Forms.Remove(lesson.Key) },
        LinePayer payer => this with { LinePayers = LinePayers.Remove(payer.Key) },
        _ => this,
    };

    public object? Find(Type row, string key) => row == typeof(ReceiptMatch) ? Match(key)
        : row == typeof(Lesson) ? ByKey.GetValueOrDefault(key)
        : row == typeof(LinePayer) ? LinePayers.GetValueOrDefault(key)
        : null;

    public IEnumerable<object> RowsOf(string party) =>
        ByReceipt.Values.Where(match => match.Payer == party).Cast<object>().Concat(ByKey.Values.Where(lesson => lesson.Payer == party));

    /// <remarks>It is named by what was learned first: accounts.</remarks>
    public static readonly Table<Lesson> LessonTable = new(
        "payer_account",
        [
            ("key", ColumnKind.Text, lesson => lesson.Key),
            ("account", ColumnKind.Text, lesson => lesson.Text),
            ("payer", ColumnKind.Text, lesson => lesson.Payer),
            ("since", ColumnKind.Date, lesson => lesson.Since),
            ("kind", ColumnKind.Text, lesson => Words.Of(lesson.Kind)),
            ("taught_by", ColumnKind.Text, lesson => lesson.TaughtBy),
            ("said", ColumnKind.Flag, lesson => lesson.Said),
            ("forgotten_on", ColumnKind.Date, lesson => lesson.ForgottenOn),
        ],
        lesson => lesson.Payer,
        v => new Lesson(
            v.Text(), v.Text(), v.Text(), v.Date(), v.TextOrNull() is { } kind ? Words.Parse<LessonKind>(kind) : LessonKind.Account, v.TextOrNull(), v.FlagOrNull() ?? true,
            v.DateOrNull()));

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
        history: true);

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
