using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Access;

/// <summary>What somebody sees of their own account.</summary>
/// <param name="User">Null for one who came by a key or by single sign-on alone: they have no password, sessions or deputies here.</param>
/// <param name="Current">The session that looks.</param>
/// <param name="Deputies">Who may decide in their place.</param>
/// <param name="Others">Who could.</param>
/// <param name="Lenders">In whose place they may decide today.</param>
public sealed record AccountView(
    Actor Actor, User? User, bool HasPassword, IReadOnlyList<Session> Sessions, string? Current, IReadOnlyList<Deputy> Deputies, IReadOnlyList<string> Others,
    IReadOnlyList<string> Lenders, DateOnly Today, AccessPlaces Places, FormOutcome Outcome);

/// <summary>One's own account: password, sessions, deputies.</summary>
static class ShowAccount
{
    const string Path = "/account";

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Path, Permissions.Read, (request, cancel) => ShowAsync(request, FormOutcome.None, cancel));
        pages.MapForm(Path + "/password", Permissions.KeepAccount, PasswordAsync);
        pages.MapForm(Path + "/keys", Permissions.KeepAccount, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            await Preferred.KeepKeysAsync(request.Get<IPreferences>(), request.Actor, form["keys"] != "off", cancel);
            return PageAnswer.To(Path);
        });
        pages.MapForm(Path + "/sessions/{id}/end", Permissions.KeepAccount, EndSessionAsync);
        pages.MapForm(Path + "/deputies", Permissions.KeepAccount, NameAsync);
        pages.MapForm(Path + "/deputies/{id}/end", Permissions.KeepAccount, async (request, cancel) =>
        {
            var ended = await request.Desk.SubmitAsync(new EndDeputy(request.Actor.Name, request.Route("id")), request.Actor, cancel: cancel);
            return await ShowAsync(request, FormOutcome.Of(ended, T("They decide in your place no more.")), cancel);
        });
    }

    static async Task<PageAnswer> ShowAsync(PageRequest request, FormOutcome outcome, CancellationToken cancel)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        var facts = company.Get<AccessFacts>();
        var user = Accounts.UserOf(request.Actor, company);
        var sessions = user is null ? [] : await request.Get<SessionStore>().OfAsync(user.Name, cancel);
        return PageAnswer.Of<AccountPage, AccountView>(
            T("My account"),
            new AccountView(
                request.Actor, user, user is not null && await request.Get<Passwords>().OfAsync(user.Name, cancel) is not null, sessions,
                (await request.Get<Sessions>().CurrentAsync(request.Context))?.Hash,
                user is null ? [] : [.. NameDeputy.Of(facts, user.Name).Where(deputy => deputy.ValidTo >= company.Through)],
                [.. facts.Users.Values.Where(other => other.IsEnabled && other.Name != user?.Name).Select(other => other.Name).Order(StringComparer.OrdinalIgnoreCase)],
                user is null ? [] : [.. facts.LendersTo(user.Name, company.Through).Select(lender => lender.Name).Distinct()],
                company.Through, AccessPlaces.Of(request.Actor), outcome),
            outcome.Refused);
    }

    static async Task<PageAnswer> PasswordAsync(PageRequest request, CancellationToken cancel)
    {
        if (Accounts.UserOf(request.Actor, request.Company) is not { } user) return await ShowAsync(request, new FormOutcome(Accounts.NoUser(request.Actor)), cancel);
        var form = await request.Context.Request.ReadFormAsync(cancel);
        var chosen = form["newPassword"].ToString();
        if (chosen != form["again"].ToString())
            return await ShowAsync(request, new FormOutcome(KernelProblems.Invalid("newPassword", "was not written twice in the same way")), cancel);
        var changed = await request.Get<PasswordChange>().ChangeAsync(
            request.Context, user, form["password"].ToString(), chosen, await request.Get<Sessions>().CurrentAsync(request.Context));
        var done = changed.Value is { Ended: > 0 } answer 
            ? Several(answer.Ended, "Your password is changed; {0} other session ended by that.", "Your password is changed; {0} other sessions ended by that.")
            : T("Your password is changed.");
        return await ShowAsync(request, changed.Problem is { } refused ? new FormOutcome(refused) : new FormOutcome(Done: done), cancel);
    }

    static async Task<PageAnswer> EndSessionAsync(PageRequest request, CancellationToken cancel)
    {
        if (Accounts.UserOf(request.Actor, request.Company) is not { } user) return await ShowAsync(request, new FormOutcome(Accounts.NoUser(request.Actor)), cancel);
        var ended = await OwnAccount.EndAsync(request.Get<SessionStore>(), user, request.Route("id"), cancel);
        return ended
            ? PageAnswer.To(Path)
            : await ShowAsync(request, new FormOutcome(AccessProblems.SessionUnknown.With("It has ended already.")), cancel);
    }

    static async Task<PageAnswer> NameAsync(PageRequest request, CancellationToken cancel)
    {
        var sent = await request.SentAsync(cancel);
        var body = new DeputyBody(sent.Needed("deputy"), sent.NeededDay("until"), sent.Day("from"));
        if (sent.Fault is { } fault) return await ShowAsync(request, new FormOutcome(fault), cancel);
        var named = await request.Desk.SubmitAsync(new NameDeputy(Guid.CreateVersion7().ToString("N"), request.Actor.Name, body), request.Actor, cancel: cancel);
        return await ShowAsync(request, FormOutcome.Of(named, T("{0} may decide in your place until {1}.", body.Deputy, body.Until)), cancel);
    }
}
