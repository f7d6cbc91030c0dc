using System.Collections.Immutable;

namespace Aval.Statements.Rules;

/// <summary>What a column of a bank's CSV file holds.</summary>
public enum CsvColumn
{
    BookingDate, ValueDate,
    /// <summary>Signed, or unsigned beside <see cref="Direction"/>.</summary>
    Amount,
    Credit, Debit,
    /// <summary>A word that says whether money came in or went out.</summary>
    Direction,
    Currency, Account, Balance, BankReference, EndToEnd, CreditorReference, CustomerReference, Mandate, Counterparty, CounterpartyAccount, CounterpartyBank,
    /// <summary>May stand for several columns, which are joined.</summary>
    Remittance,
    Code,
}

/// <summary>How to read one bank's CSV files, saved once.</summary>
/// <param name="Name">Unique in the company.</param>
/// <param name="Account">Whose statements the files are; null where a column says it.</param>
/// <param name="Currency">Null where a column says it.</param>
/// <param name="Decimal">The mark before decimals; the other one of comma and point, blanks and apostrophes may stand between thousands.</param>
/// <param name="DateForm">As <c>dd.MM.yyyy</c>.</param>
/// <param name="Encoding">Null finds it.</param>
/// <param name="SkipLines">Lines before the header.</param>
/// <param name="Columns">What the header's names mean; the names as they stand there.</param>
/// <param name="CreditWords">The words of a direction column for money that came in; any other
/// went out when it is among <paramref name="DebitWords"/>, and else the file is refused.</param>
public sealed record CsvMapping(
    string Name, string? Account, string? Currency, char Delimiter, char Decimal, string DateForm, string? Encoding, int SkipLines,
    ImmutableArray<(string Header, CsvColumn Column)> Columns, ImmutableArray<string> CreditWords, ImmutableArray<string> DebitWords)
{
    /// <summary>The codes of entries by which the bank takes a payment back.</summary>
    public ImmutableArray<string> ReversalCodes { get; init; } = [];
}
