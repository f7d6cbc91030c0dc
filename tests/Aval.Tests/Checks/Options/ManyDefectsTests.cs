using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Checks.Options;

/// <summary>A payer may have any number of receipts that wait for us: the cause is told from all of them, and the fewest that account for it are named.</summary>
public sealed class ManyDefectsTests
{
    /// <summary>C1 owes 10,000 within a limit of 10,000 and orders for more; of many receipts of one euro each, and one larger, what is needed is named.</summary>
    [Fact]
    public void The_fewest_are_named_however_many_there_are() => Table.Check("""
        small large order | cause          names
        150   -     100   | internalDefect 100
        150   -     150   | internalDefect 150
        150   -     151   | mixed          150
        400   300   300   | internalDefect 1
        400   300   310   | internalDefect 11
        """, row =>
        {
            var asked = Held(row.Integer("small"), row.Has("large") ? row.Integer("large") : 0, row.Integer("order")).Asked();
            Assert.Equal(row["cause"], Aval.Kernel.Storage.Words.Of(Diagnosis.Of(asked, asked.Check()).OfBlock!.Value));
            var named = Diagnosis.DefectsThatMatter(asked, asked.Check());
            Assert.Equal((row.Integer("names"), false), (named.Length, named.Any(defect => defect.Approximate)));
        });

    [Fact]
    public void Where_there_are_too_many_to_try_the_answer_says_so()
    {
        var asked = Held(600, 0, 590).Asked();
        var named = Diagnosis.DefectsThatMatter(asked, asked.Check());
        Assert.All(named, defect => Assert.True(defect.Approximate));
        Assert.True(Defects.Without(asked, named).Check().Passes);
        Assert.True(Remedies.Of(asked).Options.Single(option => option.Action == OptionAction.ApplyReceipt).Approximate);
    }

    [Fact]
    public void Naming_one_of_very_many_fewer_does_not_do() => Prop.ForAll(Many.ToArbitrary(), held =>
    {
        var asked = held.Asked();
        var booked = asked.Check();
        var defectFree = Defects.Without(asked, Defects.Of(asked)).Check();
        Assert.Equal(defectFree.Passes, Diagnosis.Of(asked, booked).OfBlock == Cause.InternalDefect);
        if (!defectFree.Passes) return true;
        var named = Diagnosis.DefectsThatMatter(asked, booked);
        return Defects.Without(asked, named).Check().Passes
            && (named[0].Approximate || named.All(defect => !Defects.Without(asked, named.Remove(defect)).Check().Passes));
    }).Holds(15);

    static readonly Gen<HeldOrder> Many =
        from count in Gen.Choose(101, 160)
        from amounts in Gen.Choose(1, 60).ArrayOf(count)
        from order in Gen.Choose(1, 3000)
        select new HeldOrder
        {
            Limit = "10000", Invoices = ["I-1:4000@20", "I-2:3500@30", "I-3:2500@40"], Receipts = [.. amounts.Select((amount, at) => $"R-{at}:{amount}@{1 + (at % 30)}")],
            Lines = [$"1x{order}"],
        };

    static HeldOrder Held(int small, int large, int order) => new()
    {
        Limit = "10000", Invoices = ["I-1:4000@20", "I-2:6000@30"], Lines = [$"1x{order}"],
        Receipts = [.. Enumerable.Range(1, small).Select(at => $"R-{at}:1@{1 + (at % 30)}"), .. large > 0 ? new[] { $"R-L:{large}@3" } : []],
    };
}
