using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Checks;

/// <summary>Records a block together with what lies on the work lists because of it: the decision, and whatever can be mended.</summary>
public static class BlockRecord
{
    /// <summary>A block whose owner, clock or decision has changed: what can be mended stays as it is.</summary>
    /// <param name="atTheEnd">True when its time has passed and nobody is left above: it stays late until somebody decides.</param>
    public static void Put(Case @case, Block block, bool atTheEnd = false)
    {
        @case.Put(ChecksFacts.BlockTable, block);
        Decision(@case, block, atTheEnd);
    }

    /// <summary>A block as a check leaves it.</summary>
    /// <param name="defects">Our own behind what was found.</param>
    internal static void Put(Case @case, Block block, CheckResult result, IReadOnlyList<Defect> defects)
    {
        Put(@case, block);
        var needed = Needed(block, result, defects);
        foreach (var item in @case.Facts.Get<WorkFacts>().OfBlock(block.Id)
            .Where(item => item.Kind is WorkKind.Mend or WorkKind.Defect && item.Code != DisputeReviews.Code).ToList())
            if (!needed.Remove(item.About)) Lists.End(@case, item);
            else Lists.Record(@case, item with { Amount = block.Amount, Currency = block.Currency });
        foreach (var (about, owner) in needed)
        {
            Lists.Put(@case, new WorkItem(
                Lists.IdAt(@case, $"{block.Id} {about}"), about.Kind, about.Code, about.Subject, Words.Of(owner), block.Customer, block.Id, block.Order, block.Amount,
                block.Currency, @case.Now, @case.Today, WorkStatus.Open) { Hours = block.Hours });
        }
    }

    /// <summary>Whether these defects of ours, and no others, lie on their owners' lists because of the block.</summary>
    internal static bool IsListed(Case @case, Block block, IReadOnlyList<Defect> defects) =>
        @case.Facts.Get<WorkFacts>().OfBlock(block.Id).Where(item => item.Kind == WorkKind.Defect && Words.TryParse<DefectKind>(item.Code, out _))
            .Select(item => (item.Code, item.Subject))
            .ToHashSet().SetEquals(defects.Select(defect => (Words.Of(defect.Kind), defect.Document)));

    /// <summary>A block that is closed: nothing is left to do for it.</summary>
    public static void Close(Case @case, Block block)
    {
        @case.Put(ChecksFacts.BlockTable, block);
        foreach (var item in @case.Facts.Get<WorkFacts>().OfBlock(block.Id).ToList()) Lists.End(@case, item);
    }

    /// <summary>The block's line as its decisions have it now.</summary>
    public static void Relist(Case @case, Block block)
    {
        if (@case.Facts.Find<WorkItem>(block.Id) is not null) Decision(@case, block, atTheEnd: false);
    }

    static void Decision(Case @case, Block block, bool atTheEnd)
    {
        var known = @case.Facts.Find<WorkItem>(block.Id);
        var item = known ?? new WorkItem(
            block.Id, WorkKind.Decide, "", block.Order, "", block.Customer, block.Id, block.Order, 0, block.Currency, block.OpenedAt, block.OpenedOn,
            WorkStatus.Open);
        var owner = block.Owner ?? Words.Of(OwnerFunction.Credit);
        var decisions = @case.Facts.Get<DecisionsFacts>().OfOrder(block.Order).ToList();
        var late = atTheEnd || (block.DueOn is null && item.EscalatedTo is not null && !decisions.Exists(decision => decision.Stands));
        var unconfirmed = decisions.Find(decision => decision.Block == block.Id && decision.Status == DecisionStatus.AwaitingConfirmation);
        // Who is asked reads the question on the line, not only that there is something to decide.
        var asking = unconfirmed ?? decisions.Find(decision => decision.Block == block.Id && decision is { Status: DecisionStatus.InForce, Kind: DecisionKind.Escalate });
        var kind = unconfirmed is null ? WorkKind.Decide : WorkKind.Confirm;
        // Who decided is not who confirms; and who had put it off has another question now.
        var same = owner == item.Owner && kind == item.Kind;
        // A clock that starts anew says that something has happened: what was put off is back.
        var restarted = block.DueOn is not null && (block.DueOn != item.DueOn || block.DueAt != item.DueAt);
        Lists.Record(@case, item with
        {
            Kind = kind, AskedBy = asking?.By, Question = asking is { Kind: DecisionKind.Escalate } ? asking.Question : null,
            Code = unconfirmed is null ? Words.Of(block.Triage) : Words.Of(unconfirmed.Kind), Owner = owner, Amount = block.Amount, Currency = block.Currency,
            Hours = block.Hours, DueAt = late ? item.DueAt : block.DueOn is null ? null : block.DueAt,
            DueOn = block.DueOn, EscalatedTo = late ? owner : null,
            // Who had taken it or put it off has it no more when it goes to another function.
            Person = same ? item.Person : null, SnoozedUntil = same && !restarted ? item.SnoozedUntil : null,
        });
    }

    /// <summary>What somebody can mend, by subject: findings that are no risk of the customer's, and our own defects behind the others.</summary>
    static Dictionary<(WorkKind Kind, string Code, string Subject), OwnerFunction> Needed(Block block, CheckResult result, IReadOnlyList<Defect> defects)
    {
        var needed = new Dictionary<(WorkKind, string, string), OwnerFunction>();
        foreach (var finding in result.Findings)
        {
            if (!finding.Blocks) continue;
            if ((finding.Nature ?? FindingKinds.Of(finding).Nature) == Cause.CustomerRisk) continue;
            // What whoever has the block can mend of this order alone is the block itself.
            if (finding.Level is null && Words.Of(finding.Owner) == block.Owner) continue;
            needed.TryAdd(About(block, finding), finding.Owner);
        }

        foreach (var defect in defects)
            needed.TryAdd((WorkKind.Defect, Words.Of(defect.Kind), defect.Document), defect.Owner);
        return needed;
    }

    /// <summary>What billing owes stands for its document, as where no order waits for it.</summary>
    static (WorkKind Kind, string Code, string Subject) About(Block block, Finding finding) => finding switch
    {
        { Code: "invoice-not-sent", Subject: { } invoice } => (WorkKind.Defect, LateBilling.NotSent, invoice),
        { Code: "unbilled-too-old", Subject: { } order } => (WorkKind.Defect, LateBilling.Unbilled, order),
        _ => (WorkKind.Mend, finding.Code, finding.Level ?? block.Order),
    };
}
