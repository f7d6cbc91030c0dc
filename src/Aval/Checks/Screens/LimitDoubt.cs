using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Checks;

/// <summary>A limit that the one who looks may challenge.</summary>
/// <param name="Customer">Whose limit it is.</param>
/// <param name="Open">The challenge that waits for its answer; null when there is none.</param>
public sealed record LimitDoubt(string Customer, WorkItem? Open)
{
    /// <summary>Null where they may not, and where there is no such customer.</summary>
    public static LimitDoubt? Of(Actor actor, Facts? root, string customer) =>
        root?.Find<Customer>(customer) is not null && LimitChallenges.Permission.IsGrantedTo(actor) ? new LimitDoubt(customer, LimitChallenges.OpenOf(root, customer)) : null;
}
