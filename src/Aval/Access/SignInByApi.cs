using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>A user's name and password.</summary>
/// <param name="NewPassword">The password to have from now on; needed with one that is for one time.</param>
public sealed record SignInBody(string Name, string Password, string? NewPassword = null);

/// <summary>A session that was opened.</summary>
/// <param name="Token">To send as <c>Authorization: Bearer</c>; it is shown here and never again.</param>
/// <param name="EndsAt">When it ends however much it is used. Without a call it ends sooner.</param>
/// <param name="IdleMinutes">Minutes without a call after which it ends.</param>
public sealed record SignInAnswer(string Token, string Name, IReadOnlyList<string> Roles, DateTimeOffset EndsAt, int IdleMinutes);

/// <summary>Opens and closes sessions for programs that people use.</summary>
static class SignInByApi
{
    internal static void Map(Api api)
    {
        api.Post<SignInBody, SignInAnswer>(
            "/sign-in", Permissions.SignIn, "Opens a session for a user, whose token then stands where a key would.",
            async (body, request, _) =>
            {
                var opened = await request.Get<PasswordSignIn>().TryAsync(request.Context, body.Name, body.Password, body.NewPassword);
                if (opened.Problem is { } refused) return refused;
                var (user, token) = opened.Value!;
                return new SignInAnswer(
                    token, user.Name, user.Roles, request.Get<TimeProvider>().GetUtcNow() + SessionStore.Longest, (int)SessionStore.Idle.TotalMinutes);
            },
            problems: [AccessProblems.SignInRefused, AccessProblems.SignInLocked, AccessProblems.PasswordOneTime]);
        api.Post<Nothing, SignedOutAnswer>(
            "/sign-out", Permissions.KeepAccount, "Ends the session whose token was sent; a key goes on.",
            async (_, request, cancel) =>
            {
                if (await Accounts.SessionOfAsync(request, cancel) is not { } session) return new SignedOutAnswer(false);
                await request.Get<AccessLog>().WriteAsync(request.Context, request.Actor.ToString(), AccessEvent.SignedOut);
                await request.Get<SessionStore>().EndAsync(session.Hash, cancel);
                return new SignedOutAnswer(true);
            });
    }
}

/// <param name="Ended">False for a caller that has no session.</param>
public sealed record SignedOutAnswer(bool Ended);
