using System.Globalization;
using System.Text.RegularExpressions;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>One entry of a SWIFT statement: field 61, and what the fields behind it say to the account owner.</summary>
static class SwiftEntry
{
    // Value date, booking day, sign (R reversal, E expected), funds code (the currency's third letter), amount, kind of transaction, references.
    static readonly Regex Form = new(
        @"^(?<value>[0-9]{6})(?<booked>[0-9]{4})?(?<sign>RC|RD|EC|ED|C|D)(?<funds>[A-Z])?(?<amount>[0-9]+(?:,[0-9]*)?)(?:(?<type>[A-Z].{3})(?<references>.*))?$",
        RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    const int ReferenceLength = 16;

    /// <summary>The entry; null for one that is expected, not booked.</summary>
    public static BankEntry? Read(SwiftField field, IReadOnlyList<SwiftField> told, Currency currency)
    {
        var (found, supplement) = Match(field);
        var value = Day(found.Groups["value"].Value, field.Line, ":61:", monthsOf30: true);
        var booked = found.Groups["booked"] is { Success: true } day ? Booked(day.Value, value, field.Line) : (DateOnly?)null;
        var amount = Told.Amount(found.Groups["amount"].Value, ',', currency, field.Line, ":61:");
        var (sign, reversal) = found.Groups["sign"].Value switch
        {
            "C" => (1, false),
            "D" => (-1, false),
            "RC" => (-1, true),
            "RD" => (1, true),
            _ => (0, false),
        };
        if (sign == 0) return null;
        var (customer, bank, behind) = References(found.Groups["references"].Value);
        var part = SwiftDetails.Read(told, new EntryPart(sign * amount), fromPayer: sign > 0 != reversal);
        var lines = supplement.ToList();
        // A few banks write the other side's account where the reference stands, or in the line below.
        var account = Told.IsLikeIban(customer + behind) ? customer + behind : lines.Count > 0 && Told.IsLikeIban(lines[0].Trim()) ? lines[0].Trim() : null;
        if (account == customer + behind) (customer, behind) = ("", "");
        part = part with
        {
            CounterpartyAccount = part.CounterpartyAccount ?? account,
            CustomerReference = part.CustomerReference ?? Told.Reference(customer),
            Remittance = part.Remittance ?? Told.Text(string.Join(' ', lines.Prepend(behind))),
        };
        return new BankEntry(field.Line, booked, value, sign * amount, reversal, Told.Reference(bank), Told.Text(found.Groups["type"].Value), [part]);
    }

    /// <summary>A date in six digits. Banks that reckon every month with thirty days date values on the 29th or 30th of a shorter February: its last day is meant.</summary>
    public static DateOnly Day(string digits, int line, string where, bool monthsOf30 = false)
    {
        var year = 2000 + int.Parse(digits[..2], CultureInfo.InvariantCulture);
        if (year > 2089) year -= 100;
        if (monthsOf30 && digits[2..] is "0229" or "0230" && digits[2..4] == "02" && int.Parse(digits[4..], CultureInfo.InvariantCulture) > DateTime.DaysInMonth(year, 2))
            return new DateOnly(year, 2, DateTime.DaysInMonth(year, 2));
        return Told.Date(year.ToString(CultureInfo.InvariantCulture) + digits[2..], "yyyyMMdd", line, where);
    }

    /// <summary>The entry's form; some banks break the line inside it.</summary>
    static (Match Found, IEnumerable<string> Supplement) Match(SwiftField field)
    {
        var found = Form.Match(field.Lines[0].TrimEnd());
        if (found.Success && found.Groups["type"].Success) return (found, field.Lines.Skip(1));
        if (field.Lines.Length > 1 && Form.Match(field.Lines[0].TrimEnd() + field.Lines[1].TrimEnd()) is { Success: true } joined && joined.Groups["type"].Success)
            return (joined, field.Lines.Skip(2));
        return found.Success
            ? (found, field.Lines.Skip(1))
            : throw new UnreadableException(
                field.Line, $":61: expected value date, booking day, C, D, RC or RD, amount and kind, as 2603020302C1234,50NTRF, found {Told.Short(field.Lines[0])}");
    }

    /// <summary>The day of the year nearest to the value date's.</summary>
    static DateOnly Booked(string digits, DateOnly value, int line)
    {
        var (month, day) = (int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..], CultureInfo.InvariantCulture));
        DateOnly? nearest = null;
        for (var year = value.Year - 1; year <= value.Year + 1; year++)
            if (month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && new DateOnly(year, month, day) is var date
                && (nearest is not { } best || Math.Abs(date.DayNumber - value.DayNumber) < Math.Abs(best.DayNumber - value.DayNumber)))
                nearest = date;
        return nearest ?? throw new UnreadableException(line, $":61: expected a booking day as MMDD, found {Told.Short(digits)}");
    }

    /// <summary>The owner's reference in sixteen places, the bank's behind two strokes, and what some banks write behind the sixteen places.</summary>
    static (string Customer, string Bank, string Behind) References(string told)
    {
        var at = told.IndexOf("//", StringComparison.Ordinal);
        var (own, bank) = at < 0 ? (told, "") : (told[..at], told[(at + 2)..]);
        return own.Length > ReferenceLength && at < 0 ? (own[..ReferenceLength], bank, own[ReferenceLength..]) : (own, bank, "");
    }
}
