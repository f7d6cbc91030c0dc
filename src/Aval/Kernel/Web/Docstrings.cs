using System.Xml.Linq;

namespace Aval.Kernel.Web;

/// <summary>The sentences that stand in the code about a body or an answer, for the OpenAPI document.</summary>
sealed class Docstrings
{
    readonly Dictionary<string, XElement> members;

    Docstrings(Dictionary<string, XElement> members) => this.members = members;

    /// <summary>Read from the file that the build writes beside the assembly; none where it is missing.</summary>
    public static Docstrings OfAval()
    {
        var file = Path.ChangeExtension(typeof(Docstrings).Assembly.Location, ".xml");
        return new Docstrings(File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal)
            : []);
    }

    public string? Of(Type type) => Text(members.GetValueOrDefault($"T:{type.FullName}")?.Element("summary"));

    /// <summary>Of a property: its own, or that of the record's parameter.</summary>
    public string? Of(Type type, string property) =>
        Text(members.GetValueOrDefault($"P:{type.FullName}.{property}")?.Element("summary")) ?? Text(ParameterOf(type, property));

    XElement? ParameterOf(Type type, string name) =>
        members.GetValueOrDefault($"T:{type.FullName}")?.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == name);

    static string? Text(XElement? element)
    {
        if (element is null) return null;
        var parts = element.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement see when see.Attribute("cref") is { } target => target.Value.Split('.')[^1].Split('(')[0],
            XElement named when named.Attribute("name") is { } name => name.Value,
            XElement other => other.Value,
            _ => "",
        });
        return string.Join(' ', string.Concat(parts).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
