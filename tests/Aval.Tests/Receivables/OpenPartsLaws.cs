using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Receivables;

/// <summary>Overdue sums with parts left out, against a loop over all items.</summary>
public sealed class OpenPartsLaws
{
    static readonly DateOnly Today = new(2026, 3, 1);

    static readonly Arbitrary<(int Late, int Open, int Cut1, int Cut2, int Cut3)[]> Items = Gen.Choose(-20, 60)
        .SelectMany(late => Gen.Choose(1, 1000), (late, open) => (late, open))
        .SelectMany(item => Gen.Choose(0, 100).ArrayOf(3), (item, cuts) => (item.late, item.open, cuts[0], cuts[1], cuts[2]))
        .ArrayOf().ToArbitrary();

    [Fact]
    public void What_is_late_is_what_a_loop_over_all_items_says_under_every_policy() => Prop.ForAll(Items, told =>
    {
        // Items keep coming and going, so that the tree has been turned in all ways.
        var (items, kept, number) = (OpenItems.Empty, new List<OpenItem>(), 0);
        foreach (var (late, open, cut1, cut2, cut3) in told)
        {
            var company = open * cut1 / 100;
            var other = (open - company) * cut2 / 100;
            var item = new OpenItem($"I-{number++:000}", Today.AddDays(-late), new OpenParts(open, company, other, cut3 > 90 ? open - company - other : 0));
            items = items.Add(item);
            kept.Add(item);
            if (late % 5 != 0) continue;
            items = items.Remove(kept[0]);
            kept.RemoveAt(0);
        }

        var receivables = new PayerReceivables { OpenItems = items };
        foreach (var disputed in Enum.GetValues<DisputedParts>())
            foreach (var promised in Enum.GetValues<PromisedParts>())
                for (var minDays = 1; minDays < 60; minDays += 7)
                {
                    long sum = 0;
                    var oldest = 0;
                    foreach (var item in kept)
                    {
                        var days = Today.DayNumber - item.DueDate.DayNumber;
                        var left = item.Open - item.Parts.Promised * (promised == PromisedParts.Ignore ? 1 : 0)
                            - item.Parts.CompanyFault * (disputed == DisputedParts.Count ? 0 : 1) - item.Parts.OtherDisputed * (disputed == DisputedParts.Ignore ? 1 : 0);
                        if (days < minDays || left == 0) continue;
                        sum += left;
                        oldest = Math.Max(oldest, days);
                    }

                    // The oldest of all is told, which is among those late enough as soon as anything is.
                    Assert.Equal(new Overdue(sum, oldest), receivables.OverdueOn(Today, minDays, disputed, promised));
                }
    }).Holds();
}
