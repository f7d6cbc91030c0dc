using System.Collections.Immutable;
using System.Text.Json;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <summary>The open blocks of one root, and which payers passed their limits. Checks are history: rows that no rule needs.</summary>
public sealed record ChecksFacts(ImmutableDictionary<string, Block> Blocks, ImmutableDictionary<string, string> ByOrder) : IFactsSlice, IHeadroomAuthority
{
    public static readonly ChecksFacts Empty = new(
        ImmutableDictionary.Create<string, Block>(StringComparer.Ordinal), ImmutableDictionary.Create<string, string>(StringComparer.Ordinal));

    ImmutableDictionary<string, OverrunHistory> Overruns { get; init; } = ImmutableDictionary.Create<string, OverrunHistory>(StringComparer.Ordinal);

    /// <summary>The payer's latest orders that were held for its limit, or null.</summary>
    public OverrunHistory? OverrunsOf(string payer) => Overruns.GetValueOrDefault(payer);

    /// <summary>Open blocks that are to be decided, by the last day for it.</summary>
    public ImmutableSortedSet<(DateOnly DueOn, string Id)> Due { get; private init; } = [];
    /// <summary>The open blocks, the one opened first before others.</summary>
    public ImmutableSortedSet<OpenedBlock> InOpeningOrder { get; private init; } = [];

    /// <summary>Of these those that hold an order for something that mere days may end (<see cref="FindingKinds.HealsWithTime"/>).</summary>
    public ImmutableSortedSet<OpenedBlock> HealedByTime { get; private init; } = [];

    /// <summary>The open block of an order, or null.</summary>
    public Block? OfOrder(string order) => ByOrder.TryGetValue(order, out var id) && Blocks.TryGetValue(id, out var block) ? block : null;

    ImmutableDictionary<string, ImmutableArray<Waiver>> Waivers { get; init; } =
        ImmutableDictionary.Create<string, ImmutableArray<Waiver>>(StringComparer.Ordinal);

    /// <summary>What was set aside of an order, in order of entry.</summary>
    public IReadOnlyList<Waiver> WaiversOf(string order) => Waivers.TryGetValue(order, out var known) ? known : [];

    public Problem? Refuse(Case @case, IReadOnlyDictionary<string, Facts> before, string customer, bool wasClosed) =>
        FreedHeadroom.Refuse(@case, before, customer, wasClosed);

    public IFactsSlice With(object row) => row switch
    {
        Block block => With(block),
        OverrunHistory history => this with { Overruns = Overruns.SetItem(history.Payer, history) },
        Waiver waiver => this with { Waivers = Waivers.SetItem(waiver.Order, [.. WaiversOf(waiver.Order).Where(other => other.Id != waiver.Id), waiver]) },
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        Block block => Without(block),
        OverrunHistory history => this with { Overruns = Overruns.Remove(history.Payer) },
        Waiver waiver => this with { Waivers = Waivers.SetItem(waiver.Order, [.. WaiversOf(waiver.Order).Where(other => other.Id != waiver.Id)]) },
        _ => this,
    };

    ChecksFacts With(Block block)
    {
        var others = Without(block);
        if (block.Status != BlockStatus.Open) return others with { Blocks = others.Blocks.SetItem(block.Id, block) };
        return others with
        {
            Blocks = others.Blocks.SetItem(block.Id, block), ByOrder = others.ByOrder.SetItem(block.Order, block.Id),
            InOpeningOrder = others.InOpeningOrder.Add(OpenedBlock.Of(block)),
            HealedByTime = block.Findings.Any(finding => finding.Cleared is null && FindingKinds.HealsWithTime(finding.Code))
                ? others.HealedByTime.Add(OpenedBlock.Of(block)) : others.HealedByTime,
            Due = block.DueOn is { } due ? others.Due.Add((due, block.Id)) : others.Due,
        };
    }

    ChecksFacts Without(Block block)
    {
        if (!Blocks.TryGetValue(block.Id, out var known)) return this;
        return this with
        {
            Blocks = Blocks.Remove(known.Id), InOpeningOrder = InOpeningOrder.Remove(OpenedBlock.Of(known)), HealedByTime = HealedByTime.Remove(OpenedBlock.Of(known)),
            Due = known.DueOn is { } due ? Due.Remove((due, known.Id)) : Due,
            ByOrder = ByOrder.TryGetValue(known.Order, out var open) && open == known.Id ? ByOrder.Remove(known.Order) : ByOrder,
        };
    }

