using Aval.Cash;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Outcomes;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Blocks;

/// <summary>A block with what can be decided about it and what has been.</summary>
/// <param name="Decisions">The first first.</param>
/// <param name="Options">As the order shows them now, in the order by which a decision names them.</param>
/// <param name="Remaining">What holds the order and no option cures, each with why.</param>
/// <param name="Weighing">Who is to weigh it together before anybody decides; null where policy asks nobody to.</param>
/// <param name="WouldPass">The check passes now: only proposed where a person has decided, since no re-check goes over that.</param>
/// <param name="Like">How the nearest cases of the past were decided and what came of them, the nearest first.</param>
/// <param name="Deferred">What was set aside of the order, and what came of that.</param>
/// <param name="Unassigned">Money whose payer is not known and that might be this payer's; only while the block is open.</param>
public sealed record BlockDetail(
    string Id, string Order, string Customer, string Payer, BlockStatus Status, DateTimeOffset OpenedAt, DateOnly OpenedOn, DateTimeOffset? ClosedAt, string? ClosedBy,
    Triage Triage, Cause? Cause, decimal Amount, Currency Currency, IReadOnlyList<BlockFinding> Findings, string? Owner, DateTimeOffset? DueAt, DateOnly? DueOn, long Version,
    OrderStatus OrderStatus, EffectAnswer Effect, IReadOnlyList<DecisionView> Decisions, IReadOnlyList<OptionAnswer> Options, IReadOnlyList<RemainingAnswer> Remaining,
    bool WouldPass,
    Weighing? Weighing, ContextAnswer Context, MarginAnswer? Margin, IReadOnlyList<BlockWork> Work, IReadOnlyList<LikeCase> Like,
    IReadOnlyList<DeferredRiskAnswer> Deferred, IReadOnlyList<UnassignedAnswer> Unassigned)
{
    internal static BlockDetail Of(FoundBlock found, Language language)
    {
        var block = BlockAnswer.Of(found.Block);
        return new BlockDetail(
            block.Id, block.Order, block.Customer, block.Payer, block.Status, block.OpenedAt, block.OpenedOn, block.ClosedAt, block.ClosedBy, block.Triage, block.Cause,
            block.Amount, block.Currency, block.Findings, block.Owner, block.DueAt, block.DueOn, block.Version, found.Order.Order.Status,
            EffectAnswer.Of(found.Order.Order, found.Standing), [.. found.Decisions.Select(decision => DecisionView.Of(decision, found.Order.Order, language))],
            [.. found.Remedies.Options.Select(option => OptionAnswer.Of(option, language))],
            [.. found.Remedies.Remaining.Select(remaining => RemainingAnswer.Of(remaining, language))], found.WouldPass, found.Weighing,
            ContextAnswer.Of(found.Cards, found.Order.Order), MarginAnswer.Of(found), [.. found.Work.Select(BlockWork.Of)], found.Like,
            [.. found.Deferred.Select(risk => DeferredRiskAnswer.Of(risk, found.Today))], found.Unassigned);
    }
}

/// <summary>Reads one block.</summary>
static class ReadBlock
{
    const int MostDeferred = 20;

    internal static void Map(Api api) => api.Get<BlockDetail>(
        "/blocks/{id}", OrderPermissions.Read, "A block with its decisions, their conditions, and what can be decided; the ETag says what was read, and a decision sends it back",
        async (request, cancel) =>
        {
            if (await FindAsync(request.Desk, request.Store, request.Route("id"), cancel) is not { } found)
                return BlockProblems.BlockUnknown.With($"block {request.Route("id")} is not known.", "id");
            request.ShowTag(found.Edition);
            return BlockDetail.Of(found, Languages.Of(request.AcceptLanguage));
        },
        problems: [BlockProblems.BlockUnknown]);

