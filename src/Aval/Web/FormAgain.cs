using System.Net;
using Aval.Kernel;
using Microsoft.AspNetCore.Http;
using static Aval.Web.Translated;

namespace Aval.Web;

/// <summary>A form that was refused.</summary>
/// <param name="To">Where it was sent, with its query.</param>
/// <param name="Typed">All that was sent.</param>
public sealed record SentBack(string To, IFormCollection Typed, Problem Problem);

/// <summary>Shows a refused form again, on the page that has it: what was typed stands in it, and the field that is meant is marked, described and focused.</summary>
/// <remarks>It works on the page that was made, so that every form is written once, as it is first shown, and none can forget what was typed. A form that fills itself says so with
/// <c>data-filled</c>; a field that the API calls otherwise names that in <c>data-field</c>.</remarks>
static class FormAgain
{
    /// <summary>Marks the sentence of a refusal, into which the name of the field goes.</summary>
    public const string Why = "data-why";

    public static string Shown(string page, SentBack back)
    {
        var markup = new Markup(page);
        var form = FormOf(markup, back);
        if (form is null)
        {
            Tell(markup, back.Problem, null, markup.Tags.FirstOrDefault(tag => tag is { Name: "main", IsEnd: false }), null);
            return markup.ToString();
        }

        var controls = ControlsOf(markup, form);
        if (form["data-filled"] is null) Fill(markup, controls, back);
        var meant = FaultyField.Of(controls, back.Problem.Field);
        var at = (meant ?? form).From;
        foreach (var folded in markup.Tags.Where(tag => tag is { Name: "details", IsEnd: false } && tag.From < at && markup.EndOf(tag).From > at)) folded["open"] = "";
        Tell(markup, back.Problem, meant is null ? null : FaultyField.LabelOf(markup, meant), form, meant);
        if (meant is not null) FaultyField.Mark(markup, meant, back.Problem);
        return markup.ToString();
    }

    /// <summary>Of several forms that are sent to the same place the one that was.</summary>
    static MarkupTag? FormOf(Markup markup, SentBack back)
    {
        var sent = back.Typed.Keys.Where(name => name != "token").ToList();
        return markup.Tags.Where(tag => tag is { Name: "form", IsEnd: false } && tag["method"] == "post" && Same(tag["action"], back.To))
            .MaxBy(form => Within(markup, form).Where(tag => tag["name"] is not null and not "token").Sum(
                tag => !sent.Contains(tag["name"]!) ? -1 : tag["type"] != "hidden" || back.Typed[tag["name"]!].Contains(tag["value"]) ? 10 : 0));
    }

    static bool Same(string? action, string to) => action is not null
        && Uri.UnescapeDataString(action) is var one && Uri.UnescapeDataString(to) is var other && (one == other || one == other.Split('?')[0]);

    static IEnumerable<MarkupTag> Within(Markup markup, MarkupTag form) =>
        markup.EndOf(form) is var end ? markup.Tags.Where(tag => tag.From > form.From && tag.From < end.From && !tag.IsEnd) : [];

    static List<MarkupTag> ControlsOf(Markup markup, MarkupTag form) =>
        [.. Within(markup, form).Where(tag => tag.Name is "input" or "select" or "textarea" && tag["name"] is not null && tag["type"] != "hidden")];

    /// <summary>Of things that have changed since they were shown nobody has chosen one: the same number may mean another.</summary>
    static void Fill(Markup markup, IReadOnlyList<MarkupTag> controls, SentBack back)
    {
        var (typed, isOfThePast) = (back.Typed, back.Problem.Kind.Status is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var control in controls)
        {
            var (name, type) = (control["name"]!, control["type"]);
            if (type == "radio" && isOfThePast) continue;
            var values = typed[name];
            if (type is "checkbox" or "radio") control["checked"] = values.Contains(control["value"] ?? "on") ? "" : null;
            if (type is "checkbox" or "radio" or "file" or "password") continue;
            var place = places[name] = places.GetValueOrDefault(name, -1) + 1;
            if (place >= values.Count) continue;
            var text = values[place] ?? "";
            if (control.Name == "input") control["value"] = text;
            else if (control.Name == "textarea") markup.Put(control.To, markup.EndOf(control).From, "\n" + WebUtility.HtmlEncode(text));
            else Choose(markup, control, text);
        }
    }

    static void Choose(Markup markup, MarkupTag select, string text)
    {
        var end = markup.EndOf(select);
        var options = markup.Tags.Where(tag => tag is { Name: "option", IsEnd: false } && tag.From > select.From && tag.From < end.From).ToList();
        if (!options.Exists(option => option["value"] == text)) return;
        foreach (var option in options) option["selected"] = option["value"] == text ? "" : null;
    }

    /// <summary>Names the field in the sentence that the page has of the refusal; a page that has none gets it at the head of the form, or of the page.</summary>
    static void Tell(Markup markup, Problem problem, string? label, MarkupTag? at, MarkupTag? meant)
    {
        var told = WebUtility.HtmlEncode(Refused.Detail(problem, label));
        if (markup.Tags.FirstOrDefault(tag => tag is { Name: "bdi", IsEnd: false } && tag[Why] is not null) is { } sentence)
            markup.Put(sentence.To, markup.EndOf(sentence).From, told);
        else if (at is not null)
            markup.Put(at.To, at.To, string.Concat(
                "<p class=\"alert alert-danger\" role=\"alert\"", meant is null ? " tabindex=\"-1\" autofocus" : "", "><span>",
                WebUtility.HtmlEncode(Refused.Heading(problem)), " <bdi>", told, "</bdi> ", WebUtility.HtmlEncode(Refused.Remedy(problem)), "</span></p>"));
    }
}
