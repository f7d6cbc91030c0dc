using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aval.Blocks;

/// <param name="MayDecide">The one who looks has the right to decide.</param>
/// <param name="Chosen">The kind whose fields are shown; null until one is chosen.</param>
/// <param name="Refused">Why what was sent was refused; null when nothing was.</param>
/// <param name="Sent">What was typed, by field.</param>
public sealed record BlockView(FoundBlock Found, bool MayDecide, DecisionKind? Chosen, Problem? Refused, IReadOnlyDictionary<string, string> Sent);

/// <summary>Shows a block: what can be decided, what was, and what that waits for; and takes decisions. It needs no script.</summary>
static class ShowBlock
{
    static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage("/blocks/{id}", OrderPermissions.Read, (request, cancel) => ShowAsync(request, request.Word<DecisionKind>("decision"), null, Nothing, cancel));
        pages.MapForm("/blocks/{id}/decisions", DecisionPermissions.DecideBlocks, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var read = DecisionForm.Read(form);
            var refused = read.Problem ?? await SubmitAsync(request, new DecideBlock(request.Route("id"), read.Value!, SeenIn(form)), cancel);
            if (refused is null) return PageAnswer.To(Links.Block(request.Route("id")));
            var sent = form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
            return await ShowAsync(request, read.Value?.Decision ?? Chosen(sent), refused, sent, cancel);
        });
        pages.MapForm("/blocks/{id}/decisions/{decisionId}/confirm", DecisionPermissions.DecideBlocks, async (request, cancel) =>
            await SubmitAsync(request, new ConfirmDecision(request.Route("id"), request.Route("decisionId")), cancel) is { } refused
                ? await ShowAsync(request, null, refused, Nothing, cancel)
                : PageAnswer.To(Links.Block(request.Route("id"))));
    }

    static async Task<PageAnswer> ShowAsync(
        PageRequest request, DecisionKind? chosen, Problem? refused, IReadOnlyDictionary<string, string> sent, CancellationToken cancel) =>
        await ReadBlock.FindAsync(request.Desk, request.Store, request.Route("id"), cancel) is { } found
            ? PageAnswer.Of<BlockPage, BlockView>(
                $"Block of order {found.Block.Order}", new BlockView(found, DecisionPermissions.DecideBlocks.IsGrantedTo(request.Actor), chosen, refused, sent),
                refused?.Kind.Status ?? StatusCodes.Status200OK)
            : PageAnswer.Missing($"There is no block {request.Route("id")}.");

    static async Task<Problem?> SubmitAsync(PageRequest request, Command command, CancellationToken cancel) =>
        (await request.Desk.SubmitAsync(command, request.Actor, cancel: cancel)).Problem;

    static string? SeenIn(IFormCollection form) => form["version"].ToString() is { Length: > 0 } version ? version : null;

    static DecisionKind? Chosen(Dictionary<string, string> sent) =>
        Words.TryParse<DecisionKind>(sent.GetValueOrDefault("decision"), out var kind) ? kind : null;
}
