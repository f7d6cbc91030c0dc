using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Limits.Rules;

namespace Aval.Tests.Checks;

/// <summary>What stands between the gross exposure and what the limit is compared with.</summary>
public sealed class TakenOffTests
{
    [Fact]
    public void Each_step_takes_what_there_is_of_it_and_all_of_them_lead_to_what_is_compared() => Table.Check("""
        case                     | gross  notes deposits leftOut insured guaranteed decision compared | steps
        nothing                  |  1000      0        0       0       0          0     1000     1000 | -
        "all of policy's"        |  1000    100       50      30       0          0      820      820 | openCreditNotes:100 deposits:50 leftOut:30
        unapplied-is-netted      |  1000    100        0       0       0          0      700      700 | openCreditNotes:100 netted:200
        only-netted              |  1000      0        0       0       0          0        0        0 | netted:1000
        others-bear              |  1000      0        0       0     600        100     1000      300 | insured:600 guaranteed:100
        netted-and-others-bear   |  1000      0      100       0     400          0      700      300 | deposits:100 netted:200 insured:400
        limit-has-the-insured    |  1000      0        0       0     600          0     1000     1000 | -
        more-than-there-is       |   100     70       50       0       0          0        0        0 | openCreditNotes:70 deposits:50>30
        nothing-left-to-take     |   100    100       50       0       0          0        0        0 | openCreditNotes:100 deposits:50>0
        """, row =>
    {
        var seen = new ExposureSeen(
            Currency.EUR, LimitInForce.NeverSet, row.Integer("gross"), 0, 0, 0, row.Integer("notes"), 0, 0, row.Integer("deposits"), 0, 0, row.Integer("insured"),
            row.Integer("guaranteed"), 0, row.Integer("gross"), row.Integer("decision"), row.Integer("compared"), row.Integer("compared"), row.Integer("leftOut"));
        var steps = TakenOff.Of(seen);
        Assert.Equal(row["steps"], string.Join(' ', steps.Select(Told)));
        Assert.Equal(seen.Compared, seen.Gross - steps.Sum(step => step.Takes));
    });

    static string Told(TakenStep step) => $"{Words.Of(step.Kind)}:{step.Named}" + (step.Takes == step.Named ? "" : $">{step.Takes}");
}
