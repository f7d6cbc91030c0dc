using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Access;

/// <param name="Today">The business date: keys that expire are told by it.</param>
public sealed record ApiKeysView(
    ListShown Shown, string? Text, IReadOnlyList<ListedApiKey> Keys, int Total, DateOnly Today, AccessPlaces Places, FormOutcome Outcome);

/// <summary>The keys of other systems: made, replaced and revoked.</summary>
static class ShowApiKeys
{
    const string Path = "/keys";

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Path, Permissions.MakeKeys, (request, cancel) => ShowAsync(request, FormOutcome.None, cancel));
        pages.MapForm(Path, Permissions.MakeKeys, MakeAsync);
        pages.MapForm(Path + "/{name}/rotate", Permissions.MakeKeys, async (request, cancel) =>
        {
            var secret = ApiKey.NewSecret();
            var done = await request.Desk.SubmitAsync(RotateApiKey.Of(request.Route("name"), RotateBody.UsualGrace, secret), request.Actor, cancel: cancel);
            return await ShowAsync(request, Told(request, done, T("The key in place of {0}’s, which go on for a day:", request.Route("name")), secret), cancel);
        });
        pages.MapForm(Path + "/{name}/revoke", Permissions.MakeKeys, async (request, cancel) =>
        {
            var done = await request.Desk.SubmitAsync(new RevokeApiKey(request.Route("name")), request.Actor, cancel: cancel);
            return await ShowAsync(request, Told(request, done, T("All keys named {0} are revoked.", request.Route("name")), null), cancel);
        });
    }

    static async Task<PageAnswer> MakeAsync(PageRequest request, CancellationToken cancel)
    {
        var sent = await request.SentAsync(cancel);
        var form = sent.Form;
        var rights = form["rights"].ToString().Split([',', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var body = new ApiKeyBody(
            form["name"].ToString().Trim(), [.. form["role"].OfType<string>()], sent.Day("expires"), rights.Length == 0 ? null : rights, form["readOnly"].Count > 0,
            sent.Whole("requests"));
        if (sent.Fault is { } fault) return await ShowAsync(request, new FormOutcome(fault), cancel);
        if (MakeApiKey.RefuseRights(body, request.Get<Rights>()) is { } refused) return await ShowAsync(request, new FormOutcome(refused), cancel);
        var secret = ApiKey.NewSecret();
        var made = await request.Desk.SubmitAsync(MakeApiKey.Of(body, secret), request.Actor, cancel: cancel);
        return await ShowAsync(request, Told(request, made, T("The key of {0}:", body.Name), secret), cancel);
    }

    static async Task<PageAnswer> ShowAsync(PageRequest request, FormOutcome outcome, CancellationToken cancel)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        var (text, columns) = (request.Query("q"), ApiKeysPage.Columns(company.Through));
        var shown = ListShown.Of(request, "keyring", Path, ["q"], columns.Sorts());
        var meant = ListApiKeys.Of(company.Get<AccessFacts>(), await request.Get<KeyUses>().AllAsync(cancel))
            .Where(key => text is null || key.Name.Contains(text, StringComparison.OrdinalIgnoreCase));
        var keys = shown.Ordered(meant, columns);
        return shown.Form is not null
            ? ListFile.Of(request, shown, T("API keys"), columns, keys)
            : PageAnswer.Of<ApiKeysPage, ApiKeysView>(
                T("API keys"), new ApiKeysView(shown, text, shown.PageOf(keys), keys.Count, company.Through, AccessPlaces.Of(request.Actor), outcome), outcome.Refused);
    }

    static FormOutcome Told(PageRequest request, Answer answer, string done, string? secret)
    {
        if (answer.Problem is { } refused) return new FormOutcome(refused);
        request.Get<Keyring>().Show(answer.Outcome!.After!);
        return new FormOutcome(Done: done, Secret: secret);
    }
}
