using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Aval.Statements.Rules;

/// <summary>Field 86 in subfields: 00 the booking text, 20 to 29 and 60 to 63 what was written, 30 and 31 bank and account, 32 and 33 the name.</summary>
/// <remarks>In what was written, SEPA's parts have labels (EREF+, SVWZ+ …). A subfield has 27 places: one that is full goes on in the next number without a blank,
/// and a reference ends with the first that is not full.</remarks>
static class SwiftSubfields
{
    const int Full = 27;

    static readonly Regex Labels = new(
        @"(?:^|(?<=[\s\u001E\u001F]))(?<label>EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP)\+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>The same labels as some banks write them: only where what was written is labelled, too, so that no text is taken for a reference.</summary>
    static readonly Regex Colons = new(
        @"(?:^|(?<=[\s\u001E\u001F]))(?<label>EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE):[ \u001E\u001F]?", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Between subfields where the earlier one was not full.</summary>
    const char Ended = '\u001F';

    /// <summary>Between subfields where the earlier one was full, so that a label at the beginning of the later one is seen.</summary>
    const char WentOn = '\u001E';

    public static EntryPart Read(string text, char mark, EntryPart part)
    {
        var subfields = Cut(text.TrimStart(), mark);
        var written = Joined(subfields.Where(field => field.Code is >= 20 and <= 29).Concat(subfields.Where(field => field.Code is >= 60 and <= 63)));
        var labelled = Labelled(written);
        var free = labelled.Where(piece => piece.Label is "SVWZ" or "").Select(piece => Whole(piece.Text));
        return part with
        {
            EndToEnd = Reference("EREF"),
            Mandate = Reference("MREF"),
            CustomerReference = Reference("KREF"),
            CreditorReference = null,
            Counterparty = Told.Text(Whole(Joined(subfields.Where(field => field.Code is 32 or 33)))),
            // Polish banks tell the whole number in 38, German ones use no such subfield.
            CounterpartyAccount = (Told.Account(Of(38)) is { } whole && Told.IsLikeIban(whole) ? whole : null) ?? Told.Account(Of(31)) ?? Told.Account(Reference("IBAN")),
            CounterpartyBank = Told.Account(Of(30)) ?? Told.Account(Reference("BIC")),
            Remittance = Told.Text(string.Join(' ', free)) ?? Told.Text(Of(0)),
        };

        string? Of(int code) => subfields.Where(field => field.Code == code).Select(field => field.Text).FirstOrDefault();
        string? Reference(string label) => Told.Reference(labelled.Where(piece => piece.Label == label).Select(piece => Whole(piece.Text.Split(Ended)[0])).FirstOrDefault());
    }

    static string Whole(string text) => text.Replace(Ended, ' ').Replace(WentOn.ToString(), "", StringComparison.Ordinal);

    /// <summary>The subfields in order. A mark without two digits behind it is a part of the text.</summary>
    static List<(int Code, string Text)> Cut(string text, char mark)
    {
        var fields = new List<(int, string)>();
        for (var at = 3; at < text.Length;)
        {
            var next = at + 3;
            while (next < text.Length && !Begins(text, next, mark)) next++;
            if (Begins(text, at, mark))
                fields.Add((int.Parse(text.AsSpan(at + 1, 2), NumberStyles.None, CultureInfo.InvariantCulture), text[(at + 3)..Math.Min(next, text.Length)]));
            at = next;
        }

        return fields;
    }

    static bool Begins(string text, int at, char mark) =>
        at + 2 < text.Length && text[at] == mark && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2]);

    static string Joined(IEnumerable<(int Code, string Text)> fields)
    {
        var joined = new StringBuilder();
        var (before, mark) = (-1, Ended);
        foreach (var (code, text) in fields)
        {
            var follows = code == before + 1 || (before == 29 && code == 60);
            if (before >= 0) joined.Append(follows ? mark : Ended);
            joined.Append(text);
            (before, mark) = (code, text.Length < Full ? Ended : WentOn);
        }

        return joined.ToString();
    }

    /// <summary>The pieces by their labels; what no label begins has the label of nothing.</summary>
    static List<(string Label, string Text)> Labelled(string written)
    {
        var pieces = new List<(string, string)>();
        var (label, at) = ("", 0);
        var colons = Colons.Matches(written);
        foreach (Match found in colons.Any(one => one.Groups["label"].Value == "SVWZ") ? colons : Labels.Matches(written))
        {
            Add(found.Index);
            (label, at) = (found.Groups["label"].Value, found.Index + found.Length);
        }

        Add(written.Length);
        return pieces;

        // Behind a reference that has ended may stand text that no label begins.
        void Add(int end)
        {
            var piece = written[at..end];
            pieces.Add((label, piece));
            if (label is "" or "SVWZ" or "ABWA" or "ABWE") return;
            var rest = piece.IndexOf(Ended, StringComparison.Ordinal);
            if (rest >= 0 && piece[rest..].Trim(Ended, ' ').Length > 0) pieces.Add(("", piece[rest..]));
        }
    }
}
