using Aval.Kernel;

namespace Aval.Parties;

public static class PartyProblems
{
    public static readonly ProblemKind CustomerUnknown = new("customer-unknown", 404, "There is no such customer",
        "Enter the customer first with PUT /customers/{number}, or correct the number.")
        { OnScreens = "Check the number, or have the customer entered first." };
    public static readonly ProblemKind PayerChain = new("payer-chain", 422, "A payer cannot itself have a payer",
        "Name the customer that pays in the end: a payer is one hop away.");
    public static readonly ProblemKind GroupCycle = new("group-cycle", 422, "A group cannot stand above itself",
        "Name a customer above that is not below this one.");
    public static readonly ProblemKind CurrencyInUse = new("currency-in-use", 409, "Amounts are kept in this credit currency",
        "Keep the credit currency of a customer that has or ever had limits or documents, or that pays for others; enter a new customer for the other currency.");

    public static readonly ProblemKind PayerMissing = new("payer-missing", 422, "The customer's payer has not been entered",
        "Enter the payer first with PUT /customers/{number}: what secures or conditions a debt belongs to whoever owes it.")
        { OnScreens = "Have the payer entered first: what secures or conditions a debt belongs to whoever owes it." };

    /// <summary>Listed with the limits, which know whose authority is asked.</summary>
    public static readonly ProblemKind FreesBeyondAuthority = new("approval-authority-exceeded", 403, "What it frees is beyond your authority",
        "Ask one of the roles that the detail names.")
        { OnScreens = "Ask one of the roles that are named." };

    public static IReadOnlyList<ProblemKind> All { get; } = [CustomerUnknown, PayerChain, GroupCycle, CurrencyInUse, PayerMissing];
}
