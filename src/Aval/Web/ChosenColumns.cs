using System.Text.RegularExpressions;
using Aval.Kernel;
using Microsoft.AspNetCore.Routing;

namespace Aval.Web;

/// <summary>Keeps which columns of a list somebody wants to see.</summary>
static partial class ChosenColumns
{
    /// <summary>Columns of one list; more are not kept.</summary>
    const int Most = 40;

    public static void MapColumns(this IEndpointRouteBuilder routes) => routes.MapOpen("POST", "/columns", async (request, cancel) =>
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        var list = form["list"].ToString();
        if (request.Actor.Kind != ActorKind.Rule && Name().IsMatch(list))
            await request.Get<IPreferences>().KeepAsync(
                request.Actor, ListShown.PreferenceOf(list),
                form["usual"].Count > 0 ? null : string.Join(',', form["column"].OfType<string>().Where(name => Name().IsMatch(name)).Take(Most)), cancel);
        return PageAnswer.To(Links.Local(form["return"]));
    });

    [GeneratedRegex("^[a-z][a-zA-Z-]{0,39}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
