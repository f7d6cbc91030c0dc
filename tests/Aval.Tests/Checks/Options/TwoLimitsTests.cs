using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Limits;
using Aval.Limits.Rules;

namespace Aval.Tests.Checks.Options;

public sealed class TwoLimitsTests
{
    /// <summary>A payer at the top of its group has its own limit and the one that it shares: raising one leaves the other raised.</summary>
    [Fact]
    public void Both_limits_of_one_customer_can_be_raised_together()
    {
        var asked = new HeldOrder { Limit = "1000" }.Asked()
            .Limited("C1", LimitLevel.Payer, LimitTerm.Temporary, 300_000, Currency.EUR, Today.AddDays(9))
            .Limited("C1", LimitLevel.Group, LimitTerm.Temporary, 400_000, Currency.EUR, Today.AddDays(9));
        var limits = asked.Root.Get<LimitsFacts>().Of("C1");
        Assert.Equal(
            ((long?)300_000, (long?)400_000),
            (LimitInForce.On(limits, LimitLevel.Payer, Today).Amount, LimitInForce.On(limits, LimitLevel.Group, Today).Amount));
    }

    static DateOnly Today => HeldOrder.Today;
}
