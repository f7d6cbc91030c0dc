using Aval.Cash.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Cash;

public sealed class SetSearchLaws
{
    static readonly Arbitrary<(long[] Amounts, int Meant)> Few =
        (from count in Gen.Choose(2, 12) from amounts in Gen.Choose(-20, 60).Where(amount => amount != 0).ArrayOf(count) from meant in Gen.Choose(3, (1 << count) - 1)
            select (amounts.Select(amount => (long)amount).ToArray(), meant)).ToArbitrary();

    [Fact]
    public void Among_few_amounts_a_set_is_found_exactly_when_there_is_one() => Prop.ForAll(Few, given =>
    {
        var target = SumOf(given.Amounts, given.Meant);
        var all = Enumerable.Range(1, (1 << given.Amounts.Length) - 1).Count(mask => int.PopCount(mask) > 1 && SumOf(given.Amounts, mask) == target);
        var found = SetSearch.Find(given.Amounts, target);
        return found.Sets.Length == Math.Min(2, all) && !found.GaveUp && found.Sets.All(set => set.Length > 1 && set.Sum(at => given.Amounts[at]) == target);
    }).Holds();

    [Fact]
    public void Among_many_amounts_the_sets_that_payers_mean_are_found() => Table.Check(
        """
        count | first | length | left
        30    | 4     | 2      | 0
        300   | 100   | 3      | 0
        10000 | 17    | 40     | 0
        10000 | 0     | 10000  | 1
        10000 | 0     | 10000  | 2
        """,
        row =>
        {
            var random = new Random(7);
            var amounts = Enumerable.Range(0, row.Integer("count")).Select(_ => random.NextInt64(1, 1_000_000_000_000)).ToArray();
            var meant = Enumerable.Range(row.Integer("first"), row.Integer("length")).Skip(row.Integer("left")).ToArray();
            var found = SetSearch.Find(amounts, meant.Sum(at => amounts[at]));
            Assert.Equal(meant, Assert.Single(found.Sets));
            Assert.True(found.GaveUp);
        });

    [Fact]
    public void A_pair_apart_is_found_and_two_pairs_are_two() => Assert.Equal(2, SetSearch.Find([.. Enumerable.Range(0, 40).Select(at => 1000L + at)], 2010).Sets.Length);

    static long SumOf(long[] amounts, int mask) => Enumerable.Range(0, amounts.Length).Where(at => (mask >> at & 1) == 1).Sum(at => amounts[at]);
}
