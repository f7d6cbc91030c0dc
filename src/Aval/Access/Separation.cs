using Aval.Kernel;

namespace Aval.Access;

/// <summary>Separation of duties where something is done: whoever had a hand in the one does not do the other, unless leadership has accepted that they do both.</summary>
public static class Separation
{
    /// <summary>Who had a hand in something, one a line, as it is kept beside it; with those who had before.</summary>
    /// <returns>Null while nobody had: the bootstrap key and Aval's own rules record what others did elsewhere.</returns>
    public static string? HandsOf(Actor actor, params IEnumerable<string?> before)
    {
        var known = before.OfType<string>().SelectMany(hands => hands.Split('\n'));
        var all = (IsOutside(actor) ? known : known.Concat(actor.Hands)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return all.Length == 0 ? null : string.Join('\n', all);
    }

    /// <summary>Refuses with <c>roles-conflict</c> whoever may be among these hands.</summary>
    /// <param name="first">The role whose duty that was; a conflict of it with one of <paramref name="seconds"/> that leadership accepted for the actor lifts it.</param>
    /// <param name="what">What they did, and what they should not do: the sentence that follows the name.</param>
    public static Problem? Refuse(Case @case, string? hands, string first, IReadOnlyList<string> seconds, string what)
    {
        var actor = @case.Actor;
        if (hands is null || IsOutside(actor) || !actor.MayBe(hands.Split('\n'))) return null;
        var accepted = @case.Company.Get<AccessFacts>().Accepted;
        return seconds.Any(second => accepted.ContainsKey(AcceptedConflict.IdOf(actor.Name, first, second)))
            ? null
            : AccessProblems.RolesConflict.With($"{actor.Name}, or a key of the same hand, {what}.");
    }

    static bool IsOutside(Actor actor) => actor.Kind == ActorKind.Rule || actor.Roles.Contains(Permission.AllRights);
}
