namespace Aval.Simulation;

/// <summary>What is wrong with an order as it came in; each holds it under the standard policy until it is replaced.</summary>
enum OrderFlaw { None, PurchaseOrderMissing, PurchaseOrderMalformed, BuyerReferenceMissing, TermsLonger, DiscountUndocumented, TooLarge }

/// <summary>An order surely placed some days before the end, so that the last weeks leave every kind's trouble open.</summary>
/// <remarks>Its size is in percent of the customer's usual one.</remarks>
sealed record ClosingOrder(int DaysBeforeEnd, OrderFlaw Flaw = OrderFlaw.None, int SizePercent = 100);

/// <summary>How a customer orders, pays and is treated by us.</summary>
sealed record Habits
{
    /// <summary>How many days before the end a new customer appeared.</summary>
    public const int NewForDays = 20;

    /// <summary>Mean calendar days between orders; 0 for one that never orders.</summary>
    public int GapDays { get; init; }
    /// <summary>Typical order value in whole units of the customer's currency, tax included.</summary>
    public int OrderValue { get; init; }
    /// <summary>By how much order values have grown at the end, in percent of the start's.</summary>
    public int GrowthPercent { get; init; }
    /// <summary>Percent of the usual order value by month, January first; null without seasons.</summary>
    public int[]? Seasons { get; init; }
    /// <summary>How many orders each need is cut into.</summary>
    public int OrdersAtOnce { get; init; } = 1;
    /// <summary>Chance in percent that an order is to be shipped beyond the policy's horizon of 30 days.</summary>
    public int FarAheadPercent { get; init; } = 3;
    /// <summary>Chance in percent that an order has one of <see cref="Flaws"/>.</summary>
    public int FlawPercent { get; init; }
    public OrderFlaw[] Flaws { get; init; } = [];
    public ClosingOrder[] Closing { get; init; } = [];

    /// <summary>Days after the due date on which an invoice is meant to be paid.</summary>
    public int LatenessDays { get; init; }
    /// <summary>The same at the very end, reached in a straight line over the last 120 days.</summary>
    public int LatenessDaysAtEnd { get; init; }
    /// <summary>The one day a week on which the customer pays; null for any working day.</summary>
    public DayOfWeek? PaymentRun { get; init; }
    public int ShortPayPercent { get; init; }
    public int PartPayPercent { get; init; }
    public bool BankChargesDeducted { get; init; }
    /// <summary>From receipt to allocation, at least and at most, in days: our own doing.</summary>
    public (int AtLeast, int AtMost) ApplyAfterDays { get; init; } = (0, 1);
    /// <summary>Receipts of so many last days are never applied.</summary>
    public int UnappliedForDays { get; init; }

    /// <summary>The limit in percent of the exposure that nineteen of twenty orders would stay within if nothing were ever held.</summary>
    public int LimitPercent { get; init; } = 130;

    public static bool IsNew(CustomerKind kind) => kind is CustomerKind.LimitNeverSet or CustomerKind.AddressIncomplete;

