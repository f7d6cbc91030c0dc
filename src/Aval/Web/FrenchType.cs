using System.Text.RegularExpressions;

namespace Aval.Web;

/// <summary>Sets French as it is printed: its signs keep their space on the line, and an apostrophe is one.</summary>
static partial class FrenchType
{
    const string Space = "\u00a0", ThinSpace = "\u202f";

    public static string Set(string text) =>
        Apostrophe().Replace(BeforeThin().Replace(BeforeWide().Replace(Opening().Replace(text, "«" + Space), Space), ThinSpace), "\u2019");

    [GeneratedRegex("«[ \u00a0\u202f]*")]
    private static partial Regex Opening();

    [GeneratedRegex("[ \u00a0\u202f]+(?=[:»%])|(?<=[^ \u00a0\u202f])(?=»)")]
    private static partial Regex BeforeWide();

    [GeneratedRegex("[ \u00a0\u202f]+(?=[;!?])")]
    private static partial Regex BeforeThin();

    [GeneratedRegex(@"(?<=\p{L})'(?=[\p{L}\{«])")]
    private static partial Regex Apostrophe();
}
