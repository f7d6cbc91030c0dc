using Aval.Parties.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Parties;

public sealed class PaymentTermsTests
{
    [Fact]
    public void Terms_are_read_in_any_case_and_kept_in_one_form() => Table.Check("""
        text                  terms
        NET30                 NET30
        net30                 NET30
        "Net 30"              NET30
        " NET030 "            NET30
        NET0                  NET0
        NET999                NET999
        EOM15                 EOM15
        eom                   EOM0
        prepaid               PREPAID
        Immediate             IMMEDIATE
        cod                   COD
        "2/10 net30"          "2/10 NET30"
        "2.50/10, Net 30"     "2.5/10 NET30"
        "0.75/10 NET30"       "0.75/10 NET30"
        "2/30 NET30"          "2/30 NET30"
        "3/14 EOM15"          "3/14 EOM15"
        """, row => Assert.Equal(row["terms"], Read(row["text"]).ToString()));

    [Fact]
    public void What_is_no_known_form_is_not_taken() => Table.Check("""
        text              because
        -                 empty
        30                a number alone
        NET               no days
        NET1000           more than 999 days
        NET-1             no negative days
        NET30X            something follows
        XNET30            something precedes
        PREPAID30         no days for what is paid before
        "2/10 PREPAID"    no discount on what is paid before
        "2/10 COD"        no discount on what is paid at the door
        2/10NET30         discount and terms run together
        "2/10"            a discount without terms
        "0/10 NET30"      a discount of nothing
        "2/31 NET30"      a discount that outlasts the terms
        "2.125/10 NET30"  a discount with three decimals
        "100/10 NET30"    all of the invoice
        "2,5/10 NET30"    a decimal comma
        """, row => Assert.False(PaymentTerms.TryParse(row["text"], out _)));

    [Theory]
    [InlineData(null)]
    [InlineData("NET\u0663")]
    [InlineData("NET30\nNET30")]
    public void Neither_is_a_missing_text_or_one_of_other_scripts_or_lines(string? text) => Assert.False(PaymentTerms.TryParse(text, out _));

    [Fact]
    public void An_invoice_falls_due_by_its_terms() => Table.Check("""
        terms         invoiced    due
        PREPAID       2026-03-31  2026-03-31
        COD           2026-03-31  2026-03-31
        IMMEDIATE     2026-03-31  2026-03-31
        NET0          2026-03-31  2026-03-31
        NET30         2026-01-31  2026-03-02
        NET30         2028-01-31  2028-03-01
        "2/10 NET30"  2026-01-31  2026-03-02
        EOM           2026-02-01  2026-02-28
        EOM15         2026-02-01  2026-03-15
        EOM15         2026-02-28  2026-03-15
        EOM15         2028-02-01  2028-03-15
        EOM15         2026-12-31  2027-01-15
        """, row => Assert.Equal(row.Date("due"), Read(row["terms"]).DueDate(row.Date("invoiced"))));

    [Fact]
    public void Terms_are_ranked_by_how_long_the_seller_waits() => Table.Check("""
        agreed        ordered       | longer  shorter
        NET30         NET30         | no      no
        NET30         NET31         | yes     no
        NET30         NET29         | no      yes
        NET30         PREPAID       | no      yes
        NET30         COD           | no      yes
        COD           PREPAID       | no      yes
        COD           IMMEDIATE     | no      no
        COD           NET0          | no      no
        COD           NET1          | yes     no
        PREPAID       COD           | yes     no
        PREPAID       NET0          | yes     no
        PREPAID       PREPAID       | no      no
        EOM15         NET30         | no      yes
        EOM15         NET45         | no      yes
        EOM15         NET46         | yes     no
        EOM15         NET47         | yes     no
        NET46         EOM15         | no      yes
        NET45         EOM15         | yes     no
        EOM15         EOM30         | yes     no
        NET30         EOM           | yes     no
        NET30         "2/10 NET30"  | no      no
        "2/10 NET30"  "5/25 NET30"  | no      no
        "2/10 NET30"  NET30         | no      no
        NET30         "5/10 NET31"  | yes     no
        """, row =>
    {
        var (agreed, ordered) = (Read(row["agreed"]), Read(row["ordered"]));
        Assert.Equal((row.Flag("longer"), row.Flag("shorter")), (ordered.IsLongerThan(agreed), agreed.IsLongerThan(ordered)));
    });

    [Fact]
    public void A_discount_is_kept_as_read()
    {
        Assert.Equal(new CashDiscount(2.5m, 10), Read("2.5/10 NET30").Discount);
        Assert.Null(Read("NET30").Discount);
    }

    [Fact]
    public void Only_prepaid_is_prepaid_and_so_is_what_was_never_set()
    {
        Assert.True(Read("PREPAID").IsPrepaid);
        Assert.True(default(PaymentTerms).IsPrepaid);
        Assert.All(["COD", "IMMEDIATE", "NET0", "EOM0"], text => Assert.False(Read(text).IsPrepaid));
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same_terms() =>
        Prop.ForAll(Terms, terms => Read(terms.ToString()) == terms).Holds();

    [Fact]
    public void Ranking_is_an_order() =>
        Prop.ForAll(Terms, Terms, Terms, (a, b, c) =>
            !(a.IsLongerThan(b) && b.IsLongerThan(a)) && (!a.IsLongerThan(b) || a.IsLongerThan(c) || c.IsLongerThan(b))).Holds();

    [Fact]
    public void Longer_terms_fall_due_later_on_some_day_of_the_year() =>
        Prop.ForAll(Terms, Terms, (a, b) =>
            !a.IsLongerThan(b) || b.IsPrepaid || Days.Any(day => a.DueDate(day) >= b.DueDate(day))).Holds();

    [Fact]
    public void No_terms_fall_due_before_the_invoice() =>
        Prop.ForAll(Terms, terms => Days.All(day => terms.DueDate(day) >= day)).Holds();

    static readonly DateOnly[] Days = [.. Enumerable.Range(0, 366).Select(new DateOnly(2028, 1, 1).AddDays)];

    static PaymentTerms Read(string text) => PaymentTerms.TryParse(text, out var terms) ? terms : throw new FormatException($"'{text}' is no terms");

    static string Percent(int hundredths) => (hundredths / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    static Arbitrary<PaymentTerms> Terms =>
        (from days in Gen.Choose(0, 90)
         from percent in Gen.Choose(1, 999)
         from within in Gen.Choose(0, days)
         from text in Gen.Elements(
             "PREPAID", "COD", "IMMEDIATE", $"NET{days}", $"EOM{days}",
             $"{Percent(percent)}/{within} NET{days}", $"{Percent(percent)}/{within} EOM{days}")
         select Read(text)).ToArbitrary();
}
