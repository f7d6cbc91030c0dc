using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>A password for one time.</summary>
/// <param name="Password">Shown here and never again; it must be changed at the next sign-in.</param>
public sealed record GivenPassword(string Name, string Password);

/// <summary>Gives a user a password for one time, and ends their sessions. It passes through no journal.</summary>
static class GivePassword
{
    internal static void Map(Api api)
    {
        api.Post<Nothing, GivenPassword>(
            "/users/{name}/password", Permissions.ManageUsers, "Gives a user a password for one time; their sessions end and a lock is lifted.",
            async (_, request, cancel) => await OfAsync(
                (await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>(), request.Actor, request.Route("name"), request.Get<Passwords>(), request.Get<LockOut>(), cancel),
            problems: [AccessProblems.UserUnknown, AccessProblems.OwnAccount]);
        api.Delete<EndedAnswer>(
            "/users/{name}/sessions", Permissions.ManageUsers, "Signs a user out everywhere.", async (request, cancel) =>
            {
                if ((await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>().User(request.Route("name")) is not { } user)
                    return AccessProblems.UserUnknown.With($"There is no user {request.Route("name")}.", "name");
                return new EndedAnswer(await request.Get<SessionStore>().EndAllAsync(user.Name, cancel));
            },
            problems: [AccessProblems.UserUnknown]);
    }

    public static async Task<Answered<GivenPassword>> OfAsync(
        AccessFacts facts, Actor actor, string name, Passwords passwords, LockOut lockOut, CancellationToken cancel)
    {
        if (facts.User(name) is not { } user) return AccessProblems.UserUnknown.With($"There is no user {name}.", "name");
        if (Own.Refuse(actor, name) is { } own) return own;
        var secret = Passwords.NewSecret();
        await passwords.SetAsync(user.Name, secret, oneTime: true, cancel);
        await lockOut.ForgetAsync(user.Name, cancel);
        return new GivenPassword(user.Name, secret);
    }
}
