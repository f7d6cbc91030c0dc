using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Outcomes.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Outcomes;

/// <summary>Which cases of the past are like the one that is to be decided.</summary>
public sealed class PastCasesTests
{
    static readonly Gen<DecidedCase> Cases =
        from amount in Figure()
        from overrun in Figure()
        from overdue in Figure()
        from days in Gen.Choose(0, 200)
        from riskClass in Gen.Elements("A", "B", "C", "E", null)
        from cause in Gen.Elements("customerRisk", "mixed", null)
        select new DecidedCase(Currency.EUR, amount, overrun, overdue, days, riskClass, cause);

    static Gen<decimal?> Figure() => Gen.Frequency((1, Gen.Constant((decimal?)null)), (9, Gen.Choose(0, 200_000).Select(amount => (decimal?)amount)));

    [Fact]
    public void Each_part_of_the_distance_has_its_scale() => Table.Check("""
        amount  overrun  overdue  days  class  cause         | distance
        9999    999      0        0     B      customerRisk  | 0
        99999   999      0        0     B      customerRisk  | 1
        999     999      0        0     B      customerRisk  | 1
        9999    9        0        0     B      customerRisk  | 2
        9999    999      9        0     B      customerRisk  | 1
        9999    999      0        45    B      customerRisk  | 0.5
        9999    999      0        400   B      customerRisk  | 1
        9999    999      0        0     C      customerRisk  | 0.25
        9999    999      0        0     E      customerRisk  | 0.75
        9999    999      0        0     -      customerRisk  | 1
        9999    999      0        0     B      mixed         | 1
        -       999      0        0     B      customerRisk  | 1
        99999   99       9        90    A      mixed         | 5.25
        """, row =>
        {
            var asked = new DecidedCase(Currency.EUR, 9999, 999, 0, 0, "B", "customerRisk");
            var other = new DecidedCase(
                Currency.EUR, row.NumberOrNone("amount"), row.NumberOrNone("overrun"), row.NumberOrNone("overdue"), row.Integer("days"), row.Has("class") ? row["class"] : null,
                row["cause"]);
            Assert.Equal((row.Number("distance"), row.Number("distance")), (PastCases.Distance(asked, other), PastCases.Distance(other, asked)));
            Assert.Null(PastCases.Distance(asked, other with { Currency = Currency.Of("USD") }));
        });

    [Fact]
    public void The_same_case_is_its_own_nearest_whatever_else_was_decided() =>
        Prop.ForAll(Cases.ArrayOf().ToArbitrary(), Cases.ToArbitrary(), (others, asked) =>
        {
            var past = others.Append(asked).Select((known, at) => Decided($"d{at:000}", known, minutes: at)).ToList();
            var found = PastCases.Nearest(asked, past, most: 3);
            return found[0].Distance == 0 && found[0].Decision.Case == asked && found.SequenceEqual(found.OrderBy(near => near.Distance));
        }).Holds();

    [Fact]
    public void What_order_they_are_read_in_makes_no_difference() =>
        Prop.ForAll(Cases.ArrayOf().ToArbitrary(), Cases.ToArbitrary(), (others, asked) =>
        {
            var past = others.Concat(others).Select((known, at) => Decided($"d{at:000}", known, minutes: at % 3)).ToList();
            return PastCases.Nearest(asked, past, 5).SequenceEqual(PastCases.Nearest(asked, Enumerable.Reverse(past), 5));
        }).Holds();

    [Fact]
    public void Of_equal_cases_the_latest_comes_first_and_what_remembers_no_case_is_left_out()
    {
        var known = new DecidedCase(Currency.EUR, 100, 0, 0, 0, "B", "customerRisk");
        Decision[] past = [Decided("d1", known, 1), Decided("d3", known, 2), Decided("d2", known, 2), Decided("d4", known, 3) with { Case = null }];
        Assert.Equal(["d2", "d3", "d1"], PastCases.Nearest(known, past, 5).Select(found => found.Decision.Id));
    }

    static Decision Decided(string id, DecidedCase known, int minutes) => new(
        id, "b" + id, "O" + id, "C", "C", DecisionKind.Release, DecisionStatus.Fulfilled, "mia", new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddMinutes(minutes),
        new DateOnly(2026, 3, 2), "agreed", 1000_00, Currency.EUR, [], []) { Case = known };
}
