using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aval.Policies.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;

namespace Aval.Policies.Screens;

/// <summary>Makes of what a form sent the JSON that a caller of the API would send, so that one reader judges both: what cannot be read stays as it was typed, and what
/// nobody knows stays where it is.</summary>
static partial class FormBody
{
    /// <param name="parameters">That the form has fields for; their names are their paths.</param>
    /// <param name="others">Fields that are no parameters.</param>
    public static JsonObject Of(IReadOnlyList<Parameter> parameters, IFormCollection form, IReadOnlySet<string> others)
    {
        var body = new JsonObject();
        foreach (var parameter in parameters.Where(parameter => parameter.List is null)) Put(body, parameter.Path, ValueOf(parameter, form, parameter.Path));
        foreach (var list in parameters.Where(parameter => parameter.List is not null).GroupBy(parameter => parameter.List!, StringComparer.Ordinal))
            Put(body, list.Key, new JsonArray([.. Entries(list.Key, [.. list], form)]));
        foreach (var name in form.Keys.Where(name => !others.Contains(name) && !IsKnown(parameters, name))) Put(body, name, JsonValue.Create(form[name].ToString()));
        return body;
    }

    /// <summary>The texts of a field, as the JSON has them.</summary>
    public static IReadOnlyList<string> Texts(JsonNode? body, string path)
    {
        var found = body;
        foreach (var part in path.Split('.'))
        {
            var name = part.Split('[', 2);
            found = found is JsonObject there ? there[name[0]] : null;
            if (name.Length == 2 && int.TryParse(name[1].TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var at))
                found = found is JsonArray list && at < list.Count ? list[at] : null;
        }

        return found switch
        {
            null => [],
            JsonArray list => [.. list.Select(TextOf)],
            _ => [TextOf(found)],
        };
    }

    /// <summary>A number as the visitor writes it.</summary>
    public static string TextOf(JsonNode? value) => value is JsonValue known && known.TryGetValue<decimal>(out var number)
        ? number.ToString("0.##########", Tongue.Current.Numbers).Replace('\u2212', '-')
        : $"{value}";

    /// <summary>Entries of a list in a body; 0 where there is none.</summary>
    public static int CountOf(JsonNode? body, string list)
    {
        var found = body;
        foreach (var part in list.Split('.')) found = found is JsonObject there ? there[part] : null;
        return found is JsonArray entries ? entries.Count : 0;
    }

    /// <summary>The entries of a list in which something was typed.</summary>
    static IEnumerable<JsonNode?> Entries(string list, IReadOnlyList<Parameter> parameters, IFormCollection form)
    {
        var numbers = form.Keys.Where(name => name.StartsWith(list + "[", StringComparison.Ordinal))
            .Select(name => name[(list.Length + 1)..].Split(']')[0])
            .Select(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : -1);
        foreach (var at in numbers.Where(at => at >= 0).Distinct().Order())
        {
            var entry = new JsonObject();
            foreach (var parameter in parameters)
                if (ValueOf(parameter, form, parameter.At(at)) is { } value) Put(entry, parameter.Path[(list.Length + 3)..], value);
            if (entry.Count > 0) yield return entry;
        }
    }

    static JsonNode? ValueOf(Parameter parameter, IFormCollection form, string name)
    {
        var typed = form[name].ToString().Trim();
        return parameter.Kind switch
        {
            ParameterKind.Flag => JsonValue.Create(typed.Length > 0),
            ParameterKind.SomeWords => SomeOf(form[name].OfType<string>().Where(word => word.Length > 0), parameter.IsOptional),
            ParameterKind.Whole or ParameterKind.Number => NumberOf(typed),
            ParameterKind.Text or ParameterKind.Currency or ParameterKind.OneWord => typed.Length == 0 ? null : JsonValue.Create(typed),
        };
    }

    static JsonArray? SomeOf(IEnumerable<string> words, bool isOptional)
    {
        var some = new JsonArray([.. words.Select(word => JsonValue.Create(word))]);
        return some.Count == 0 && isOptional ? null : some;
    }

    /// <summary>What is no number stays as it was typed, and the reader says so.</summary>
    static JsonValue? NumberOf(string typed)
    {
        if (typed.Length == 0) return null;
        return Entered.Number(typed) is { } number ? JsonValue.Create(number) : JsonValue.Create(typed);
    }

    static void Put(JsonObject body, string path, JsonNode? value)
    {
        if (value is null) return;
        var at = body;
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            if (at[part] is not JsonObject inner) at[part] = inner = [];
            at = inner;
        }

        at[parts[^1]] = value;
    }

    static bool IsKnown(IReadOnlyList<Parameter> parameters, string name) =>
        Number().Replace(name, "[]") is var path && parameters.Any(parameter => parameter.Path == path);

    [GeneratedRegex(@"\[\d+\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
