using Aval.Access;
using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Work.Rules;

namespace Aval.Casework;

/// <summary>Who is to do a line that is handed over: somebody who may come in, has the right, and sees it. A key counts under its name, as where it takes a line itself.</summary>
static class Taker
{
    /// <summary>The name as it is kept, or why nobody of that name can take it: <c>taker-unfit</c>; <c>same-person</c> where they would confirm what they decided.</summary>
    /// <param name="to">The function or role whose list it goes to.</param>
    public static (string? Name, Problem? Problem) Find(Case @case, WorkItem item, string to, string person)
    {
        if (item.Kind == WorkKind.Confirm && Is(item.AskedBy, person)) return (null, PolicyProblems.SamePerson.With($"{item.AskedBy} decided it.", "person"));
        var known = Of(@case, person).ToList();
        if (known.Count == 0) return (null, WorkProblems.TakerUnfit.With($"Nobody of the name {person} may come in.", "person"));
        return known.Find(one => MayTake(@case, item with { Owner = to }, one)) is { } taker
            ? (taker.Name, null)
            : (null, WorkProblems.TakerUnfit.With($"{known[0].Name} does not work on the list of {to}: {string.Join(", ", WhoseWork.RolesOf(to))}.", "person"));
    }

    /// <summary>The user or the keys of this name, and whoever hands it over: a person of an identity provider is known here while they act.</summary>
    static IEnumerable<Actor> Of(Case @case, string person)
    {
        if (Is(@case.Actor.Name, person)) yield return @case.Actor;
        var access = @case.Company.Get<AccessFacts>();
        if (access.User(person) is { IsEnabled: true } user) yield return user.ToActor();
        foreach (var key in access.Keys.Values)
            if (Is(key.Name, person) && key.IsValidOn(@case.Today, @case.Now)) yield return key.ToActor();
    }

    static bool MayTake(Case @case, WorkItem item, Actor one) => !one.IsReadOnly && WorkPermissions.Handle.IsGrantedTo(one) && WhoseWork.IsOf(item, one)
        && (Reach.Of(one) is not { } seller || Is(@case.Facts.Find<Customer>(item.Customer)?.SalesOwner, seller));

    static bool Is(string? name, string person) => string.Equals(name, person, StringComparison.OrdinalIgnoreCase);
}
