using System.Text.Json;

namespace Aval.Kernel;

/// <summary>What a root's reactions still have to look at: kept on the root's row, so that neither a crash nor a full queue loses it.</summary>
static class Waiting
{
    public static List<(string Rule, string Key)> Read(string? text)
    {
        var waiting = new List<(string, string)>();
        if (text is null) return waiting;
        foreach (var pair in JsonSerializer.Deserialize<string[][]>(text)!) waiting.Add((pair[0], pair[1]));
        return waiting;
    }

    /// <summary>Null when nothing waits.</summary>
    public static string? Write(List<(string Rule, string Key)> waiting) =>
        waiting.Count == 0 ? null : JsonSerializer.Serialize(waiting.Select(pair => new[] { pair.Rule, pair.Key }), Json.Options);
}