    public object? Find(Type row, string key) => row == typeof(Block) ? Blocks.GetValueOrDefault(key)
        : row == typeof(OverrunHistory) ? Overruns.GetValueOrDefault(key)
        : row == typeof(Waiver) ? WaiversOf(key[..key.LastIndexOf(':')]).FirstOrDefault(waiver => waiver.Id == key)
        : null;

    public IEnumerable<object> RowsOf(string party) => Blocks.Values.Where(block => block.Customer == party).Cast<object>()
        .Concat(OverrunsOf(party) is { } history ? [history] : Array.Empty<object>())
        .Concat(Waivers.Values.SelectMany(waivers => waivers).Where(waiver => waiver.Customer == party));

    public static readonly Table<OrderCheck> CheckTable = new(
        "order_check",
        [
            ("id", ColumnKind.Text, check => check.Id),
            ("order", ColumnKind.Text, check => check.Order),
            ("customer", ColumnKind.Text, check => check.Customer),
            ("payer", ColumnKind.Text, check => check.Payer),
            ("occasion", ColumnKind.Text, check => Words.Of(check.Occasion)),
            ("date", ColumnKind.Date, check => check.Date),
            ("policy_version", ColumnKind.Whole, check => (long)check.PolicyVersion),
            ("status", ColumnKind.Text, check => Words.Of(check.Status)),
            ("triage", ColumnKind.Text, check => Words.Of(check.Triage)),
            ("skipped", ColumnKind.Text, check => check.Skipped is { } reason ? Words.Of(reason) : null),
            ("cause", ColumnKind.Text, check => check.Cause is { } cause ? Words.Of(cause) : null),
            ("block", ColumnKind.Text, check => check.Block),
            ("findings", ColumnKind.Json, check => JsonSerializer.Serialize(check.Findings, Compact)),
            ("exposure", ColumnKind.Json, check => JsonSerializer.Serialize(check.Exposure, Compact)),
            ("defects", ColumnKind.Text, check => check.Defects.Count == 0 ? null : string.Join(' ', check.Defects.Select(kind => Words.Of(kind)))),
        ],
        check => check.Customer,
        v => new OrderCheck(
            v.Text(), v.Text(), v.Text(), v.Text(), v.Word<Occasion>(), v.Date(), (int)v.Whole(), v.Word<OrderStatus>(), v.Word<Triage>(), v.WordOrNull<SkipReason>(),
            v.WordOrNull<Cause>(), v.TextOrNull(), JsonSerializer.Deserialize<Finding[]>(v.Text(), Compact)!,
            JsonSerializer.Deserialize<ExposureSeen>(v.Text(), Compact)!)
        {
            Defects = v.TextOrNull() is { } kinds ? [.. kinds.Split(' ').Select(Words.Parse<DefectKind>)] : [],
        },
        // The reason of an account hold is told as a finding's subject.
        personal: [new("findings", "subject", "reason")],
        partyColumn: "customer",
        history: true);

    public static readonly Table<Block> BlockTable = new(
        "block",
        [
            ("id", ColumnKind.Text, block => block.Id),
            ("order", ColumnKind.Text, block => block.Order),
            ("customer", ColumnKind.Text, block => block.Customer),
            ("payer", ColumnKind.Text, block => block.Payer),
            ("status", ColumnKind.Text, block => Words.Of(block.Status)),
            ("opened_at", ColumnKind.Instant, block => block.OpenedAt),
            ("opened_on", ColumnKind.Date, block => block.OpenedOn),
            ("closed_at", ColumnKind.Instant, block => block.ClosedAt),
            ("closed_by", ColumnKind.Text, block => block.ClosedBy),
            ("triage", ColumnKind.Text, block => Words.Of(block.Triage)),
            ("cause", ColumnKind.Text, block => block.Cause is { } cause ? Words.Of(cause) : null),
            ("amount", ColumnKind.Whole, block => block.Amount),
            ("currency", ColumnKind.Text, block => block.Currency.Code),
            ("findings", ColumnKind.Json, block => JsonSerializer.Serialize(block.Findings, Compact)),
            ("owner", ColumnKind.Text, block => block.Owner),
            ("hours", ColumnKind.Whole, block => (long)block.Hours),
            ("due_at", ColumnKind.Instant, block => block.DueAt),
            ("due_on", ColumnKind.Date, block => block.DueOn),
            ("asks", ColumnKind.Flag, block => block.Asks),
            ("version", ColumnKind.Whole, block => block.Version),
            ("opened_entry", ColumnKind.Whole, block => block.OpenedEntry),
            ("closed_on", ColumnKind.Date, block => block.ClosedOn),
            ("decided", ColumnKind.Json, block => block.Decided is { } decided ? JsonSerializer.Serialize(decided, Compact) : null),
        ],
        block => block.Customer,
        v => new Block(
            v.Text(), v.Text(), v.Text(), v.Text(), v.Word<BlockStatus>(), v.Instant(), v.Date(), v.InstantOrNull(), v.TextOrNull(), v.Word<Triage>(),
            v.WordOrNull<Cause>(), v.Whole(), v.Currency(), JsonSerializer.Deserialize<BlockFinding[]>(v.Text(), Compact)!)
        {
            Owner = v.TextOrNull(), Hours = (int)v.Whole(), DueAt = v.InstantOrNull(), DueOn = v.DateOrNull(), Asks = v.Flag(), Version = v.Whole(),
            OpenedEntry = v.WholeOrNull() ?? 0, ClosedOn = v.DateOrNull(),
            Decided = v.TextOrNull() is { } decided ? JsonSerializer.Deserialize<LastDecision>(decided, Compact) : null,
        },
        block => block.Status == BlockStatus.Open,
        partyColumn: "customer");

