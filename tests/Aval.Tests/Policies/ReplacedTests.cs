using System.Globalization;
using Aval.Kernel;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Tests.Policies;

/// <summary>On the first day of a version it is known which versions it has replaced, and whether its horizon is wider than one of theirs.</summary>
public sealed class ReplacedTests
{
    static readonly Composition Composition = new(Capabilities.All);

    /// <summary>Versions in order of activation: the day from which each holds, and its horizon in days. The preset, which held before all, has 30.</summary>
    [Theory]
    [InlineData("5:60", 5, "30", true)]
    [InlineData("5:60", 6, "", false)]
    [InlineData("5:60", 4, "", false)]
    [InlineData("5:30", 5, "30", false)]
    [InlineData("1:30 5:20", 5, "30", false)]
    [InlineData("1:30 5:60", 5, "30", true)]
    [InlineData("1:90 5:60", 5, "90", false)]
    [InlineData("1:30 5:20 5:30", 5, "30 20", true)]
    [InlineData("1:30 5:60 5:60", 5, "30 60", true)]
    [InlineData("1:60 5:60 5:60", 5, "60 60", false)]
    [InlineData("1:30 9:60 5:40", 5, "30", true)]
    [InlineData("1:30 9:60 5:40", 9, "", false)]
    [InlineData("1:30 9:20 5:40 9:60", 9, "40 20", true)]
    public void A_version_knows_on_its_first_day_what_it_has_replaced(string versions, int day, string replaced, bool widens)
    {
        var company = Composition.Empty(Facts.Company);
        foreach (var (version, at) in versions.Split(' ').Index())
        {
            var parts = at.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            company = company.With(new PolicyVersion(version + 1, Standard.Policy with { HorizonDays = parts[1] }, "mia", "lea", "", Day(parts[0])));
        }

        company = company with { Through = Day(day) };
        Assert.Equal(replaced, string.Join(' ', company.Get<PoliciesFacts>().Replaced.Select(version => version.Policy.HorizonDays)));
        Assert.Equal(widens, company.Get<PoliciesFacts>().WidensHorizonToday);
    }

    static DateOnly Day(int day) => new(2026, 3, day);
}
