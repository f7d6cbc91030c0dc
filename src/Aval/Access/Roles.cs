namespace Aval.Access;

/// <summary>The roles a person or key can act in. Who may do what is in docs/permissions.md, who may decide what in the policy.</summary>
public static class Roles
{
    public const string Leadership = "leadership";
    public const string CreditManager = "creditManager";
    public const string CreditAnalyst = "creditAnalyst";
    public const string AccountsReceivable = "accountsReceivable";
    public const string Collector = "collector";
    public const string OrderManager = "orderManager";
    public const string CustomerService = "customerService";
    public const string Sales = "sales";
    public const string Billing = "billing";
    public const string Quality = "quality";
    public const string MasterData = "masterData";
    public const string Finance = "finance";
    public const string Administrator = "administrator";

    public static IReadOnlyList<string> All { get; } =
    [
        Leadership, CreditManager, CreditAnalyst, AccountsReceivable, Collector, OrderManager, CustomerService, Sales, Billing, Quality,
        MasterData, Finance, Administrator,
    ];
}
