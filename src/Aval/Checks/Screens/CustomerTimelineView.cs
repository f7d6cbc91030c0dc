using Aval.Parties.Rules;
using Aval.Web;

namespace Aval.Checks;

/// <summary>A page of what has happened with a customer.</summary>
/// <param name="Kind">Only what is of this kind; null for all.</param>
/// <param name="More">There is more behind it.</param>
public sealed record CustomerTimelineView(Customer Customer, HappenedKind? Kind, IReadOnlyList<Happened> Happened, bool More, int Page)
{
    /// <summary>Pages that can be asked for, so that what is read for one of them stays bounded.</summary>
    public const int MostPages = 40;

    public static string PathOf(string customer) => Links.Customer(customer) + "/timeline";

    public string Address(HappenedKind? kind, int page = 1) =>
        Links.With(PathOf(Customer.Number), ("kind", kind is { } one ? Kernel.Storage.Words.Of(one) : null), ("page", page == 1 ? null : $"{page}"));
}
