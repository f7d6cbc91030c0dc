using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <param name="Finding">Its code; all of that code are meant unless <paramref name="Level"/> names one.</param>
/// <param name="Until">The last day on which it is set aside; without an end when absent.</param>
/// <param name="Due">By when it is mended all the same; the last day on which it is set aside when absent, else thirty days from now.</param>
public sealed record WaiverBody(string Finding, string Reason, string? Level = null, DateOnly? Until = null, DateOnly? Due = null);

/// <summary>Sets a finding of one order aside, by whoever is answerable for it: the order is checked again, and the finding holds it no more.</summary>
public sealed record WaiveFinding(string Number, WaiverBody Body) : Command
{
    public override string Name => "waiveFinding";
    public override Subject Subject => Subject.Document("order", Number, OrderProblems.OrderUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(OrdersFacts.Table, Number)];
    public override Problem? Refuse() => string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must say why.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Order>(Number) is not { } order) return OrderProblems.OrderUnknown.With($"order {Number} is not known.", "number");
        if (Body.Until < @case.Today) return KernelProblems.FieldInvalid.With($"until must not be before the business date {@case.Today:yyyy-MM-dd}.", "until");
        if (Body.Due < @case.Today) return KernelProblems.FieldInvalid.With($"due must not be before the business date {@case.Today:yyyy-MM-dd}.", "due");
        var meant = Meant(@case, order);
        if (meant.Count == 0)
            return WaiverProblems.FindingUnknown.With($"Order {Number} is not held by {Body.Finding}{(Body.Level is null ? "" : $" of {Body.Level}")}.", "finding");
        foreach (var finding in meant)
        {
            if (!finding.CanBeWaived) return WaiverProblems.FindingNotWaivable.With($"{finding.Code} needs more than somebody who sets it aside.", "finding");
            if (@case.Actor.Hands.Any(order.IsOwn))
                return KernelProblems.NotPermitted.With($"Who entered {Number}, or asked for more of it, does not set aside what holds it.", "finding");
            if (!WaiverPermissions.Of(finding.Owner).IsGrantedTo(@case.Actor))
                return KernelProblems.NotPermitted.With($"{finding.Code} is set aside by {string.Join(" or ", WaiverPermissions.Of(finding.Owner).Roles)}.", "finding");
        }

        var count = @case.Facts.Get<ChecksFacts>().WaiversOf(Number).Count;
        @case.Reason = Body.Reason;
        foreach (var finding in meant)
            @case.Put(ChecksFacts.WaiverTable, new Waiver(
                string.Create(CultureInfo.InvariantCulture, $"{Number}:{++count}"), Number, order.Customer, finding.Code, finding.Level, finding.Subject, finding.Amount,
                finding.Days, Body.Reason, @case.Actor.ToString(), @case.Today, Body.Until)
            {
                Owner = finding.Owner, DueOn = Body.Due ?? Body.Until ?? @case.Today.AddDays(Waiver.DaysToMend),
            });
        CheckOrder.Run(@case, order, Occasion.Waiver);
        return null;
    }

    /// <summary>What holds the order today, as a check would find it: the last one may be of another day.</summary>
    List<Finding> Meant(Case @case, Order order)
    {
        if (order.Status != OrderStatus.Held) return [];
        return [.. CheckOrder.Try(@case, order).Findings
            .Where(finding => finding.Blocks && finding.Code == Body.Finding && (Body.Level is null || finding.Level == Body.Level))];
    }

    internal static void Map(Api api) => api.Post<WaiverBody, OrderAnswer>(
        "/orders/{number}/waive", WaiverPermissions.Any, "Sets a finding of an order aside, by whoever is answerable for it, and checks the order again",
        (body, request) => new WaiveFinding(request.Route("number"), body), OrderAnswer.OfAsync,
        [OrderProblems.OrderUnknown, WaiverProblems.FindingUnknown, WaiverProblems.FindingNotWaivable]);
}

public static class WaiverProblems
{
    public static readonly ProblemKind FindingUnknown = new("finding-unknown", 404, "No such finding holds the order",
        "Read the order: only what holds it now can be set aside.");
    public static readonly ProblemKind FindingNotWaivable = new("finding-not-waivable", 409, "The finding cannot be set aside",
        "Decide on the block where it needs a decision; ask for the order again where its release ran out.");
}

/// <summary>Whoever can mend a finding may set it aside.</summary>
public static class WaiverPermissions
{
    public static Permission Of(OwnerFunction owner) => owner switch
    {
        OwnerFunction.CustomerService => CustomerService,
        OwnerFunction.Credit => Credit,
        OwnerFunction.AccountsReceivable => AccountsReceivable,
        OwnerFunction.Billing => Billing,
        OwnerFunction.Quality => Quality,
        OwnerFunction.Sales => Sales,
        OwnerFunction.MasterData => MasterData,
    };

    static readonly Permission CustomerService = new("waiveFindings", "customerService");
    static readonly Permission Credit = new("waiveFindings", "creditAnalyst", "creditManager");
    static readonly Permission AccountsReceivable = new("waiveFindings", "accountsReceivable");
    static readonly Permission Billing = new("waiveFindings", "billing");
    static readonly Permission Quality = new("waiveFindings", "quality");
    static readonly Permission Sales = new("waiveFindings", "sales");
    static readonly Permission MasterData = new("waiveFindings", "masterData");

    /// <summary>Who may set some finding aside; which one, its owner says.</summary>
    public static readonly Permission Any = new("waiveFindings", [.. Enum.GetValues<OwnerFunction>().SelectMany(owner => Of(owner).Roles)]);
}
