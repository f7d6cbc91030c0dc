using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Simulation;

/// <summary>What people did while the plan's history went by: they took orders of the desk's regulars, filled context cards, argued, promised, decided and confirmed, each
/// through the product's own commands. The same for the same plan.</summary>
public sealed class LivedPast(SimulationPlan plan, Desk desk, Store store, PastClock clock)
{
    Trading? trading;
    DeskAtWork? deciding;
    Voices? voices;
    BankPost? bank;

    /// <summary>The evening of a day of the history, when all its documents are in.</summary>
    public async Task EveningAsync(DateOnly day, CancellationToken cancel)
    {
        clock.Desk(day);
        var people = new Colleagues(desk, clock, cancel);
        if (trading is null)
        {
            trading = new Trading(plan, people);
            deciding = new DeskAtWork(plan, desk, store, people);
            voices = new Voices(plan, store, people);
            bank = new BankPost(plan, desk, store, people);
            await trading.BeginAsync(day);
        }

        if (!WorkingDays.Includes(day) && day != plan.EndDate) return;
        await trading.DayAsync(day);
        await bank!.ReceiveAsync(day, cancel);
        await voices!.TellAsync(day, cancel);
        await deciding!.DecideAsync(day, cancel);
        await voices.AskAgainAsync(day, cancel);
        if (day == plan.EndDate) await people.DoAsync(KeyThatEnds(day), Colleagues.Ada);
    }

    /// <summary>The web shop's key, to be renewed soon. No secret has this hash, so that nobody holds it.</summary>
    static MakeApiKey KeyThatEnds(DateOnly day) =>
        new("0000000000000000000000000000shop", new ApiKeyBody("web-shop", [Roles.CustomerService], day.AddDays(12), ReadOnly: true), new string('0', 64));
}
