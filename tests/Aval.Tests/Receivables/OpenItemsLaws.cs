using Aval.Receivables.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Receivables;

/// <summary>The tree of open items against a plain sorted list.</summary>
public sealed class OpenItemsLaws
{
    static readonly DateOnly First = new(2026, 1, 1);

    /// <summary>Steps that add (due day, amount) or, where the number is known already, remove it.</summary>
    static readonly Arbitrary<(int Day, int Number, int Amount)[]> Steps = Gen.Choose(0, 60)
        .SelectMany(day => Gen.Choose(0, 40), (day, number) => (day, number))
        .SelectMany(step => Gen.Choose(1, 100_000), (step, amount) => (step.day, step.number, amount))
        .ArrayOf().ToArbitrary();

    [Fact]
    public void Items_come_in_order_and_any_beginning_sums_up() => Prop.ForAll(Steps, steps =>
    {
        var (items, plain) = (OpenItems.Empty, new SortedDictionary<(DateOnly, string), long>());
        foreach (var (day, number, amount) in steps)
        {
            var item = new OpenItem($"I-{number:00}", First.AddDays(day), amount);
            if (plain.Remove((item.DueDate, item.Invoice))) items = items.Remove(item);
            else
            {
                plain[(item.DueDate, item.Invoice)] = amount;
                items = items.Add(item);
            }
        }

        Assert.Equal(plain.Select(pair => (pair.Key.Item1, pair.Key.Item2, pair.Value)), items.Select(item => (item.DueDate, item.Invoice, item.Open)));
        Assert.Equal(plain.Count, items.Count);
        for (var day = -1; day <= 61; day += 7)
        {
            var due = plain.Where(pair => pair.Key.Item1 <= First.AddDays(day)).ToList();
            Assert.Equal(due.Sum(pair => pair.Value), items.DueBy(First.AddDays(day)).Open);
        }
    }).Holds();
}