    public static async Task<FoundBlock?> FindAsync(SeenDesk desk, Store store, string id, CancellationToken cancel)
    {
        if (await Checks.Blocks.FindAsync(store, id, cancel) is not { } block) return null;
        if (await GetOrder.FindAsync(desk, store, block.Order, cancel) is not { } order) return null;
        var asked = block.Status == BlockStatus.Open ? order.Asked : null;
        var question = asked is null ? null : Deciding.Question(asked);
        var all = question is null ? Remedies.None : Remedies.Of(question);
        var company = asked?.Company ?? await desk.CompanyAsync(cancel);
        var stored = await StoredAsync(store, company, block, order, asked, cancel);
        // From here on nobody holds a connection: what is unseen is looked up by the database too.
        var unseen = new Unseen(desk, cancel);
        var decisions = await Unseen.EachAsync(stored.Decisions, unseen.OfAsync);
        return new FoundBlock(
            block, order, decisions, await unseen.OfAsync(all), asked?.Check().Passes ?? false, stored.Like, stored.Deferred, asked?.Today ?? company.Through)
        {
            Weighing = asked is not null && Ruling.OfWhole(asked) is { } exception ? Weighing.Of(asked.Policy.Policy.ArbitrationAsked, exception) : null,
            Cards = stored.Cards,
            Work = await Unseen.EachAsync(stored.Work, unseen.OfAsync),
            Edition = AsRead.Of(block, question, all).ToString(),
            Unassigned = asked is null ? [] : await UnassignedMoney.OfPayerAsync(store, block.Payer, cancel),
        };
    }

    /// <summary>What has been recorded of it.</summary>
    static async Task<Stored> StoredAsync(Store store, Facts company, Block block, FoundOrder order, WhatIf? asked, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var decisions = await DecisionSearch.OfBlockAsync(reader, order.Stands, block.Id, cancel);
        // Of a closed block the case as its last decision saw it.
        var like = (asked is null ? decisions is [.., { Case: { } last }] ? last : null : SeenCase.Of(asked, block)) is { } seen
            ? await LikeCases.FindAsync(reader, company, seen, block.Order, cancel)
            : [];
        return new Stored(
            decisions, like, await DeferredRisks.PageAsync(reader, new DeferredFilter(Order: block.Order), null, MostDeferred, asked?.Today ?? company.Through, cancel),
            await ContextCard.OfBlockAsync(reader, order.Stands, block.Id, cancel), await WorkSearch.OfBlockAsync(reader, block.Id, cancel));
    }

    sealed record Stored(
        IReadOnlyList<Decision> Decisions, IReadOnlyList<LikeCase> Like, IReadOnlyList<DeferredRisk> Deferred, IReadOnlyList<ContextCard> Cards, IReadOnlyList<WorkItem> Work);
}

/// <param name="Remedies">What can be done about it; none once it is closed.</param>
public sealed record FoundBlock(Block Block, FoundOrder Order, IReadOnlyList<Decision> Decisions, Remedies Remedies, bool WouldPass, IReadOnlyList<LikeCase> Like,
    IReadOnlyList<DeferredRisk> Deferred, DateOnly Today)
{
    /// <summary>The block as it is read here: its ETag, which a decision sends back (<see cref="AsRead"/>).</summary>
    public required string Edition { get; init; }

    /// <summary>Who weighs it together before anybody decides; null where policy asks nobody to.</summary>
    public Weighing? Weighing { get; init; }

    /// <summary>The context cards that were filled, the last first.</summary>
    public IReadOnlyList<ContextCard> Cards { get; init; } = [];

    /// <summary>What is to be done because of it; nothing once it is closed.</summary>
    public IReadOnlyList<WorkItem> Work { get; init; } = [];

    /// <summary>Money whose payer is not known and that might be this payer's; nothing once it is closed.</summary>
    public IReadOnlyList<UnassignedAnswer> Unassigned { get; init; } = [];

    /// <summary>What was decided or proposed last and still stands; null when nothing does.</summary>
    public Decision? Decided => Decisions.LastOrDefault(decision => decision.Stands);

    /// <summary>The decision that the order goes by; null when nobody has decided.</summary>
    public Decision? Standing => Decisions.FirstOrDefault(decision => decision.Id == Order.Order.Decision);
}
