using System.Text.RegularExpressions;
using Aval.Parties.Rules;

namespace Aval.Statements.Rules;

/// <summary>Reads what banks say of an entry to the account owner (field 86, or the lines of NS), in whichever of the known ways it is written.</summary>
static class SwiftDetails
{
    const RegexOptions Plain = RegexOptions.ExplicitCapture;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Three digits, any sign, and subfields of two digits behind that sign: German and Central European banks.</summary>
    static readonly Regex Subfields = new(@"^\s*(?<code>[0-9]{3})(?<mark>[^0-9A-Za-z\s])[0-9]{2}", Plain, Longest);

    /// <summary>Words between strokes: the Dutch banks, and SWIFT's own list.</summary>
    static readonly Regex Words = new(
        @"/(?<word>TRTP|TRCD|IBAN|BIC|NAME|REMI|EREF|PREF|MARF|CSID|ORDP|BENM|CNTP|ISDT|RTRN|PURP|ULTC|ULTD|ULTB|ADDR|ACCW|SVCL|OCMT|CHGS|EXCH|USTD|STRD|BO|ID)/", Plain,
        Longest);

    static readonly Regex Belgian = new(@"\+{3}[^+]+\+{3}|\*{3}[^*]+\*{3}", Plain, Longest);

    static readonly Regex Numbered = new(@"^(?<code>[0-9]{2})(?<text>.*)$", Plain, Longest);

    static readonly Regex Polish = new(@"(?:^|;)\s*(?<word>Z RACH\.|NA RACH\.|OD|DLA|TYT\.|TNR):", Plain, Longest);

    static readonly Regex Dutch = new(
        @"(?:^|[\s/])(?<word>REK|NAAM|IBAN|BIC|OMSCHRIJVING|KENMERK|BETALINGSKENM\.|MACHTIGING|INCASSANT|BOEKING|TRANSACTIEDATUM):", Plain, Longest);

    /// <summary>Subfields without the three digits that say what kind of entry it is.</summary>
    static readonly Regex Codeless = new(@"^\s*\?(?:00|10|2[0-9]|3[0-3])", Plain, Longest);

    /// <param name="fromPayer">True where the other side is the payer.</param>
    public static EntryPart Read(IReadOnlyList<SwiftField> told, EntryPart part, bool fromPayer)
    {
        var numbered = told.Where(field => field.Tag == "NS").SelectMany(field => field.Lines).ToList();
        if (numbered.Count > 0) part = OfNumbered(numbered, part);
        var lines = told.Where(field => field.Tag == "86").SelectMany(field => field.Lines).ToList();
        if (lines.Count == 0) return part;
        var wrapped = string.Concat(lines);
        if (Subfields.Match(wrapped) is { Success: true } found) return SwiftSubfields.Read(wrapped, found.Groups["mark"].Value[0], part);
        if (Codeless.IsMatch(wrapped)) return SwiftSubfields.Read("000" + wrapped.TrimStart(), '?', part);
        if (wrapped.TrimStart().StartsWith('/') && Words.IsMatch(wrapped)) return OfWords(wrapped.TrimStart(), part, fromPayer);
        return OfText(lines, part);
    }

    static EntryPart OfNumbered(List<string> lines, EntryPart part)
    {
        var (remittance, name) = (new List<string>(), new List<string>());
        foreach (var line in lines)
            if (Numbered.Match(line) is { Success: true } found)
                if (found.Groups["code"].Value is var code && string.CompareOrdinal(code, "14") <= 0) remittance.Add(found.Groups["text"].Value);
                else if (code is "15" or "16") name.Add(found.Groups["text"].Value);
        return part with { Remittance = Told.Text(string.Join(' ', remittance)), Counterparty = Told.Text(string.Join(' ', name)) };
    }

