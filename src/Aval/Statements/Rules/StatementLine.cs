using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>How far a line has come on its way to a receipt.</summary>
public enum LineState
{
    /// <summary>Money that came in, or was taken back, and that nobody has looked at.</summary>
    New,
    /// <summary>Somebody must choose among candidates.</summary>
    Proposed,
    /// <summary>It is a receipt.</summary>
    Matched,
    /// <summary>It concerns no customer, as a person has said, or its currency is no longer in use.</summary>
    Ignored,
    /// <summary>Money that went out: no receipt.</summary>
    Outgoing,
    /// <summary>A later file has told the payments in it apart: they are lines of their own.</summary>
    Split,
}

/// <summary>One payment on a bank account as it was told first, kept at the account's own root until its payer is known.</summary>
/// <param name="Number">Account, day, direction, amount and a running number among equals: the same whatever file tells it.</param>
/// <param name="Account">The number of the bank account.</param>
/// <param name="Statement">The statement that brought it.</param>
/// <param name="Entry">Shared by the payments of one entry.</param>
/// <param name="Day">Booking date, else value date.</param>
/// <param name="Amount">In minor units; above zero what came in.</param>
/// <param name="EntryReference">The bank's number of the whole entry.</param>
/// <param name="Payments">How many payments it holds that the bank has not told apart.</param>
/// <param name="Receipt">The receipt that it became; null while there is none.</param>
/// <param name="Reason">Why it is ignored; null while it is not.</param>
public sealed record StatementLine(
    string Number, string Account, string Statement, string Entry, StatementFormat Format, DateOnly Day, DateOnly? Booked, DateOnly? Value, long Amount, Currency Currency,
    bool Reversal, string? EntryReference, string? BankReference, string? EndToEnd, string? CreditorReference, string? Mandate, string? CustomerReference,
    string? Counterparty, string? CounterpartyAccount, string? CounterpartyBank, string? Remittance, string? Code, int Payments, LineState State,
    string? Receipt = null, string? Reason = null)
{
    public Money Money() => new(Amount, Currency);

    /// <summary>True while it waits for a receipt or a decision: only such lines are in the facts.</summary>
    public bool IsOpen() => State is LineState.New or LineState.Proposed;

    /// <summary>What was told in the afternoon, with the days on which it was booked in the end: by them the statements of other formats know it.</summary>
    public StatementLine BookedBy(BankEntry entry) => this with { Booked = entry.Booked ?? Booked, Value = entry.Value ?? Value };

    /// <summary>What a later file tells and this one left open.</summary>
    public StatementLine FilledBy(EntryPart part, string? entryReference) => this with
    {
        EntryReference = EntryReference ?? entryReference, BankReference = BankReference ?? part.BankReference, EndToEnd = EndToEnd ?? part.EndToEnd,
        CreditorReference = CreditorReference ?? part.CreditorReference, Mandate = Mandate ?? part.Mandate, CustomerReference = CustomerReference ?? part.CustomerReference,
        Counterparty = Counterparty ?? part.Counterparty, CounterpartyAccount = CounterpartyAccount ?? part.CounterpartyAccount,
        CounterpartyBank = CounterpartyBank ?? part.CounterpartyBank, Remittance = Remittance ?? part.Remittance,
    };
}

/// <summary>A bank account of ours and the root that keeps its lines.</summary>
/// <param name="Number">Letters and digits of the account, and its currency: <c>FR7630006000011234567890189-EUR</c>.</param>
/// <param name="Identification">As the bank first wrote it.</param>
/// <param name="AlsoKnownAs">How else banks write it, as a person has said.</param>
public sealed record BankAccount(string Number, string Identification, Currency Currency, string? Name, IReadOnlyList<string> AlsoKnownAs)
{
    /// <summary>The party whose root keeps the lines. A customer's number never begins with @.</summary>
    public string Party() => PartyOf(Number);

    public static string PartyOf(string number) => "@" + number;
    public static string NumberOf(string identification, Currency currency) => $"{Bare(identification)}-{currency}";

    /// <summary>Letters and digits alone.</summary>
    public static string Bare(string identification) => string.Concat(identification.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}

/// <summary>A statement as recorded.</summary>
/// <param name="Number">The account's number and a running one.</param>
/// <param name="BankId">The bank's name for it.</param>
/// <param name="BankNumber">The bank's running number.</param>
/// <param name="IsLastPage">False where a further page was announced that was not in the file.</param>
/// <param name="Check">Whether balances and entries agree.</param>
/// <param name="Differences">What does not, in sentences as they are kept (<see cref="KeptWordings"/>); null when nothing.</param>
/// <param name="Lines">New payments that it brought.</param>
/// <param name="Duplicates">Payments that an earlier statement had brought.</param>
/// <param name="Pending">Announced entries that were passed over.</param>
/// <param name="FileHash">SHA-256 of the file, and the statement's place in it.</param>
public sealed record RecordedStatement(
    string Number, string Account, StatementFormat Format, string? BankId, string? BankNumber, int? Page, bool IsLastPage, Currency Currency,
    DateOnly? From, DateOnly? To, long? Opening, long? Closing, BalanceCheck Check, string? Differences, int Entries, int Lines, int Duplicates, int Pending,
    string File, string FileHash, DateTimeOffset ImportedAt)
{
    /// <summary>Which pages of it are missing, or do not join; null where none, and on old records.</summary>
    public string? Warnings { get; init; }
}
