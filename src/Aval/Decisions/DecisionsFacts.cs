using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;

namespace Aval.Decisions;

/// <summary>The decisions of one root that still stand, that money taken back may break, or that count against a payer.</summary>
public sealed record DecisionsFacts(ImmutableSortedDictionary<string, Decision> ById) : IFactsSlice
{
    public static readonly DecisionsFacts Empty = new(ImmutableSortedDictionary.Create<string, Decision>(StringComparer.Ordinal));

    static readonly ImmutableSortedSet<string> NoIds = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Decisions with a date on which they end or go on, by the first day after it.</summary>
    public ImmutableSortedSet<(DateOnly Day, string Id)> Dated { get; private init; } = [];

    /// <summary>The live decisions about an order, by id.</summary>
    public IEnumerable<Decision> OfOrder(string order) => ByOrder.TryGetValue(order, out var ids) ? ids.Select(id => ById[id]) : [];

    /// <summary>Whether a decision about the order stands that ends or goes on by itself on a day to come: until then no clock runs on its block.</summary>
    public bool WaitsForADay(string order) => OfOrder(order).Any(decision => DayOf(decision) is not null);

    /// <summary>What this payer did not meet, and nobody has decided on since.</summary>
    public IEnumerable<Decision> BrokenBy(string payer) =>
        ById.IsEmpty ? [] : ById.Values.Where(decision => decision is { Status: DecisionStatus.Broken, CuredOn: null } && decision.Payer == payer);

