using System.Diagnostics.Metrics;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Checks;

/// <summary>The check of orders on every path, and what it leaves: checks, claims and blocks.</summary>
public sealed class ChecksCapability : ICapability
{
    static readonly Counter<long> Checked = Telemetry.Meter.CreateCounter<long>("aval.orders.checked", "{check}", "Checks of orders that were committed");

    public string Name => "Checks";
    public IReadOnlyList<Table> Tables { get; } = [ChecksFacts.CheckTable, ChecksFacts.BlockTable, ChecksFacts.OverrunTable, ChecksFacts.WaiverTable];
    public IFactsSlice EmptyFacts => ChecksFacts.Empty;
    public IDue Due { get; } = new Expiry();
    public IReadOnlyList<IReaction> Reactions { get; } = [new Rearrangement(), new SufficientLimits(), new Fulfilment(), new DisputeReviews(), new FixLater(), new AutoRelease()];
    public IReadOnlyList<ProblemKind> Problems => [.. BlockProblems.All, WaiverProblems.FindingUnknown, WaiverProblems.FindingNotWaivable];

    public void Count(object row)
    {
        if (row is OrderCheck check) Checked.Add(1, new("status", Words.Of(check.Status)), new("occasion", Words.Of(check.Occasion)));
    }

    public void AddServices(IServiceCollection services) => services.AddHostedService<Rechecks>();

    public void Map(Api api)
    {
        PreAuthorize.Map(api);
        EnterOrder.Map(api);
        ChangeOrder.Map(api);
        ReleasePick.Map(api);
        CancelAnswer.Map(api);
        WaiveFinding.Map(api);
        ListDeferredRisks.Map(api);
        GetOrder.Map(api);
        Blocks.Map(api);
        GetExposure.Map(api);
        GetExposureRows.Map(api);
        api.HaveEditions("/orders/{number}", "/orders/{number}/pick-release", "/orders/{number}/cancel");
    }

    public void MapPages(IEndpointRouteBuilder pages)
    {
        ListHeld.MapPages(pages);
        ShowOrder.MapPages(pages);
        ShowOrderEntry.MapPages(pages);
        CompleteOrder.MapPages(pages);
        SendOrder.MapPages(pages);
        TakePromise.MapPages(pages);
        ListDeferredRisks.MapPages(pages);
        ShowCustomer.MapPages(pages);
        ShowExposure.MapPages(pages);
        Search.MapPages(pages);
        ShowHelp.MapPages(pages);
    }
}
