using Aval.Kernel;
using Aval.Parties.Rules;

namespace Aval.Parties;

/// <summary>Knows how much headroom a better risk class frees, and whose authority that needs. Limits and policy, which tell it, stand above the customers.</summary>
public interface IClassAuthority
{
    /// <summary>The customer as it may be recorded now: a class beyond the actor's authority is only proposed, and lies on the list of credit.</summary>
    Customer Judged(Case @case, Customer before, Customer after);
}
