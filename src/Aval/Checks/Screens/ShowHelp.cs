using Aval.Checks.Rules;
using Aval.Orders;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <param name="Kind">Of a finding; else null.</param>
public sealed record HelpView(Explanation? Shown, FindingKind? Kind);

/// <summary>Explains the words of the desk: findings and rules, causes, decisions, limits.</summary>
static class ShowHelp
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage("/help", OrderPermissions.Read, (_, _) => Task.FromResult(PageAnswer.Of<HelpPage, HelpView>(T("What the words mean"), new HelpView(null, null))));
        pages.MapPage("/help/{word}", OrderPermissions.Read, (request, _) => Task.FromResult(
            Explanations.Find(request.Route("word")) is { } known
                ? PageAnswer.Of<HelpPage, HelpView>(TitleOf(known), new HelpView(known, KindOf(known)))
                : PageAnswer.Missing(T("Nobody has explained “{0}” yet.", request.Route("word")))));
    }

    public static string TitleOf(Explanation explanation) => Say.Capital(T(Say.Word(explanation.Code)));

    public static FindingKind? KindOf(Explanation explanation) => FindingKinds.All.FirstOrDefault(kind => kind.Code == explanation.Code);
}
