using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>All rights that the addresses of this server name.</summary>
public sealed class Rights(Composition composition)
{
    readonly Lazy<IReadOnlyList<Permission>> all = new(() => [.. Api.Of(composition).Addresses.Select(address => address.Permission)]);

    public IReadOnlyList<string> Codes => [.. all.Value.Select(right => right.Code).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Those that this actor has.</summary>
    public IReadOnlyList<string> Of(Actor actor) =>
        [.. all.Value.Where(right => !right.IsOpen && right.IsGrantedTo(actor)).Select(right => right.Code).Distinct().Order(StringComparer.Ordinal)];
}
