using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Parties.Rules;

namespace Aval.Tests.Checks;

/// <summary>Whom an order names, what the payer's portal asks for, where the goods go, and an order nobody expected.</summary>
public sealed class EntityTests
{
    static readonly DateOnly Today = Situation.Today;
    static readonly Customer Branch = Situation.C1 with { Payer = "HQ", VatId = "DE136695976" };
    static readonly Customer Head = Situation.C1 with { Number = "HQ", VatId = "FR40303265045", RegistrationId = "303 265 045" };

    [Fact]
    public void Stated_ids_are_those_of_who_is_billed_however_they_are_spelt() => Table.Check("""
        billTo  vatId              registration  | triage    subject
        -       -                  -             | accept    -
        -       FR40303265045      303265045     | accept    -
        -       "fr 40.303-265045" "303 265 045" | accept    -
        -       DE136695976        -             | complete  DE136695976
        C1      DE136695976        -             | accept    -
        C1      FR40303265045      303265045     | complete  FR40303265045
        -       -                  303265046     | complete  303265046
        """, row =>
        {
            var situation = new Situation { Customer = Branch, Payer = Head };
            var result = (situation with
            {
                Order = situation.Order with { BillTo = Cell(row, "billTo"), VatId = Cell(row, "vatId"), RegistrationId = Cell(row, "registration") },
            }).Check();
            Assert.Equal(row["triage"], result.Triage.ToString().ToLowerInvariant());
            Assert.Equal(Cell(row, "subject"), result.Findings.FirstOrDefault(finding => finding.Code == "legal-entity-wrong").Subject);
        });

    [Fact]
    public void Who_is_no_longer_active_neither_orders_nor_pays() => Table.Check("""
        customer  payer | levels
        -         -     | -
        0         -     | C1
        -         9     | HQ
        3         9     | HQ C1
        """, row =>
        {
            DateOnly? Since(string column) => row.IntegerOrNone(column) is { } days ? Today.AddDays(-days) : null;
            var result = new Situation { Customer = Branch with { InactiveSince = Since("customer") }, Payer = Head with { InactiveSince = Since("payer") } }.Check();
            Assert.Equal(row.Words("levels"), result.Findings.Select(finding => finding.Level));
            Assert.All(result.Findings, finding => Assert.Equal((row.IntegerOrNone(finding.Level == "C1" ? "customer" : "payer"), null), (finding.Days, finding.Subject)));
            Assert.Equal(result.Passes ? null : Cause.InternalDefect, result.Cause);
        });

    [Fact]
    public void An_order_is_billed_to_who_orders_or_pays() => Table.Check("""
        billTo | findings
        -      | -
        C1     | -
        HQ     | -
        C2     | account-link-wrong
        """, row =>
        {
            var situation = new Situation { Customer = Branch, Payer = Head };
            var order = situation.Order with { BillTo = Cell(row, "billTo"), Payer = "HQ" };
            Assert.Equal(row.Words("findings"), (situation with { Order = order }).Check().Codes());
        });

    [Fact]
    public void A_portal_gets_what_it_asks_for_and_no_more() => Table.Check("""
        asks       centre  reference | triage    subject
        -          -       -         | accept    -
        centre     -       -         | complete  costCentre
        centre     4711    -         | accept    -
        id         4711    " "       | complete  portalReference
        id         -       P-1       | accept    -
        both       -       -         | complete  "costCentre, portalReference"
        both       4711    P-1       | accept    -
        """, row =>
        {
            var profile = new PayabilityProfile(
                Portal: "Ariba", CostCentreRequired: row["asks"] is "centre" or "both", PortalIdRequired: row["asks"] is "id" or "both", DeliveryNoteRequired: true);
            var situation = new Situation { Customer = Branch, Payer = Head with { Profile = profile } };
            var order = situation.Order with { CostCentre = Cell(row, "centre"), PortalReference = Cell(row, "reference") };
            var result = (situation with { Order = order }).Check();
            Assert.Equal(row["triage"], result.Triage.ToString().ToLowerInvariant());
            Assert.Equal(Cell(row, "subject"), result.Findings.SingleOrDefault().Subject);
            Assert.All(result.Findings, finding => Assert.Equal("portal-requirement-missing", finding.Code));
        });

    [Fact]
    public void The_place_of_delivery_is_complete_where_the_profile_asks_for_it() => Table.Check("""
        asked  line        city  code   country | findings
        no     -           -     -      -       | -
        yes    -           -     -      -       | delivery-details-missing
        yes    "1 rue Foy" Lyon  69002  FR      | -
        yes    "1 rue Foy" Lyon  69002  -       | delivery-details-missing
        yes    "1 rue Foy" Lyon  " "    FR      | delivery-details-missing
        no     "1 rue Foy" -     -      -       | -
        """, row =>
        {
            var situation = new Situation { Customer = Situation.C1 with { Profile = new PayabilityProfile(DeliveryDetailsRequired: row.Flag("asked")) } };
            var place = row.Has("line") ? new PostalAddress(Cell(row, "line"), Cell(row, "city"), Cell(row, "code"), Cell(row, "country")) : null;
            Assert.Equal(row.Words("findings"), (situation with { Order = situation.Order with { ShipTo = place } }).Check().Codes());
        });

