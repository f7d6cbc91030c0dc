using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>A password for one time, or half of it.</summary>
/// <param name="Password">Shown here and never again; it must be changed at the next sign-in.</param>
/// <param name="IsHalf">True of a user who decides: the whole is this half of the administrator's and, right behind it, the one that leadership is shown. Nobody has both but the
/// user.</param>
public sealed record GivenPassword(string Name, string Password, bool IsHalf);

/// <summary>Gives a user a password for one time, and ends their sessions. It passes through no journal.</summary>
sealed class GivePassword(Passwords passwords, PasswordHalves halves, LockOut lockOut)
{
    internal static void Map(Api api)
    {
        api.Post<Nothing, GivenPassword>(
            "/users/{name}/password", Permissions.ManageUsers,
            "Gives a user a password for one time; their sessions end and a lock is lifted. Of a user who decides it is half of one: leadership is shown the other.",
            async (_, request, cancel) => await request.Get<GivePassword>().ToAsync(
                (await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>(), request.Actor, request.Route("name"), cancel),
            problems: [AccessProblems.UserUnknown, AccessProblems.OwnAccount]);
        api.Post<Nothing, GivenPassword>(
            "/users/{name}/password/second-half", Permissions.AcceptRoleConflicts, "Shows, this once, the half of a password that an administrator does not have.",
            async (_, request, cancel) => await request.Get<GivePassword>().SecondHalfAsync(
                (await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>(), request.Actor, request.Route("name"), cancel),
            problems: [AccessProblems.UserUnknown, AccessProblems.OwnAccount, AccessProblems.SecondPersonNeeded, AccessProblems.NoSecondHalf]);
        api.Delete<EndedAnswer>(
            "/users/{name}/sessions", Permissions.ManageUsers, "Signs a user out everywhere.", async (request, cancel) =>
            {
                if ((await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>().User(request.Route("name")) is not { } user)
                    return AccessProblems.UserUnknown.With($"There is no user {request.Route("name")}.", "name");
                return new EndedAnswer(await request.Get<SessionStore>().EndAllAsync(user.Name, cancel));
            },
            problems: [AccessProblems.UserUnknown]);
    }

    public async Task<Answered<GivenPassword>> ToAsync(AccessFacts facts, Actor actor, string name, CancellationToken cancel)
    {
        if (facts.User(name) is not { } user) return AccessProblems.UserUnknown.With($"There is no user {name}.", "name");
        if (Own.Refuse(actor, name) is { } own) return own;
        var secret = Passwords.NewSecret();
        // Whoever has the whole could sign in first, and decide in their name.
        var isHalf = user.Decides && !facts.SetsUp(actor, but: user.Name);
        var second = isHalf ? Passwords.NewSecret() : "";
        // Before the password holds, so that no half is shown of one that does not.
        if (isHalf) await halves.KeepAsync(user.Name, second, string.Join('\n', actor.Hands), cancel);
        else await halves.ForgetAsync(user.Name, cancel);
        await passwords.SetAsync(user.Name, secret + second, oneTime: true, cancel);
        await lockOut.ForgetAsync(user.Name, cancel);
        return new GivenPassword(user.Name, secret, isHalf);
    }

    public async Task<Answered<GivenPassword>> SecondHalfAsync(AccessFacts facts, Actor actor, string name, CancellationToken cancel)
    {
        if (facts.User(name) is not { } user) return AccessProblems.UserUnknown.With($"There is no user {name}.", "name");
        if (Own.Refuse(actor, name) is { } own) return own;
        if (await halves.GivenByAsync(user.Name, cancel) is not { } hands) return Missing(user);
        if (SecondPerson.Refuse(facts, actor, user, hands) is { } same) return same;
        return await halves.TakeAsync(user.Name, cancel) is { } half ? new GivenPassword(user.Name, half, true) : Missing(user);
    }

    public async Task<bool> HasHalfAsync(User user, CancellationToken cancel) => await halves.GivenByAsync(user.Name, cancel) is not null;

    static Problem Missing(User user) => AccessProblems.NoSecondHalf.With($"No half of a password waits for {user.Name}.");
}
