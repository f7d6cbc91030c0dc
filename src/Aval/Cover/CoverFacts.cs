using System.Collections.Immutable;
using Aval.Cover.Rules;
using Aval.Kernel;

namespace Aval.Cover;

/// <summary>The guarantees and insurance covers of one root, by payer.</summary>
public sealed record CoverFacts : IFactsSlice
{
    public static readonly CoverFacts Empty = new();

    ImmutableDictionary<string, PayerSecurities> Payers { get; init; } = ImmutableDictionary.Create<string, PayerSecurities>(StringComparer.Ordinal);
    ImmutableDictionary<(Type Row, string Key), object> Rows { get; init; } = ImmutableDictionary<(Type, string), object>.Empty;

    /// <summary>What will begin or end, and has not been recorded as having done so, by its day.</summary>
    public ImmutableSortedSet<(DateOnly Day, string Row, string Key)> Ahead { get; private init; } = [];

    /// <summary>What secures this payer's debts; null for most, who have nothing of the kind.</summary>
    public PayerSecurities? Of(string payer) => Payers.GetValueOrDefault(payer);

    public IFactsSlice With(object row) => KeyOf(row) is not { } key ? this : Removed(row.GetType(), key).Added(row, key);

    public IFactsSlice Without(object row) => KeyOf(row) is not { } key ? this : Removed(row.GetType(), key);

    public object? Find(Type row, string key) => Rows.GetValueOrDefault((row, key));

    public IEnumerable<object> RowsOf(string party) => Payers.GetValueOrDefault(party)?.All ?? [];

    CoverFacts Added(object row, string key) => this with
    {
        Rows = Rows.SetItem((row.GetType(), key), row),
        Payers = Payers.SetItem(PayerOf(row), (Of(PayerOf(row)) ?? PayerSecurities.None).With(row)),
        Ahead = Ahead.Union(DaysOf(row).Select(day => (day, row.GetType().Name, key))),
    };

    CoverFacts Removed(Type type, string key)
    {
        if (!Rows.TryGetValue((type, key), out var known)) return this;
        var rest = Of(PayerOf(known))!.Without(known);
        return this with
        {
            Rows = Rows.Remove((type, key)),
            Payers = rest.IsEmpty ? Payers.Remove(PayerOf(known)) : Payers.SetItem(PayerOf(known), rest),
            Ahead = Ahead.Except(DaysOf(known).Select(day => (day, type.Name, key))),
        };
    }

    static string? KeyOf(object row) => row switch
    {
        Guarantee guarantee => guarantee.Number,
        GuaranteeDrawing drawing => drawing.Id,
        InsuranceCover cover => cover.Number,
        CoverCut cut => cut.Id,
        CoverNotification told => told.Id,
        _ => null,
    };

    static string PayerOf(object row) => row switch
    {
        Guarantee guarantee => guarantee.Payer,
        GuaranteeDrawing drawing => drawing.Payer,
        InsuranceCover cover => cover.Payer,
        CoverCut cut => cut.Payer,
        CoverNotification told => told.Payer,
        _ => throw new InvalidOperationException($"{row.GetType().Name} secures nothing"),
    };

    /// <summary>The days on which the row changes what is covered, those not recorded yet.</summary>
    static IEnumerable<DateOnly> DaysOf(object row) => row switch
    {
        Guarantee { ReleasedOn: null, Status: SecurityStatus.Approved } guarantee => Unrecorded(guarantee.ValidFrom, guarantee.BegunOn, guarantee.ValidTo, guarantee.EndedOn),
        InsuranceCover { Status: SecurityStatus.Approved } cover => Unrecorded(cover.ValidFrom, cover.BegunOn, cover.ValidTo, cover.EndedOn),
        CoverCut { TakenOn: null } cut => [cut.From],
        _ => [],
    };

    static IEnumerable<DateOnly> Unrecorded(DateOnly begins, DateOnly? begun, DateOnly last, DateOnly? ended)
    {
        if (begun is null) yield return begins;
        if (ended is null) yield return last.AddDays(1);
    }
}
