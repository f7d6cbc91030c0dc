using System.Globalization;
using Aval.Decisions.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Outcomes.Rules;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Outcomes;

/// <summary>Decisions followed to the cash, counted by hand. Each row is an order of one invoice of 1,000 that was decided on 2 March 2026.</summary>
public sealed class TurnoutTests
{
    static readonly DateOnly Decided = new(2026, 3, 2);

    [Fact]
    public void What_came_of_a_decision_is_told_by_its_invoice() => Table.Check("""
        billed  due    settled                              disputed  today  | turnout      paid  inTime  late  writtenOff  open  after30  after60  after90
        03-05   04-04  -                                    -         03-20  | notDueYet    0     0       -     0           1000  -        -        -
        03-05   04-04  -                                    -         04-04  | notDueYet    0     0       -     0           1000  1000     -        -
        03-05   04-04  -                                    -         04-05  | overdue      0     0       1     0           1000  1000     -        -
        03-05   04-04  receipt:1000:04-04                   -         06-30  | paidInTime   1000  1000    0     0           0     1000     0        0
        03-05   04-04  receipt:1000:03-20                   -         03-25  | paidInTime   1000  1000    0     0           0     -        -        -
        03-05   04-04  receipt:1000:04-05                   -         06-30  | paidLate     1000  0       1     0           0     1000     0        0
        03-05   04-04  receipt:600:04-01,receipt:400:05-14  -         06-30  | paidLate     1000  600     40    0           0     400      400      0
        03-05   04-04  receipt:600:04-01                    -         06-30  | overdue      600   600     87    0           400   400      400      400
        03-05   04-04  creditNote:1000:03-10                300       06-30  | paidInTime   0     1000    0     0           0     0        0        0
        03-05   04-04  -                                    300       06-30  | disputed     0     0       87    0           1000  1000     1000     1000
        03-05   04-04  receipt:900:04-04,writeOff:100:06-01 -         06-30  | writtenOff   900   900     58    100         0     1000     100      100
        03-05   04-04  receipt:1000:04-04,receipt:-1000:04-20 -       06-30  | overdue      0     1000    87    0           1000  1000     1000     1000
        -       -      -                                    -         06-30  | nothingBilled 0    0       -     0           0     0        0        0
        """, row =>
        {
            var outcome = Follow(row);
            Assert.Equal(
                (row["turnout"], row.Number("paid"), row.Number("inTime"), row.NumberOrNone("late"), row.Number("writtenOff"), row.Number("open")),
                (Aval.Kernel.Storage.Words.Of(outcome.Turnout), outcome.Paid, outcome.PaidInTime, outcome.DaysLate, outcome.WrittenOff, outcome.Open));
            Assert.Equal((row.NumberOrNone("after30"), row.NumberOrNone("after60"), row.NumberOrNone("after90")), (outcome.After30, outcome.After60, outcome.After90));
        });

    [Fact]
    public void An_invoice_is_told_of_the_last_decision_before_it_and_of_no_other()
    {
        var (first, second, third) = (Decision("d1", 0), Decision("d2", 4), Decision("d3", 8) with { Status = DecisionStatus.AwaitingConfirmation });
        var trail = new OrderTrail([first, second, third], [Invoice("I1", 3, 100), Invoice("I2", 4, 200), Invoice("I3", 9, 400), Invoice("I0", -1, 800)], [], []);
        var today = Decided.AddDays(20);
        Assert.Equal([100m, 600m, 0m], trail.Decisions.Select(decision => DecisionOutcome.Of(decision, trail, today, InEuro).Billed));
        Assert.Equal(["d2", null, null], trail.Decisions.Select(decision => DecisionOutcome.Of(decision, trail, today, InEuro).SupersededBy));
        var waiting = DecisionOutcome.Of(third, trail, today, InEuro).Turnout;
        var superseded = DecisionOutcome.Of(first, trail with { Invoices = [] }, today, InEuro).Turnout;
        Assert.Equal((Turnout.NotDone, Turnout.Superseded), (waiting, superseded));
        var never = trail with { Decisions = [first, second with { Status = DecisionStatus.Withdrawn }] };
        Assert.Equal([700m, 0m], never.Decisions.Select(decision => DecisionOutcome.Of(decision, never, today, InEuro).Billed));
    }

