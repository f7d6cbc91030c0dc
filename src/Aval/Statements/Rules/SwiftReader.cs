using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>Reads SWIFT MT940 and MT942 in the ways in which banks write them.</summary>
static class SwiftReader
{
    static readonly Regex BalanceForm = new(
        @"^(?<sign>[CD])(?<date>[0-9]{6})(?<currency>[A-Z]{3})(?<amount>[0-9]+,?[0-9]*)$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    static readonly Regex TotalForm = new(@"^(?<count>[0-9]{1,5})(?<currency>[A-Z]{3})(?<amount>[0-9]+,?[0-9]*)$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    static readonly Regex FloorForm = new(@"^(?<currency>[A-Z]{3})", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    public static ImmutableArray<BankStatement> Read(string text)
    {
        var messages = SwiftFields.Messages(text);
        if (messages.Count == 0) throw new UnreadableException(1, "expected :20: at the beginning of a message");
        return Pages.Join(messages.Select(Statement));
    }

    static BankStatement Statement(List<SwiftField> fields)
    {
        var line = fields[0].Line;
        var told = Only(fields, "25", "25P") ?? throw new UnreadableException(line, "expected :25: with the account");
        var opening = Only(fields, "60F", "60M");
        var closing = Only(fields, "62F", "62M");
        var interim = opening is null && fields.Exists(field => field.Tag is "34F" or "13D" or "13" or "90C" or "90D");
        if (!interim && opening is null) throw new UnreadableException(line, "expected :60F: or :60M: with the opening balance");
        if (!interim && closing is null) throw new UnreadableException(fields[^1].Line, "expected :62F: or :62M: with the closing balance behind this line");
        var (begins, ends) = (opening is null ? null : BalanceOf(opening), closing is null ? null : BalanceOf(closing));
        var currency = begins?.Currency ?? CurrencyOf(fields) ?? throw new UnreadableException(line, "expected a currency, in :34F: or :90C:");
        var (number, page) = NumberOf(Only(fields, "28C", "28"));
        var (entries, pending) = Entries(fields, currency, begins?.Date);
        return new BankStatement(
            interim ? StatementFormat.Mt942 : StatementFormat.Mt940, AccountOf(told, currency), currency, Told.Text(fields[0].First), number, page,
            closing?.Tag != "62M", begins, ends, entries, pending, [.. Differences(fields, currency, entries)], line) { BeginsBetween = opening?.Tag == "60M" };
    }

    /// <summary>The field of one of these tags; refused when it stands twice.</summary>
    static SwiftField? Only(List<SwiftField> fields, params string[] tags)
    {
        SwiftField? found = null;
        foreach (var field in fields)
            if (tags.Contains(field.Tag))
                found = found is null ? field : throw new UnreadableException(field.Line, $":{field.Tag}: expected once in a message");
        return found;
    }

    static Balance BalanceOf(SwiftField field)
    {
        if (BalanceForm.Match(field.First) is not { Success: true } found)
            throw new UnreadableException(field.Line, $":{field.Tag}: expected C or D, date, currency and amount, as C260302EUR1234,50, found {Told.Short(field.First)}");
        var currency = Told.Currency(found.Groups["currency"].Value, field.Line, $":{field.Tag}:");
        var minor = Told.Amount(found.Groups["amount"].Value, ',', currency, field.Line, $":{field.Tag}:");
        return new Balance(found.Groups["sign"].Value == "C" ? minor : -minor, currency, SwiftEntry.Day(found.Groups["date"].Value, field.Line, $":{field.Tag}:"));
    }

    static Currency? CurrencyOf(List<SwiftField> fields)
    {
        foreach (var field in fields)
        {
            var form = field.Tag switch { "34F" => FloorForm, "90C" or "90D" => TotalForm, _ => null };
            if (form?.Match(field.First) is { Success: true } found) return Told.Currency(found.Groups["currency"].Value, field.Line, $":{field.Tag}:");
        }

        return null;
    }

    /// <summary>The account as written, without its currency at the end, which some banks add.</summary>
    static string AccountOf(SwiftField field, Currency currency)
    {
        var account = Told.Account(field.First) ?? throw new UnreadableException(field.Line, ":25: expected an account");
        foreach (var tail in new[] { "/" + currency.Code, currency.Code })
            if (account.Length > tail.Length && account.EndsWith(tail, StringComparison.Ordinal)) return account[..^tail.Length];
        return account;
    }

    static (string? Number, int? Page) NumberOf(SwiftField? field)
    {
        if (field is null || field.First.Length == 0) return (null, null);
        var parts = field.First.Split('/');
        // Whoever numbers in another way numbers no pages: what stands there tells the statements apart, and their balances whether they follow one another.
        if (parts.Length > 2 || !parts.All(part => part.Length is > 0 and <= 18 && part.All(char.IsAsciiDigit))) return (Told.Text(field.First), null);
        return (parts[0].TrimStart('0') is { Length: > 0 } number ? number : null, parts.Length == 2 && parts[1].Length <= 9 ? int.Parse(parts[1], null) : null);
    }

    static (ImmutableArray<BankEntry> Booked, int Pending) Entries(List<SwiftField> fields, Currency currency, DateOnly? from)
    {
        var entries = ImmutableArray.CreateBuilder<BankEntry>();
        var (pending, begun, closed) = (0, false, false);
        for (var i = 0; i < fields.Count; i++)
        {
            closed |= fields[i].Tag is "62F" or "62M";
            begun |= closed || fields[i].Tag == "61";
            if (fields[i].Tag == "86" && !begun)
                throw new UnreadableException(fields[i].Line, ":86: expected behind the :61: or the closing balance that it tells of");
            if (fields[i].Tag != "61") continue;
            if (closed) throw new UnreadableException(fields[i].Line, ":61: expected before the closing balance");
            var told = fields.Skip(i + 1).TakeWhile(field => field.Tag is "86" or "NS").ToList();
            if (SwiftEntry.Read(fields[i], told, currency) is { } entry) entries.Add(entry);
            else pending++;
        }

        return (entries.ToImmutable(), pending);
    }

    /// <summary>The totals of an interim report against its entries.</summary>
    static IEnumerable<Wording> Differences(List<SwiftField> fields, Currency currency, ImmutableArray<BankEntry> entries)
    {
        foreach (var field in fields.Where(field => field.Tag is "90C" or "90D"))
        {
            if (TotalForm.Match(field.First) is not { Success: true } found)
                throw new UnreadableException(field.Line, $":{field.Tag}: expected count, currency and amount, as 3EUR1234,50, found {Told.Short(field.First)}");
            var sum = Told.Amount(found.Groups["amount"].Value, ',', currency, field.Line, $":{field.Tag}:");
            var meant = entries.Where(entry => entry.Amount > 0 == (field.Tag == "90C")).ToList();
            var has = meant.Sum(entry => Math.Abs(entry.Amount));
            if (int.Parse(found.Groups["count"].Value, null) != meant.Count || sum != has)
            {
                var (told, count) = (new Money(sum, currency), int.Parse(found.Groups["count"].Value, null));
                yield return $"line {field.Line}: the bank tells {count} entries of {told}, the file has {meant.Count} of {new Money(has, currency)}";
            }
        }
    }
}
