using System.Text.Json;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;

namespace Aval.Blocks;

/// <summary>Fills the context card of a held order, as far as one knows: it stands in place of the one before, which stays on record.</summary>
public sealed record FillContext(string Block, OrderContext Said) : Command
{
    public override string Name => "fillContext";
    public override Subject Subject => Subject.Document("block", Block, BlockProblems.BlockUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ChecksFacts.BlockTable, Block)];

    public override Problem? Refuse() => ContextQuestions.Unanswered(Said).Count == ContextQuestions.All.Count && string.IsNullOrWhiteSpace(Said.Note)
        ? KernelProblems.Invalid("urgency", "or another question must be answered")
        : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Block>(Block) is not { } block) return BlockProblems.BlockUnknown.With($"block {Block} is not known.", "id");
        if (block.Status == BlockStatus.Closed || @case.Facts.Find<Order>(block.Order) is not { } order)
            return DecisionProblems.BlockClosed.With($"the block of {block.Order} was closed by {block.ClosedBy}.");
        var answers = JsonSerializer.Serialize(Said, Json.Options);
        OrderRecord.Put(@case, order with { Context = answers });
        @case.Put(ContextCard.Table, new ContextCard($"{Block}:{@case.Place}", Block, block.Order, block.Customer, @case.Actor.Name, @case.Now, answers));
        return null;
    }

    internal static void Map(Api api) => api.Put<OrderContext, ContextAnswer>(
        "/blocks/{id}/context", BlockPermissions.FillContext, "Fills the context card of a held order: what Customer Service knows of it",
        (said, request) => new FillContext(request.Route("id"), said), (outcome, _) => ContextAnswer.Of([outcome.Row<ContextCard>()!], outcome.Row<Order>()!),
        [BlockProblems.BlockUnknown, DecisionProblems.BlockClosed]);
}

/// <summary>What Customer Service knows of a held order.</summary>
/// <param name="By">Who filled the card last; who entered the order where it came with it; null when nobody has said anything.</param>
/// <param name="Said">The answers; a question that nobody answered is null.</param>
/// <param name="Unanswered">The questions that nobody has answered.</param>
/// <param name="History">All times somebody filled it, the last first.</param>
public sealed record ContextAnswer(string? By, DateTimeOffset? At, OrderContext Said, IReadOnlyList<string> Unanswered, IReadOnlyList<FilledAnswer> History)
{
    static readonly OrderContext Nothing = new();

    public static ContextAnswer Of(IReadOnlyList<ContextCard> cards, Order order)
    {
        var entered = order.Context is { } context ? JsonSerializer.Deserialize<OrderContext>(context, Json.Options) : null;
        var said = cards is [var last, ..] ? last.Said : entered ?? Nothing;
        return new ContextAnswer(
            cards.Count > 0 ? cards[0].By : entered is null ? null : order.Entrant, cards.Count > 0 ? cards[0].At : null, said,
            [.. ContextQuestions.Unanswered(said).Select(question => question.Name)], [.. cards.Select(card => new FilledAnswer(card.By, card.At, card.Said))]);
    }
}

public sealed record FilledAnswer(string By, DateTimeOffset At, OrderContext Said);

public static class BlockPermissions
{
    public static readonly Permission FillContext = new("fillContext", "customerService", "orderManager", "sales");

    /// <summary>Asks that a held order be looked at again.</summary>
    public static readonly Permission Appeal = new("appealBlocks", "sales");
}
