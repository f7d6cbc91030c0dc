using System.Text.RegularExpressions;

namespace Aval.Tests.Tidy;

/// <summary>A C# or Razor text taken apart: what is code, what is comment, and the string literals as written.</summary>
/// <remarks>A literal nested in the hole of an interpolated one is told apart by its quotes only, which keeps the count of quotes right.</remarks>
sealed record CodeText(string Code, string Comments, IReadOnlyList<string> Literals)
{
    static readonly Regex Pieces = new(
        """
        (?<comment> //[^\n]* | /\*.*?\*/ | @\*.*?\*@ )
        | (?<literal> \$*(?<quotes>"{3,}).*?\k<quotes> | (?:@\$?|\$@)"(?:[^"]|"")*" | \$?"(?:\\.|[^"\\\n])*" )
        | '(?:\\[^'\n]+|[^'\\\n])'
        """,
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(10));

    public static CodeText Of(string text)
    {
        var comments = new List<string>();
        var literals = new List<string>();
        var code = Pieces.Replace(text, piece =>
        {
            if (piece.Groups["comment"].Success) comments.Add(piece.Value);
            if (piece.Groups["literal"].Success) literals.Add(piece.Value);
            return piece.Groups["literal"].Success ? "\"\"" : " ";
        });
        return new(code, string.Join('\n', comments), literals);
    }
}
