using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aval.Access;

/// <summary>What the sign-in page shows.</summary>
/// <param name="Return">The page to go to afterwards.</param>
/// <param name="Refused">True when what was sent opened nothing.</param>
/// <param name="People">Whom one may be in a demonstration; empty on a real server.</param>
public sealed record SignInView(string Return, bool Refused, IReadOnlyList<DemoPerson> People);

/// <summary>Opens and closes sessions of the screens: by a key, or in a demonstration as one of its people.</summary>
static class SignIn
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapOpen("GET", IVisitors.SignIn, (request, _) => Task.FromResult(Show(request, Links.Local(request.Query("return")), refused: false)));
        pages.MapOpen("POST", IVisitors.SignIn, OpenAsync);
        pages.MapOpen("POST", "/sign-out", async (request, _) =>
        {
            await Sessions.CloseAsync(request.Context);
            return PageAnswer.To(IVisitors.SignIn);
        });
    }

    static async Task<PageAnswer> OpenAsync(PageRequest request, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        var sessions = request.Get<Sessions>();
        var opened = form["person"].ToString() is { Length: > 0 } name
            ? await sessions.OpenAsAsync(request.Context, name)
            : await sessions.OpenAsync(request.Context, form["key"].ToString().Trim());
        var to = Links.Local(form["return"]);
        return opened ? PageAnswer.To(to) : Show(request, to, refused: true);
    }

    static PageAnswer Show(PageRequest request, string to, bool refused) => PageAnswer.Of<SignInPage, SignInView>(
        "Sign in", new SignInView(to, refused, request.Get<ServerOptions>().Demo ? DemoPeople.All : []),
        refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
