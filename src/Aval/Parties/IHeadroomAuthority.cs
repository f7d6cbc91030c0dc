using Aval.Kernel;

namespace Aval.Parties;

/// <summary>Knows how much headroom an act has freed, and whose authority that needs. Exposure and limits, which tell it, stand above the customers.</summary>
public interface IHeadroomAuthority
{
    /// <summary>Refuses with <c>approval-authority-exceeded</c> what frees more than the actor's own authority reaches for.</summary>
    /// <param name="before">The roots as they were before the act; the case has them as they are with it.</param>
    /// <param name="customer">Whom, and all below whom, the act is about.</param>
    /// <param name="wasClosed">Whether the act takes away what kept this customer's orders from the headroom that there is: terms, a measure.</param>
    Problem? Refuse(Case @case, IReadOnlyDictionary<string, Facts> before, string customer, bool wasClosed);

    /// <summary>The roots as they are now, to compare with.</summary>
    static IReadOnlyDictionary<string, Facts> Now(Case @case) => @case.Roots.ToDictionary(root => root, @case.Of, StringComparer.Ordinal);

    /// <summary>Asks whoever knows.</summary>
    static Problem? Ask(Case @case, IReadOnlyDictionary<string, Facts> before, string customer, bool wasClosed) =>
        @case.Facts.Slices.OfType<IHeadroomAuthority>().Select(authority => authority.Refuse(@case, before, customer, wasClosed)).FirstOrDefault(problem => problem is not null);
}
