using Aval.Access;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Decisions.Rules;
using Aval.Disputes;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Web;
using Aval.Work;
using Aval.Work.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Blocks;

/// <param name="MayDecide">The one who looks has the right to decide.</param>
/// <param name="Chosen">The kind whose fields are shown; null until one is chosen.</param>
/// <param name="Refused">Why what was sent was refused; null when nothing was.</param>
/// <param name="Sent">What was typed, by field.</param>
public sealed record BlockView(FoundBlock Found, bool MayDecide, DecisionKind? Chosen, Problem? Refused, IReadOnlyDictionary<string, string> Sent)
{
    /// <summary>What was asked to be shown before it is decided.</summary>
    public DecisionAnswer? Preview { get; init; }

    /// <summary>The one who looks has the right to fill the context card.</summary>
    public bool MayFill { get; init; }

    public bool MayAppeal { get; init; }

    /// <summary>That sales asks to look again, while nobody has answered.</summary>
    public WorkItem? Appeal { get; init; }

    /// <summary>The limit that stands in the way, where the one who looks may challenge it.</summary>
    public LimitDoubt? Doubt { get; init; }

    /// <summary>What can be tried on the order; null where the visitor comes too late for that.</summary>
    public BenchView? Bench { get; init; }

    /// <summary>What each option comes to, by its place from 1; none where its figures do not tell.</summary>
    public IReadOnlyDictionary<int, Bench> Proofs { get; init; } = new Dictionary<int, Bench>();

    /// <summary>The name of the one who looks.</summary>
    public required string Visitor { get; init; }

    /// <summary>The language of what the customer is told.</summary>
    public required Language ToCustomer { get; init; }

    /// <summary>The case in words, to three readers.</summary>
    public required CheckTexts Texts { get; init; }

    /// <summary>What is argued about, promised and secured with the payer.</summary>
    public IReadOnlyList<PayerMatter> Matters { get; init; } = [];

    /// <summary>Everything that has happened to the order and the block, the last first.</summary>
    public IReadOnlyList<PastEvent> History { get; init; } = [];

    /// <summary>Of the customer and the payer, by number.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>The payer's disputes that stand, as choices.</summary>
    public IReadOnlyList<(string Value, string Label)> Disputes { get; init; } = [];

    /// <summary>The payer's open invoices that a decision may name, as choices.</summary>
    public IReadOnlyList<(string Value, string Label)> Payable { get; init; } = [];

    /// <summary>Why the context card was refused.</summary>
    public Problem? CardRefused { get; init; }
}

