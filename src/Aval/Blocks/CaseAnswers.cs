using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Work.Rules;

namespace Aval.Blocks;

/// <summary>What an order earns that is still to come, and what that is on the risk it adds.</summary>
/// <param name="Amount">Net of tax and discount, less cost, in <paramref name="Currency"/>.</param>
/// <param name="LinesKnown">Of its lines still to come, those with a cost.</param>
/// <param name="PerAddedExposure">Earned on each unit by which the order raises the payer's exposure, as 0.18; null when it raises it by nothing.</param>
public sealed record MarginAnswer(decimal Amount, Currency Currency, int LinesKnown, int Lines, decimal? PerAddedExposure)
{
    public static MarginAnswer? Of(FoundBlock found)
    {
        if (Margin.Of(found.Order.Order) is not { } margin) return null;
        var seen = found.Order.Check.Exposure;
        return new MarginAnswer(
            new Money(margin.Amount, margin.Currency).Major, margin.Currency, margin.LinesKnown, margin.Lines,
            seen.Currency == margin.Currency ? margin.PerAdded(seen.AfterOrder - seen.Compared) : null);
    }
}

/// <summary>What is to be done because of a block, and by whom; <c>GET /work/{id}</c> tells all of it.</summary>
/// <param name="Person">Who has taken it.</param>
public sealed record BlockWork(string Id, WorkKind Kind, string Code, string Subject, string Owner, string? Person, DateTimeOffset? DueAt, DateOnly? SnoozedUntil)
{
    public static BlockWork Of(WorkItem item) => new(item.Id, item.Kind, item.Code, item.Subject, item.Owner, item.Person, item.DueAt, item.SnoozedUntil);
}
