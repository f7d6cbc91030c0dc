using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>What the guards share. Each guard is a pure function from files to violations, so that a test can show it a made-up one.</summary>
static class Guard
{
    /// <summary>Passes when there are none; otherwise the failure lists them, one a line.</summary>
    public static void Clean(IEnumerable<string> violations)
    {
        string[] all = [.. violations.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (all.Length > 0) Assert.Fail(string.Join('\n', all));
    }

    public static bool Written(SourceFile file) => file.Extension is ".cs" or ".razor";
}
