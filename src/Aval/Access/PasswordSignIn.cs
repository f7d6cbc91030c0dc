using System.Globalization;
using Aval.Access.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Http;

namespace Aval.Access;

/// <summary>A session that a password has opened.</summary>
public sealed record OpenedSession(User User, string Token);

/// <summary>Signing in by name and password, in the same way for the API and the screens.</summary>
/// <remarks>Whoever is unknown, has no password or is disabled is refused in the same words and after the same time as for a wrong password.</remarks>
sealed class PasswordSignIn(Desk desk, Passwords passwords, LockOut lockOut, Sessions sessions, AccessLog log)
{
    /// <param name="chosen">The password to have from now on; needed with one that is for one time.</param>
    /// <returns>Refuses with <c>sign-in-locked</c>, <c>sign-in-refused</c>, <c>password-one-time</c>, and <c>field-invalid</c> for a chosen one that will not do.</returns>
    public async Task<Answered<OpenedSession>> TryAsync(HttpContext context, string name, string password, string? chosen)
    {
        var cancel = context.RequestAborted;
        var user = (await desk.CompanyAsync(cancel)).Get<AccessFacts>().User(name.Trim());
        var who = user?.ToActor().ToString() ?? AccessLog.Nobody;
        if (await lockOut.CountAsync(name, cancel) is { } left)
        {
            await log.WriteAsync(context, who, AccessEvent.SignInLocked);
            return AccessProblems.SignInLocked.With(
                $"After {LockOut.MostAttempts} attempts it is locked for {Math.Ceiling(left.TotalMinutes)} more minutes.");
        }

        var kept = user is { IsEnabled: true } ? await passwords.OfAsync(user.Name, cancel) : null;
        if (!await passwords.IsRightAsync(kept, password, cancel))
        {
            await log.WriteAsync(context, who, AccessEvent.SignInRefused);
            return AccessProblems.SignInRefused.With("The name is not known, or the password is not right.");
        }

        await lockOut.ForgetAsync(name, cancel);
        if (chosen is not null)
        {
            if (Fault(user!, password, chosen) is { } fault) return KernelProblems.Invalid("newPassword", fault);
            kept = await passwords.SetAsync(user!.Name, chosen, oneTime: false, cancel);
            await log.WriteAsync(context, who, AccessEvent.PasswordChanged);
        }
        else if (kept!.OneTime)
        {
            return AccessProblems.PasswordOneTime.With("It was given by an administrator and must be changed now.", "newPassword");
        }

        await log.WriteAsync(context, who, AccessEvent.SignedIn);
        return new OpenedSession(user!, await sessions.OpenAsync(context, user!, kept));
    }

    /// <summary>What is wrong with another password for this user; null when nothing is.</summary>
    public static Wording? Fault(User user, string before, string chosen) =>
        before == chosen ? "must be another one" : PasswordRule.Fault(chosen, user.Name);
}
