using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace Aval.Web;

/// <summary>The translations of the screens' texts: each capability has a file <c>Texts.de.txt</c> and <c>Texts.fr.txt</c>, built into the assembly.</summary>
/// <remarks>One text a line, <c>English text = translation</c>; empty lines and those that begin with <c>//</c> are left out.</remarks>
static class Catalogue
{
    const string Folder = "Texts/";

    /// <summary>All texts of a language. An English text that stands in two capabilities must say the same in both.</summary>
    public static FrozenDictionary<string, string> Of(Assembly assembly, string code)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(Folder, StringComparison.Ordinal) || !name.EndsWith($".{code}.txt", StringComparison.Ordinal)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            foreach (var (english, translated) in Lines(reader.ReadToEnd())) texts[english] = code == "fr" ? FrenchType.Set(translated) : translated;
        }

        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The lines of a file, as they stand.</summary>
    public static IEnumerable<(string English, string Translated)> Lines(string file) =>
        from line in file.Split('\n')
        let text = line.TrimStart().TrimEnd('\r')
        where text.Length > 0 && !text.StartsWith("//", StringComparison.Ordinal)
        let at = text.IndexOf(" = ", StringComparison.Ordinal)
        select at < 0 ? (text, "") : (text[..at], text[(at + 3)..]);
}
