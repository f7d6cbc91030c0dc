using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Aval.Kernel;

namespace Aval.Web;

/// <summary>The field of a form that a refusal means: found by the name that the API has for it, told by the label beside it.</summary>
static partial class FaultyField
{
    /// <summary>The one that the form has marked itself, else that of the path: by all of it, by its last part, or by its list; null when the form has none.</summary>
    public static MarkupTag? Of(IReadOnlyList<MarkupTag> controls, string? path)
    {
        if (controls.FirstOrDefault(control => control["aria-invalid"] == "true") is { } known) return known;
        if (path is null) return null;
        var bare = Place().Replace(path, "");
        var at = Place().Match(path) is { Success: true } place ? int.Parse(place.Groups["at"].Value, CultureInfo.InvariantCulture) : 0;
        foreach (var name in new[] { path, bare, bare.Split('.')[^1], bare.Split('.')[0] }.Distinct())
        {
            var named = controls.Where(control => control["name"] == name || control["data-field"]?.Split(' ').Contains(name) == true).ToList();
            if (named.Count == 0) named = [.. controls.Where(control => control["name"]!.StartsWith(name + "[", StringComparison.Ordinal)).Take(1)];
            // Of what is chosen only that was sent.
            if (named.Exists(control => control["checked"] is not null)) named.RemoveAll(control => control["type"] == "checkbox" && control["checked"] is null);
            if (named.Count > 0) return named[Math.Min(at, named.Count - 1)];
        }

        return null;
    }

    /// <summary>As it stands beside the field, around it, or over its choices; null when it has none.</summary>
    public static string? LabelOf(Markup markup, MarkupTag control)
    {
        string? Of(MarkupTag element, int to) => markup.TextBetween(element.To, to) is { Length: > 0 } text ? text : null;
        if (control["type"] is "checkbox" or "radio" && Around(markup, control, "fieldset") is { } choices)
            return LegendOf(choices);
        if (control["id"] is { } id && markup.Tags.FirstOrDefault(tag => tag is { Name: "label", IsEnd: false } && tag["for"] == id) is { } label)
            return Of(label, markup.EndOf(label).From > control.From && label.From < control.From ? control.From : markup.EndOf(label).From);
        var told = Around(markup, control, "label") is { } around ? Of(around, control.From) : control["aria-label"];
        // Of several alike the legend says which.
        return Around(markup, control, "fieldset") is { } row && LegendOf(row) is { } which ? $"{which}: {told}" : told;

        string? LegendOf(MarkupTag set) => markup.Tags.FirstOrDefault(tag => tag is { Name: "legend", IsEnd: false } && tag.From > set.From) is { } legend
            ? Of(legend, markup.EndOf(legend).From) : null;
    }

    /// <summary>Says what is wrong beside the field, unless the form has done so, and leads there.</summary>
    public static void Mark(Markup markup, MarkupTag control, Problem problem)
    {
        control["autofocus"] = "";
        if (control["aria-invalid"] == "true") return;
        var id = (control["id"] ?? control["name"]!) + "-fault";
        control["aria-invalid"] = "true";
        control["aria-describedby"] = control["aria-describedby"] is { Length: > 0 } about ? $"{id} {about}" : id;
        control["class"] = $"{control["class"]} is-invalid".Trim();
        var end = markup.EndOf(control).To;
        // A label may hold no paragraph.
        markup.Put(end, end, $"<span class=\"invalid-feedback d-block\" id=\"{WebUtility.HtmlEncode(id)}\"><bdi>{WebUtility.HtmlEncode(Refused.Why(problem))}</bdi></span>");
    }

    static MarkupTag? Around(Markup markup, MarkupTag control, string name) =>
        markup.Tags.LastOrDefault(tag => tag.Name == name && !tag.IsEnd && tag.From < control.From && markup.EndOf(tag).From > control.From);

    [GeneratedRegex(@"\[(?<at>\d{1,6})\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