    /// <summary>A word's text goes up to the next word; counterparty, ordering party and beneficiary hold account, bank and name between strokes.</summary>
    static EntryPart OfWords(string text, EntryPart part, bool fromPayer)
    {
        var values = new List<(string Word, string Value)>();
        var at = 0;
        while (at < text.Length && Words.Match(text, at) is { Success: true } found)
        {
            var next = Next(text, found);
            var end = next.Success ? next.Index : text.Length;
            values.Add((found.Groups["word"].Value, end <= found.Index + found.Length ? "" : text[(found.Index + found.Length)..end]));
            at = next.Success ? next.Index : text.Length;
        }

        var counterparty = Find("CNTP")?.Split('/') ?? [];
        var own = fromPayer ? "BENM" : "ORDP";
        return part with
        {
            EndToEnd = Told.Reference(Find("EREF")),
            Mandate = Told.Reference(Find("MARF")),
            CustomerReference = Told.Reference(Find("PREF")),
            CounterpartyAccount = Told.Account(Find("IBAN")) ?? Told.Account(counterparty.ElementAtOrDefault(0)),
            CounterpartyBank = Told.Account(Find("BIC")) ?? Told.Account(counterparty.ElementAtOrDefault(1)),
            Counterparty = Told.Text(Find("NAME", except: own)) ?? Told.Text(counterparty.ElementAtOrDefault(2)),
            CreditorReference = Find("STRD") is { } structured ? Told.Reference(Structured(structured)) : null,
            Remittance = Told.Text((Find("REMI") + " " + Find("USTD")).Trim().Trim('/')),
        };

        string? Find(string word, string? except = null)
        {
            for (var i = 0; i < values.Count; i++)
                if (values[i].Word == word && values[i].Value.Trim('/', ' ').Length > 0
                    && (except is null || !values.Take(i).Any(before => before.Word == except)
                        || values.Take(i).Any(before => before.Word is "ORDP" or "BENM" && before.Word != except)))
                    return values[i].Value.Trim('/');
            return null;
        }
    }

    /// <summary>The next word between strokes. What the payer wrote has strokes of its own: the short words are none in it.</summary>
    static Match Next(string text, Match found)
    {
        var next = Words.Match(text, found.Index + found.Length - 1);
        while (next.Success && found.Groups["word"].Value is "REMI" or "USTD" && next.Groups["word"].Value is "ID" or "BO") next = Words.Match(text, next.Index + next.Length - 1);
        return next;
    }

    /// <summary>The reference behind its scheme: Belgium's stands between marks, with strokes of its own.</summary>
    static string? Structured(string told) =>
        Belgian.Match(told) is { Success: true } communication ? communication.Value : told.Split('/').LastOrDefault(piece => piece.Length > 0);

    /// <summary>Free text: what a few banks label in it, an account with check digits at its beginning, and the rest as written.</summary>
    static EntryPart OfText(List<string> lines, EntryPart part)
    {
        // A line that is full was broken by its length, in the middle of a word or not; any other ends where the bank ended it.
        var text = string.Concat(lines.Select(line => line.Length >= 65 && line.Trim().Length > 0 && !char.IsWhiteSpace(line[^1]) ? line : line + " "));
        if (Polish.IsMatch(text))
            return part with
            {
                Counterparty = Told.Text(Label(Polish, text, "OD") ?? Label(Polish, text, "DLA")),
                CounterpartyAccount = Told.Account(Label(Polish, text, "Z RACH.") ?? Label(Polish, text, "NA RACH.")),
                Remittance = Told.Text(Label(Polish, text, "TYT.")) ?? Told.Text(text),
            };
        var first = lines.FirstOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "";
        var word = first.Split(' ')[0];
        if (Told.IsLikeIban(word))
            return part with
            {
                CounterpartyAccount = word, Counterparty = Told.Text(first[word.Length..]),
                Remittance = Told.Text(string.Join(' ', lines.SkipWhile(line => line.Trim().Length == 0).Skip(1))),
            };
        var described = Label(Dutch, text, "OMSCHRIJVING");
        return part with
        {
            CounterpartyAccount = (Label(Dutch, text, "REK") ?? Label(Dutch, text, "IBAN")) is { } account && Iban.TryParse(account.Split('/')[0], out var iban) ? iban : null,
            CounterpartyBank = Label(Dutch, text, "NAAM") is null ? null : Told.Account(Label(Dutch, text, "BIC")),
            Counterparty = Told.Text(Label(Dutch, text, "NAAM")),
            EndToEnd = described is null ? part.EndToEnd : Told.Reference(Label(Dutch, text, "KENMERK")),
            CreditorReference = Told.Reference(Label(Dutch, text, "BETALINGSKENM.")),
            Remittance = described ?? Told.Text(text) ?? part.Remittance,
        };
    }

    /// <summary>What stands behind a label, up to the next one.</summary>
    static string? Label(Regex labels, string text, string wanted)
    {
        foreach (Match found in labels.Matches(text))
            if (found.Groups["word"].Value == wanted)
            {
                var begin = found.Index + found.Length;
                var next = labels.Match(text, begin);
                return Told.Text(text[begin..(next.Success ? next.Index : text.Length)].Trim().TrimEnd(';'));
            }

        return null;
    }
}
