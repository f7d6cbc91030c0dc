using Aval.Blocks;
using Aval.Casework;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Work.Rules;

namespace Aval.Simulation;

/// <summary>What Customer Service and sales say about held orders: context cards, a limit challenged, a block appealed.</summary>
sealed class Voices(SimulationPlan plan, Store store, Colleagues people)
{
    const int MostOpen = 500;

    static readonly OrderContext[] Cards =
    [
        new("Before Friday: their site stands still without it", Recurring: true, PartialDeliveryPossible: true, WhyItMatters: "Our largest project with them this year"),
        new("Normal, two weeks are fine", Recurring: true, PartialDeliveryPossible: false, DepositAnnounced: false, TermsChanged: false, PortalImposed: false),
        new("By the end of the month", Recurring: false, DepositAnnounced: true, PurchaseOrderOnItsWay: true, ForDifferentEntity: false, WhyItMatters: "First order of a new line"),
        new(Recurring: true, PreviousInvoiceBlocked: true, DisputeBeingResolved: true, Note: "Their bookkeeping waits for our corrected invoice"),
    ];

    readonly HashSet<string> looked = new(StringComparer.Ordinal);
    string? appealed;
    string? challenged;

    /// <summary>Customer Service tells what it knows of about every second order that was held today.</summary>
    public async Task TellAsync(DateOnly day, CancellationToken cancel)
    {
        foreach (var block in await OpenAsync(cancel))
            if (looked.Add(block.Id) && ChanceOf(plan, block.Order) is var chance && chance.Chance(day == plan.EndDate ? 30 : 55))
                await people.DoAsync(new FillContext(block.Id, chance.Pick<OrderContext>(Cards)), Colleagues.Rosa);
    }

    /// <summary>Once in the past a limit was challenged and a block appealed, and both answered; the last ones are open.</summary>
    public async Task AskAgainAsync(DateOnly day, CancellationToken cancel)
    {
        var regulars = Regulars.Of(plan);
        if (challenged is null && day >= plan.EndDate.AddDays(-45))
            challenged = await ChallengeAsync(regulars[^1], "They have doubled their orders and never paid late; the limit is of last year");
        else if (challenged is { Length: > 0 } asked && day >= plan.EndDate.AddDays(-43))
            challenged = await AnsweredAsync(asked, Colleagues.Ben, "Right: raised at the next review, the accounts are asked for", upheld: true);
        if (appealed is null && day >= plan.EndDate.AddDays(-30))
            appealed = await AppealAsync("The customer's tender runs out this week; the parent pays its bills on time", cancel);
        else if (appealed is { Length: > 0 } id && day >= plan.EndDate.AddDays(-28))
            appealed = await AnsweredAsync(id, Colleagues.Clara, "The parent has given no guarantee, and stands for nothing without one", upheld: false);
        if (day != plan.EndDate) return;
        await ChallengeAsync(regulars[0], "Three orders a month since the summer: 22,000 is too little for what they buy and pay");
        await TakeAsync(day, cancel);
        await SetAsideAsync(day, cancel);
        await AppealAsync("They have paid everything that is not disputed; please look again before they order elsewhere", cancel);
    }

    async Task<string?> ChallengeAsync(Regular regular, string reason) =>
        (await people.DoAsync(new ChallengeLimit(regular.Number, new ChallengeBody(reason)), Colleagues.Rosa))?.Row<WorkItem>()?.Id;

    /// <summary>A reference that comes by mail holds no order up; what becomes of that is told with the risk that was set aside.</summary>
    async Task SetAsideAsync(DateOnly day, CancellationToken cancel)
    {
        foreach (var block in (await OpenAsync(cancel)).Where(block => block.Findings.Any(finding => finding.Code == "buyer-reference-missing")).Take(1))
            await people.DoAsync(new WaiveFinding(block.Order, new WaiverBody(
                "buyer-reference-missing", "Their cost centres are being renamed; the buyer sends the new one by mail", Due: WorkingDays.OnOrAfter(day.AddDays(10)))),
                Colleagues.Rosa);
    }

    /// <summary>On the last day some of what lies there is somebody's already, and something is put off.</summary>
    async Task TakeAsync(DateOnly day, CancellationToken cancel)
    {
        var waiting = (await OpenAsync(cancel)).Where(block => block.Owner == "credit").ToList();
        foreach (var block in waiting.Take(3)) await people.DoAsync(new ClaimWork(block.Id), Colleagues.Ben);
        foreach (var block in waiting.Skip(3).Take(1))
            await people.DoAsync(new SnoozeWork(block.Id, new SnoozeBody(WorkingDays.OnOrAfter(day.AddDays(2)), "Their accounts come on Tuesday")), Colleagues.Ben);
    }

    /// <summary>The first block on which somebody has decided to wait.</summary>
    async Task<string?> AppealAsync(string reason, CancellationToken cancel)
    {
        foreach (var block in await OpenAsync(cancel))
            if (block.Owner is not null && block.Cause == Cause.CustomerRisk
                && await people.DoAsync(new AppealBlock(block.Id, new AppealBody(reason)), Colleagues.Ines) is { } made)
                return made.Row<WorkItem>()?.Id;
        return null;
    }

    async Task<string> AnsweredAsync(string id, Actor by, string answer, bool upheld)
    {
        await people.DoAsync(new AnswerWork(id, new AnswerBody(answer, upheld)), by);
        return "";
    }

    async Task<IReadOnlyList<Block>> OpenAsync(CancellationToken cancel) =>
        await Checks.Blocks.PageAsync(store, new BlockFilter(BlockStatus.Open), null, MostOpen, cancel) ?? [];

    /// <summary>The chances of an order, the same whenever it is asked.</summary>
    internal static RandomStream ChanceOf(SimulationPlan plan, string order)
    {
        var subject = 17;
        foreach (var letter in order) subject = unchecked((subject * 31) + letter);
        return new RandomStream(plan.Seed, subject & int.MaxValue, Simulation.ChanceOf.Desk);
    }
}
