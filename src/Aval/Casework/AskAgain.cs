using Aval.Blocks;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Casework;

/// <param name="Reason">Why the limit is wrong, and what would be right.</param>
public sealed record ChallengeBody(string Reason);

/// <summary>Customer Service challenges a customer's limit; credit answers it, with a reason.</summary>
public sealed record ChallengeLimit(string Customer, ChallengeBody Body) : Command
{
    public override string Name => "challengeLimit";
    public override Subject Subject => Subject.Party(Customer, PartyProblems.CustomerUnknown);
    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.Invalid("reason", "must say why") : null;

    public override Problem? Decide(Case @case)
    {
        if (LimitChallenges.OpenOf(@case.Facts, Customer) is { } open)
            return WorkProblems.ChallengeOpen.With($"{open.AskedBy} has challenged it on {open.OpenedOn:yyyy-MM-dd}.", "number");
        @case.Reason = Body.Reason;
        Lists.Put(@case, new WorkItem(
            Lists.IdAt(@case, Customer), WorkKind.Challenge, LimitChallenges.Code, Customer, Words.Of(OwnerFunction.Credit), Customer, null, null, 0,
            @case.Facts.Get<PartiesFacts>().Customers[Customer].Currency, @case.Now, @case.Today, WorkStatus.Open)
        {
            Hours = Asking.HoursOf(@case), AskedBy = @case.Actor.Name, Question = Body.Reason, Hands = string.Join('\n', @case.Actor.Hands),
        });
        return null;
    }
}

/// <param name="Reason">What speaks for the order, and what Credit may not know.</param>
public sealed record AppealBody(string Reason);

/// <summary>Sales asks that a held order be looked at again: once a block, answered by credit's manager with a reason.</summary>
public sealed record AppealBlock(string Block, AppealBody Body) : Command
{
    public override string Name => "appealBlock";
    public override Subject Subject => Subject.Document("block", Block, BlockProblems.BlockUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ChecksFacts.BlockTable, Block), Cite.Of(WorkFacts.Table, IdOf(Block))];
    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.Invalid("reason", "must say why") : null;

    public static string IdOf(string block) => block + "-appeal";

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Block>(Block) is not { } block) return BlockProblems.BlockUnknown.With($"block {Block} is not known.", "id");
        if (block.Status == BlockStatus.Closed) return Blocks.DecisionProblems.BlockClosed.With($"the block of {block.Order} was closed by {block.ClosedBy}.");
        if (@case.Facts.Find<WorkItem>(IdOf(Block)) is { } made) return WorkProblems.AppealMade.With($"{made.AskedBy} has appealed on {made.OpenedOn:yyyy-MM-dd}.", "id");
        @case.Reason = Body.Reason;
        Lists.Put(@case, new WorkItem(
            IdOf(Block), WorkKind.Appeal, "block", block.Order, Access.Roles.CreditManager, block.Customer, Block, block.Order, block.Amount, block.Currency, @case.Now,
            @case.Today, WorkStatus.Open)
        {
            Hours = block.Hours, AskedBy = @case.Actor.Name, Question = Body.Reason, Hands = string.Join('\n', @case.Actor.Hands),
        });
        return null;
    }
}

/// <param name="Answer">Why it was upheld or refused.</param>
/// <param name="Upheld">Whether whoever asked is right. What follows from it (a limit, a decision) is an act of its own.</param>
public sealed record AnswerBody(string Answer, bool Upheld);

/// <summary>Answers a challenge or an appeal, with a reason.</summary>
public sealed record AnswerWork(string Id, AnswerBody Body) : Command
{
    public override string Name => "answerWork";
    public override Subject Subject => WorkLine.Of(Id);
    public override Cite? Edits => Cite.Of(WorkFacts.Table, Id);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(WorkFacts.Table, Id)];
    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Answer) ? KernelProblems.Invalid("answer", "must say why") : null;

    public override Problem? Decide(Case @case)
    {
        var (item, problem) = WorkLine.Find(@case, Id);
        if (problem is not null) return problem;
        if (!item!.IsQuestion) return WorkProblems.NoQuestion.With($"{item.Subject} is no challenge and no appeal.", "id");
        if (@case.Actor.MayBe((item.Hands ?? item.AskedBy ?? "").Split('\n')))
            return KernelProblems.NotPermitted.With("Nobody answers what they have asked themselves.", "id");
        @case.Reason = Body.Answer;
        Lists.End(@case, item with { Code = Body.Upheld ? "upheld" : "refused", Answer = Body.Answer });
        return null;
    }
}

/// <summary>The addresses under which somebody is asked to look again, and answers.</summary>
static class Asking
{
    /// <summary>The working hours of policy's first tier: nobody waits for an answer as for money.</summary>
    public static int HoursOf(Case @case) => @case.Company.Get<PoliciesFacts>().Current.Policy.DecisionDeadlines is [var first, ..] ? first.Hours : 8;

    internal static void Map(Api api)
    {
        api.Post<ChallengeBody, WorkAnswer>(
            "/customers/{number}/limit-challenge", LimitChallenges.Permission, "Challenges a customer's limit; credit answers it",
            (body, request) => new ChallengeLimit(request.Route("number"), body), WorkAnswer.OfAsync, [PartyProblems.CustomerUnknown, WorkProblems.ChallengeOpen]);
        api.Post<AppealBody, WorkAnswer>(
            "/blocks/{id}/appeal", BlockPermissions.Appeal, "Asks that a held order be looked at again, once a block",
            (body, request) => new AppealBlock(request.Route("id"), body),
            WorkAnswer.OfAsync, [BlockProblems.BlockUnknown, Blocks.DecisionProblems.BlockClosed, WorkProblems.AppealMade]);
        api.Post<AnswerBody, WorkAnswer>(
            "/work/{id}/answer", WorkPermissions.Handle, "Answers a challenge or an appeal, with a reason", (body, request) => new AnswerWork(request.Route("id"), body),
            WorkAnswer.OfAsync, [WorkProblems.WorkUnknown, WorkProblems.WorkDone, WorkProblems.NoQuestion]);
    }
}
