using Aval.Checks.Rules;
using Aval.Orders.Rules;
using Aval.Policies.Rules;

namespace Aval.Tests.Checks;

/// <summary>Each finding that holds an order stands under one of Customer Service's questions.</summary>
public sealed class ServiceQuestionTests
{
    [Theory]
    [InlineData(Severity.Complete, Cause.AwaitingCustomer, "missing")]
    [InlineData(Severity.Complete, Cause.SetUp, "missing")]
    [InlineData(Severity.Complete, Cause.InternalDefect, "correctable")]
    [InlineData(Severity.Refer, Cause.AwaitingCustomer, "to arbitrate")]
    [InlineData(Severity.Warn, Cause.SetUp, "")]
    [InlineData(Severity.Info, Cause.InternalDefect, "")]
    public void A_finding_is_missing_or_correctable_or_to_arbitrate_when_it_holds_the_order(Severity severity, Cause cause, string question)
    {
        var finding = new Finding("purchase-order-missing", severity, OwnerFunction.CustomerService, null, Cause: cause);
        Assert.Equal(question, string.Join(", ", Questions(finding)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(-10, true)]
    [InlineData(0, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void An_order_is_urgent_when_it_ships_within_three_days_or_was_to_have_shipped(int? inDays, bool urgent)
    {
        var today = new DateOnly(2026, 3, 2);
        Assert.Equal(urgent, ServiceQuestions.IsUrgent(inDays is { } days ? today.AddDays(days) : null, today));
    }

    static IEnumerable<string> Questions(Finding finding)
    {
        if (ServiceQuestions.IsMissing(finding)) yield return "missing";
        if (ServiceQuestions.IsCorrectable(finding)) yield return "correctable";
        if (ServiceQuestions.IsToArbitrate(finding)) yield return "to arbitrate";
    }
}
