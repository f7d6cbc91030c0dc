using Xunit.Sdk;

namespace Aval.Tests.Infrastructure;

/// <summary>
/// Compares text with a file under <c>tests/Aval.Tests/Golden/</c>. <c>./aval test --accept</c> writes the files anew; the diff is then read.
/// </summary>
public static class Golden
{
    const int Shown = 20;
    const int MostCompared = 4_000_000;

    static readonly string Folder = Path.Combine(Repository.Root, "tests", "Aval.Tests", "Golden");

    /// <summary>Passes when the file says exactly this; line ends and one at the very end do not count.</summary>
    public static void Equal(string name, string actual) =>
        Equal(Path.Combine(Folder, name), actual, accept: Environment.GetEnvironmentVariable("AVAL_ACCEPT") == "1");

    internal static void Equal(string file, string actual, bool accept)
    {
        actual = Normal(actual);
        if (accept)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }
        var golden = File.Exists(file) ? Normal(File.ReadAllText(file)) : "";
        if (golden == actual) return;
        throw new XunitException($"""
            {Path.GetFileName(file)} differs (- golden, + now; ./aval test --accept writes it anew):
            {Difference(golden.Split('\n'), actual.Split('\n'))}
            """);
    }

    /// <summary>The lines that left (-) and came (+), each place with the number and text of the line before it; at most twenty lines.</summary>
    internal static string Difference(string[] golden, string[] actual)
    {
        var head = golden.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        var tail = golden.Skip(head).Reverse().Zip(actual.Skip(head).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        var (left, came) = (golden[head..^tail], actual[head..^tail]);
        var common = LongestCommon(left, came);
        var lines = new List<string>();
        var (i, j, inStep) = (0, 0, true);
        while (i < left.Length || j < came.Length)
        {
            if (i < left.Length && j < came.Length && left[i] == came[j])
            {
                (i, j, inStep) = (i + 1, j + 1, true);
                continue;
            }
            if (inStep && head + i > 0) lines.Add($"@{head + i} {golden[head + i - 1]}");
            inStep = false;
            if (j == came.Length || (i < left.Length && common(i + 1, j) >= common(i, j + 1))) lines.Add("- " + left[i++]);
            else lines.Add("+ " + came[j++]);
        }
        if (lines.Count > Shown) lines = [.. lines.Take(Shown), $"… and {lines.Count - Shown} more lines"];
        return string.Join('\n', lines);
    }

    /// <summary>
    /// Of two places, the length of the longest common subsequence of what follows; 0 everywhere when the texts are too long to compare so.
    /// </summary>
    static Func<int, int, int> LongestCommon(string[] golden, string[] actual)
    {
        if ((long)golden.Length * actual.Length > MostCompared) return (_, _) => 0;
        var common = new int[golden.Length + 1, actual.Length + 1];
        for (var i = golden.Length - 1; i >= 0; i--)
            for (var j = actual.Length - 1; j >= 0; j--)
                common[i, j] = golden[i] == actual[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return (i, j) => common[i, j];
    }

    static string Normal(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}
