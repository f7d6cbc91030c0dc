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

    static string Found(string text)
    {
        var found = new Mention[32];
        var count = Index.Find(text, found);
        return string.Join(' ', found[..count].GroupBy(mention => mention.Place)
            .Select(place => string.Join('/', place.OrderBy(mention => mention.Document).Select(mention => Documents[mention.Document].Number + (mention.IsCertain ? "!" : "")))));
    }
}