    [Fact]
    public void Late_days_count_by_value_and_what_no_rate_converts_is_counted_apart()
    {
        var late = Invoice("I1", 0, 900) with { Settled = [new SettledPart(Decided.AddDays(40), 900_00, SettlementSource.Receipt)] };
        var open = Invoice("I2", 0, 100);
        var foreign = Invoice("I3", 0, 50) with { Currency = Currency.Of("USD") };
        var outcome = DecisionOutcome.Of(Decision("d1", 0), new OrderTrail([Decision("d1", 0)], [late, open, foreign], [], []), Decided.AddDays(80), InEuro);
        // 900 were 10 days late, 100 are 50 days late: (9,000 + 5,000) / 1,000.
        Assert.Equal((14m, 1000m, 1, Turnout.Overdue), (outcome.DaysLate, outcome.Billed, outcome.WithoutRate, outcome.Turnout));
    }

    [Fact]
    public void Sums_are_what_their_decisions_come_to()
    {
        var sum = new OutcomeSum("release");
        foreach (var row in Table.Rows("""
            billed  due    settled             disputed  today
            03-05   04-04  receipt:1000:04-04  -         06-30
            03-05   04-04  receipt:1000:05-14  200       06-30
            03-05   04-04  writeOff:1000:05-04 -         06-30
            -       -      -                   -         06-30
            """)) sum.Add(Follow(row));
        var group = sum.Group();
        // 0, 40 and 30 days late by equal value; a third in time.
        Assert.Equal((4, 3, 3000m, 33.3m, 23.3m), (group.Decisions, group.Billed, group.DueAmount, group.PaidInTimePercent, group.DaysLate));
        Assert.Equal((200m, 1000m, 3000m, 2000m, 0m), (group.Disputed, group.WrittenOff, group.After30, group.After60 + group.After90, group.Overdue));
        Assert.Equal("writtenOff 1, paidLate 1, paidInTime 1, nothingBilled 1", string.Join(", ", group.Turnouts.Select(count =>
            $"{Aval.Kernel.Storage.Words.Of(count.Turnout)} {count.Decisions}")));
    }

    static DecisionOutcome Follow(Row row)
    {
        var invoices = row.Has("billed") && row["billed"] != "-"
            ? new[] { new OrderInvoice("O", "I", "C", Day(row["billed"]), Day(row["due"]), Currency.EUR, 1000_00,
                [.. row["settled"].Split(',').Where(part => part.Length > 1).Select(Part)]) }
            : [];
        var decision = Decision("d1", 0);
        var disputes = row["disputed"].Trim('-').Length == 0 ? [] : new[] { Disputed(row.Number("disputed"), stands: !row["settled"].Contains(':', StringComparison.Ordinal)) };
        return DecisionOutcome.Of(decision, new OrderTrail([decision], invoices, disputes, []), Day(row["today"]), InEuro);
    }

    static SettledPart Part(string text) => text.Split(':') is [var source, var amount, var day]
        ? new SettledPart(Day(day), long.Parse(amount, CultureInfo.InvariantCulture) * 100, Enum.Parse<SettlementSource>(source, ignoreCase: true))
        : throw new FormatException(text);

    static DateOnly Day(string text) => DateOnly.ParseExact("2026-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static Dispute Disputed(decimal amount, bool stands) => new(
        "D", "I", "C", "C", Decided, (long)(amount * 100), (long)(amount * 100), Currency.EUR, DisputeReason.Price, Legitimacy.Unqualified, OwnerFunction.Sales, null,
        stands ? DisputeStatus.Open : DisputeStatus.Closed, Decided, null, stands ? null : Decided, null, null, null);

    static OrderInvoice Invoice(string number, int after, decimal amount) =>
        new("O", number, "C", Decided.AddDays(after), Decided.AddDays(30), Currency.EUR, (long)(amount * 100), []);

    static Decision Decision(string id, int after) => new(
        id, "b", "O", "C", "C", DecisionKind.Release, DecisionStatus.Fulfilled, "mia", new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddDays(after),
        Decided.AddDays(after), "agreed", 1000_00, Currency.EUR, [], []);

    static decimal? InEuro(Money amount, DateOnly day) => amount.Currency == Currency.EUR ? amount.Major : null;
}
