using Aval.Checks;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Blocks;

/// <summary>Says what a decision would come to, with everything that would refuse it; nothing is decided.</summary>
static class PreviewDecision
{
    internal static void Map(Api api) => api.Post<DecisionBody, DecisionAnswer>(
        "/blocks/{id}/decisions/preview", DecisionPermissions.DecideBlocks, "Says what a decision would come to, or why it would be refused; nothing is decided",
        async (body, request, cancel) =>
        {
            var tried = await request.Desk.TryAsync(new DecideBlock(request.Route("id"), body, request.IfMatch), request.Actor, cancel);
            return tried.Outcome is { } outcome ? DecisionAnswer.Of(outcome, Languages.Of(request.AcceptLanguage)) : tried.Problem!;
        },
        [
            BlockProblems.BlockUnknown, KernelProblems.VersionStale, DecisionProblems.BlockClosed, DecisionProblems.OwnOrder, DecisionProblems.OptionStale,
            DecisionProblems.ParameterMissing, DecisionProblems.ReleaseOverridden, DecisionProblems.AuthorityExceeded, DecisionProblems.DecisionStands,
            DecisionProblems.UntilTooFar, DecisionProblems.ExceptionRefused,
        ]);
}
