using System.Collections.Immutable;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>The kinds of file that banks send.</summary>
public enum StatementFormat
{
    /// <summary>ISO 20022 account report, intraday.</summary>
    Camt052,
    /// <summary>ISO 20022 statement, end of day.</summary>
    Camt053,
    /// <summary>ISO 20022 debit and credit notification: details of entries, without balances.</summary>
    Camt054,
    /// <summary>SWIFT customer statement, end of day.</summary>
    Mt940,
    /// <summary>SWIFT interim report, intraday.</summary>
    Mt942,
    /// <summary>Cash management balance reporting, version 2 (North America).</summary>
    Bai2,
    /// <summary>Columns, read by a saved mapping.</summary>
    Csv,
}

/// <summary>What a bank says of one account over some time.</summary>
/// <param name="Account">As the bank writes it, without blanks: an IBAN where there is one.</param>
/// <param name="Id">The bank's name for this statement; null when it gives none.</param>
/// <param name="Number">The running number of statements of this account; null or only zeros where the bank does not count.</param>
/// <param name="Page">From 1; null where the bank does not number pages.</param>
/// <param name="IsLastPage">False where a further page is announced.</param>
/// <param name="Opening">Booked balance before the entries; null where the format or the file has none.</param>
/// <param name="Closing">Booked balance after them.</param>
/// <param name="Entries">Booked ones only, in the order of the file.</param>
/// <param name="Pending">How many announced, not booked entries were passed over.</param>
/// <param name="Differences">Totals of the bank that its own entries contradict, one sentence each; empty when all agree.</param>
/// <param name="Line">Where in the file it begins, from 1.</param>
public sealed record BankStatement(
    StatementFormat Format, string Account, Currency Currency, string? Id, string? Number, int? Page, bool IsLastPage, Balance? Opening, Balance? Closing,
    ImmutableArray<BankEntry> Entries, int Pending, ImmutableArray<Wording> Differences, int Line)
{
    /// <summary>The first of its pages that the file holds; null where the bank does not number pages.</summary>
    public int? FirstPage { get; init; } = Page;

    /// <summary>True where it begins with a balance in between: a page before it is to be expected.</summary>
    public bool BeginsBetween { get; init; }

    /// <summary>The first and last day that anything in it is dated; null when nothing is.</summary>
    public (DateOnly From, DateOnly To)? Days()
    {
        var days = Entries.Select(entry => entry.Day).Append(Opening?.Date).Append(Closing?.Date).OfType<DateOnly>().ToList();
        return days.Count == 0 ? null : (days.Min(), days.Max());
    }
}

/// <param name="Minor">Below zero when the account is overdrawn.</param>
/// <param name="Date">Null where the bank gives none.</param>
public sealed record Balance(long Minor, Currency Currency, DateOnly? Date);

/// <summary>One movement on the account as booked.</summary>
/// <param name="Line">Where in the file it begins, from 1.</param>
/// <param name="Booked">Null where the bank does not say.</param>
/// <param name="Value">Null where the bank does not say.</param>
/// <param name="Amount">In minor units; above zero what came in, below zero what went out. A reversal has the sign of what it does to the account.</param>
/// <param name="Reversal">True when it takes an earlier entry back.</param>
/// <param name="BankReference">The bank's own number for it.</param>
/// <param name="Code">The bank's code for the kind of transaction.</param>
/// <param name="Parts">At least one; their amounts sum to the entry's.</param>
public sealed record BankEntry(
    int Line, DateOnly? Booked, DateOnly? Value, long Amount, bool Reversal, string? BankReference, string? Code, ImmutableArray<EntryPart> Parts)
{
    /// <summary>Booking date, else value date.</summary>
    public DateOnly? Day => Booked ?? Value;
}

/// <summary>One payment: a whole entry, or one of those that a bank has booked together.</summary>
/// <param name="Amount">In minor units, signed like the entry's.</param>
/// <param name="EndToEnd">What the payer numbered it with.</param>
/// <param name="CreditorReference">What we asked the payer to quote: ISO 11649 (RF…), or a national reference of that kind.</param>
/// <param name="BankReference">The bank's number of this very payment.</param>
/// <param name="CustomerReference">Another reference, of the payer's or the account owner's own.</param>
/// <param name="Counterparty">Who paid, or was paid.</param>
/// <param name="CounterpartyAccount">An IBAN where there is one.</param>
/// <param name="Remittance">What the payer wrote, in one line.</param>
/// <param name="Payments">How many payments it holds that the bank has not told apart.</param>
public sealed record EntryPart(
    long Amount, string? EndToEnd = null, string? CreditorReference = null, string? Mandate = null, string? BankReference = null, string? CustomerReference = null,
    string? Counterparty = null, string? CounterpartyAccount = null, string? CounterpartyBank = null, string? Remittance = null, int Payments = 1);

/// <summary>Why a file cannot be read: it is refused whole.</summary>
/// <param name="Line">From 1; 0 when the file as a whole is meant.</param>
/// <param name="Expected">What should stand there, and what does.</param>
public sealed record FileFault(int Line, string Expected)
{
    public override string ToString() => Line == 0 ? Expected : $"line {Line}: {Expected}";
}

/// <summary>All statements of a file, or the fault for which none is taken.</summary>
public sealed record FileRead(ImmutableArray<BankStatement> Statements, FileFault? Fault)
{
    public static FileRead Refused(int line, string expected) => new([], new FileFault(line, expected));
}

/// <summary>Leaves the middle of a file for the one place that turns it into a <see cref="FileFault"/>; never leaves this folder.</summary>
sealed class UnreadableException(int line, string expected) : Exception(expected)
{
    public int Line { get; } = line;
}
