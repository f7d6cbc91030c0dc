using Aval.Parties.Rules;

namespace Aval.Tests.Parties;

public sealed class PurchaseOrderPatternTests
{
    [Fact]
    public void The_whole_number_must_match() => Table.Check("""
        pattern          number    matches
        ^PO-[0-9]{4}$    PO-1234   yes
        PO-[0-9]{4}      PO-1234   yes
        PO-[0-9]{4}      xPO-1234  no
        PO-[0-9]{4}      PO-12345  no
        A|B              AB        no
        45[0-9]{8}       4512345678  yes
        """, row =>
        {
            Assert.True(PurchaseOrderPattern.IsValid(row["pattern"]));
            Assert.Equal(row.Flag("matches"), PurchaseOrderPattern.Matches(row["pattern"], row["number"]));
        });

    [Theory]
    [InlineData("")]
    [InlineData("[0-9")]
    [InlineData("a)|(b")]
    [InlineData("(?=a)a")]
    [InlineData(@"(a)\1")]
    public void What_is_no_pattern_or_would_need_backtracking_is_refused(string pattern) => Assert.False(PurchaseOrderPattern.IsValid(pattern));

    [Fact]
    public void A_pattern_may_have_200_characters()
    {
        Assert.True(PurchaseOrderPattern.IsValid(new string('a', 200)));
        Assert.False(PurchaseOrderPattern.IsValid(new string('a', 201)));
    }

    [Fact]
    public void No_pattern_makes_a_match_slow() => Assert.False(PurchaseOrderPattern.Matches("(a+)+b", new string('a', 4000)));

    [Theory]
    [InlineData("^45[0-9]{8}$", "4534567890")]
    [InlineData("PO-[0-9]+", "PO-1")]
    [InlineData(@"[A-Z]{2}\d{4}/\d\d", "AA1234/12")]
    [InlineData("B[0-9]?", "B1")]
    [InlineData("(?:A|B)-[0-9]{3}", null)]
    [InlineData("[^0-9]{3}", null)]
    [InlineData("a{500}", null)]
    public void A_form_is_shown_by_a_number_that_has_it(string pattern, string? example) => Assert.Equal(example, PurchaseOrderExample.Of(pattern));
}
