using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Checks;

/// <summary>Disputes that a decision has asked somebody to look at: each lies on its owner's list until it is qualified or over, or the decision stands no more.</summary>
public sealed class DisputeReviews : IReaction
{
    public const string Code = "disputeReview";

    public string Rule => "disputeReviews";

    /// <summary>Puts the dispute on its owner's list, to be done by the decision's day; what lies there about it already stays.</summary>
    public static void Put(Case @case, Block block, Decision decision, string dispute, OwnerFunction owner)
    {
        var about = (WorkKind.Defect, Code, dispute);
        if (@case.Facts.Get<WorkFacts>().About(about).Any(item => item.Block == block.Id)) return;
        var id = Lists.IdAt(@case, $"{block.Id} {about}");
        Lists.Put(@case, new WorkItem(
            id, WorkKind.Defect, Code, dispute, Words.Of(owner), block.Customer, block.Id, block.Order, block.Amount, block.Currency, @case.Now, @case.Today, WorkStatus.Open)
        {
            Hours = block.Hours,
        });
        Lists.Record(@case, @case.Facts.Find<WorkItem>(id)! with { DueAt = null, DueOn = decision.Until });
    }

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        var work = after.Get<WorkFacts>();
        return
        [
            .. rows.SelectMany(row => row switch
            {
                Dispute dispute => work.About((WorkKind.Defect, Code, dispute.Number)),
                Decision decision => work.OfBlock(decision.Block).Where(item => item.Code == Code),
                _ => [],
            }).Where(item => !IsNeeded(after, item)).Select(item => item.Id).Distinct(StringComparer.Ordinal),
        ];
    }

    public void Run(Case @case, string key)
    {
        if (@case.Facts.Find<WorkItem>(key) is { Status: WorkStatus.Open } item && !IsNeeded(@case.Facts, item)) Lists.End(@case, item);
    }

    static bool IsNeeded(Facts facts, WorkItem item) => facts.Find<Dispute>(item.Subject) is { Stands: true } dispute
        && facts.Get<DecisionsFacts>().OfOrder(item.Order!).Any(decision => decision is { Kind: DecisionKind.ReviewDisputes, Status: DecisionStatus.InForce }
            && decision.Terms.Disputes?.Contains(item.Subject) == true && !(dispute.QualifiedOn >= decision.On));
}
