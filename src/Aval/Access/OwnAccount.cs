using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Http;

namespace Aval.Access;

/// <summary>Who the caller is.</summary>
/// <param name="Kind">A person or a key.</param>
/// <param name="Rights">The rights that the roles give, in alphabetical order.</param>
/// <param name="DeputyFor">Those with whose authority they may decide today.</param>
public sealed record MeAnswer(
    ActorKind Kind, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Rights, bool ReadOnly, IReadOnlyList<string> DeputyFor);

/// <summary>The caller's sessions, the last used first.</summary>
public sealed record SessionsAnswer(IReadOnlyList<ListedSession> Sessions);

/// <param name="Agent">What opened it, as it named itself.</param>
/// <param name="Current">True for the one that this call came by.</param>
public sealed record ListedSession(string Id, DateTimeOffset OpenedAt, DateTimeOffset UsedAt, DateTimeOffset EndsAt, string Agent, bool Current);

/// <param name="Password">The one that holds now.</param>
public sealed record PasswordBody(string Password, string NewPassword);

/// <param name="Ended">How many other sessions it ended.</param>
public sealed record PasswordAnswer(int Ended);

/// <param name="Ended">How many sessions.</param>
public sealed record EndedAnswer(int Ended);

/// <summary>Everyone's own account: who one is, one's password and sessions.</summary>
static class OwnAccount
{
    internal static void Map(Api api)
    {
        api.Get<MeAnswer>("/me", Permissions.Read, "Reads who the caller is, and what they may do.", async (request, cancel) =>
        {
            var company = await request.Desk.CompanyAsync(cancel);
            var actor = request.Actor;
            var rights = request.Get<Rights>().Of(actor);
            return new MeAnswer(
                actor.Kind, actor.Name, [.. actor.Roles.Order(StringComparer.Ordinal)], rights, actor.IsReadOnly,
                actor.Kind == ActorKind.Person ? [.. company.Get<AccessFacts>().LendersTo(actor.Name, company.Through).Select(user => user.Name).Distinct()] : []);
        });
        api.Get<SessionsAnswer>(
            "/me/sessions", Permissions.Read, "Lists the sessions in which the caller is signed in.", async (request, cancel) =>
            {
                if (Accounts.UserOf(request.Actor, await request.Desk.CompanyAsync(cancel)) is not { } user) return Accounts.NoUser(request.Actor);
                var current = await Accounts.SessionOfAsync(request, cancel);
                return new SessionsAnswer([.. (await request.Get<SessionStore>().OfAsync(user.Name, cancel)).Select(session => new ListedSession(
                    session.Id, session.OpenedAt, session.UsedAt, session.EndsAt, session.Agent, session.Hash == current?.Hash))]);
            },
            problems: [AccessProblems.NoUser]);
        api.Delete<EndedAnswer>(
            "/me/sessions/{id}", Permissions.KeepAccount, "Ends one of the caller's sessions.", async (request, cancel) =>
            {
                if (Accounts.UserOf(request.Actor, await request.Desk.CompanyAsync(cancel)) is not { } user) return Accounts.NoUser(request.Actor);
                return await EndAsync(request.Get<SessionStore>(), user, request.Route("id"), cancel) ? new EndedAnswer(1) : Unknown(request.Route("id"));
            },
            problems: [AccessProblems.NoUser, AccessProblems.SessionUnknown]);
        api.Put<PasswordBody, PasswordAnswer>(
            "/me/password", Permissions.KeepAccount, "Changes the caller's password; their other sessions end.",
            async (body, request, cancel) =>
            {
                if (Accounts.UserOf(request.Actor, await request.Desk.CompanyAsync(cancel)) is not { } user) return Accounts.NoUser(request.Actor);
                return await request.Get<PasswordChange>().ChangeAsync(
                    request.Context, user, body.Password, body.NewPassword, await Accounts.SessionOfAsync(request, cancel));
            },
            problems: [AccessProblems.NoUser, AccessProblems.SignInRefused, AccessProblems.SignInLocked]);
    }

    /// <returns>False when the user has no such session.</returns>
    public static async Task<bool> EndAsync(SessionStore sessions, User user, string id, CancellationToken cancel)
    {
        if ((await sessions.OfAsync(user.Name, cancel)).FirstOrDefault(session => session.Id == id) is not { } known) return false;
        await sessions.EndAsync(known.Hash, cancel);
        return true;
    }

    static Problem Unknown(string id) => AccessProblems.SessionUnknown.With($"There is no session {id} of the caller.");
}

/// <summary>A user's own change of password, by the API or the screens.</summary>
sealed class PasswordChange(Passwords passwords, LockOut lockOut, SessionStore sessions, AccessLog log)
{
    /// <param name="current">The session that it is done in, which goes on.</param>
    /// <returns>Refuses with <c>sign-in-locked</c>, <c>sign-in-refused</c> where the one before is not right, and <c>field-invalid</c> for one that will not do.</returns>
    public async Task<Answered<PasswordAnswer>> ChangeAsync(HttpContext context, User user, string before, string chosen, Session? current)
    {
        var (cancel, who) = (context.RequestAborted, user.ToActor().ToString());
        // A session that somebody left open is no way to guess the password.
        if (await lockOut.CountAsync(user.Name, cancel) is not null)
        {
            await log.WriteAsync(context, who, AccessEvent.SignInLocked);
            return AccessProblems.SignInLocked.With("The password was tried too often; wait a quarter of an hour.");
        }

        if (!await passwords.IsRightAsync(await passwords.OfAsync(user.Name, cancel), before, cancel))
        {
            await log.WriteAsync(context, who, AccessEvent.SignInRefused, "changing the password");
            return AccessProblems.SignInRefused.With("The password is not right.", "password");
        }

        await lockOut.ForgetAsync(user.Name, cancel);
        if (PasswordSignIn.Fault(user, before, chosen) is { } fault) return KernelProblems.Invalid("newPassword", fault);
        var open = (await sessions.OfAsync(user.Name, cancel)).Count(session => session.Hash != current?.Hash);
        var kept = await passwords.SetAsync(user.Name, chosen, oneTime: false, cancel);
        if (current is not null) await sessions.KeepAsync(current.Hash, kept, cancel);
        await log.WriteAsync(context, who, AccessEvent.PasswordChanged);
        return new PasswordAnswer(open);
    }
}
