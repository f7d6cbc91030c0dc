using System.Collections.Immutable;
using Aval.Decisions.Rules;
using Aval.Policies.Rules;

namespace Aval.Tests.Decisions;

/// <summary>Who may decide what: each column of the delegation alone, then the preset's own lines.</summary>
public sealed class AuthorityTests
{
    [Fact]
    public void Each_column_bounds_what_it_says_and_reaching_it_is_within() => Table.Check("""
        column        bound  value   exposure  overrun  overdue  class  cause           | grant
        upTo          1000   999.99  -         0        0        B      customerRisk    | alone
        upTo          1000   1000    -         0        0        B      customerRisk    | alone
        upTo          1000   1000.01 -         0        0        B      customerRisk    | exceeded
        upTo          1000   unknown -         0        0        B      customerRisk    | exceeded
        upTo          0      0.01    -         0        0        B      customerRisk    | exceeded
        exposureUpTo  5000   1       4999.99   0        0        B      customerRisk    | alone
        exposureUpTo  5000   1       5000      0        0        B      customerRisk    | alone
        exposureUpTo  5000   1       5000.01   0        0        B      customerRisk    | exceeded
        exposureUpTo  5000   1       unknown   0        0        B      customerRisk    | exceeded
        overrun       20     1       -         19.99    0        B      customerRisk    | alone
        overrun       20     1       -         20       0        B      customerRisk    | alone
        overrun       20     1       -         20.01    0        B      customerRisk    | exceeded
        overrun       20     1       -         beyond   0        B      customerRisk    | exceeded
        overdue       30     1       -         0        29       B      customerRisk    | alone
        overdue       30     1       -         0        30       B      customerRisk    | alone
        overdue       30     1       -         0        31       B      customerRisk    | exceeded
        classes       A,B    1       -         0        0        A      customerRisk    | alone
        classes       A,B    1       -         0        0        B      customerRisk    | alone
        classes       A,B    1       -         0        0        C      customerRisk    | exceeded
        causes        internalDefect,setUp 1 - 0        0        B      setUp           | alone
        causes        internalDefect,setUp 1 - 0        0        B      mixed           | exceeded
        causes        internalDefect,setUp 1 - 0        0        B      unknown         | exceeded
        second        100    99.99   -         0        0        B      customerRisk    | alone
        second        100    100     -         0        0        B      customerRisk    | alone
        second        100    100.01  -         0        0        B      customerRisk    | withSecondPerson
        role          other  1       -         0        0        B      customerRisk    | exceeded
        none          -      999999  999999    beyond   999      E      mixed           | alone
        """, row =>
    {
        decimal? Bound(string column) => row["column"] == column ? decimal.Parse(row["bound"], null) : null;
        ImmutableArray<string>? Listed(string column) => row["column"] == column ? [.. row["bound"].Split(',')] : null;
        var role = row["column"] == "role" ? row["bound"] : "role";
        var entry = new Delegation(role, Bound("upTo"), Bound("exposureUpTo"), Bound("overrun"), (int?)Bound("overdue"), Listed("classes"), Bound("second"))
        {
            Causes = Listed("causes"),
        };
        var cause = row["cause"] == "unknown" ? null : row["cause"];
        var exception = new RemainingException(Figure(row["value"]), Figure(row["exposure"]), Figure(row["overrun"]), int.Parse(row["overdue"], null), row["class"], cause);
        Assert.Equal(row["grant"], Word(Authority.Of([entry], new HashSet<string> { "role" }, exception)));
        if (row["column"] != "role") Assert.Equal(row["grant"] == "exceeded" ? [] : ["role"], Authority.WhoMay([entry], exception));
    });

    [Fact]
    public void Policy_knows_the_causes_that_the_check_tells_apart() =>
        Assert.Equal(Aval.Kernel.Storage.Words.All<Aval.Checks.Rules.Cause>(), Policy.Causes);

    [Fact]
    public void The_preset_gives_each_role_its_part() => Table.Check("""
        role              value   overrun  overdue  class | grant              whoMay
        customerService   1       0        0        B     | exceeded           creditAnalyst creditManager leadership
        creditAnalyst     25000   20       30       C     | alone              creditAnalyst creditManager leadership
        creditAnalyst     25000   20       30       D     | exceeded           creditManager leadership
        creditAnalyst     25001   0        0        A     | exceeded           creditManager leadership
        creditManager     100000  beyond   400      E     | alone              creditManager leadership
        creditManager     250000  0        0        B     | withSecondPerson   creditManager leadership
        creditManager     250001  0        0        B     | exceeded           leadership
        leadership        9999999 beyond   999      E     | alone              leadership
        administrator     1       0        0        A     | exceeded           creditAnalyst creditManager leadership
        *                 1       0        0        A     | exceeded           creditAnalyst creditManager leadership
        """, row =>
    {
        var exception = new RemainingException(Figure(row["value"]), 0, Figure(row["overrun"]), int.Parse(row["overdue"], null), row["class"]);
        Assert.Equal(row["grant"], Word(Authority.Of(Standard.Policy.Delegation, new HashSet<string> { row["role"] }, exception)));
        Assert.Equal(row["whoMay"], string.Join(' ', Authority.WhoMay(Standard.Policy.Delegation, exception)));
    });

    [Fact]
    public void Of_several_roles_the_best_counts() =>
        Assert.Equal(Grant.Alone, Authority.Of(Standard.Policy.Delegation, new HashSet<string> { "creditManager", "leadership" }, new RemainingException(200_000, 0, 0, 0, "B")));

    static decimal? Figure(string text) => text is "unknown" or "beyond" ? null : text is "-" or "" ? 0 : decimal.Parse(text, null);

    static string Word(Grant grant) => Aval.Kernel.Storage.Words.Of(grant);
}
