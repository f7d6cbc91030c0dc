using System.Collections.Immutable;
using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Measures.Rules;

namespace Aval.Measures;

/// <summary>The measures on the payers of one root, in order of entry.</summary>
public sealed record MeasuresFacts : IFactsSlice
{
    public static readonly MeasuresFacts Empty = new();

    ImmutableDictionary<string, ImmutableArray<AccountMeasure>> ByPayer { get; init; } =
        ImmutableDictionary.Create<string, ImmutableArray<AccountMeasure>>(StringComparer.Ordinal);

    ImmutableDictionary<string, AccountMeasure> ByNumber { get; init; } = ImmutableDictionary.Create<string, AccountMeasure>(StringComparer.Ordinal);

    /// <summary>What will begin or end, and has not been recorded as having done so, by its day.</summary>
    public ImmutableSortedSet<(DateOnly Day, string Number)> Ahead { get; private init; } = [];

    public static readonly Table<AccountMeasure> Table = new(
        "account_measure",
        [
            ("number", ColumnKind.Text, measure => measure.Number),
            ("customer", ColumnKind.Text, measure => measure.Customer),
            ("payer", ColumnKind.Text, measure => measure.Payer),
            ("kind", ColumnKind.Text, measure => Words.Of(measure.Kind)),
            ("percent", ColumnKind.Text, measure => measure.Percent?.ToString(CultureInfo.InvariantCulture)),
            ("amount", ColumnKind.Whole, measure => measure.Amount),
            ("currency", ColumnKind.Text, measure => measure.Currency.Code),
            ("payment_terms", ColumnKind.Text, measure => measure.PaymentTerms),
            ("from_day", ColumnKind.Date, measure => measure.From),
            ("to_day", ColumnKind.Date, measure => measure.To),
            ("reason", ColumnKind.Text, measure => measure.Reason),
            ("entered", ColumnKind.Whole, measure => measure.Entered),
            ("ended_on", ColumnKind.Date, measure => measure.EndedOn),
            ("end_reason", ColumnKind.Text, measure => measure.EndReason),
            ("begun_on", ColumnKind.Date, measure => measure.BegunOn),
            ("expired_on", ColumnKind.Date, measure => measure.ExpiredOn),
        ],
        measure => measure.Payer,
        v => new AccountMeasure(
            v.Text(), v.Text(), v.Text(), v.Word<MeasureKind>(), v.TextOrNull() is { } percent ? decimal.Parse(percent, CultureInfo.InvariantCulture) : null,
            v.WholeOrNull(), v.Currency(), v.TextOrNull(), v.Date(), v.Date(), v.Text(), v.Whole(), v.DateOrNull(), v.TextOrNull(), v.DateOrNull(), v.DateOrNull()),
        personal: [new("reason"), new("end_reason")]);

    public ImmutableArray<AccountMeasure> Of(string payer) => ByPayer.TryGetValue(payer, out var measures) ? measures : [];

    public IFactsSlice With(object row) => row is AccountMeasure measure ? Removed(measure).Added(measure) : this;

    public IFactsSlice Without(object row) => row is AccountMeasure measure ? Removed(measure) : this;

    public object? Find(Type row, string key) => row == typeof(AccountMeasure) ? ByNumber.GetValueOrDefault(key) : null;

    public IEnumerable<object> RowsOf(string party) => Of(party);

    MeasuresFacts Added(AccountMeasure measure) => this with
    {
        ByNumber = ByNumber.SetItem(measure.Number, measure),
        ByPayer = ByPayer.SetItem(measure.Payer, [.. Of(measure.Payer).Add(measure).OrderBy(other => other.Entered)]),
        Ahead = Ahead.Union(DaysOf(measure).Select(day => (day, measure.Number))),
    };

    MeasuresFacts Removed(AccountMeasure measure) => !ByNumber.TryGetValue(measure.Number, out var known) ? this : this with
    {
        ByNumber = ByNumber.Remove(known.Number),
        ByPayer = ByPayer.SetItem(known.Payer, Of(known.Payer).RemoveAll(other => other.Number == known.Number)),
        Ahead = Ahead.Except(DaysOf(known).Select(day => (day, known.Number))),
    };

    static IEnumerable<DateOnly> DaysOf(AccountMeasure measure)
    {
        if (measure.EndedOn is not null) yield break;
        if (measure.BegunOn is null) yield return measure.From;
        if (measure.ExpiredOn is null) yield return measure.To.AddDays(1);
    }
}

/// <summary>Records that a measure has begun or ended. What holds on a day follows from the dates; this makes it known and wakes what waits for it.</summary>
sealed class MeasuresDue : IDue
{
    public string Rule => "measuresBeginAndEnd";

    public DateOnly? Next(Facts facts, Facts company)
    {
        var ahead = facts.Get<MeasuresFacts>().Ahead;
        if (ahead.IsEmpty) return null;
        return ahead.Min.Day <= facts.Through ? facts.Through.AddDays(1) : ahead.Min.Day;
    }

    public void Run(Case @case)
    {
        foreach (var (day, number) in @case.Facts.Get<MeasuresFacts>().Ahead)
        {
            if (day > @case.Today) break;
            var measure = @case.Facts.Find<AccountMeasure>(number)!;
            @case.Put(MeasuresFacts.Table, day == measure.From && measure.BegunOn is null ? measure with { BegunOn = day } : measure with { ExpiredOn = day });
        }
    }
}
