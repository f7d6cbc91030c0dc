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
    /// <summary>What waits for the one who looks: it stands first on every home.</summary>
    public const string Mine = "mine";

    static readonly string[] Credit = [Roles.CreditAnalyst, Roles.CreditManager];
    static readonly string[] Desk = [Roles.CustomerService, Roles.OrderManager];

    public static IReadOnlyList<PanelKind> All { get; } =
    [
        new(Mine, OrderPermissions.Read, [], "work", WorkPanels.MineAsync),
        new("confirm", OrderPermissions.Read, [.. Credit, Roles.Leadership], "work", WorkPanels.ConfirmAsync),
        new("tell", OrderPermissions.Read, Desk, "work orders checks", OrderPanels.TellAsync),
        new("freed-by", OrderPermissions.Read, [Roles.Sales], "work orders checks", OrderPanels.FreedByAsync),
        new("context", BlockPermissions.FillContext, [Roles.CustomerService, Roles.Sales], "work blocks", OrderPanels.ContextAsync),
        new("to-ship", OrderPermissions.Read, [Roles.OrderManager], "orders checks", OrderPanels.ToShipAsync),
        new("receipts", StatementPermissions.Read, [Roles.AccountsReceivable], "work cash receivables statements", MoneyPanels.ReceiptsAsync),
        new("proposals", StatementPermissions.Read, [Roles.AccountsReceivable], "cash receivables", MoneyPanels.ProposalsAsync),
        new("lines", StatementPermissions.Read, [Roles.AccountsReceivable], "cash statements", MoneyPanels.LinesAsync),
        new("promises", PromisePermissions.Read, [Roles.Collector], "promises receivables", MoneyPanels.PromisesAsync),
        new("commitments", OrderPermissions.Read, [Roles.Collector, .. Credit], "blocks decisions checks", MoneyPanels.CommitmentsAsync),
        new("near-limit", ReceivablesPermissions.Read, Credit, "limits orders receivables cash", MoneyPanels.NearLimitAsync),
        new("ours", OrderPermissions.Read, [.. Credit, Roles.Leadership, Roles.Billing, Roles.Quality, Roles.Finance], "work", WorkPanels.OursAsync),
        new("glance", OrderPermissions.Read, [Roles.Leadership, Roles.Finance], "work receivables", CompanyPanels.GlanceAsync),
        new("causes", OrderPermissions.Read, [Roles.Leadership, Roles.CreditManager], "work", CompanyPanels.CausesAsync),
        new("exceptions", OrderPermissions.Read, [Roles.Leadership], "blocks", CompanyPanels.ExceptionsAsync),
        new("policy", PolicyPermissions.Read, [Roles.Leadership, Roles.CreditManager, Roles.Administrator], "policies", CompanyPanels.PolicyAsync),
        new("people", Permissions.ReadUsers, [Roles.Administrator], "access", CompanyPanels.PeopleAsync),
        new("keys", Permissions.MakeKeys, [Roles.Administrator], "access", CompanyPanels.KeysAsync),
        new("health", Permissions.ReadUsers, [Roles.Administrator], "company", CompanyPanels.HealthAsync),
    ];

    /// <summary>Those of somebody's home.</summary>
    public static IEnumerable<PanelKind> Of(Actor actor) => All.Where(kind => kind.Right.IsGrantedTo(actor) && IsFor(kind, actor));

    static bool IsFor(PanelKind kind, Actor actor) =>
        kind.Roles.Count == 0 || kind.Roles.Any(actor.Roles.Contains) || (actor.Roles.Contains(Permission.AllRights) && kind.Roles.Contains(Roles.Administrator));
}
