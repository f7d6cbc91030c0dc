using System.Globalization;
using Aval.Decisions.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.MasterData.Rules;
using Aval.Policies.Rules;

namespace Aval.Tests.Policies;

/// <summary>What the parts of a policy beside its rules ask: of disputes, of exceptions, of what is weighed together, of whoever answers for data.</summary>
public sealed class PartsTests
{
    static readonly DateOnly Today = new(2026, 3, 31);

    /// <summary>Owned in 5 days, qualified in 10, credited in 10 from then, over in 60. A dispute raised so many days ago.</summary>
    [Fact]
    public void A_dispute_needs_next_what_is_due_first() => Table.Check("""
        raised  person  legitimacy     status         qualified | step        in   late
        0       -       unqualified    open           -         | own         5    0
        5       -       unqualified    open           -         | own         0    0
        6       -       unqualified    open           -         | own         -1   1
        6       quinn   unqualified    open           -         | qualify     4    0
        12      quinn   unqualified    open           -         | qualify     -2   2
        12      quinn   customerFault  qualified      12        | resolve     48   0
        12      -       customerFault  qualified      12        | own         -7   7
        20      quinn   companyFault   creditNoteDue  4         | creditNote  6    0
        20      quinn   companyFault   creditNoteDue  11        | creditNote  -1   1
        61      quinn   shared         inProgress     50        | resolve     -1   1
        58      quinn   companyFault   creditNoteDue  1         | creditNote  2    0
        99      quinn   customerFault  rejected       50        | -           -    -
        """, row =>
        {
            var raised = Today.AddDays(-row.Integer("raised"));
            var status = row.One<DisputeStatus>("status");
            var dispute = new Dispute(
                "D-1", "I-1", "C1", "C1", raised, 100, 100, Currency.EUR, DisputeReason.Price, row.One<Legitimacy>("legitimacy"), OwnerFunction.Quality,
                row.Has("person") ? row["person"] : null, status, raised, row.IntegerOrNone("qualified") is { } days ? Today.AddDays(-days) : null,
                Dispute.IsEnd(status) ? Today : null, null, null, null);
            var clock = DisputeClock.Of(dispute, DisputeHandling.Usual, Today);
            Assert.Equal(row.Has("step") ? row.One<DisputeStep>("step") : null, clock?.Step);
            Assert.Equal((row.IntegerOrNone("in"), row.IntegerOrNone("late")), (clock?.DueOn.DayNumber - Today.DayNumber, clock?.DaysLate));
            Assert.Equal(row.IntegerOrNone("late") > 0 ? "creditManager" : null, clock?.EscalateTo);
        });

    /// <summary>Above 250,000, 50 % of overrun or 60 days overdue; class D always.</summary>
    [Fact]
    public void What_passes_a_bound_is_weighed_by_credit_and_sales_together() => Table.Check("""
        value      overrun  overdue  class | because
        250000     50       60       C     | -
        250000.01  50       60       C     | amountAbove
        -          50       60       C     | amountAbove
        1          50.1     60       C     | overrunPercentAbove
        1          -        60       C     | overrunPercentAbove
        1          0        61       C     | overdueDaysAbove
        1          0        0        D     | riskClasses
        300000     60       90       D     | amountAbove overrunPercentAbove overdueDaysAbove riskClasses
        """, row =>
        {
            var arbitration = Arbitration.Usual with { RiskClasses = ["D"] };
            var weighing = Weighing.Of(arbitration, new RemainingException(row.NumberOrNone("value"), 0, row.NumberOrNone("overrun"), row.Integer("overdue"), row["class"]));
            Assert.Equal(row.Words("because"), weighing?.Because ?? []);
            if (weighing is not null) Assert.Equal(["creditManager", "sales"], weighing.Between);
            Assert.Null(Weighing.Of(new Arbitration(null, null, null, null, ["sales"]), new RemainingException(null, null, null, int.MaxValue, "D")));
        });

    /// <summary>Up to 50,000, two a payer in 90 days, for something in return. Earlier ones by the days since.</summary>
    [Fact]
    public void An_exception_keeps_to_its_bound_its_number_and_gives_something_in_return() => Table.Check("""
        value     earlier      counterpart | beyond
        50000     -            deposit     | -
        50000.01  -            deposit     | upTo
        -         -            deposit     | upTo
        1         90           deposit     | -
        1         90,3         deposit     | mostPerPayer
        1         91,3         deposit     | -
        1         -            -           | counterpart
        90000     0,0,0        -           | upTo mostPerPayer counterpart
        """, row =>
        {
            ExceptionHistory? history = null;
            foreach (var days in row["earlier"].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
                history = ExceptionHistory.With(history, "C1", new ExceptionalRelease($"d{history?.Releases.Count}", "O", Today.AddDays(-days), Today, []));
            var conditions = ExceptionConditions.Usual with { UpTo = 50_000 };
            var beyond = Exceptions.Beyond(conditions, history, row.NumberOrNone("value"), row.Has("counterpart") ? row["counterpart"] : null, Today);
            Assert.Equal(row.Words("beyond"), beyond);
            Assert.DoesNotContain("counterpart", Exceptions.Beyond(conditions with { Counterpart = false }, history, 1, null, Today));
        });

    /// <summary>To be verified again after 180 days.</summary>
    [Fact]
    public void A_field_is_trusted_as_long_as_policy_says_and_as_its_value_stays() => Table.Check("""
        value  said   verified  flagged | state
        -      -      -         -       | missing
        new    -      -         -       | unverified
        new    old    0         -       | unverified
        new    new    0         -       | verified
        new    new    180       -       | verified
        new    new    181       -       | stale
        new    new    0         0       | flagged
        new    new    -         0       | flagged
        """, row =>
        {
            DateOnly? Ago(string column) => row.IntegerOrNone(column) is { } days ? Today.AddDays(-days) : null;
            var said = row.Has("said") ? new FieldCare("C1:profile", "C1", "profile", row["said"], Ago("verified"), null, Ago("flagged"), null, null) : null;
            var responsible = new DataResponsibility("profile", "customerService", "billing", "accountsReceivable", 180);
            Assert.Equal(row.One<CareState>("state"), FieldCare.StateOf(row.Has("value") ? row["value"] : null, said, responsible, Today));
        });
}
