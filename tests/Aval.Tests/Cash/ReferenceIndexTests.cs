using Aval.Cash.Rules;

namespace Aval.Tests.Cash;

public sealed class ReferenceIndexTests
{
    static readonly Referable[] Documents =
    [
        new("INV-2026-00123", "SO-77"), new("INV-2026-00124", "SO-78"), new("INV-2026-00125", "SO-78"), new("4711", null), new("4712", null), new("4723", null),
        new("RE/2026/9", null), new("3", null), new("100482", null), new("F2026A17", null),
    ];

    static readonly ReferenceIndex Index = ReferenceIndex.Of(Documents);

    /// <summary>A mention that is certain has an exclamation mark; alternatives of one place are joined by a bar.</summary>
    [Fact]
    public void Numbers_are_found_as_people_write_them() => Table.Check(
        """
        text                                   | found
        "INV-2026-00123"                       | INV-2026-00123!
        "inv 2026 00123 thank you"             | INV-2026-00123!
        "INV202600123"                         | INV-2026-00123!
        "inv2026/123"                          | INV-2026-00123!
        "2026-00123"                           | INV-2026-00123!
        "paid 2026123 today"                   | INV-2026-00123!
        "invoice no. 00123"                    | INV-2026-00123
        "SO-77"                                | INV-2026-00123
        "order SO 78"                          | INV-2026-00124!/INV-2026-00125!
        "invoice 4711"                         | 4711!
        "facture n° 04711"                     | 4711!
        "rechnung 4711 und 4712"               | 4711! 4712!
        "4711+4712"                            | 4711 4712
        "invoices 4711, 4712 and 4723"         | 4711! 4712! 4723!
        "rg 4711/12"                           | 4711! 4712
        "rg 4711/12/23"                        | 4711! 4712 4723
        "RE 2026 9"                            | RE/2026/9!
        "RE2026/0009"                          | RE/2026/9!
        "march 3 invoices"                     | 3
        "100482"                               | 100482!
        "f2026a17"                             | F2026A17!
        "47110"                                | -
        "14711"                                | -
        "nothing of ours 99.50"                | -
        "WLA-100482"                           | 100482
        "PX100482"                             | 100482
        "R/100482"                             | 100482
        "Mandat 100482"                        | 100482
        "customer no. 100482"                  | 100482
        "customer 55 100482"                   | 100482
        "invoice 100482"                       | 100482!
        "RE100482"                             | 100482!
        "text: 100482"                         | 100482!
        """,
        row => Assert.Equal(row["found"], Found(row["text"])));

    [Fact]
    public void A_long_text_is_read_to_its_end()
    {
        var noise = string.Join(' ', Enumerable.Range(0, 900).Select(at => at % 2 == 0 ? "x" : "99"));
        Assert.Equal("4711! INV-2026-00124!", Found($"{noise} invoice 4711; {noise}; inv 2026 00124"));
    }

    [Fact]
    public void Every_number_is_found_wherever_it_stands_in_a_long_text()
    {
        for (var before = 240; before < 270; before++)
            Assert.Equal("INV-2026-00124!", Found($"{string.Join(' ', Enumerable.Repeat("x", before))} inv 2026 00124"));
    }

    [Fact]
    public void More_mentions_than_there_is_room_for_are_left()
    {
        var found = new Mention[2];
        Assert.Equal(2, Index.Find("4711, 4712, 4723", found));
    }

    [Fact]
    public void A_year_at_the_end_of_all_numbers_neither_hides_one_nor_takes_the_square_of_their_count()
    {
        var index = ReferenceIndex.Of([.. Enumerable.Range(1, 300_000).Select(at => new Referable($"FV/{at:000000}/2026", null))]);
        var found = new Mention[64];
        Assert.Equal(1, index.Find("zaplata luty 2026, FV/0123/2026", found));
        Assert.Equal((122, true), (found[0].Document, found[0].IsCertain));
    }

    [Fact]
    public void An_end_that_few_numbers_share_still_names_them()
    {
        var index = ReferenceIndex.Of([.. Enumerable.Range(0, 12).Select(at => new Referable(at < 8 ? $"F/{at}/777" : $"F/{at}/888", at < 8 ? "SO-1" : null))]);
        var found = new Mention[64];
        Assert.Equal(8, index.Find("777", found));
        Assert.Equal(4, index.Find("888", found));
        Assert.Equal(8, index.Find("SO-1", found));
    }

    [Fact]
    public void One_place_leaves_room_for_the_next()
    {
        var index = ReferenceIndex.Of([.. Enumerable.Range(0, 500).Select(at => new Referable($"RE-{70000 + at}", "SO-4711"))]);
        var found = new Mention[64];
        var count = index.Find("order SO-4711, RE-70400", found);
        Assert.Equal(400, found[count - 1].Document);
        Assert.Equal(Spelling.Number, found[count - 1].Spelling);
    }

    static string Found(string text)
    {
        var found = new Mention[32];
        var count = Index.Find(text, found);
        return string.Join(' ', found[..count].GroupBy(mention => mention.Place)
            .Select(place => string.Join('/', place.OrderBy(mention => mention.Document).Select(mention => Documents[mention.Document].Number + (mention.IsCertain ? "!" : "")))));
    }
}
