using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Access;

/// <summary>What the sign-in page shows.</summary>
/// <param name="Return">The page to go to afterwards.</param>
/// <param name="Refused">Why what was sent opened nothing; null when nothing was.</param>
/// <param name="Name">The name that was sent.</param>
/// <param name="MustChoose">True when the password was right, and for one time: another must be chosen.</param>
/// <param name="ByKey">True when a key was sent.</param>
/// <param name="People">Whom one may be in a demonstration; empty on a real server.</param>
public sealed record SignInView(string Return, Problem? Refused, string? Name, bool MustChoose, bool ByKey, IReadOnlyList<DemoPerson> People);

/// <summary>Opens and closes sessions of the screens: by name and password, by a key, or in a demonstration as one of its people.</summary>
static class SignIn
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapOpen("GET", IVisitors.SignIn, (request, _) => Task.FromResult(Show(request, Links.Local(request.Query("return")))));
        pages.MapOpen("POST", IVisitors.SignIn, OpenAsync);
        pages.MapOpen("POST", "/sign-out", async (request, _) =>
        {
            if (await request.Get<Sessions>().CurrentAsync(request.Context) is not null)
                await request.Get<AccessLog>().WriteAsync(request.Context, request.Actor.ToString(), AccessEvent.SignedOut);
            await request.Get<Sessions>().CloseAsync(request.Context);
            return PageAnswer.To(IVisitors.SignIn);
        });
    }

    static async Task<PageAnswer> OpenAsync(PageRequest request, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        var to = Links.Local(form["return"]);
        if (form["person"].ToString() is { Length: > 0 } person) return await AsPersonAsync(request, person, to, cancel);
        if (form["key"].ToString().Trim() is { Length: > 0 } key) return await ByKeyAsync(request, key, to);
        var (name, chosen, again) = (form["name"].ToString().Trim(), form["newPassword"].ToString(), form["again"].ToString());
        if (chosen != again)
            return Show(request, to, KernelProblems.Invalid("newPassword", "was not written twice in the same way"), name, mustChoose: true);
        var opened = await request.Get<PasswordSignIn>().TryAsync(request.Context, name, form["password"].ToString(), chosen.Length == 0 ? null : chosen);
        if (opened.Problem is { } refused)
            return Show(request, to, refused, name, mustChoose: refused.Kind == AccessProblems.PasswordOneTime || refused.Field == "newPassword");
        Sessions.Keep(request.Context, opened.Value!.Token);
        return PageAnswer.To(to);
    }

    static async Task<PageAnswer> ByKeyAsync(PageRequest request, string key, string to)
    {
        if (await request.Get<Sessions>().OpenAsync(request.Context, key) is { } actor)
        {
            await request.Get<AccessLog>().WriteAsync(request.Context, actor.ToString(), AccessEvent.SignedIn, "by key");
            return PageAnswer.To(to);
        }

        await request.Get<AccessLog>().WriteAsync(request.Context, AccessLog.Nobody, AccessEvent.SignInRefused, "by key");
        return Show(request, to, AccessProblems.SignInRefused.With("This key is not known, or no longer valid."), byKey: true);
    }

    static async Task<PageAnswer> AsPersonAsync(PageRequest request, string person, string to, CancellationToken cancel)
    {
        var user = request.Get<ServerOptions>().Demo && DemoPeople.All.Any(known => known.Name == person) ? request.Company.Get<AccessFacts>().User(person) : null;
        if (user is not { IsEnabled: true } || await request.Get<Passwords>().OfAsync(user.Name, cancel) is not { } password)
            return Show(request, to, AccessProblems.SignInRefused.With("There is nobody of this name whom one may be."));
        Sessions.Keep(request.Context, await request.Get<Sessions>().OpenAsync(request.Context, user, password));
        await request.Get<AccessLog>().WriteAsync(request.Context, user.ToActor().ToString(), AccessEvent.SignedIn, "in a demonstration");
        return PageAnswer.To(to);
    }

    static PageAnswer Show(PageRequest request, string to, Problem? refused = null, string? name = null, bool mustChoose = false, bool byKey = false) =>
        PageAnswer.Of<SignInPage, SignInView>(
            T("Sign in"), new SignInView(to, refused, name, mustChoose, byKey, request.Get<ServerOptions>().Demo ? DemoPeople.All : []),
            refused is null || refused.Kind == AccessProblems.PasswordOneTime ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
