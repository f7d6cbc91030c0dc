using Aval.Checks.Rules;
using Aval.Policies.Rules;

namespace Aval.Tests.Checks;

/// <summary>Whose fault a hold is: the customer's risk, a defect of ours, something we wait for, something we have not set up.</summary>
public sealed class CauseTests
{
    [Fact]
    public void A_block_takes_its_cause_from_its_credit_findings_and_from_order_quality_only_where_there_are_none() => Table.Check("""
        cause             | findings
        -                 | -
        -                 | limit-near:info tax-id-invalid:warn
        customerRisk      | limit-exceeded overdue
        internalDefect    | limit-expired
        setUp             | limit-not-set
        setUp             | payer-unknown
        setUp             | authorization-expired:complete
        mixed             | authorization-expired:complete overdue
        setUp             | payer-unknown tax-id-invalid:warn
        awaitingCustomer  | purchase-order-missing:complete buyer-reference-missing:complete
        internalDefect    | terms-deviate price-deviates:complete
        mixed             | purchase-order-missing:complete terms-deviate
        customerRisk      | overdue purchase-order-missing:complete terms-deviate
        customerRisk      | forced-hold terms-deviate
        mixed             | overdue limit-not-set
        mixed             | limit-exceeded limit-expired
        """, row => Assert.Equal(row["cause"], Told(Causes.Of(Result(row.Words("findings")), null).OfBlock)));

    [Fact]
    public void What_vanishes_without_our_defects_is_ours_and_what_shrinks_is_mixed() => Table.Check("""
        block           causes                        without                                | findings
        internalDefect  internalDefect                -                                      | limit-exceeded:refer:3000
        customerRisk    customerRisk                  limit-exceeded:refer:3000              | limit-exceeded:refer:3000
        mixed           mixed                         limit-exceeded:refer:1000              | limit-exceeded:refer:3000
        mixed           "internalDefect customerRisk" overdue:refer:600                      | limit-exceeded:refer:3000 overdue:refer:600
        internalDefect  internalDefect                limit-expired                          | limit-expired
        awaitingCustomer awaitingCustomer             purchase-order-missing:complete        | purchase-order-missing:complete
        """, row =>
        {
            var causes = Causes.Of(Result(row.Words("findings")), Result(row.Words("without")));
            Assert.Equal((row["block"], row["causes"]), (Told(causes.OfBlock), string.Join(' ', causes.OfFindings.Select(cause => Told(cause)))));
        });

    [Fact]
    public void Every_code_is_unique_kebab_case()
    {
        Assert.Equal(FindingKinds.All.Count, FindingKinds.All.Select(kind => kind.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(FindingKinds.All, kind => Assert.Matches("^[a-z]+(-[a-z]+)*$", kind.Code));
    }

    static CheckResult Result(string[] findings)
    {
        var made = findings.Select(text => text.Split(':')).Select(parts =>
        {
            var kind = FindingKinds.All.Single(kind => kind.Code == parts[0]);
            var severity = parts.Length > 1 ? Enum.Parse<Severity>(parts[1], ignoreCase: true) : Severity.Refer;
            return new Finding(kind.Code, severity, kind.Owner, "rule", Amount: parts.Length > 2 ? long.Parse(parts[2], null) : null);
        });
        return new CheckResult(1, new RuleSet([]), [.. made], Triage.Accept, null, null);
    }

    static string Told(Cause? cause) => cause is { } told ? Aval.Kernel.Storage.Words.Of(told) : "";
}
