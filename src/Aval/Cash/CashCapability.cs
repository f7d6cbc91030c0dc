using Aval.Cash.Screens;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Statements.Screens;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Cash;

/// <summary>Cash application: which invoices a receipt was meant for.</summary>
public sealed class CashCapability : ICapability
{
    public string Name => "Cash";
    public IReadOnlyList<Table> Tables { get; } = [CashFacts.Table, CashFacts.LessonTable, CashFacts.LinePayerTable];
    public IFactsSlice EmptyFacts => CashFacts.Empty;
    public IReadOnlyList<IReaction> Reactions => [new SettledProposals(), new LearnFromAllocations()];
    public IReadOnlyList<ProblemKind> Problems => CashProblems.All;

    public void AddServices(IServiceCollection services) => services.AddSingleton<IDayRound, LookAgain>();

    public void Map(Api api)
    {
        ReceiveFile.Map(api);
        ReceiveLine.Map(api);
        UnassignedMoney.Map(api);
        MatchReceipt.Map(api);
        ConfirmMatch.Map(api);
        UndoMatch.Map(api);
        ReturnReceipt.Map(api);
        DeductFromInvoice.Map(api);
        ReadMatches.Map(api);
        TransferToPayer.Map(api);
        ReverseTransfer.Map(api);
        ReadLessons.Map(api);
        ForgetLesson.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages)
    {
        StatementPages.MapUpload(pages, (lines, request, cancel) =>
            new LineMatching(request.Store, request.Desk.Directory, (command, _) => request.Desk.SubmitAsync(command, request.Actor, cancel: cancel)).RunAsync(lines, cancel));
        CashPages.Map(pages);
    }
}

/// <summary>How calls about matches are refused, in order of precedence.</summary>
public static class CashProblems
{
    public static readonly ProblemKind MatchNotProposed = new("match-not-proposed", 409, "Nothing is proposed for this receipt",
        "Look with GET /receipts/{number}/match; POST /receipts/{number}/match looks for its invoices again.")
        { OnScreens = "Look for its invoices once more." };
    public static readonly ProblemKind MatchStale = new("match-stale", 409, "The invoices have changed since the match was proposed",
        "POST /receipts/{number}/match proposes anew.")
        { OnScreens = "Look for its invoices anew." };
    public static readonly ProblemKind NothingMatched = new("nothing-matched", 409, "The receipt has paid nothing",
        "There is nothing to take back; GET /receipts/{number}/match shows where it stands.")
        { OnScreens = "There is nothing to take back." };
    public static readonly ProblemKind DeductionDisputed = new("deduction-disputed", 409, "The dispute about what was left off has gone on",
        "Close or reject the dispute with PATCH /disputes/{number}, then take the payment back.")
        { OnScreens = "Close or reject the dispute, then take the payment back." };
    public static readonly ProblemKind LessonUnknown = new("lesson-unknown", 404, "Nothing of the kind is known of this payer",
        "GET /payer-lessons lists what is known, and of whom.")
        { OnScreens = "The list says what is known, and of whom." };

    public static IReadOnlyList<ProblemKind> All { get; } = [MatchNotProposed, MatchStale, NothingMatched, DeductionDisputed, LessonUnknown];
}

/// <summary>Who may do what with matches.</summary>
public static class CashPermissions
{
    public static readonly Permission Match = new("matchReceipts", "accountsReceivable");
    public static readonly Permission Read = new("readMatches", Permission.EveryRole);
}
