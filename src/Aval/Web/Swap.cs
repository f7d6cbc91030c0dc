namespace Aval.Web;

/// <summary>Attributes by which links and forms exchange one part of their page in place of loading it anew; without scripts they mean nothing.</summary>
public static class Swap
{
    /// <summary>The header of a request that the page has made by itself, because of news (aval.js).</summary>
    public const string ByItself = "Aval-News";

    /// <summary>For what holds links that lead to the same page: its sort order, its other pages.</summary>
    public static Dictionary<string, object> Links(string id) => new(StringComparer.Ordinal)
    {
        ["hx-boost"] = "true", ["hx-target"] = "#" + id, ["hx-select"] = "#" + id, ["hx-swap"] = "outerHTML",
    };

    /// <summary>For a part that is exchanged when the stream of events has news (aval.js); not while somebody writes in it.</summary>
    /// <param name="about">Only news of this subject; null for all.</param>
    public static Dictionary<string, object> News(string id, string address, string? about = null) => new(StringComparer.Ordinal)
    {
        ["data-follow"] = about ?? "", ["hx-get"] = address, ["hx-target"] = "#" + id, ["hx-select"] = "#" + id, ["hx-swap"] = "outerHTML", ["hx-trigger"] = "news",
    };

    /// <summary>The same for two parts that one answer brings: what stands elsewhere on the page is exchanged with it.</summary>
    public static Dictionary<string, object> With(this Dictionary<string, object> swap, string other) => new(swap, StringComparer.Ordinal) { ["hx-select-oob"] = "#" + other };

    /// <summary>For a part that is exchanged when one of these has news: <c>work</c>, or <c>all</c> when anything was committed.</summary>
    /// <param name="isCounting">Something of it is still being counted: it is asked for again in a moment, news or none.</param>
    public static Dictionary<string, object> Topics(string id, string address, string topics, bool isCounting = false) =>
        new(News(id, address), StringComparer.Ordinal) { ["data-topics"] = topics, ["hx-trigger"] = isCounting ? "news, load delay:2s" : "news" };

    /// <summary>For a form of filters: sent when a field has changed.</summary>
    public static Dictionary<string, object> Filter(string id, string action) => new(StringComparer.Ordinal)
    {
        ["hx-get"] = action, ["hx-target"] = "#" + id, ["hx-select"] = "#" + id, ["hx-swap"] = "outerHTML", ["hx-push-url"] = "true",
        ["hx-trigger"] = "change, submit",
    };
}
