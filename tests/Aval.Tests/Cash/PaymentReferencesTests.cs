using Aval.Cash.Rules;

namespace Aval.Tests.Cash;

public sealed class PaymentReferencesTests
{
    /// <summary>Marked with an exclamation mark where nobody writes such a thing by accident.</summary>
    [Fact]
    public void References_are_read_as_they_are_printed() => Table.Check(
        """
        text                                     | found
        "RF714711 thanks"                        | RF714711!
        "rf71 4711"                              | rf714711!
        "RF71 4711 from us"                      | RF714711!
        "pay RF18 5390 0754 7034 today"          | RF18539007547034!
        "RF71 4711 RF18 5390 0754 7034"          | RF714711! RF18539007547034!
        "RF72 4711"                              | -
        "RF72"                                   | -
        "+++090/9337/55493+++"                   | +++090/9337/55493+++!
        "***090/9337/55493***"                   | ***090/9337/55493***!
        "090/9337/55493"                         | 090/9337/55493
        "090933755493"                           | 090933755493
        "+++090/9337/55494+++"                   | -
        "1090/9337/554931"                       | -
        """,
        row => Assert.Equal(row["found"], string.Join(' ', PaymentReferences.In(row["text"]).Select(found => found + (PaymentReferences.IsUnmistakable(found) ? "!" : "")))));

    [Theory]
    [InlineData("+++090/9337/55493+++", "INV-0909337554")]
    [InlineData("090933755493", "909337554")]
    [InlineData("090933755493", "090/9337/55493")]
    [InlineData("RF714711", "4711")]
    public void A_reference_names_the_document_that_it_was_made_of(string reference, string number) =>
        Assert.Equal([1], PaymentReferences.DocumentsOf(reference, ReferenceIndex.Of([new("4712", null), new(number, null), new("INV-4711", "4711")])));
}
