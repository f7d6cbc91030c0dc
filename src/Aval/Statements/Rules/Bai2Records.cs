using System.Globalization;
using System.Text.RegularExpressions;

namespace Aval.Statements.Rules;

/// <param name="Code">01 file, 02 group, 03 account, 16 transaction, 49, 98 and 99 their trailers.</param>
/// <param name="Fields">Behind the code, those of continuations (88) among them.</param>
/// <param name="Pieces">Field and text of each line as it stands, so that the text of a transaction, which may hold commas, is found whole.</param>
/// <param name="PhysicalRecords">The record and its continuations, as trailers count them.</param>
/// <param name="Line">From 1.</param>
sealed record Bai2Record(string Code, List<string> Fields, List<string> Pieces, int PhysicalRecords, int Line)
{
    /// <summary>The text that begins at this field and goes on in the continuations, a line each.</summary>
    public IReadOnlyList<string> TextFrom(int field)
    {
        for (var i = 0; i < Pieces.Count; i++)
        {
            var parts = Pieces[i].Split(',');
            if (field >= parts.Length)
            {
                field -= parts.Length;
                continue;
            }

            return [string.Join(',', parts.Skip(field)), .. Pieces.Skip(i + 1)];
        }

        return [];
    }
}

/// <summary>Cuts a file into records. A record ends with a stroke or with its line; a few banks put several into one line.</summary>
static class Bai2Records
{
    static readonly Regex Several = new(@"/[ \t]+(?=(?:01|02|03|16|49|88|98|99),)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    static readonly Regex Begins = new(@"^(?<code>01|02|03|16|49|88|98|99),(?<rest>.*)$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    static readonly Regex Strange = new(@"^[0-9]{2}[^0-9A-Za-z ]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public static List<Bai2Record> Of(string text)
    {
        var records = new List<Bai2Record>();
        var (open, number) = (false, 0);
        foreach (var whole in FileText.Lines(text))
        {
            number++;
            foreach (var piece in Several.Split(whole))
            {
                var line = piece.Trim();
                if (line.Length == 0 || line is "\u001A") continue;
                if (Begins.Match(line) is { Success: true } found) open = Add(records, found.Groups["code"].Value, found.Groups["rest"].Value, number);
                else if (open && records[^1].Code == "16" && !Strange.IsMatch(line)) open = Append(records[^1], line);
                else throw new UnreadableException(number, $"expected a record: 01, 02, 03, 16, 49, 88, 98 or 99 and a comma, found {Told.Short(line)}");
            }
        }

        return records;
    }

    /// <returns>True while the record may go on in the next line without a continuation: it has no stroke at its end.</returns>
    static bool Add(List<Bai2Record> records, string code, string rest, int line)
    {
        var ends = rest.EndsWith('/');
        var piece = ends ? rest[..^1] : rest;
        if (code != "88") records.Add(new Bai2Record(code, [.. piece.Split(',')], [piece], 1, line));
        else if (records.Count == 0 || records[^1].Code is not ("03" or "16")) throw new UnreadableException(line, "88: expected behind an account or a transaction");
        else
        {
            var before = records[^1];
            before.Fields.AddRange(piece.Split(','));
            before.Pieces.Add(piece);
            records[^1] = before with { PhysicalRecords = before.PhysicalRecords + 1 };
        }

        return !ends;
    }

    static bool Append(Bai2Record record, string line)
    {
        var ends = line.EndsWith('/');
        record.Pieces[^1] += " " + (ends ? line[..^1] : line);
        return !ends;
    }
}

/// <summary>The summary items of an account: type, amount, count and when the funds are available.</summary>
static class Bai2Summary
{
    public static List<(string Type, decimal? Amount)> Read(Bai2Record account)
    {
        var items = new List<(string, decimal?)>();
        for (var at = 2; at < account.Fields.Count;)
        {
            var type = account.Fields[at].Trim();
            var told = account.Fields.ElementAtOrDefault(at + 1)?.Trim() ?? "";
            decimal? amount = told.Length == 0 ? null
                : told.Length <= 19 && decimal.TryParse(told, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    && Math.Abs(whole) < 1_000_000_000_000_000m ? whole
                : throw new UnreadableException(account.Line, $"03: expected an amount without decimals, found {Told.Short(told)}");
            if (type.Length == 0 && amount is not null) throw new UnreadableException(account.Line, "03: expected a type of three digits before an amount");
            if (type.Length > 0 && (type.Length != 3 || !type.All(char.IsAsciiDigit)))
                throw new UnreadableException(account.Line, $"03: expected a type of three digits, found {Told.Short(type)}");
            if (type.Length > 0) items.Add((type, amount));
            at = Funds(account, at + 3).Next;
        }

        return items;
    }

    /// <summary>Reads the funds type and what belongs to it.</summary>
    /// <returns>The value date where one is told, and the place of the field behind.</returns>
    public static (DateOnly? Value, int Next) Funds(Bai2Record record, int at)
    {
        switch (record.Fields.ElementAtOrDefault(at)?.Trim() ?? "")
        {
            case "" or "Z" or "0" or "1" or "2":
                return (null, at + 1);
            case "V":
                var day = record.Fields.ElementAtOrDefault(at + 1)?.Trim() ?? "";
                return (day.Length == 0 ? null : Told.Date("20" + day, "yyyyMMdd", record.Line, $"{record.Code}: value date"), at + 3);
            case "S":
                return (null, at + 4);
            case "D":
                return int.TryParse(record.Fields.ElementAtOrDefault(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var pairs) && pairs <= 1000
                    ? (null, at + 2 + (2 * pairs))
                    : throw new UnreadableException(
                        record.Line, $"{record.Code}: expected how many days and amounts follow, found {Told.Short(record.Fields.ElementAtOrDefault(at + 1))}");
            case var other:
                throw new UnreadableException(record.Line, $"{record.Code}: expected a funds type 0, 1, 2, S, V, D or Z, found {Told.Short(other)}");
        }
    }
}
