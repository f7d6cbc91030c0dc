using System.Text;

namespace Aval.Statements.Rules;

/// <summary>Cuts delimited text into rows; a field in quotes may hold the delimiter, line ends, and quotes written twice.</summary>
static class CsvRows
{
    public static IEnumerable<(int Line, List<string> Fields)> Of(string text, char delimiter, int skipLines)
    {
        var (at, line) = (0, 1);
        for (; line <= skipLines && at < text.Length; line++) at = EndOfLine(text, at);
        while (at < text.Length)
        {
            var (begins, fields) = (line, new List<string>());
            bool more;
            do (at, line, more) = Field(text, at, line, delimiter, fields);
            while (more);
            if (fields.Count > 1 || fields[0].Trim().Length > 0) yield return (begins, fields);
        }
    }

    static int EndOfLine(string text, int at)
    {
        while (at < text.Length && text[at] is not ('\r' or '\n')) at++;
        return at < text.Length && text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
    }

    static (int At, int Line, bool More) Field(string text, int at, int line, char delimiter, List<string> fields)
    {
        var field = new StringBuilder();
        var begins = line;
        if (at < text.Length && text[at] == '"')
        {
            at++;
            while (true)
            {
                if (at >= text.Length) throw new UnreadableException(begins, "expected a quote at the end of the field that begins here");
                if (text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"') at++;
                else if (text[at] == '"') break;
                if (text[at] == '\n') line++;
                field.Append(text[at++]);
            }

            at++;
            if (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n'))
                throw new UnreadableException(line, "expected the delimiter or the line's end behind a quote");
        }
        else
            while (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n')) field.Append(text[at++]);

        fields.Add(field.ToString());
        if (at < text.Length && text[at] == delimiter) return (at + 1, line, true);
        return (at < text.Length ? EndOfLine(text, at) : at, line + 1, false);
    }
}
