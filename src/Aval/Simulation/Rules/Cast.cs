using static Aval.Simulation.CustomerKind;

namespace Aval.Simulation;

/// <summary>Who plays which part: forty parts, repeated for as many customers as are asked for.</summary>
public static class Cast
{
    // Prompt payers are a quarter of the customers and, as they order most often, about half of the orders: most orders pass.
    static readonly CustomerKind[] Parts =
    [
        PromptPayer, SlowPayer, PortalAccount, Disputing, PromptPayer, Deteriorating, HeadOffice, Branch, Branch, Branch,
        PromptPayer, GrowingFast, CashAppliedLate, ForeignCurrency, PromptPayer, GroupParent, GroupMember, GroupMember, Seasonal, PromptPayer,
        OrderSplitter, Prepaying, LimitNeverSet, PromptPayer, LimitExpired, TemporaryLimit, RiskClassMissing, PromptPayer, BlockedRiskClass, OnHold,
        SlowPayer, AddressIncomplete, VatIdInvalid, PromptPayer, LongerTermsAsked,
        DiscountUndocumented, ForeignCurrency, PromptPayer, PortalAccount, PromptPayer,
    ];

    /// <summary>After how many customers the parts begin again.</summary>
    public static int Round => Parts.Length;

    /// <summary>The kind of the customer at this place, counted from 0.</summary>
    public static CustomerKind KindOf(int place) => Parts[place % Parts.Length];

    /// <summary>The place of the customer that heads this one's family: its head office or holding, else itself.</summary>
    internal static int HeadOf(int place)
    {
        while (KindOf(place) is Branch or GroupMember) place--;
        return place;
    }

    /// <summary>How many customers live one story together, from this head on. A family is told whole even where fewer are asked for.</summary>
    internal static int FamilySize(int head)
    {
        var next = head + 1;
        while (KindOf(next) is Branch or GroupMember) next++;
        return next - head;
    }
}
