using Aval.Kernel;

namespace Aval.Parties;

public static class PartyPermissions
{
    public static readonly Permission Read = new("readParties", Permission.EveryRole);
    public static readonly Permission EnterCustomers = new("enterCustomers", "customerService", "masterData", "creditAnalyst", "creditManager", "leadership");

    /// <summary>Payer and group say whose debt an order becomes, segment and country which rules judge it: master data sets them up while nothing stands with the
    /// customer, and says the terms of a new one; credit alone moves debts.</summary>
    public static readonly Permission ArrangeParties = new("arrangeParties", "masterData", "creditAnalyst", "creditManager", "leadership");

    /// <summary>Risk class and next review, and terms, payment run, customer since and currency once they are there, decide what is released.</summary>
    public static readonly Permission SetCreditFields = new("setCreditFields", "creditAnalyst", "creditManager", "leadership");
    public static readonly Permission RecordDunning = new("recordDunning", "collector", "creditAnalyst", "creditManager");
    public static readonly Permission HoldAccounts = new("holdAccounts", "creditAnalyst", "creditManager", "leadership");
}
