using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.TimeMachine.Rules;

namespace Aval.Tests.TimeMachine;

/// <summary>Pages of changed orders, of which some have moved and are told by two roots.</summary>
public sealed class TrialTallyTests
{
    static readonly DateOnly Monday = new(2026, 3, 2);

    [Fact]
    public void An_order_that_two_roots_tell_is_listed_once_on_a_full_page_and_the_last_page_is_the_last()
    {
        // S-2 has moved from the first root to the second, and both held it under the draft.
        (string Order, int Day)[][] roots = [[("S-1", 0), ("S-2", 1), ("S-4", 3)], [("S-2", 2), ("S-3", 2), ("S-5", 4)]];
        foreach (var order in new[] { roots, [.. roots.Reverse()] })
            for (var most = 1; most <= 6; most++)
                Assert.Equal(["S-1", "S-2", "S-3", "S-4", "S-5"], Pages(order, most).SelectMany(page => page));
        Assert.Equal([2, 2, 1], Pages(roots, 2).Select(page => page.Count));
    }

    [Fact]
    public void What_every_root_tells_twice_ends_with_its_last_page()
    {
        (string, int)[] both = [("S-1", 0), ("S-2", 1)];
        Assert.Equal([2], Pages([both, both], 2).Select(page => page.Count));
        Assert.Equal([1, 1], Pages([both, both], 1).Select(page => page.Count));
    }

    static List<IReadOnlyList<string>> Pages((string Order, int Day)[][] roots, int most)
    {
        var pages = new List<IReadOnlyList<string>>();
        (DateOnly, string)? after = null;
        while (true)
        {
            var all = new TrialTally(most, after);
            foreach (var root in roots)
            {
                var own = new TrialTally(most, after);
                foreach (var (order, day) in root) own.Add(Changed(order, day));
                all.Add(own);
            }

            var trial = all.Result(Currency.EUR, new Dictionary<string, Aftermath>());
            pages.Add([.. trial.Changed.Select(order => order.Order)]);
            if (!trial.MoreChanged) return pages;
            after = (trial.Changed[^1].Date, trial.Changed[^1].Order);
        }
    }

    static TriedCheck Changed(string order, int day) => new(
        order, "C1", "C1", Monday.AddDays(day), Occasion.Change, 100, Triage.Accept, OrderVerdict.Released, [], Triage.Arbitrate, OrderVerdict.Held, []);
}
