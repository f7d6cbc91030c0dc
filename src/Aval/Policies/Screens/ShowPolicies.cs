using System.Globalization;
using Aval.Access;
using Aval.Company;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Policies.Screens;

/// <param name="Versions">The last first.</param>
/// <param name="Draft">Null when nobody is drafting.</param>
public sealed record PolicyView(
    PolicyVersion Current, IReadOnlyList<PolicySentence> Sentences, IReadOnlyList<(PolicyVersion Row, PolicyState State)> Versions, PolicyDraft? Draft, bool MayDraft,
    FormOutcome Outcome);

public sealed record VersionView(PolicyVersion Row, PolicyState State, IReadOnlyList<PolicySentence> Sentences, int Current);

/// <param name="Sides">What can be compared: <c>standard</c>, the versions' numbers, <c>draft</c> where there is one.</param>
public sealed record CompareView(string From, string To, IReadOnlyList<string> Sides, IReadOnlyList<SentencePair> Pairs);

/// <summary>Shows the policy that holds, its versions, and two of them side by side, in plain sentences.</summary>
static class ShowPolicies
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(PolicyWords.Home, PolicyPermissions.Read, (request, cancel) => HomeAsync(request, FormOutcome.None, cancel));
        pages.MapPage(PolicyWords.Home + "/versions/{version}", PolicyPermissions.Read, VersionAsync);
        pages.MapPage(PolicyWords.Compare, PolicyPermissions.Read, CompareAsync);
        EditDraft.MapPages(pages);
        SetUp.MapPages(pages);
    }

    internal static async Task<PageAnswer> HomeAsync(PageRequest request, FormOutcome outcome, CancellationToken cancel)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        var facts = company.Get<PoliciesFacts>();
        if (facts.Version(facts.Current.Version) is not { } current) return PageAnswer.Missing(T("The store has not recorded its first policy yet."));
        return PageAnswer.Of<PolicyPage, PolicyView>(
            T("Policy"),
            new PolicyView(
                current, PolicySentences.Of(current.Policy, CurrencyOf(company), PolicyWords.Spoken),
                [.. facts.Versions.Reverse().Select(row => (row, facts.StateOf(row)))], facts.Draft, PolicyPermissions.Draft.IsGrantedTo(request.Actor), outcome),
            outcome.Refused);
    }

    /// <summary>The company's currency: of policies that name none.</summary>
    internal static string CurrencyOf(Facts company) => (company.Get<CompanyFacts>().Main?.Currency ?? Currency.EUR).Code;

    static async Task<PageAnswer> VersionAsync(PageRequest request, CancellationToken cancel)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        var facts = company.Get<PoliciesFacts>();
        return Number(request.Route("version")) is { } number && facts.Version(number) is { } row
            ? PageAnswer.Of<VersionPage, VersionView>(
                T("Policy version {0}", row.Version),
                new VersionView(row, facts.StateOf(row), PolicySentences.Of(row.Policy, CurrencyOf(company), PolicyWords.Spoken), facts.Current.Version))
            : PageAnswer.Missing(T("There is no policy version {0}.", request.Route("version")));
    }

    static async Task<PageAnswer> CompareAsync(PageRequest request, CancellationToken cancel)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        var facts = company.Get<PoliciesFacts>();
        var current = facts.Current.Version.ToString(CultureInfo.InvariantCulture);
        var (from, to) = (request.Query("from") ?? current, request.Query("to") ?? (facts.Draft is null ? current : "draft"));
        foreach (var side in new[] { from, to })
            if (PolicyOf(facts, side) is null)
                return PageAnswer.Missing(side == "draft" ? T("Nobody is drafting a policy.") : T("There is no policy version {0}.", side));
        IReadOnlyList<string> sides = [Standard.Name, .. facts.Versions.Select(row => row.Key), .. facts.Draft is null ? Array.Empty<string>() : ["draft"]];
        return PageAnswer.Of<ComparePage, CompareView>(
            T("Policies side by side"),
            new CompareView(from, to, sides, PolicySentences.Between(PolicyOf(facts, from)!, PolicyOf(facts, to)!, CurrencyOf(company), PolicyWords.Spoken)),
            StatusCodes.Status200OK);
    }

    static Policy? PolicyOf(PoliciesFacts facts, string side) => side switch
    {
        Standard.Name => Standard.Policy,
        "draft" => facts.Draft?.Policy,
        _ => Number(side) is { } number ? facts.Version(number)?.Policy : null,
    };

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
