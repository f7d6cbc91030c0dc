using Aval.Tests.Infrastructure;
using Aval.Tests.Tidy;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Sdk;

namespace Aval.Tests;

/// <summary>A law that fails once fails again.</summary>
public sealed class LawsTests
{
    [Fact]
    public void The_same_seed_draws_the_same_cases_and_another_one_others()
    {
        Assert.Equal(Drawn("1"), Drawn("1"));
        Assert.NotEqual(Drawn("1"), Drawn("2"));
        Assert.Equal(Drawn("7,9"), Drawn("(7, 9)"));
        Assert.Equal(30, Drawn("1").Count);
    }

    [Fact]
    public void A_broken_law_tells_the_seed() =>
        Assert.StartsWith("AVAL_SEED=7,9 ", Assert.Throws<XunitException>(() => Laws.Holds(Prop.ForAll(Numbers, number => number < 500), 100, "7,9")).Message);

    /// <summary>One place draws, so that one variable draws anew.</summary>
    [Fact]
    public void No_law_is_asked_in_another_way() => Guard.Clean(Repository.Files
        .Where(file => Guard.Written(file) && file.Name is not ("Laws.cs" or "LawsTests.cs"))
        .Where(file => file.Text.Contains("ThrowOnFailure", StringComparison.Ordinal) || file.Text.Contains("using FsCheck.Xunit", StringComparison.Ordinal))
        .Select(file => file.Path));

    static List<int> Drawn(string seed)
    {
        var drawn = new List<int>();
        Laws.Holds(
            Prop.ForAll(Numbers, number =>
            {
                drawn.Add(number);
                return true;
            }),
            30, seed);
        return drawn;
    }

    static Arbitrary<int> Numbers => Gen.Choose(0, 999).ToArbitrary();
}
