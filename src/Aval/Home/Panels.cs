using Aval.Access;
using Aval.Blocks;
using Aval.Kernel;
using Aval.Orders;
using Aval.Policies;
using Aval.Promises;
using Aval.Receivables;
using Aval.Statements;

namespace Aval.Home;

/// <summary>Which panels a home is made of. Who has several roles has the panels of all of them, in this order.</summary>
static class Panels
{
    const string Work = "work", Anything = "all";

    static readonly string[] Credit = [Roles.CreditAnalyst, Roles.CreditManager];
    static readonly string[] Desk = [Roles.CustomerService, Roles.OrderManager];

    public static IReadOnlyList<PanelKind> All { get; } =
    [
        new("glance", OrderPermissions.Read, [Roles.Leadership, Roles.Finance], Anything, CompanyPanels.GlanceAsync),
        new("to-ship", OrderPermissions.Read, [Roles.OrderManager], Anything, OrderPanels.ToShipAsync),
        new("receipts", StatementPermissions.Read, [Roles.AccountsReceivable], Anything, MoneyPanels.ReceiptsAsync),
        new("proposals", StatementPermissions.Read, [Roles.AccountsReceivable], Anything, MoneyPanels.ProposalsAsync) { BeginsFor = [Roles.AccountsReceivable] },
        new("lines", StatementPermissions.Read, [Roles.AccountsReceivable], Anything, MoneyPanels.LinesAsync),
        new("promises", PromisePermissions.Read, [Roles.Collector, Roles.AccountsReceivable], Anything, MoneyPanels.PromisesAsync) { BeginsFor = [Roles.Collector] },
        new("freed-by", OrderPermissions.Read, [Roles.Sales], Anything, OrderPanels.FreedByAsync),
        new("decide", OrderPermissions.Read, [.. Credit, .. Desk, Roles.Leadership, Roles.MasterData], Work, WorkPanels.DecideAsync),
        new("mine", OrderPermissions.Read, [], Work, WorkPanels.MineAsync),
        new("causes", OrderPermissions.Read, [Roles.Leadership], Work, CompanyPanels.CausesAsync),
        new("confirm", OrderPermissions.Read, [.. Credit, Roles.Leadership], Work, WorkPanels.ConfirmAsync),
        new("tell", OrderPermissions.Read, Desk, Anything, OrderPanels.TellAsync),
        new("context", BlockPermissions.FillContext, [Roles.CustomerService, Roles.Sales], Anything, OrderPanels.ContextAsync),
        new("commitments", OrderPermissions.Read, [Roles.Collector, .. Credit], Anything, MoneyPanels.CommitmentsAsync) { BeginsFor = [Roles.Collector] },
        new("near-limit", ReceivablesPermissions.Read, Credit, Anything, MoneyPanels.NearLimitAsync),
        new("ours", OrderPermissions.Read, [.. Credit, Roles.Leadership, Roles.Billing, Roles.Quality, Roles.Finance], Work, WorkPanels.OursAsync),
        new("exceptions", OrderPermissions.Read, [Roles.Leadership], Anything, CompanyPanels.ExceptionsAsync),
        new("policy", PolicyPermissions.Read, [Roles.Leadership, Roles.CreditManager, Roles.Administrator], Anything, CompanyPanels.PolicyAsync),
        new("people", Permissions.ReadUsers, [Roles.Administrator], Anything, CompanyPanels.PeopleAsync),
        new("keys", Permissions.MakeKeys, [Roles.Administrator], Anything, CompanyPanels.KeysAsync),
        new("health", Permissions.ReadUsers, [Roles.Administrator], Anything, CompanyPanels.HealthAsync),
    ];

    /// <summary>Those of somebody's home; those with which it begins first.</summary>
    public static IEnumerable<PanelKind> Of(Actor actor) =>
        All.Where(kind => kind.Right.IsGrantedTo(actor) && IsFor(kind, actor)).OrderBy(kind => BeginsFor(kind, actor) ? 0 : 1);

    /// <summary>It holds the one's own work.</summary>
    public static bool BeginsFor(PanelKind kind, Actor actor) => kind.BeginsFor.Any(actor.Roles.Contains);

    static bool IsFor(PanelKind kind, Actor actor) =>
        kind.Roles.Count == 0 || kind.Roles.Any(actor.Roles.Contains) || (actor.Roles.Contains(Permission.AllRights) && kind.Roles.Contains(Roles.Administrator));
}
