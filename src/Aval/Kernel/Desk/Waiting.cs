using System.Collections;
using System.Text.Json;

namespace Aval.Kernel;

/// <summary>What a root's reactions still have to look at, each once and in order: kept on the root's row, so that neither a crash nor a full queue loses it.</summary>
/// <remarks>No entry tells of it: it says only where to look, and nothing is lost that is not looked for again when the facts change or a node starts.</remarks>
sealed class Waiting : IEnumerable<(string Rule, string Key)>
{
    readonly List<(string Rule, string Key)> order = [];
    readonly HashSet<(string Rule, string Key)> known = [];

    public static Waiting Read(string? text)
    {
        var waiting = new Waiting();
        if (text is null) return waiting;
        foreach (var pair in JsonSerializer.Deserialize<string[][]>(text)!) waiting.Add(pair[0], pair[1]);
        return waiting;
    }

    /// <summary>Behind all others, unless it waits already.</summary>
    public void Add(string rule, string key)
    {
        if (known.Add((rule, key))) order.Add((rule, key));
    }

    /// <summary>Takes out the first, as many as there are up to <paramref name="most"/>.</summary>
    public IReadOnlyList<(string Rule, string Key)> Take(int most)
    {
        var taken = order[..Math.Min(most, order.Count)];
        order.RemoveRange(0, taken.Count);
        known.ExceptWith(taken);
        return taken;
    }

    /// <summary>Null when nothing waits.</summary>
    public string? Written() => order.Count == 0 ? null : JsonSerializer.Serialize(order.Select(pair => new[] { pair.Rule, pair.Key }), Json.Options);

    public IEnumerator<(string Rule, string Key)> GetEnumerator() => order.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
