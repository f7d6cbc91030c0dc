using Aval.Kernel;

namespace Aval.Tests.Kernel;

/// <summary>A sentence of a refusal reads in English as it stands in the code, and can be said in another language with the same parts.</summary>
public sealed class WordingTests
{
    static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public void It_reads_as_it_is_written_and_keeps_its_parts()
    {
        Wording said = $"Receipt {"R-{1}"} has {12.5m:0.00} of {{odd}} on {Day:yyyy-MM-dd}.";
        Assert.Equal("Receipt R-{1} has 12.50 of {odd} on 2026-03-02.", said.ToString());
        Assert.Equal("Receipt {0} has {1} of {{odd}} on {2}.", said.Pattern);
        Assert.Equal(["R-{1}", 12.5m, Day], said.Parts);
    }

    [Fact]
    public void Another_language_may_say_its_parts_in_another_order()
    {
        Wording said = $"{"I-1"} has {3} left";
        Assert.Equal("Von I-1 sind 3 übrig; I-1.", said.In("Von {0} sind {1} übrig; {0}.", (part, _) => $"{part}"));
    }

    [Fact]
    public void A_text_without_parts_is_a_wording_too_and_two_that_read_the_same_are_equal()
    {
        Assert.Equal((Wording)$"must be {"A"}", "must be A");
        Assert.NotEqual((Wording)"must be A", "must be B");
        Assert.Equal("a {brace}", ((Wording)"a {brace}").ToString());
    }
}
