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
        var unseen = new Unseen(desk, cancel);
        var remedies = await unseen.OfAsync(all);
        await using var reader = await store.SnapshotAsync(cancel);
        var decisions = await DecisionSearch.OfBlockAsync(reader, order.Stands, id, cancel);
        // Of a closed block the case as its last decision saw it.
        var like = (asked is null ? decisions is [.., { Case: { } last }] ? last : null : SeenCase.Of(asked, block)) is { } seen
            ? await LikeCases.FindAsync(reader, asked?.Company ?? await desk.CompanyAsync(cancel), seen, block.Order, cancel)
            : [];
        var today = asked?.Today ?? (await desk.CompanyAsync(cancel)).Through;
        var deferred = await DeferredRisks.PageAsync(reader, new DeferredFilter(Order: block.Order), null, MostDeferred, today, cancel);
        return new FoundBlock(block, order, await Unseen.EachAsync(decisions, unseen.OfAsync), remedies, asked?.Check().Passes ?? false, like, deferred, today)
        {
            Weighing = asked is not null && Ruling.OfWhole(asked) is { } exception ? Weighing.Of(asked.Policy.Policy.ArbitrationAsked, exception) : null,
            Cards = await ContextCard.OfBlockAsync(reader, order.Stands, id, cancel),
            Work = await Unseen.EachAsync(await WorkSearch.OfBlockAsync(reader, id, cancel), unseen.OfAsync),
            Edition = AsRead.Of(block, question, all).ToString(),
            Unassigned = asked is null ? [] : await UnassignedMoney.OfPayerAsync(store, block.Payer, cancel),
        };
    }
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
