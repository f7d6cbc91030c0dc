using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Aval.Web;

/// <summary>A tag of one of our own pages, whose attributes stand in double quotes.</summary>
/// <param name="from">Where it begins in the page.</param>
/// <param name="to">Behind its <c>&gt;</c>.</param>
sealed partial class MarkupTag(string name, bool isEnd, string head, int from, int to)
{
    readonly OrderedDictionary<string, string?> attributes = new(StringComparer.Ordinal);
    bool isRead;

    public string Name => name;
    public bool IsEnd => isEnd;
    public int From => from;
    public int To => to;

    /// <summary>Something of it is not as the page was made with it.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The value of an attribute, empty for one without; null when it is not there, and null takes it away.</summary>
    public string? this[string attribute]
    {
        get => Attributes.TryGetValue(attribute, out var value) ? WebUtility.HtmlDecode(value ?? "") : null;
        set
        {
            if (value == this[attribute]) return;
            if (value is null) Attributes.Remove(attribute);
            else Attributes[attribute] = value.Length == 0 && attribute != "value" ? null : WebUtility.HtmlEncode(value);
            IsChanged = true;
        }
    }

    OrderedDictionary<string, string?> Attributes
    {
        get
        {
            if (isRead) return attributes;
            isRead = true;
            foreach (Match one in Attribute().Matches(head)) attributes.TryAdd(one.Groups["name"].Value, one.Groups["value"] is { Success: true } value ? value.Value : null);
            return attributes;
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder("<").Append(name);
        foreach (var (attribute, value) in Attributes)
        {
            text.Append(' ').Append(attribute);
            if (value is not null) text.Append("=\"").Append(value).Append('"');
        }

        return text.Append('>').ToString();
    }

    [GeneratedRegex("""(?<name>[^\s="/>]+)(?:="(?<value>[^"]*)")?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Attribute();
}

/// <summary>One of our own pages, made and not yet sent: its tags, and what is changed in it.</summary>
sealed partial class Markup
{
    readonly string page;
    readonly List<(int At, int Length, string Text)> changes = [];

    public Markup(string page)
    {
        this.page = page;
        Tags =
        [
            .. Tag().Matches(page).Select(tag => new MarkupTag(
                tag.Groups["name"].Value, tag.Groups["end"].Length > 0, tag.Groups["head"].Value, tag.Index, tag.Index + tag.Length)),
        ];
    }

    /// <summary>In the order in which they stand.</summary>
    public IReadOnlyList<MarkupTag> Tags { get; }

    /// <summary>The tag that ends an element; itself for one that has no end.</summary>
    public MarkupTag EndOf(MarkupTag start)
    {
        if (start.Name == "input") return start;
        var depth = 0;
        foreach (var tag in Tags.Where(tag => tag.Name == start.Name && tag.From >= start.From))
            if ((depth += tag.IsEnd ? -1 : 1) == 0) return tag;
        return start;
    }

    /// <summary>What a reader reads between two places.</summary>
    public string TextBetween(int from, int to) =>
        string.Join(' ', WebUtility.HtmlDecode(AnyTag().Replace(page[from..to], " ")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Writes a text, encoded before, in place of what stands between two places.</summary>
    public void Put(int from, int to, string markup) => changes.Add((from, to - from, markup));

    public override string ToString()
    {
        var changed = Tags.Where(tag => tag.IsChanged).Select(tag => (At: tag.From, Length: tag.To - tag.From, Text: tag.ToString())).Concat(changes).OrderBy(change => change.At);
        var (text, at) = (new StringBuilder(page.Length + 1000), 0);
        foreach (var change in changed)
        {
            text.Append(page, at, change.At - at).Append(change.Text);
            at = change.At + change.Length;
        }

        return text.Append(page, at, page.Length - at).ToString();
    }

    [GeneratedRegex(
        """<(?<end>/?)(?<name>main|form|details|fieldset|legend|label|input|select|option|textarea|bdi)(?<head>(?:\s+[^\s="/>]+(?:="[^"]*")?)*)\s*/?>""",
        RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Tag();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex AnyTag();
}
