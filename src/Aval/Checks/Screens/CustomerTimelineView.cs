using Aval.Parties.Rules;
using Aval.Web;

namespace Aval.Checks;

/// <summary>A page of what has happened with a customer.</summary>
/// <param name="Kind">Only what is of this kind; null for all.</param>
/// <param name="Count">Of all that has happened, on however many pages.</param>
public sealed record CustomerTimelineView(Customer Customer, ListShown Shown, HappenedKind? Kind, IReadOnlyList<Happened> Happened, int Count)
{
    /// <summary>Pages that can be asked for, so that what is read for one of them stays bounded; a file has all.</summary>
    public const int MostPages = 40;

    /// <summary>What stands on these pages.</summary>
    public int Reached => Math.Min(Count, MostPages * Shown.Size);

    public static string PathOf(string customer) => Links.Customer(customer) + "/timeline";
}
