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

    /// <summary>Some subjects are figures: another figure is the same matter, so that nothing of it has vanished without our defects, and nothing has come.</summary>
    [Fact]
    public void A_figure_that_changes_is_no_other_matter() => Table.Check("""
        code                       booked                    without                   | cause
        payment-behaviour          "level 21"                "level 17"                | customerRisk
        payment-behaviour          "level 21"                "level 21, trend 4"       | customerRisk
        overruns-repeated          4                         3                         | customerRisk
        order-splitting            4                         3                         | customerRisk
        dunning-level              3                         2                         | customerRisk
        order-unusual              12.5                      11                        | customerRisk
        order-unusual              12.5                      "frequency 7"             | internalDefect
        order-unusual              "frequency 7"             "frequency 8"             | customerRisk
        portal-requirement-missing "costCentre, portalReference" costCentre            | awaitingCustomer
        dispute-unqualified        D-1                       D-2                       | customerRisk
        forced-hold                stop                      halt                      | internalDefect
        """, row =>
        {
            CheckResult With(string subject) => Result([row["code"]]) is var result ? result with { Findings = [result.Findings[0] with { Subject = subject }] } : null!;
            var causes = Causes.Of(With(row["booked"]), With(row["without"]));
            Assert.Equal(row["cause"], Told(causes.OfFindings.Single()));
            Assert.Equal(row["cause"] != "internalDefect", With(row["without"]).Same(With(row["booked"]).Findings[0]) is not null || row["code"] == "dispute-unqualified");
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