    public static Habits Of(CustomerKind kind, RandomStream random)
    {
        var usual = new Habits
        {
            GapDays = random.Between(4, 7),
            OrderValue = random.Pick<int>([700, 1_100, 1_600, 2_200, 3_000, 4_200, 6_000, 8_500]),
            GrowthPercent = random.Between(-10, 25),
            LatenessDays = random.Between(-5, 0),
            PaymentRun = random.Pick<DayOfWeek?>([null, null, DayOfWeek.Tuesday, DayOfWeek.Thursday]),
            LimitPercent = random.Pick<int>([98, 115, 125, 140, 160, 180]),
        };
        usual = usual with { LatenessDaysAtEnd = usual.LatenessDays };
        var sizeable = usual with
        {
            GapDays = random.Between(7, 11), OrderValue = random.Pick<int>([2_200, 3_000, 4_200, 6_000]), LimitPercent = 130,
        };
        return kind switch
        {
            CustomerKind.PromptPayer => usual with { Closing = random.Chance(35) ? [new(0)] : [] },
            CustomerKind.SlowPayer => sizeable with { LatenessDays = 6, LatenessDaysAtEnd = 6, PartPayPercent = 12, LimitPercent = 140 },
            CustomerKind.Disputing => sizeable with { ShortPayPercent = 33, Closing = [new(0), new(3)] },
            CustomerKind.Deteriorating => sizeable with { LatenessDaysAtEnd = 30, LimitPercent = 110, Closing = [new(0), new(2), new(5)] },
            CustomerKind.GrowingFast => sizeable with { GapDays = 8, GrowthPercent = 200, LimitPercent = 80, Closing = [new(0), new(1), new(4)] },
            CustomerKind.PortalAccount => sizeable with
            {
                OrderValue = random.Pick<int>([14_000, 19_000, 26_000]), FarAheadPercent = 8, FlawPercent = 5,
                Flaws =
                [
                    OrderFlaw.PurchaseOrderMissing, OrderFlaw.PurchaseOrderMissing, OrderFlaw.BuyerReferenceMissing,
                    OrderFlaw.PurchaseOrderMalformed, OrderFlaw.TooLarge,
                ],
                Closing =
                [
                    new(0, OrderFlaw.PurchaseOrderMissing), new(3, OrderFlaw.BuyerReferenceMissing),
                    random.Chance(50) ? new(5, OrderFlaw.TooLarge) : new(5, OrderFlaw.PurchaseOrderMalformed),
                ],
            },
            CustomerKind.HeadOffice => sizeable with { GapDays = 18 },
            CustomerKind.Branch => usual with { GapDays = 7 },
            CustomerKind.GroupParent => new Habits(),
            CustomerKind.GroupMember => sizeable with { LimitPercent = 230, Closing = [new(1, SizePercent: 500)] },
            CustomerKind.Seasonal => sizeable with
            {
                Seasons = [45, 40, 50, 60, 70, 80, 90, 120, 170, 210, 220, 130], FarAheadPercent = 20, LimitPercent = 88, Closing = [new(0), new(2)],
            },
            CustomerKind.OrderSplitter => sizeable with
            {
                GapDays = 40, OrderValue = 98_500, GrowthPercent = 0, OrdersAtOnce = 3, LimitPercent = 92,
                Closing = [new(1), new(1), new(0), new(0)],
            },
            CustomerKind.CashAppliedLate => sizeable with
            {
                ApplyAfterDays = (8, 16), UnappliedForDays = 40, LimitPercent = 115, Closing = [new(0), new(4)],
            },
            CustomerKind.Prepaying => usual with { GapDays = 24, Closing = [new(0), new(1), new(3)] },
            CustomerKind.ForeignCurrency => sizeable with { GapDays = 6, BankChargesDeducted = true },
            CustomerKind.LimitNeverSet => usual with { Closing = [new(0), new(6)] },
            CustomerKind.LimitExpired => sizeable with { LimitPercent = 150, Closing = [new(1), new(4)] },
            CustomerKind.TemporaryLimit => sizeable with { LimitPercent = 75, Closing = [new(1, SizePercent: 150)] },
            CustomerKind.RiskClassMissing => sizeable,
            CustomerKind.BlockedRiskClass => usual with { GapDays = 60, Closing = [new(2), new(9)] },
            CustomerKind.OnHold => sizeable with { Closing = [new(0), new(3)] },
            CustomerKind.AddressIncomplete => usual with { Closing = [new(1), new(9)] },
            CustomerKind.VatIdInvalid => sizeable,
            CustomerKind.LongerTermsAsked => sizeable with
            {
                FlawPercent = 6, Flaws = [OrderFlaw.TermsLonger], Closing = [new(1, OrderFlaw.TermsLonger), new(5, OrderFlaw.TermsLonger)],
            },
            CustomerKind.DiscountUndocumented => sizeable with
            {
                FlawPercent = 6, Flaws = [OrderFlaw.DiscountUndocumented],
                Closing = [new(0, OrderFlaw.DiscountUndocumented), new(4, OrderFlaw.DiscountUndocumented)],
            },
        };
    }
}
