using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties.Rules;
using Aval.Policies;

namespace Aval.Blocks;

/// <summary>The second person confirms a decision: another one, with the same authority. Then it is done.</summary>
public sealed record ConfirmDecision(string Block, string Decision, string? Seen = null) : Command
{
    public override string Name => "confirmDecision";
    public override Subject Subject => Subject.Document("block", Block, BlockProblems.BlockUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ChecksFacts.BlockTable, Block), Cite.Of(DecisionsFacts.Table, Decision)];

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Block>(Block) is { } known && @case.Facts.Find<Decision>(Decision) is not { } other)
            return DecisionProblems.DecisionUnknown.With($"decision {Decision} is not one of the block of {known.Order}.", "decisionId");
        if (Deciding.Look(@case, Block, Seen) is { Problem: { } refusal }) return refusal;
        var (block, decision) = (@case.Facts.Find<Block>(Block)!, @case.Facts.Find<Decision>(Decision)!);
        if (decision.Block != Block) return DecisionProblems.DecisionUnknown.With($"decision {Decision} is not one of the block of {block.Order}.", "decisionId");
        if (decision.Status != DecisionStatus.AwaitingConfirmation)
            return DecisionProblems.DecisionNotPending.With($"decision {Decision} is {Kernel.Storage.Words.Of(decision.Status)}.");
        if (string.Equals(decision.By, @case.Actor.Name, StringComparison.OrdinalIgnoreCase)) return PolicyProblems.SamePerson.With($"{decision.By} decided it.");
        if (string.Equals(decision.OnBehalfOf, @case.Actor.Name, StringComparison.OrdinalIgnoreCase))
            return PolicyProblems.SamePerson.With($"{decision.By} decided it with the authority of {decision.OnBehalfOf}.");
        if (decision.IsOf(@case.Actor)) return PolicyProblems.SamePerson.With($"{decision.KeyMadeBy ?? @case.Actor.MadeBy} has the key of one in hand.");
        if (decision.Kind is DecisionKind.TemporaryLimit or DecisionKind.CorrectLimit
            && @case.Facts.Find<Customer>(decision.LimitOf) is { } of && of.Currency != decision.AmountCurrency)
            return KernelProblems.VersionStale.With($"the limit of {of.Number} is told in {of.Currency}, not in {decision.AmountCurrency}; decide anew.");
        var asked = Deciding.Asked(@case, block);
        var ruling = Ruling.Of(decision, asked);
        if (Deciding.Overridden(decision, ruling) is { } overridden) return overridden;
        var (grant, lender) = Deciding.GrantOf(@case, ruling, asked.Order, decision.By, decision.OnBehalfOf);
        if (grant == Grant.Exceeded) return Deciding.Exceeded(@case, ruling);
        // What was decided is what was seen then: more than that nobody has let pass.
        if (ruling.LetPass.Any(finding => !decision.Findings.Any(seen => Covers(seen, finding, decision.Payer, @case.Today.DayNumber - decision.On.DayNumber))))
            return KernelProblems.VersionStale.With($"what holds {block.Order} has grown since {Deciding.Said(decision)}; decide anew.");
        if (ExceptionalReleases.Refuse(@case, decision, ruling) is { } beyond) return beyond;
        @case.Reason = decision.Reason;
        ExceptionalReleases.Remember(@case, decision, ruling);
        Deciding.Replace(@case, block, decision.Id);
        Carrying.Out(@case, block, asked.Order, decision with { Status = DecisionStatus.InForce, ConfirmedBy = @case.Actor.Name, ConfirmedOnBehalfOf = lender });
        return null;
    }

    internal static void Map(Api api) => api.Post<Nothing, DecisionAnswer>(
        "/blocks/{id}/decisions/{decisionId}/confirm", DecisionPermissions.DecideBlocks, "Confirms a decision as the second person",
        (_, request) => new ConfirmDecision(request.Route("id"), request.Route("decisionId"), request.IfMatch),
            (outcome, request) => DecisionAnswer.Of(outcome, Languages.Of(request.AcceptLanguage)),
        [
            BlockProblems.BlockUnknown, DecisionProblems.DecisionUnknown, KernelProblems.VersionStale, DecisionProblems.BlockClosed, DecisionProblems.OwnOrder,
            PolicyProblems.SamePerson, DecisionProblems.DecisionNotPending, DecisionProblems.ReleaseOverridden, DecisionProblems.AuthorityExceeded,
            DecisionProblems.ExceptionRefused, DecisionProblems.ParameterMissing,
        ]);

    /// <summary>It is no more, and no older than the days that have passed make it.</summary>
    static bool Covers(Orders.Rules.SeenFinding seen, Finding now, string payer, int passed) =>
        seen.Code == now.Code && now.IsAt(seen.Level, seen.LimitLevel, payer) && seen.Subject == now.Subject && seen.Currency == now.Currency && !(now.Amount > seen.Amount)
        && !(now.Days > seen.Days + (FindingKinds.Ages(now.Code) ? passed : 0));
}