    /// <summary>How checks of an order are sorted. Those that came with a move came in one entry: then their dates tell, and last their own numbers.</summary>
    internal const string NewestFirst = "from_sequence DESC, date DESC, length(id) DESC, id DESC";

    /// <summary>Which checks are an order's. Their ids begin with its number, so that the primary key finds them and no index is kept for it.</summary>
    /// <param name="checks">What stands for the table.</param>
    /// <param name="order">A parameter or column with the order's number.</param>
    internal static string OfOrder(string checks, string order) =>
        $"{checks}.\"order\" = {order} AND {checks}.id >= {order} || ':' AND {checks}.id < {order} || ';'";

    public static readonly Table<OverrunHistory> OverrunTable = new(
        "overrun_history",
        [
            ("payer", ColumnKind.Text, history => history.Payer),
            ("overruns", ColumnKind.Json, history => JsonSerializer.Serialize(history.Overruns.Select(overrun => overrun.ToString()), Json.Options)),
        ],
        history => history.Payer,
        v => new OverrunHistory(v.Text(), [.. JsonSerializer.Deserialize<string[]>(v.Text(), Json.Options)!.Select(Overrun.Parse)]));

    public static readonly Table<Waiver> WaiverTable = new(
        "waiver",
        [
            ("id", ColumnKind.Text, waiver => waiver.Id),
            ("order", ColumnKind.Text, waiver => waiver.Order),
            ("customer", ColumnKind.Text, waiver => waiver.Customer),
            ("code", ColumnKind.Text, waiver => waiver.Code),
            ("level", ColumnKind.Text, waiver => waiver.Level),
            ("subject", ColumnKind.Text, waiver => waiver.Subject),
            ("amount", ColumnKind.Whole, waiver => waiver.Amount),
            ("days", ColumnKind.Whole, waiver => (long?)waiver.Days),
            ("reason", ColumnKind.Text, waiver => waiver.Reason),
            ("by", ColumnKind.Text, waiver => waiver.By),
            ("at", ColumnKind.Date, waiver => waiver.At),
            ("until", ColumnKind.Date, waiver => waiver.Until),
            ("owner", ColumnKind.Text, waiver => waiver.Owner is { } owner ? Words.Of(owner) : null),
            ("due_on", ColumnKind.Date, waiver => waiver.DueOn),
            ("mended_on", ColumnKind.Date, waiver => waiver.MendedOn),
        ],
        waiver => waiver.Customer,
        v => new Waiver(
            v.Text(), v.Text(), v.Text(), v.Text(), v.TextOrNull(), v.TextOrNull(), v.WholeOrNull(), (int?)v.WholeOrNull(), v.Text(), v.Text(), v.Date(), v.DateOrNull())
        {
            Owner = v.WordOrNull<OwnerFunction>(), DueOn = v.DateOrNull(), MendedOn = v.DateOrNull(),
        },
        personal: [new("reason")]);

    /// <summary>The findings of a stored check, from its column.</summary>
    internal static IReadOnlyList<Finding> ReadFindings(string column) => JsonSerializer.Deserialize<Finding[]>(column, Compact)!;

    /// <summary>The journal's form: what is null is left out, and what can be computed is not kept.</summary>
    static readonly JsonSerializerOptions Compact = new(Json.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true,
        RespectRequiredConstructorParameters = false,
    };
}
