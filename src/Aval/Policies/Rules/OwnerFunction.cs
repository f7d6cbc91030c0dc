namespace Aval.Policies.Rules;

/// <summary>Who is to mend it: a finding, a dispute, a promise of ours.</summary>
public enum OwnerFunction { CustomerService, Credit, AccountsReceivable, Billing, Quality, Sales, MasterData }
