using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Policies.Screens;

/// <param name="Name">What the policy is to be called.</param>
/// <param name="Answers">By field; what was typed, or what holds.</param>
/// <param name="Fault">The field that was refused, and why; null when none was.</param>
/// <param name="Draft">What the answers would replace; null when nobody is drafting.</param>
/// <param name="Would">What the answers would change of what holds, and a mark of it; null while nobody has asked.</param>
public sealed record SetUpView(
    string Name, IReadOnlyDictionary<string, IReadOnlyList<string>> Answers, (string? Field, Problem Problem)? Fault, PolicyDraft? Draft, string Edition, string Currency,
    (IReadOnlyList<SentencePair> Pairs, string Mark)? Would);

/// <summary>Seven questions that begin with what holds; the answers make a draft by the command that drafts every policy, once somebody has seen what they would change.</summary>
static class SetUp
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(PolicyWords.Setup, PolicyPermissions.Draft, async (request, cancel) =>
        {
            var answers = new SevenAnswers((await request.Desk.CompanyAsync(cancel)).Get<PoliciesFacts>().Current.Policy);
            var start = SevenQuestions.Fields.ToDictionary(field => field.Name, field => Start(answers, field), StringComparer.Ordinal);
            return await ShowAsync(request, null, start, null, null, cancel);
        });
        pages.MapForm(PolicyWords.Setup, PolicyPermissions.Draft, SendAsync);
    }

    static async Task<PageAnswer> ShowAsync(
        PageRequest request, string? name, IReadOnlyDictionary<string, IReadOnlyList<string>> answers, (string? Field, Problem Problem)? fault,
        (IReadOnlyList<SentencePair>, string)? would,
        CancellationToken cancel)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        var draft = company.Get<PoliciesFacts>().Draft;
        return PageAnswer.Of<SetUpPage, SetUpView>(
            T("Seven questions"),
            new SetUpView(
                name ?? NameOf(company), answers, fault, draft, draft is null ? "" : DraftChanges.EditionOf(draft), ShowPolicies.CurrencyOf(company), would), fault?.Problem);
    }

    /// <summary>As the policy in force; where that is the one that all companies begin with, a name of its own in the visitor's language.</summary>
    static string NameOf(Facts company) => company.Get<PoliciesFacts>().Current.Policy.Name is var name && name == Standard.Name ? T("Seven questions") : name;

    /// <summary>What holds, numbers as the visitor writes them.</summary>
    static IReadOnlyList<string> Start(SevenAnswers answers, AskedField field) =>
        [.. answers.Of(field).Select(text => IsNumber(field) ? FormBody.TextOf(JsonValue.Create(decimal.Parse(text, CultureInfo.InvariantCulture))) : text)];

    /// <summary>Numbers as JSON has them; what is none stays as it was typed.</summary>
    static IReadOnlyList<string> Read(string name, IReadOnlyList<string> typed) => !IsNumber(SevenQuestions.Fields.First(field => field.Name == name))
        ? typed
        : [.. typed.Select(text => Entered.Number(text)?.ToString(CultureInfo.InvariantCulture) ?? text)];

    static bool IsNumber(AskedField field) => field.Kind is AnswerKind.Amount or AnswerKind.Percent or AnswerKind.Days;

    static async Task<PageAnswer> SendAsync(PageRequest request, CancellationToken cancel)
    {
        var sent = await request.SentAsync(cancel);
        var answers = SevenQuestions.Fields.ToDictionary(field => field.Name, field => sent.Texts(field.Name), StringComparer.Ordinal);
        var company = await request.Desk.CompanyAsync(cancel);
        var current = company.Get<PoliciesFacts>().Current;
        var name = sent.Text("policyName") ?? NameOf(company);
        if (new SevenAnswers(current.Policy).Changes(field => Read(field, answers[field]), name) is not { } changes)
            return await ShowAsync(request, name, answers, null, ([], ""), cancel);
        changes["basedOn"] = current.Version;
        var command = DraftChanges.Command(changes, sent.Text("edition"), company.Get<PoliciesFacts>());
        var tried = await request.Desk.TryAsync(command, request.Actor, cancel);
        if (tried.Problem is { } wrong) return await ShowAsync(request, name, answers, (FieldOf(wrong), wrong), null, cancel);
        var mark = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(changes.ToJsonString())));
        if (sent.Text("seen") != mark)
        {
            var pairs = PolicySentences.Between(current.Policy, tried.Outcome!.Row<PolicyDraft>()!.Policy, ShowPolicies.CurrencyOf(company), PolicyWords.Spoken);
            return await ShowAsync(request, name, answers, null, (pairs, mark), cancel);
        }

        var answer = await request.Desk.SubmitAsync(command, request.Actor, cancel);
        return answer.Problem is { } refused ? await ShowAsync(request, name, answers, (FieldOf(refused), refused), null, cancel) : PageAnswer.To(PolicyWords.Trial);

        string? FieldOf(Problem problem) => problem.Field is { } path ? SevenAnswers.FieldOf(path, changes) : null;
    }
}
