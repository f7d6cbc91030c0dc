using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Access;

/// <param name="Entered">What was typed for a user that was refused; null when nothing was.</param>
public sealed record UsersView(
    ListShown Shown, string? Text, IReadOnlyList<UserAnswer> Users, int Total, AccessPlaces Places, FormOutcome Outcome, EnteredUser? Entered);

public sealed record EnteredUser(string Name, string FullName, string Email, IReadOnlyList<string> Roles);

/// <param name="MayAccept">The one who looks may accept roles that should lie apart.</param>
/// <param name="HasHalf">Half of a password waits for leadership.</param>
/// <param name="Own">It is the one who looks: nobody changes their own rights.</param>
public sealed record UserView(UserAnswer User, int Sessions, bool MayAccept, bool Own, bool HasHalf, AccessPlaces Places, FormOutcome Outcome);

/// <summary>Users and their roles: who there is, and what an administrator and leadership do about them.</summary>
static class ShowUsers
{
    const string Path = "/users";

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Path, Permissions.ReadUsers, (request, cancel) => ListAsync(request, FormOutcome.None, null, cancel));
        pages.MapForm(Path, Permissions.ManageUsers, EnterAsync);
        pages.MapPage(Path + "/{name}", Permissions.ReadUsers, (request, cancel) => ShowAsync(request, FormOutcome.None, cancel));
        pages.MapForm(Path + "/{name}", Permissions.ManageUsers, async (request, cancel) =>
        {
            var entered = Entered(await request.Context.Request.ReadFormAsync(cancel));
            return await DoAsync(request, new PutUser(request.Route("name"), Body(entered)), T("The user is changed."), cancel);
        });
        pages.MapForm(
            Path + "/{name}/password", Permissions.ManageUsers,
            async (request, cancel) => await ShowAsync(request, await GiveAsync(request, request.Route("name"), cancel), cancel));
        pages.MapForm(Path + "/{name}/password/second-half", Permissions.AcceptRoleConflicts, async (request, cancel) =>
        {
            var facts = (await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>();
            var shown = await request.Get<GivePassword>().SecondHalfAsync(facts, request.Actor, request.Route("name"), cancel);
            return await ShowAsync(request, Told(shown, T("it comes right behind the first half, which the administrator has")), cancel);
        });
        foreach (var accept in new[] { true, false })
            pages.MapForm(Path + "/{name}/pending-roles/" + (accept ? "accept" : "refuse"), Permissions.AcceptRoleConflicts, async (request, cancel) =>
            {
                var why = new AccessReason((await request.Context.Request.ReadFormAsync(cancel))["reason"].ToString());
                var done = accept ? T("They have the roles now.") : T("They do not get the roles.");
                return await DoAsync(request, new AcceptRoles(request.Route("name"), accept, why), done, cancel);
            });
        pages.MapForm(Path + "/{name}/sessions/end", Permissions.ManageUsers, async (request, cancel) =>
        {
            var name = request.Company.Get<AccessFacts>().User(request.Route("name"))?.Name ?? "";
            var ended = await request.Get<SessionStore>().EndAllAsync(name, cancel);
            return await ShowAsync(request, new FormOutcome(Done: Several(ended, "{0} session ended.", "{0} sessions ended.")), cancel);
        });
        foreach (var disable in new[] { true, false })
            pages.MapForm(Path + (disable ? "/{name}/disable" : "/{name}/enable"), Permissions.ManageUsers, async (request, cancel) =>
            {
                var why = new AccessReason((await request.Context.Request.ReadFormAsync(cancel))["reason"].ToString());
                return await DoAsync(request, new DisableUser(request.Route("name"), why, disable), disable ? T("They are out.") : T("They may come in again."), cancel);
            });
        pages.MapForm(Path + "/{name}/role-conflicts", Permissions.AcceptRoleConflicts, async (request, cancel) =>
        {
            var form = await request.Context.Request.ReadFormAsync(cancel);
            var accepted = new RoleConflictBody([.. form["role"].OfType<string>()], form["reason"].ToString());
            return await DoAsync(request, new AcceptRoleConflict(request.Route("name"), accepted), T("It is accepted; an administrator can give the roles now."), cancel);
        });
    }

    static async Task<PageAnswer> ListAsync(PageRequest request, FormOutcome outcome, EnteredUser? entered, CancellationToken cancel)
    {
        var facts = (await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>();
        var passwords = await request.Get<Passwords>().AllAsync(cancel);
        var shown = ListShown.Of(request, "users", Path, ["q"], UsersPage.Columns.Sorts());
        var text = request.Query("q");
        var meant = facts.Users.Values.Where(user => Has(user.Name, text) || Has(user.FullName, text)).OrderBy(user => user.Name, StringComparer.OrdinalIgnoreCase);
        var users = shown.Ordered(meant.Select(user => UserAnswer.Of(user, facts, passwords)), UsersPage.Columns);
        return shown.Form is null
            ? PageAnswer.Of<UsersPage, UsersView>(
                T("Users and roles"), new UsersView(shown, text, shown.PageOf(users), users.Count, AccessPlaces.Of(request.Actor), outcome, entered), outcome.Refused)
            : ListFile.Of(request, shown, T("Users and roles"), UsersPage.Columns, users);
    }

    static async Task<PageAnswer> ShowAsync(PageRequest request, FormOutcome outcome, CancellationToken cancel)
    {
        var facts = (await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>();
        if (facts.User(request.Route("name")) is not { } user) return PageAnswer.Missing(T("There is no user {0}.", request.Route("name")));
        var sessions = await request.Get<SessionStore>().OfAsync(user.Name, cancel);
        return PageAnswer.Of<UserPage, UserView>(
            user.Name,
            new UserView(
                UserAnswer.Of(user, facts, await request.Get<Passwords>().AllAsync(cancel)), sessions.Count, Permissions.AcceptRoleConflicts.IsGrantedTo(request.Actor),
                Own.Refuse(request.Actor, user.Name) is not null, await request.Get<GivePassword>().HasHalfAsync(user, cancel), AccessPlaces.Of(request.Actor), outcome),
            outcome.Refused);
    }

    /// <summary>Enters somebody who is not there yet, with a password for one time unless they come by single sign-on.</summary>
    static async Task<PageAnswer> EnterAsync(PageRequest request, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        var entered = Entered(form);
        if (request.Company.Get<AccessFacts>().User(entered.Name) is { } known)
            return await ListAsync(request, new FormOutcome(KernelProblems.Invalid("name", $"must be new; there is {known.Name}")), entered, cancel);
        var put = await request.Desk.SubmitAsync(new PutUser(entered.Name, Body(entered)), request.Actor, cancel: cancel);
        if (put.Problem is { } refused) return await ListAsync(request, new FormOutcome(refused), entered, cancel);
        var outcome = form["singleSignOn"].Count > 0
            ? new FormOutcome(Done: T("{0} can come in by single sign-on.", entered.Name))
            : await GiveAsync(request, entered.Name, cancel);
        return await ListAsync(request, outcome, null, cancel);
    }

    static async Task<FormOutcome> GiveAsync(PageRequest request, string name, CancellationToken cancel)
    {
        var facts = (await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>();
        return Told(await request.Get<GivePassword>().ToAsync(facts, request.Actor, name, cancel), T("leadership shows them the second half, on the page of the user"));
    }

    static FormOutcome Told(Answered<GivenPassword> given, string other)
    {
        if (given.Problem is { } refused) return new FormOutcome(refused);
        var (name, secret, isHalf) = given.Value!;
        return new FormOutcome(
            Done: isHalf ? T("This is half of what {0} signs in with once; {1}:", name, other) : T("With this {0} signs in once and chooses a password:", name), Secret: secret);
    }

    static async Task<PageAnswer> DoAsync(PageRequest request, Command command, string done, CancellationToken cancel) =>
        await ShowAsync(request, FormOutcome.Of(await request.Desk.SubmitAsync(command, request.Actor, cancel: cancel), done), cancel);

    static EnteredUser Entered(IFormCollection form) =>
        new(form["name"].ToString().Trim(), form["fullName"].ToString().Trim(), form["email"].ToString().Trim(), [.. form["role"].OfType<string>()]);

    static UserBody Body(EnteredUser entered) => new(entered.Roles, Given(entered.FullName), Given(entered.Email));

    static bool Has(string? name, string? text) => text is null || name?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    static string? Given(string text) => text.Length == 0 ? null : text;
}
