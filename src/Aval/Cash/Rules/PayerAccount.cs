namespace Aval.Cash.Rules;

/// <summary>A bank account from which a payer has paid what it named itself: a later payment from there is its own.</summary>
/// <param name="Key">The account and the payer.</param>
/// <param name="Account">Letters and digits, in capitals.</param>
/// <param name="Since">The business date on which it was learned.</param>
public sealed record PayerAccount(string Key, string Account, string Payer, DateOnly Since)
{
    public static PayerAccount Of(string account, string payer, DateOnly since) => new($"{account} {payer}", account, payer, since);
}
