using System.Globalization;
using System.Text.Json.Nodes;
using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Policies.Screens;

/// <param name="MayActivate">The one who looks has the right, and did not write it.</param>
/// <param name="IsOwn">They have the right, and wrote it.</param>
/// <param name="Edition">Which state of the draft this is.</param>
public sealed record DraftView(
    PolicyDraft Draft, IReadOnlyList<PolicySentence> Sentences, int Differences, int Current, bool MayDraft, bool MayActivate, bool IsOwn, string Edition,
    FormOutcome Outcome);

/// <param name="Form">Where it is sent; its fields are in <paramref name="Groups"/>.</param>
/// <param name="Rule">The setting that is edited; null for another part.</param>
/// <param name="Sentence">What the draft says now; null for a setting that is new.</param>
/// <param name="MayRemove">It is not the basis's.</param>
public sealed record EditView(
    string Title, string Form, (string Name, Scope Scope, string Severity, bool Overrides)? Rule, string? Sentence, IReadOnlyList<FieldGroup> Groups, string Edition,
    bool MayRemove, Problem? Refused);

/// <summary>Makes, edits and activates the draft, each by the command that the API has.</summary>
static class EditDraft
{
    const string Off = "off";

    static readonly HashSet<string> Controls = ["token", "edition", "rule", "scope", "whom", "severity", "overridesRelease", "part"];

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(PolicyWords.Draft, PolicyPermissions.Read, (request, cancel) => ShowAsync(request, FormOutcome.None, cancel));
        pages.MapForm(PolicyWords.Draft, PolicyPermissions.Draft, BeginAsync);
        pages.MapForm(PolicyWords.Draft + "/activate", PolicyPermissions.Activate, ActivateAsync);
        pages.MapPage(PolicyWords.Draft + "/rule", PolicyPermissions.Draft, (request, cancel) => RuleAsync(request, cancel));
        pages.MapForm(PolicyWords.Draft + "/rule", PolicyPermissions.Draft, SendRuleAsync);
        pages.MapForm(PolicyWords.Draft + "/rule/remove", PolicyPermissions.Draft, RemoveRuleAsync);
        pages.MapPage(PolicyWords.Draft + "/part", PolicyPermissions.Draft, (request, cancel) => PartAsync(request, cancel));
        pages.MapForm(PolicyWords.Draft + "/part", PolicyPermissions.Draft, SendPartAsync);
    }

    static async Task<PageAnswer> ShowAsync(PageRequest request, FormOutcome outcome, CancellationToken cancel)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        var facts = company.Get<PoliciesFacts>();
        if (facts.Draft is not { } draft) return outcome.Refused is null ? PageAnswer.To(PolicyWords.Home) : await ShowPolicies.HomeAsync(request, outcome, cancel);
        var currency = ShowPolicies.CurrencyOf(company);
        var (may, own) = (PolicyPermissions.Activate.IsGrantedTo(request.Actor), request.Actor.MayBe([draft.Author, draft.KeyMadeBy]));
        return PageAnswer.Of<DraftPage, DraftView>(
            T("Draft of the policy"),
            new DraftView(
                draft, PolicySentences.Of(draft.Policy, currency, PolicyWords.Spoken),
                PolicySentences.Between(facts.Current.Policy, draft.Policy, currency, PolicyWords.Spoken).Count, facts.Current.Version,
                PolicyPermissions.Draft.IsGrantedTo(request.Actor), may && !own, may && own, DraftChanges.EditionOf(draft), outcome),
            outcome.Refused);
    }

    static async Task<PageAnswer> BeginAsync(PageRequest request, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        var basis = form["basedOn"].ToString();
        JsonNode? basedOn = int.TryParse(basis, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : basis;
        var command = DraftChanges.Command(new JsonObject { ["basedOn"] = basedOn }, form["edition"], request.Company.Get<PoliciesFacts>());
        var answer = await request.Desk.SubmitAsync(command, request.Actor, cancel);
        return answer.Problem is { } refused ? await ShowPolicies.HomeAsync(request, new FormOutcome(refused), cancel) : PageAnswer.To(PolicyWords.Draft);
    }

    static async Task<PageAnswer> ActivateAsync(PageRequest request, CancellationToken cancel)
    {
        var sent = await request.SentAsync(cancel);
        var command = new ActivateDraft(sent.Needed("reason"), sent.Day("effectiveFrom")) { Read = [sent.Needed("edition")] };
        if (sent.Fault is { } fault) return await ShowAsync(request, new FormOutcome(fault), cancel);
        var answer = await request.Desk.SubmitAsync(command, request.Actor, cancel);
        return answer.Outcome is { } outcome
            ? PageAnswer.To(PolicyWords.Version(outcome.Row<PolicyVersion>()!.Version))
            : await ShowAsync(request, new FormOutcome(answer.Problem), cancel);
    }

    static async Task<PageAnswer> PartAsync(PageRequest request, CancellationToken cancel, JsonObject? sent = null, Problem? refused = null, PolicyPart? of = null)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        if (company.Get<PoliciesFacts>().Draft is not { } draft) return PageAnswer.To(PolicyWords.Home);
        if ((of ?? request.Word<PolicyPart>("part")) is not { } part) return PageAnswer.Missing(T("A policy has no such part."));
        var body = sent ?? JsonNode.Parse(PolicyJson.Write(draft.Policy.InFull()))!.AsObject();
        var groups = FieldViews.Of(Parameters(part), body, null, draft.Policy.Currency?.Code ?? ShowPolicies.CurrencyOf(company), Fault(refused, refused?.Field));
        return PageAnswer.Of<EditPage, EditView>(
            PolicyWords.Of(part), new EditView(PolicyWords.Of(part), PolicyWords.Part(part), null, null, groups, DraftChanges.EditionOf(draft), false, refused),
            refused);
    }

    static async Task<PageAnswer> SendPartAsync(PageRequest request, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        if (request.Company.Get<PoliciesFacts>().Draft is not { } draft) return PageAnswer.To(PolicyWords.Home);
        if (request.Word<PolicyPart>("part") is not { } part) return PageAnswer.Missing(T("A policy has no such part."));
        var body = FormBody.Of(Parameters(part), form, Controls);
        var changes = DraftChanges.WithPart(draft, Fields(part), body);
        var answer = await request.Desk.SubmitAsync(DraftChanges.Command(changes, form["edition"], request.Company.Get<PoliciesFacts>()), request.Actor, cancel);
        return answer.Problem is { } refused ? await PartAsync(request, cancel, body, refused, part) : PageAnswer.To($"{PolicyWords.Draft}#{Words.Of(part)}");
    }

    static async Task<PageAnswer> RuleAsync(
        PageRequest request, CancellationToken cancel, (string Rule, Scope Scope)? of = null, JsonObject? sent = null, Problem? refused = null, string? fault = null)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        var facts = company.Get<PoliciesFacts>();
        if (facts.Draft is not { } draft) return PageAnswer.To(PolicyWords.Home);
        if ((of ?? Asked(name => request.Query(name))) is not var (rule, scope)) return PageAnswer.Missing(T("There is no such rule."));
        var now = draft.Policy.Rules.FirstOrDefault(one => one.Name == rule && one.Scope == scope);
        // A setting that is new begins as it is for everybody; one that was off as the preset has it.
        var like = now is null or SwitchedOff
            ? draft.Policy.Rules.Concat(Standard.Policy.Rules).FirstOrDefault(one => one.Name == rule && one is not SwitchedOff) ?? now
            : now;
        var entry = sent ?? (like is null ? [] : DraftChanges.Of(draft with { Policy = draft.Policy with { Rules = [like] } })["rules"]![0]!.AsObject());
        var severity = sent?["severity"]?.ToString() ?? (now is SwitchedOff ? Off : entry["severity"]?.ToString() ?? Words.Of(Severity.Warn));
        if (rule == "overdue") entry = DraftChanges.WithPairs(entry);
        var currency = draft.Policy.Currency?.Code ?? ShowPolicies.CurrencyOf(company);
        var isNew = !DraftChanges.BasisOf(draft, facts).Rules.Any(one => one.Name == rule && one.Scope == scope);
        return PageAnswer.Of<EditPage, EditView>(
            PolicyWords.NameOf(rule),
            new EditView(
                PolicyWords.NameOf(rule), PolicyWords.Rule(rule, scope), (rule, scope, severity, entry["overridesRelease"]?.ToString() == "true"),
                now is null ? null : RuleSentences.Of(now, currency, PolicyWords.Spoken), FieldViews.Of(RuleJson.ParametersOf(rule), entry, rule, currency, Fault(refused, fault)),
                DraftChanges.EditionOf(draft), now is not null && isNew, refused),
            refused);
    }

    static async Task<PageAnswer> SendRuleAsync(PageRequest request, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        if (request.Company.Get<PoliciesFacts>().Draft is not { } draft) return PageAnswer.To(PolicyWords.Home);
        if (Asked(name => request.Query(name)) is not var (rule, scope)) return PageAnswer.Missing(T("There is no such rule."));
        var parameters = RuleJson.ParametersOf(rule);
        var shown = FormBody.Of(parameters, form, Controls);
        shown["severity"] = form["severity"].ToString();
        if (form["overridesRelease"].Count > 0) shown["overridesRelease"] = true;
        var entry = shown.DeepClone().AsObject();
        entry["rule"] = rule;
        if (scope.Kind != ScopeKind.All) entry["scope"] = new JsonObject { [Words.Of(scope.Kind)] = scope.Value };
        DraftChanges.WriteOnePairPlain(entry);
        var (changes, at) = DraftChanges.WithRule(draft, rule, scope, entry);
        var answer = await request.Desk.SubmitAsync(DraftChanges.Command(changes, form["edition"], request.Company.Get<PoliciesFacts>()), request.Actor, cancel);
        if (answer.Problem is not { } refused) return PageAnswer.To($"{PolicyWords.Draft}#{Words.Of(PolicyPart.BlockingRules)}");
        var path = string.Create(CultureInfo.InvariantCulture, $"rules[{at}].");
        var fault = refused.Field?.StartsWith(path, StringComparison.Ordinal) == true ? refused.Field[path.Length..] : refused.Field;
        if (rule == "overdue" && fault is not null && DraftChanges.Pair.Contains(fault)) fault = "pairs[0]." + fault;
        return await RuleAsync(request, cancel, (rule, scope), shown, refused, fault);
    }

    static async Task<PageAnswer> RemoveRuleAsync(PageRequest request, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        if (request.Company.Get<PoliciesFacts>().Draft is not { } draft) return PageAnswer.To(PolicyWords.Home);
        if (Asked(name => request.Query(name)) is not var (rule, scope)) return PageAnswer.Missing(T("There is no such rule."));
        var command = DraftChanges.Command(DraftChanges.WithRule(draft, rule, scope, null).Changes, form["edition"], request.Company.Get<PoliciesFacts>());
        var answer = await request.Desk.SubmitAsync(command, request.Actor, cancel);
        return answer.Problem is { } refused
            ? await RuleAsync(request, cancel, (rule, scope), null, refused)
            : PageAnswer.To($"{PolicyWords.Draft}#{Words.Of(PolicyPart.BlockingRules)}");
    }

    /// <summary>The rule that is meant, and for whom; null where there is none of the name, or nobody is named for the scope.</summary>
    static (string Rule, Scope Scope)? Asked(Func<string, string?> query)
    {
        if (query("rule") is not { } rule || !RuleJson.Names.Contains(rule)) return null;
        if (!Words.TryParse<ScopeKind>(query("scope") ?? Words.Of(ScopeKind.All), out var kind)) return null;
        return kind == ScopeKind.All ? (rule, Scope.All) : query("whom") is { } whom ? (rule, new Scope(kind, whom)) : null;
    }

    static IEnumerable<string> Fields(PolicyPart part) => PolicyParts.Fields.Where(field => field != "rules" && PolicyParts.Of(field) == part);

    static IReadOnlyList<Parameter> Parameters(PolicyPart part) =>
        [.. PolicyJson.Parameters.Where(parameter => Fields(part).Contains(parameter.Path.Split('.', '[')[0]))];

    /// <summary>What is wrong with which field.</summary>
    static (string Path, string Why)? Fault(Problem? refused, string? path) => refused is null || path is null ? null : (path, PolicyWords.WhyOf(refused));
}
