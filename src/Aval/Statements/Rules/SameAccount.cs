using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>Finds the account that a bank means: banks write one account in several ways, as IBAN and as bank code and number.</summary>
public static class SameAccount
{
    const int ShortestNumber = 5;

    /// <summary>A number of so many digits is whole; a shorter one must be filled up with a zero, or stand behind the letters of a bank.</summary>
    const int WholeNumber = 8;

    /// <summary>The known account, or null when it is a new one. Where several fit, none does: it is told apart by a person.</summary>
    public static BankAccount? Find(IEnumerable<BankAccount> known, string identification, Currency currency)
    {
        var ours = known.Where(account => account.Currency == currency).ToList();
        var bare = BankAccount.Bare(identification);
        if (ours.Find(account => BankAccount.Bare(account.Identification) == bare || account.AlsoKnownAs.Any(other => BankAccount.Bare(other) == bare)) is { } exact) return exact;
        var alike = ours.FindAll(account => Means(account.Identification, identification) || Means(identification, account.Identification));
        return alike.Count == 1 ? alike[0] : null;
    }

    /// <summary>True when the domestic number is in the IBAN: the bank code, where there is one, at the beginning of its own part, the account's number at its end.</summary>
    static bool Means(string iban, string domestic)
    {
        var whole = BankAccount.Bare(iban);
        if (!Told.IsLikeIban(whole) || Told.IsLikeIban(BankAccount.Bare(domestic))) return false;
        var own = whole[4..];
        var parts = domestic.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(BankAccount.Bare).Where(part => part.Length > 0).ToList();
        if (parts.Count is 0 or > 2) return false;
        var number = parts[^1].TrimStart('0');
        if (number.Length < ShortestNumber || !own.EndsWith(number, StringComparison.Ordinal)) return false;
        var rest = own[..^number.Length];
        if (rest.Length == 0 || (number.Length < WholeNumber && rest[^1] is >= '1' and <= '9')) return false;
        if (parts.Count == 1) return true;
        return !parts[0].All(char.IsAsciiDigit) || (rest.StartsWith(parts[0], StringComparison.Ordinal) && rest[parts[0].Length..].All(letter => letter == '0'));
    }
}
