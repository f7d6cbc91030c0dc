using System.Text.Json.Nodes;
using Aval.Policies.Rules;

namespace Aval.Policies.Screens;

/// <summary>A field of a policy's form.</summary>
/// <param name="Name">Its path, with the entry's number where it is of a list.</param>
/// <param name="Values">What stands in it: one, or those that are chosen.</param>
/// <param name="Fault">What is wrong with it; null when nothing is.</param>
public sealed record FieldView(Parameter Parameter, string Name, string Label, string? Unit, IReadOnlyList<string> Values, string? Fault)
{
    /// <summary>Of words whose order counts, each is chosen for its place.</summary>
    public bool IsOrdered => Parameter.Name == "allocationOrder";

    public string? Value => Values.Count > 0 ? Values[0] : null;
}

/// <summary>Fields that belong together: those that stand alone, or the entries of one list.</summary>
/// <param name="List">Null for those that stand alone.</param>
public sealed record FieldGroup(string? List, IReadOnlyList<IReadOnlyList<FieldView>> Entries);

/// <summary>Lays out the fields of a form over what a body says.</summary>
static class FieldViews
{
    /// <summary>Empty entries at the end of a list, for what is added.</summary>
    const int Spare = 2;

    /// <param name="fault">Path and words of what was refused; null when nothing was.</param>
    public static IReadOnlyList<FieldGroup> Of(IReadOnlyList<Parameter> parameters, JsonNode? body, string? rule, string currency, (string Path, string Why)? fault)
    {
        FieldView View(Parameter parameter, string name) => new(
            parameter, name, ParameterWords.LabelOf(parameter, rule) ?? parameter.Name, ParameterWords.UnitOf(parameter, currency), FormBody.Texts(body, name),
            fault is var (path, why) && Names(path, name, parameter) ? why : null);
        // In the reader's order: what a list holds comes first where it is asked for first.
        return
        [
            .. parameters.GroupBy(parameter => parameter.List).Select(group => group.Key is not { } list
                ? new FieldGroup(null, [[.. group.Select(parameter => View(parameter, parameter.Path))]])
                : new FieldGroup(
                    list,
                    [
                        .. Enumerable.Range(0, FormBody.CountOf(body, list) + Spare)
                            .Select(at => (IReadOnlyList<FieldView>)[.. group.Select(parameter => View(parameter, parameter.At(at)))]),
                    ])),
        ];
    }

    /// <summary>A fault of a list, or of one word in a list of them, is told at its first field.</summary>
    static bool Names(string path, string name, Parameter parameter) =>
        path == name || (parameter.Kind == ParameterKind.SomeWords && path.StartsWith(name + "[", StringComparison.Ordinal));
}