/// <summary>Shows a block: what can be decided, what was, and what that waits for; and takes decisions. It needs no script.</summary>
static class ShowBlock
{
    static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        WhatIfBench.MapPages(pages);
        pages.MapPage("/blocks/{id}", OrderPermissions.Read, (request, cancel) => ShowAsync(request, request.Word<DecisionKind>("decision"), null, Nothing, cancel));
        pages.MapForm("/blocks/{id}/decisions", DecisionPermissions.DecideBlocks, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var read = DecisionForm.Read(form);
            // What cancels the order cannot be taken back: it is shown first.
            var asks = form["preview"] == "1" || (read.Value?.Decision == DecisionKind.Reject && form["sure"] != "1");
            if (asks && read.Problem is null) return await PreviewAsync(request, read.Value!, form, cancel);
            var refused = read.Problem ?? NotRead(form) ?? await SubmitAsync(request, new DecideBlock(request.Route("id"), read.Value!, SeenIn(form)), cancel);
            if (refused is null) return PageAnswer.To(Links.Block(request.Route("id")));
            var sent = SentIn(form);
            return await ShowAsync(request, read.Value?.Decision ?? Chosen(sent), refused, sent, cancel);
        });
        pages.MapForm("/blocks/{id}/context", BlockPermissions.FillContext, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            return await SubmitAsync(request, new FillContext(request.Route("id"), Said(form)), cancel) is { } refused
                ? await ShowAsync(request, null, null, Nothing, cancel, card: refused)
                : PageAnswer.To(Links.Block(request.Route("id")) + "#context");
        });
        pages.MapForm("/blocks/{id}/decisions/{decisionId}/confirm", DecisionPermissions.DecideBlocks, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var refused = NotRead(form) ?? await SubmitAsync(request, new ConfirmDecision(request.Route("id"), request.Route("decisionId"), SeenIn(form)), cancel);
            return refused is not null ? await ShowAsync(request, null, refused, Nothing, cancel) : PageAnswer.To(Links.Block(request.Route("id")));
        });
    }

    /// <summary>What the decision would do, or why it would be refused; the form stays filled.</summary>
    static async Task<PageAnswer> PreviewAsync(PageRequest request, DecisionBody body, IFormCollection form, CancellationToken cancel)
    {
        // Why is asked of who decides, not of who only looks.
        var asked = body with { Reason = body.Reason ?? "–" };
        var tried = await request.Desk.TryAsync(new DecideBlock(request.Route("id"), asked, SeenIn(form)), request.Actor, cancel);
        return await ShowAsync(request, body.Decision, tried.Problem, SentIn(form), cancel, tried.Outcome is { } outcome ? DecisionAnswer.Of(outcome, CheckWords.Spoken) : null);
    }

    static async Task<PageAnswer> ShowAsync(
        PageRequest request, DecisionKind? chosen, Problem? refused, IReadOnlyDictionary<string, string> sent, CancellationToken cancel, DecisionAnswer? preview = null,
        Problem? card = null)
    {
        if (await ReadBlock.FindAsync(request.Desk, request.Store, request.Route("id"), cancel) is not { } found)
            return PageAnswer.Missing(T("There is no block {0}.", request.Route("id")));
        var view = await ReadAsync(request, found, chosen, sent, cancel) with { Refused = refused, Preview = preview, CardRefused = card };
        var title = T("Block of order {0}", found.Block.Order);
        // The page tells by itself that something has changed since it was read.
        return refused?.Kind == KernelProblems.VersionStale
            ? PageAnswer.Of<BlockPage, BlockView>(title, view, refused.Kind.Status)
            : PageAnswer.Of<BlockPage, BlockView>(title, view, refused ?? card);
    }

    /// <summary>All that the page tells of a block, whatever was sent to it.</summary>
    static async Task<BlockView> ReadAsync(
        PageRequest request, FoundBlock found, DecisionKind? chosen, IReadOnlyDictionary<string, string> sent, CancellationToken cancel)
    {
        var unseen = new Unseen(request.Desk, cancel);
        var asked = found.Block.Status == BlockStatus.Open && found.Order.Asked is { } open ? Deciding.Question(open) : null;
        var (past, work) = await StoredAsync(request.Store, found, cancel);
        var own = (await request.Desk.ViewAsync(found.Block.Customer, cancel))?.Root;
        var language = CheckWords.SpokenBy(own?.Find<Customer>(found.Block.Customer));
        var appeal = work.FirstOrDefault(item => item.Kind == WorkKind.Appeal);
        return new BlockView(found, DecisionPermissions.DecideBlocks.IsGrantedTo(request.Actor), chosen, null, sent)
        {
            Visitor = request.Actor.Name, ToCustomer = language, MayFill = BlockPermissions.FillContext.IsGrantedTo(request.Actor),
            Appeal = appeal is null ? null : await unseen.OfAsync(appeal), MayAppeal = appeal is null && BlockPermissions.Appeal.IsGrantedTo(request.Actor),
            Names = await CustomerSearch.NamesAsync(request.Store, [found.Block.Customer, found.Block.Payer], cancel), Disputes = DisputesOf(found),
            Doubt = LimitDoubt.Of(request.Actor, own, LimitOf(found.Block)),
            Bench = asked is null ? null : await WhatIfBench.OfAsync(request, found.Block, asked, cancel),
            Payable = asked is not null && chosen is DecisionKind.ReleaseUnderCondition or DecisionKind.WaitForPayment
                ? await WhatIfBench.PayableAsync(request, found.Block.Payer, asked!, sent, cancel) : [],
            Proofs = asked is null ? new Dictionary<int, Bench>() : ProofsOf(found, asked),
            Texts = OrderAnswer.TextsOf(found.Order.Order, found.Order.Check, found.Order.Asked, found.Remedies, CheckWords.Spoken, language),
            Matters = await request.Desk.ViewAsync(found.Block.Payer, cancel) is var (root, _) ? PayerMatters.Of(root, found.Block.Payer, request.Actor) : [],
            History = await Unseen.EachAsync(BlockHistory.Of(found, past), async one => one with { More = await unseen.OfTextAsync(one.More) }),
        };
    }

    static async Task<(IReadOnlyList<PastEvent> Past, IReadOnlyList<WorkItem> Work)> StoredAsync(Store store, FoundBlock found, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return (await OrderHistory.EventsAsync(reader, found.Order.Stands, found.Block.Order, cancel), await WorkSearch.OfBlockAsync(reader, found.Block.Id, cancel));
    }

    static Dictionary<int, Bench> ProofsOf(FoundBlock found, WhatIf asked)
    {
        var proofs = new Dictionary<int, Bench>();
        foreach (var (at, option) in found.Remedies.Options.Index())
            if (Bench.Of(asked, option, found.Remedies.Defects) is { } proved) proofs[at + 1] = proved;
        return proofs;
    }

    /// <summary>Whose limit holds the order; the payer's own where none does.</summary>
    static string LimitOf(Block block) => block.Findings.FirstOrDefault(finding => finding.Cleared is null && finding.Level is not null
        && (finding.Code == FindingKinds.LimitExceeded.Code || finding.Code == FindingKinds.LimitExpired.Code || finding.Code == FindingKinds.LimitNotSet.Code))?.Level
        ?? block.Payer;

    static IReadOnlyList<(string, string)> DisputesOf(FoundBlock found) => found.Order.Asked is not { } asked ? [] :
    [
        .. asked.Root.Get<DisputesFacts>().Of(found.Block.Payer).Standing
            .Select(dispute => (dispute.Number, T("{0}: {1}, raised on {2}", dispute.Number, new Money(dispute.Amount, dispute.Currency), dispute.Raised))),
    ];

    static async Task<Problem?> SubmitAsync(PageRequest request, Command command, CancellationToken cancel) =>
        (await request.Desk.SubmitAsync(command, request.Actor, cancel: cancel)).Problem;

    static Dictionary<string, string> SentIn(IFormCollection form) => form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);

    static string? SeenIn(IFormCollection form) => form["version"].ToString() is { Length: > 0 } version ? version : null;

    /// <summary>Nobody decides on a page about what the page did not show.</summary>
    static Problem? NotRead(IFormCollection form) => SeenIn(form) is null ? SentForm.Empty("version") : null;

    static OrderContext Said(IFormCollection form)
    {
        string? Text(string name) => Entered.Text(form, name);
        bool? Flag(string name) => Text(name) switch { "yes" => true, "no" => false, _ => null };
        return new OrderContext(
            Text("urgency"), Flag("recurring"), Flag("partialDeliveryPossible"), Flag("depositAnnounced"), Flag("purchaseOrderOnItsWay"), Flag("termsChanged"),
            Flag("portalImposed"), Flag("forDifferentEntity"), Flag("previousInvoiceBlocked"), Flag("disputeBeingResolved"), Text("whyItMatters"), Text("note"));
    }

    static DecisionKind? Chosen(Dictionary<string, string> sent) =>
        Words.TryParse<DecisionKind>(sent.GetValueOrDefault("decision"), out var kind) ? kind : null;
}
