using System.Globalization;
using Aval.Checks;
using Aval.Kernel;

namespace Aval.Reports.Forms;

/// <summary>The words and figures of a statement of account, the same in each of its forms.</summary>
sealed class LetterText(AccountLetter letter)
{
    public LetterWords Words { get; } = LetterWords.In(letter.Language);

    public string Title => LetterWords.Filled(Words.Title, Figures.Day(letter.AsOf, letter.Language));

    public string Customer => LetterWords.Filled(Words.Customer, letter.Payer);

    public IEnumerable<string> Balances => letter.Balances.Select(balance => balance.Minor < 0
        ? LetterWords.Filled(Words.Favour, Amount(-balance))
        : LetterWords.Filled(Words.Balance, Amount(balance)));

    public string Remark => letter.Balances.Any(balance => balance.Minor > 0) ? Words.Compare : Words.Nothing;

    /// <summary>The cells of what has moved the account, in the order of their heads.</summary>
    public IEnumerable<string[]> Moves => letter.Moved.Select(row => new[]
    {
        Words.Move((string)row[0]!), (string?)row[1] ?? "", (string?)row[9] ?? "", Day(row[2]), row[6] is Money amount ? Amount(amount) : "", Amount((Money)row[10]!),
        row[11] is Money difference ? Amount(difference) : "",
    });

    /// <summary>The cells of the documents, in the order of their heads.</summary>
    public IEnumerable<string[]> Rows => letter.Rows.Select(row => new[]
    {
        Words.Kind((string)row[0]!), (string)row[1]!, Day(row[2]), Day(row[3]), row[4] is int and not 0 ? Convert.ToString(row[4], CultureInfo.InvariantCulture)! : "",
        Amount((Money)row[6]!), Amount((Money)row[7]!), row[8] is Money { IsZero: false } disputed ? Amount(disputed) : "",
    });

    public IEnumerable<string[]> Aging => letter.Aging.Select(aging =>
    {
        string Of(long minor) => Figures.Number(minor, aging.Currency, letter.Language);
        var (notDue, d1To30, d31To60, d61To90, over90) = aging.Buckets;
        return new[] { aging.Currency.Code, Of(notDue), Of(d1To30), Of(d31To60), Of(d61To90), Of(over90), Of(aging.Buckets.Total) };
    });

    string Amount(Money amount) => Figures.Money(amount.Minor, amount.Currency, letter.Language);

    string Day(object? date) => date is DateOnly day ? Words.Day(day) : "";
}