    [Fact]
    public void An_order_far_sooner_than_usual_is_unusual_and_only_where_there_is_a_rhythm() => Table.Check("""
        since | found           gaps
        2     | "frequency 30"  30 30 30 30 30 30
        15    | "frequency 30"  30 30 30 30 30 30
        16    | -               30 30 30 30 30 30
        2     | -               30 30 30 30 30
        0     | "frequency 7"   7 7 7 7 7 7 7
        0     | -               6 6 6 6 6 6 6
        0     | "frequency 30"  28 33 30 25 31 29 90
        1     | -               3 60 2 45 30 1 70 8 40
        """, row =>
        {
            var day = Today.AddDays(-row.Integer("since"));
            var dates = new List<DateOnly> { day };
            foreach (var gap in row.Words("gaps").Reverse()) dates.Insert(0, dates[0].AddDays(-int.Parse(gap, System.Globalization.CultureInfo.InvariantCulture)));
            var facts = new Situation().Facts() with { Habit = new OrderHabit("C1", [.. dates.Select(_ => 1000_00L)]) { Dates = dates } };
            var result = Check.Run(facts, Situation.PolicyWith("{}"));
            Assert.Equal(Cell(row, "found"), result.Findings.SingleOrDefault().Subject);
            if (row.Has("found")) Assert.Equal(row.Integer("since"), result.One("order-unusual").Days);
        });

    [Fact]
    public void Items_and_places_never_ordered_are_unusual_for_who_keeps_to_a_few() => Table.Check("""
        earlier  items  place | found
        12       A:1    -     | -
        12       Z:1    -     | "item Z"
        11       Z:1    -     | -
        12       A:1,Z:1 -    | -
        12       A:1,Z:2 -    | "item Z"
        12       A:1    Lyon  | -
        12       A:1    Brest | "shipTo Brest"
        11       A:1    Brest | -
        """, row =>
        {
            var habit = new OrderHabit("C1", []);
            for (var at = 0; at < row.Integer("earlier"); at++) habit = habit.With(Ordered($"{(at % 2 == 0 ? "A" : "B")}:2", "Lyon", Today.AddDays(at - 40)));
            var order = Ordered(row["items"], Cell(row, "place"), Today);
            var situation = new Situation { Order = order, Lines = order.Lines };
            Assert.Equal(Cell(row, "found"), Check.Run(situation.Facts() with { Habit = habit }, Situation.PolicyWith("{}")).Findings.SingleOrDefault().Subject);
        });

    [Fact]
    public void Who_orders_ever_other_items_keeps_to_none()
    {
        var habit = new OrderHabit("C1", []);
        for (var at = 0; at <= Known.Most; at++) habit = habit.With(Ordered($"I{at}:1", "Lyon", Today.AddDays(at - 40)));
        Assert.False(habit.Items.Tells);
        Assert.Equal([0], habit.Items.Written()!);
        Assert.False(Known.Read(habit.Items.Written()).Tells);
        Assert.True(habit.ShipTos.Tells);
    }

    [Fact]
    public void A_habit_without_an_order_is_as_if_it_had_never_come()
    {
        var habit = new OrderHabit("C1", []);
        for (var at = 0; at < 12; at++) habit = habit.With(Ordered($"I{at % 3}:{(at % 5) + 1}", "Lyon", Today.AddDays((at * 7 % 12) - 40)));
        var own = Ordered("Z:9", "Brest", Today.AddDays(-35));
        var with = habit.With(own);
        Assert.Equal(with.Dates.Order(), with.Dates);
        Assert.False(with.Items.IsStrange(Known.HashOf("Z")));
        var without = with.Without(own);
        Assert.Equal(habit.Values, without.Values);
        Assert.Equal(habit.Dates, without.Dates);
        Assert.Equal(habit.Items.Written(), without.Items.Written());
        Assert.Equal(habit.ShipTos.Written(), without.ShipTos.Written());
        Assert.Same(without, without.Without(own));
    }

    [Fact]
    public void Only_the_latest_orders_are_a_habit_and_those_without_a_day_stand_before_them()
    {
        var habit = new OrderHabit("C1", [.. Enumerable.Repeat(500_00L, 20)]);
        for (var at = 0; at < 6; at++) habit = habit.With(Ordered("A:1", null, Today.AddDays(at)));
        Assert.Equal((OrderHabit.Most, OrderHabit.Most, 6), (habit.Values.Count, habit.Dates.Count, habit.Rhythm.Dated));
        Assert.Null(Usual.SoonerThan(habit, Today.AddDays(6), 3.5m));
    }

    /// <summary>Items and quantities at 100.</summary>
    static Order Ordered(string items, string? place, DateOnly day)
    {
        var lines = items.Split(',').Select((item, at) => item.Split(':') is [var name, var quantity]
            ? new OrderLine(at + 1, name, Quantity.Of(int.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture)), UnitPrice.Of(100), 0)
            : throw new FormatException(item)).ToList();
        return new Situation().Facts().Order with
        {
            OrderDate = day, Lines = lines, ShipTo = place is null ? null : new PostalAddress("1 rue du Port", place, "69002", "FR"),
        };
    }

    static string? Cell(Row row, string column) => row.Has(column) ? row[column] : null;
}