    ImmutableDictionary<string, ImmutableSortedSet<string>> ByOrder { get; init; } = ImmutableDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal);

    ImmutableDictionary<string, ExceptionHistory> Exceptions { get; init; } = ImmutableDictionary.Create<string, ExceptionHistory>(StringComparer.Ordinal);

    /// <summary>The exceptional releases of a payer; null where there are none.</summary>
    public ExceptionHistory? ExceptionsOf(string payer) => Exceptions.GetValueOrDefault(payer);

    public IFactsSlice With(object row) => row switch
    {
        Decision decision => Without(ById.GetValueOrDefault(decision.Id)).Added(decision),
        ExceptionHistory history => this with { Exceptions = Exceptions.SetItem(history.Payer, history) },
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        Decision decision => Without(ById.GetValueOrDefault(decision.Id)),
        ExceptionHistory history => this with { Exceptions = Exceptions.Remove(history.Payer) },
        _ => this,
    };

    public object? Find(Type row, string key) =>
        row == typeof(Decision) ? ById.GetValueOrDefault(key) : row == typeof(ExceptionHistory) ? ExceptionsOf(key) : null;

    public IEnumerable<object> RowsOf(string party) =>
        ById.Values.Where(decision => decision.Customer == party).Concat(ExceptionsOf(party) is { } history ? [history] : Array.Empty<object>());

    public static readonly Table<ExceptionHistory> ExceptionTable = new(
        "exception_history",
        [
            ("payer", ColumnKind.Text, history => history.Payer),
            ("releases", ColumnKind.Json, history => JsonSerializer.Serialize(history.Releases, Compact)),
        ],
        history => history.Payer,
        v => new ExceptionHistory(v.Text(), JsonSerializer.Deserialize<ExceptionalRelease[]>(v.Text(), Compact)!));

    DecisionsFacts Added(Decision decision) => this with
    {
        ById = ById.SetItem(decision.Id, decision), Dated = DayOf(decision) is { } day ? Dated.Add((day, decision.Id)) : Dated,
        ByOrder = ByOrder.SetItem(decision.Order, (ByOrder.GetValueOrDefault(decision.Order) ?? NoIds).Add(decision.Id)),
    };

    DecisionsFacts Without(Decision? known) => known is null ? this : this with
    {
        ById = ById.Remove(known.Id), Dated = DayOf(known) is { } day ? Dated.Remove((day, known.Id)) : Dated,
        ByOrder = ByOrder[known.Order].Remove(known.Id) is { Count: > 0 } left ? ByOrder.SetItem(known.Order, left) : ByOrder.Remove(known.Order),
    };

    /// <summary>The first day on which something is due: the date of the next stage, or the day after the last good one.</summary>
    static DateOnly? DayOf(Decision decision)
    {
        if (!decision.Stands) return null;
        if (decision.Terms.Stages is { } stages && decision.StagesDue < stages.Count) return stages[decision.StagesDue].Date;
        return decision.Until?.AddDays(1);
    }

    public static readonly Table<Decision> Table = new(
        "decision",
        [
            ("id", ColumnKind.Text, decision => decision.Id),
            ("block", ColumnKind.Text, decision => decision.Block),
            ("order", ColumnKind.Text, decision => decision.Order),
            ("customer", ColumnKind.Text, decision => decision.Customer),
            ("payer", ColumnKind.Text, decision => decision.Payer),
            ("kind", ColumnKind.Text, decision => Words.Of(decision.Kind)),
            ("status", ColumnKind.Text, decision => Words.Of(decision.Status)),
            ("by", ColumnKind.Text, decision => decision.By),
            ("at", ColumnKind.Instant, decision => decision.At),
            ("decided_on", ColumnKind.Date, decision => decision.On),
            ("reason", ColumnKind.Text, decision => decision.Reason),
            ("value", ColumnKind.Whole, decision => decision.Value),
            ("currency", ColumnKind.Text, decision => decision.Currency.Code),
            ("conditions", ColumnKind.Json, decision => JsonSerializer.Serialize(decision.Conditions, Compact)),
            ("findings", ColumnKind.Json, decision => JsonSerializer.Serialize(decision.Findings, Compact)),
            ("basis", ColumnKind.Text, decision => decision.Basis),
            ("amount", ColumnKind.Whole, decision => decision.Amount),
            ("until", ColumnKind.Date, decision => decision.Until),
            ("counterpart", ColumnKind.Text, decision => decision.Counterpart),
            ("monitoring", ColumnKind.Text, decision => decision.Monitoring),
            ("dissent", ColumnKind.Text, decision => decision.Dissent),
            ("at_expiry", ColumnKind.Text, decision => Words.Of(decision.AtExpiry)),
            ("exceptional", ColumnKind.Flag, decision => decision.Exceptional),
            ("owner", ColumnKind.Text, decision => decision.Owner),
            ("question", ColumnKind.Text, decision => decision.Question),
            ("terms", ColumnKind.Json, decision => JsonSerializer.Serialize(decision.Terms, Compact)),
            ("confirmed_by", ColumnKind.Text, decision => decision.ConfirmedBy),
            ("ended_on", ColumnKind.Date, decision => decision.EndedOn),
            ("broken_on", ColumnKind.Date, decision => decision.BrokenOn),
            ("cured_on", ColumnKind.Date, decision => decision.CuredOn),
            ("stages_released", ColumnKind.Whole, decision => (long)decision.StagesReleased),
            ("stages_due", ColumnKind.Whole, decision => (long)decision.StagesDue),
            ("is_watched", ColumnKind.Flag, decision => decision.IsWatched),
            ("role", ColumnKind.Text, decision => decision.Role),
            ("cause", ColumnKind.Text, decision => decision.Case?.Cause),
            ("seen", ColumnKind.Json, decision => decision.Case is { } seen ? JsonSerializer.Serialize(seen, Compact) : null),
            ("on_behalf_of", ColumnKind.Text, decision => decision.OnBehalfOf),
            ("confirmed_on_behalf_of", ColumnKind.Text, decision => decision.ConfirmedOnBehalfOf),
            ("by_kind", ColumnKind.Text, decision => decision.ByKind is { } kind ? Words.Of(kind) : null),
            ("key_made_by", ColumnKind.Text, decision => decision.KeyMadeBy),
        ],
        decision => decision.Customer,
        Read,
        decision => decision.IsLive,
        [
            new("reason"), new("basis"), new("counterpart"), new("monitoring"), new("dissent"), new("question"), new("findings", "subject"), new("terms", "mustHappen"),
        ],
        partyColumn: "customer");

    static Decision Read(Values v)
    {
        var decision = ReadTaken(v);
        var role = v.TextOrNull();
        // The cause stands in the case too: its column is for those who count.
        v.TextOrNull();
        return decision with
        {
            Role = role, Case = v.TextOrNull() is { } seen ? JsonSerializer.Deserialize<DecidedCase>(seen, Compact) : null, OnBehalfOf = v.TextOrNull(),
            ConfirmedOnBehalfOf = v.TextOrNull(), ByKind = v.TextOrNull() is { } kind ? Words.Parse<ActorKind>(kind) : null, KeyMadeBy = v.TextOrNull(),
        };
    }

    static Decision ReadTaken(Values v) => new(
        v.Text(), v.Text(), v.Text(), v.Text(), v.Text(), v.Word<DecisionKind>(), v.Word<DecisionStatus>(), v.Text(), v.Instant(), v.Date(), v.Text(), v.Whole(), v.Currency(),
        JsonSerializer.Deserialize<Condition[]>(v.Text(), Compact)!, JsonSerializer.Deserialize<SeenFinding[]>(v.Text(), Compact)!)
    {
        Basis = v.TextOrNull(), Amount = v.WholeOrNull(), Until = v.DateOrNull(), Counterpart = v.TextOrNull(), Monitoring = v.TextOrNull(), Dissent = v.TextOrNull(),
        AtExpiry = v.Word<AtExpiry>(), Exceptional = v.Flag(), Owner = v.TextOrNull(), Question = v.TextOrNull(),
        Terms = JsonSerializer.Deserialize<DecisionTerms>(v.Text(), Compact)!, ConfirmedBy = v.TextOrNull(), EndedOn = v.DateOrNull(), BrokenOn = v.DateOrNull(),
        CuredOn = v.DateOrNull(), StagesReleased = (int)v.Whole(), StagesDue = (int)v.Whole(), IsWatched = v.Flag(),
    };

    /// <summary>The journal's form: what is null is left out, and what can be computed is not kept.</summary>
    static readonly JsonSerializerOptions Compact = new(Json.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, RespectRequiredConstructorParameters = false,
    };
}
