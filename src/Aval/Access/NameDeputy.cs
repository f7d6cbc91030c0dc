using Aval.Access.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>Somebody to decide in one's place.</summary>
/// <param name="Deputy">The user's name.</param>
/// <param name="From">The first good business date; by default today.</param>
/// <param name="Until">The last good one.</param>
public sealed record DeputyBody(string Deputy, DateOnly Until, DateOnly? From = null);

/// <param name="EndedAt">Since when it holds no more, before its last day; null while it does.</param>
public sealed record DeputyAnswer(string Id, string Person, string Deputy, DateOnly From, DateOnly Until, DateTimeOffset NamedAt, string NamedBy, DateTimeOffset? EndedAt)
{
    public static DeputyAnswer Of(Deputy deputy) => new(
        deputy.Id, deputy.Person, deputy.Name, deputy.ValidFrom, deputy.ValidTo, deputy.NamedAt, deputy.NamedBy, deputy.EndedAt);
}

/// <summary>A user's deputies, the last first; those whose days are over among them, those who were ended before not.</summary>
public sealed record DeputiesAnswer(IReadOnlyList<DeputyAnswer> Deputies);

/// <summary>Names a deputy: within these days they may decide with the authority of this user too. By the user themselves or leadership, or by an administrator where it lends
/// nothing that the deputy has not.</summary>
public sealed record NameDeputy(string Id, string Person, DeputyBody Asked) : Command
{
    /// <summary>A year: whoever is away for longer has a successor.</summary>
    public const int MostDays = 366;

    internal static void Map(Api api)
    {
        api.Post<DeputyBody, DeputyAnswer>(
            "/users/{name}/deputies", Permissions.KeepAccount, "Names a deputy who may decide with this user's authority, from one day to another.",
            (body, request) => new NameDeputy(Guid.CreateVersion7().ToString("N"), request.Route("name"), body),
            (outcome, _) => DeputyAnswer.Of(outcome.Row<Deputy>()!), [AccessProblems.UserUnknown, AccessProblems.DeputyCannotDecide, AccessProblems.SecondPersonNeeded]);
        api.Get<DeputiesAnswer>(
            "/users/{name}/deputies", Permissions.Read, "Lists a user's deputies.", async (request, cancel) =>
            {
                var facts = (await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>();
                if (facts.User(request.Route("name")) is not { } user) return AccessProblems.UserUnknown.With($"There is no user {request.Route("name")}.", "name");
                return new DeputiesAnswer([.. Of(facts, user.Name).Select(DeputyAnswer.Of)]);
            },
            problems: [AccessProblems.UserUnknown]);
    }

    /// <summary>Those who may decide for this user, on some day.</summary>
    public static IEnumerable<Deputy> Of(AccessFacts facts, string person) =>
        facts.Deputies.Values.Where(deputy => string.Equals(deputy.Person, person, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(deputy => deputy.ValidFrom).ThenBy(deputy => deputy.Id, StringComparer.Ordinal);

    /// <summary>It is one's own affair, or leadership's, or an administrator's.</summary>
    public static Problem? RefuseStranger(Actor actor, string person) =>
        (actor.Kind == ActorKind.Person && string.Equals(actor.Name, person, StringComparison.OrdinalIgnoreCase)) || Permissions.ManageUsers.IsGrantedTo(actor)
            || Permissions.AcceptRoleConflicts.IsGrantedTo(actor)
            ? null
            : KernelProblems.NotPermitted.With($"Deputies of {person} are named by {person}, by leadership or by an administrator.");

    public override string Name => "nameDeputy";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Decide(Case @case)
    {
        var facts = @case.Facts.Get<AccessFacts>();
        if (facts.User(Person) is not { } person) return AccessProblems.UserUnknown.With($"There is no user {Person}.", "name");
        if (RefuseStranger(@case.Actor, person.Name) is { } stranger) return stranger;
        if (facts.User(Asked.Deputy) is not { IsEnabled: true } deputy) return KernelProblems.Invalid("deputy", "must be a user who may come in");
        if (deputy == person) return KernelProblems.Invalid("deputy", "must be somebody else");
        // An administrator decides nothing, hence lends themselves nobody's authority.
        if (Own.Refuse(@case.Actor, deputy.Name) is not null) return KernelProblems.Invalid("deputy", "must not be whoever names them");
        foreach (var user in new[] { person, deputy })
            if (!user.Roles.Any(DecidingKeys.Roles.Contains))
                return AccessProblems.DeputyCannotDecide.With(
                    $"{user.Name} decides nothing: {(user == person ? "there is nothing to lend" : "they could use nothing that is lent")}.", "deputy");
        if (LendsMore(@case.Actor, person, deputy))
            return AccessProblems.SecondPersonNeeded.With($"{deputy.Name} would decide more than now: {person.Name} or leadership names them, not {@case.Actor.Name}.");
        var from = Asked.From ?? @case.Today;
        if (from < @case.Today) return KernelProblems.Invalid("from", "must not be past");
        if (Asked.Until < from) return KernelProblems.Invalid("until", "must not be before from");
        if (Asked.Until.DayNumber - from.DayNumber >= MostDays) return KernelProblems.Invalid("until", $"must be within {MostDays} days");
        @case.Put(Deputy.Table, new Deputy(Id, person.Name, deputy.Name, from, Asked.Until, @case.Now, @case.Actor.Name, null, null));
        return null;
    }

    /// <summary>Whoever gives rights gives nobody the authority to decide by themselves, no more than a role: it is for whose it is, or for leadership.</summary>
    static bool LendsMore(Actor actor, User person, User deputy) =>
        !(actor.Kind == ActorKind.Person && string.Equals(actor.Name, person.Name, StringComparison.OrdinalIgnoreCase))
        && !Permissions.AcceptRoleConflicts.IsGrantedTo(actor) && person.Roles.Any(role => DecidingKeys.Roles.Contains(role) && !deputy.Roles.Contains(role));
}

/// <summary>Ends a deputy before their last day.</summary>
public sealed record EndDeputy(string Person, string Id) : Command
{
    internal static void Map(Api api) => api.Delete<DeputyAnswer>(
        "/users/{name}/deputies/{id}", Permissions.KeepAccount, "Ends a deputy before their last day.",
        async (request, _) =>
        {
            var done = await request.SubmitAsync(new EndDeputy(request.Route("name"), request.Route("id")));
            return done.Outcome is { } outcome ? DeputyAnswer.Of(outcome.Row<Deputy>()!) : done.Problem!;
        },
        problems: [AccessProblems.DeputyUnknown]);

    public override string Name => "endDeputy";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Deputy>(Id) is not { EndedAt: null } deputy || !string.Equals(deputy.Person, Person, StringComparison.OrdinalIgnoreCase))
            return AccessProblems.DeputyUnknown.With($"{Person} has no deputy {Id}.", "id");
        if (NameDeputy.RefuseStranger(@case.Actor, Person) is { } stranger) return stranger;
        @case.Put(Deputy.Table, deputy with { EndedAt = @case.Now, EndedBy = @case.Actor.Name });
        return null;
    }
}
