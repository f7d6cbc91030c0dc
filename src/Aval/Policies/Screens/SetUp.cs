using System.Globalization;
using System.Text.Json.Nodes;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Policies.Screens;

/// <param name="Answers">By field; what was typed, or what the preset has.</param>
/// <param name="Fault">The field that was refused, and why; null when none was.</param>
/// <param name="Draft">What the answers would replace; null when nobody is drafting.</param>
public sealed record SetUpView(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Answers, (string? Field, Problem Problem)? Fault, PolicyDraft? Draft, string Edition, string Currency);

/// <summary>Seven questions whose answers make a whole draft, by the command that drafts every policy.</summary>
static class SetUp
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(PolicyWords.Setup, PolicyPermissions.Draft, (request, cancel) => ShowAsync(
            request, SevenQuestions.Fields.ToDictionary(field => field.Name, Start, StringComparer.Ordinal), null, cancel));
        pages.MapForm(PolicyWords.Setup, PolicyPermissions.Draft, SendAsync);
    }

    static async Task<PageAnswer> ShowAsync(
        PageRequest request, IReadOnlyDictionary<string, IReadOnlyList<string>> answers, Problem? refused, CancellationToken cancel)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        var draft = company.Get<PoliciesFacts>().Draft;
        return PageAnswer.Of<SetUpPage, SetUpView>(
            T("Seven questions"),
            new SetUpView(
                answers, refused is null ? null : (refused.Field is { } path ? SevenQuestions.FieldOf(path) : null, refused), draft,
                draft is null ? "" : DraftChanges.EditionOf(draft), ShowPolicies.CurrencyOf(company)),
            refused?.Kind.Status ?? StatusCodes.Status200OK);
    }

    /// <summary>The preset's own, numbers as the visitor writes them.</summary>
    static IReadOnlyList<string> Start(AskedField field) =>
        [.. SevenQuestions.Start(field).Select(text => IsNumber(field) ? FormBody.TextOf(JsonValue.Create(decimal.Parse(text, CultureInfo.InvariantCulture))) : text)];

    /// <summary>Numbers as JSON has them; what is none stays as it was typed.</summary>
    static IReadOnlyList<string> Read(string name, IReadOnlyList<string> typed) => !IsNumber(SevenQuestions.Fields.First(field => field.Name == name))
        ? typed
        : [.. typed.Select(text => Entered.Number(text)?.ToString(CultureInfo.InvariantCulture) ?? text)];

    static bool IsNumber(AskedField field) => field.Kind is AnswerKind.Amount or AnswerKind.Percent or AnswerKind.Days;

    static async Task<PageAnswer> SendAsync(PageRequest request, CancellationToken cancel)
    {
        var form = await request.Context.Request.ReadFormAsync(cancel);
        IReadOnlyList<string> Typed(AskedField field) => [.. form[field.Name].OfType<string>().Select(text => text.Trim()).Where(text => text.Length > 0)];
        var answers = SevenQuestions.Fields.ToDictionary(field => field.Name, Typed, StringComparer.Ordinal);
        var command = DraftChanges.Command(SevenQuestions.Changes(name => Read(name, answers[name])), form["edition"]);
        var answer = await request.Desk.SubmitAsync(command, request.Actor, cancel);
        return answer.Problem is { } refused ? await ShowAsync(request, answers, refused, cancel) : PageAnswer.To(PolicyWords.Trial);
    }
}
