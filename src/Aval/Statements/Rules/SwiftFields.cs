using System.Collections.Immutable;

namespace Aval.Statements.Rules;

/// <param name="Tag">As <c>61</c> or <c>60F</c>.</param>
/// <param name="Lines">What stands behind the tag, line by line, as the bank has broken it.</param>
/// <param name="Line">Of the tag, from 1.</param>
sealed record SwiftField(string Tag, ImmutableArray<string> Lines, int Line)
{
    public string First => Lines[0].Trim();
}

/// <summary>Cuts a file of SWIFT messages into fields, message by message.</summary>
/// <remarks>Around the messages banks put blocks in braces, addresses and separators; inside them a line that begins with no tag goes on with the field before.</remarks>
static class SwiftFields
{
    static readonly HashSet<string> Tags = new(StringComparer.Ordinal)
    {
        "20", "21", "25", "25P", "28", "28C", "34F", "13", "13D", "60F", "60M", "61", "86", "62F", "62M", "64", "65", "90D", "90C", "NS",
    };

    /// <summary>The messages, each beginning with its field 20.</summary>
    public static List<List<SwiftField>> Messages(string text)
    {
        var messages = new List<List<SwiftField>>();
        var (open, lines) = (false, FileText.Lines(text));
        for (var i = 0; i < lines.Length; i++)
        {
            var line = Bare(lines[i]);
            var tag = TagOf(line);
            if (tag == "20")
            {
                messages.Add([]);
                open = true;
            }
            else if (!open && tag is not null) throw new UnreadableException(i + 1, $"expected :20: at the beginning of a message, found :{tag}:");
            else if (open && IsEnd(line)) open = false;

            if (!open) continue;
            if (tag is not null) messages[^1].Add(new SwiftField(tag, [line[(tag.Length + 2)..]], i + 1));
            else if (line.Length > 0) Continue(messages[^1], line, i + 1);
        }

        return messages;
    }

    /// <summary>Texts go on over several lines; what follows a balance or a number is a header of the bank's own, or not a statement.</summary>
    static void Continue(List<SwiftField> message, string line, int at)
    {
        var field = message[^1];
        if (field.Tag is "61" or "86" or "NS" or "20" or "25" or "25P") message[^1] = field with { Lines = field.Lines.Add(line) };
        else if (line.Trim().Length > 0) throw new UnreadableException(at, $"expected a field of a statement behind :{field.Tag}:, found {Told.Short(line)}");
    }

    static bool IsEnd(string line) => line is "-" or "-}" || line.StartsWith("-}", StringComparison.Ordinal) || line.StartsWith("-XXX", StringComparison.Ordinal);

    static string? TagOf(string line)
    {
        if (line.Length < 4 || line[0] != ':') return null;
        var end = line.IndexOf(':', 1);
        return end is > 1 and <= 4 && Tags.Contains(line[1..end]) ? line[1..end] : null;
    }

    /// <summary>Without the control characters that mark messages on the wire, and without a block that opens on the same line.</summary>
    static string Bare(string line)
    {
        var bare = line.Trim('\u0001', '\u0002', '\u0003', '\u001A', '\uFEFF');
        var block = bare.StartsWith('{') ? bare.IndexOf("{4::", StringComparison.Ordinal) : -1;
        return block < 0 ? bare : bare[(block + 3)..];
    }
}
