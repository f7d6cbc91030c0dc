using Aval.Checks.Rules.Options;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Checks.Options;

/// <summary>What goes first of an order that may only go in part: what is urgent, then the best margin for the room there is, by whole units and lots.</summary>
public sealed class LineChoiceTests
{
    [Fact]
    public void The_lines_that_are_urgent_go_first_then_those_with_the_best_margin() => Table.Check("""
        limit order                                  | lines
        1500  "10x100-90 10x100-50 10x100-70"        | "2:10 3:5"
        1500  "10x100 10x100 10x100"                 | "1:10 2:5"
        1500  "4x500-100 30x100-90"                  | 1:3
        1000  "1x600-300 2x500-260"                  | 2:2
        1000  "3x400-100 5x200-140"                  | "1:2 2:1"
        1000  "10x100-50/6 10x100-60"                | 1:10
        1050  "3x350-100/3 10x100-60"                | 1:3
        700   "3x350-100/3 10x100-60"                | 2:7
        700   "10x100-50/8 3x300-200"                | 2:2
        1500  "10x100-50 !10x100-90"                 | "1:5 2:10"
        1000  "1x600-300 !2x500-499"                 | 2:2
        1000  "!1x600-300 2x500-260"                 | 1:1
        1000  "!3x350-100 !10x100-60"                | "1:2 2:3"
        1000  "!3x350-100/3 10x100-60"               | 2:10
        """, row =>
        {
            var option = Options(new() { Limit = row["limit"], Lines = row.Words("order") }).Single(option => option.Action == OptionAction.PartialRelease);
            Assert.Equal(string.Join(' ', row.Words("lines")), string.Join(' ', option.Lines.Select(line => $"{line.Line}:{line.Quantity}")));
            Assert.False(option.Approximate);
        });

    [Fact]
    public void What_must_go_all_at_once_or_in_larger_lots_than_fit_is_not_released_in_part() => Table.Check("""
        order                 complete | parts
        "10x100"              -        | "partialRelease stagedInvoicing reduceOrder"
        "10x100"              yes      | reduceOrder
        "10x100/6"            -        | reduceOrder
        "10x100/5"            -        | "partialRelease stagedInvoicing reduceOrder"
        "10x100/6 10x100/6"   -        | reduceOrder
        """, row =>
        {
            var held = new HeldOrder { Limit = "500", Lines = row.Words("order"), CompleteDelivery = row.Has("complete") };
            var parts = Options(held).Select(option => option.Action)
                .Where(action => action is OptionAction.PartialRelease or OptionAction.StagedInvoicing or OptionAction.ReduceOrder).Order();
            Assert.Equal(row.Words("parts"), parts.Select(Aval.Kernel.Storage.Words.Of));
        });

    /// <summary>Every choice of quantities is tried, as one would with little to do.</summary>
    [Fact]
    public void No_other_choice_of_lines_within_the_room_has_more_that_is_urgent_or_as_much_and_more_margin_or_value() => Prop.ForAll(Few.ToArbitrary(), few =>
    {
        var held = new HeldOrder
        {
            Limit = few.Sum(line => line.Quantity * line.Price) is var whole ? $"{Math.Max(1, whole / 2)}" : "",
            Lines = [.. few.Select(line => $"{(line.Urgent ? "!" : "")}{line.Quantity}x{line.Price}-{line.Cost}{(line.Lot > 0 ? $"/{line.Lot}" : "")}")],
        };
        if (Options(held).FirstOrDefault(option => option.Action == OptionAction.PartialRelease) is not { Lines.IsEmpty: false } option) return true;
        var chosen = few.Select((line, at) => (int)option.Lines.FirstOrDefault(one => one.Line == at + 1).Quantity.Value).ToArray();
        var best = Choices([.. few], 0).Where(choice => Worth(few, choice).Value * 100 <= option.Amount).Max(choice => Worth(few, choice));
        return !option.Approximate && Worth(few, chosen) == best;
    }).Holds();

    /// <summary>Sixteen lines of prices that never quite fill the room: more ways than are tried.</summary>
    [Fact]
    public void A_choice_of_too_many_ways_is_marked_approximate()
    {
        var lines = Enumerable.Range(0, 16).Select(at => $"40x{97 + (6 * at)}-{48 + (3 * at)}").ToList();
        var option = Options(new() { Limit = "33333", Lines = lines }).Single(option => option.Action == OptionAction.PartialRelease);
        Assert.True(option.Approximate);
        Assert.NotEmpty(option.Lines);
    }

    static readonly Gen<IReadOnlyList<(int Quantity, int Price, int Cost, int Lot, bool Urgent)>> Few =
        (from quantity in Gen.Choose(1, 5)
         from price in Gen.Choose(1, 60)
         from cost in Gen.Choose(0, 60)
         from lot in Gen.Elements(0, 0, 2, 3)
         from urgent in Gen.Elements(false, false, true)
         select (quantity, price, cost, Math.Min(lot, quantity), urgent)).NonEmptyListOf().Select(lines => (IReadOnlyList<(int, int, int, int, bool)>)[.. lines.Take(4)]);

    static IEnumerable<int[]> Choices((int Quantity, int Price, int Cost, int Lot, bool Urgent)[] lines, int at)
    {
        if (at == lines.Length) return [new int[lines.Length]];
        var quantities = Enumerable.Range(0, lines[at].Quantity + 1).Where(quantity => quantity == 0 || quantity >= lines[at].Lot).ToList();
        return Choices(lines, at + 1).SelectMany(rest => quantities.Select(quantity =>
        {
            var choice = (int[])rest.Clone();
            choice[at] = quantity;
            return choice;
        }));
    }

    static (long Urgent, long Margin, long Value) Worth(IReadOnlyList<(int Quantity, int Price, int Cost, int Lot, bool Urgent)> lines, int[] choice) =>
        (choice.Select((quantity, at) => lines[at].Urgent ? (long)quantity * lines[at].Price : 0).Sum(),
            choice.Select((quantity, at) => (long)quantity * Math.Max(0, lines[at].Price - lines[at].Cost)).Sum(),
            choice.Select((quantity, at) => (long)quantity * lines[at].Price).Sum());

    static System.Collections.Immutable.ImmutableArray<Option> Options(HeldOrder held) => Remedies.Of(held.Asked()).Options;
}
