using System.Globalization;
using Aval.Kernel;
using Aval.Web;

namespace Aval.Reports.Forms;

/// <summary>The words and figures of a statement of account, the same in each of its forms.</summary>
static class LetterText
{
    public static readonly string[] Heads = ["Document", "Number", "Date", "Due", "Days past due", "Amount", "Open", "Of which disputed"];
    public static readonly string[] MovedHeads = ["What moved it", "Number", "Reference", "Date", "Amount", "Balance", "Exchange difference"];
    public static readonly string[] Buckets = ["Currency", "Not due", "1–30 days", "31–60 days", "61–90 days", "Over 90 days", "Total"];

    public static string Title(AccountLetter letter) => $"Statement of account as of {letter.AsOf:yyyy-MM-dd}";

    public static string Balance(Money balance) => balance.Minor < 0 ? $"In your favour: {Amount(-balance)}" : $"Balance: {Amount(balance)}";

    public static string Remark(AccountLetter letter) => letter.Balances.Any(balance => balance.Minor > 0)
        ? "Please compare this statement with your books, and tell us what differs."
        : "Nothing is to be paid.";

    /// <summary>The cells of a row of the report, in the order of <see cref="Heads"/>.</summary>
    public static string[] Row(object?[] row) =>
    [
        row[0] switch { "invoice" => "Invoice", "creditNote" => "Credit note", _ => "Payment" }, (string)row[1]!, Date(row[2]), Date(row[3]),
        row[4] is int and not 0 ? Convert.ToString(row[4], CultureInfo.InvariantCulture)! : "", Amount((Money)row[6]!), Amount((Money)row[7]!),
        row[8] is Money { IsZero: false } disputed ? Amount(disputed) : "",
    ];

    /// <summary>The cells of a row of the report that tells what has moved the account, in the order of <see cref="MovedHeads"/>.</summary>
    public static string[] Moved(object?[] row) =>
    [
        Say.Capital(Say.Word((string)row[0]!)), (string?)row[1] ?? "", (string?)row[9] ?? "", Date(row[2]), row[6] is Money amount ? Amount(amount) : "",
        Amount((Money)row[10]!), row[11] is Money difference ? Amount(difference) : "",
    ];

    public static string[] Row((Currency Currency, Receivables.Rules.AgingBuckets Buckets) aging)
    {
        string Of(long minor) => Number(new Money(minor, aging.Currency));
        var (notDue, d1To30, d31To60, d61To90, over90) = aging.Buckets;
        return [aging.Currency.Code, Of(notDue), Of(d1To30), Of(d31To60), Of(d61To90), Of(over90), Of(aging.Buckets.Total)];
    }

    static string Amount(Money amount) => $"{Number(amount)} {amount.Currency.Code}";

    static string Number(Money amount) => amount.Major.ToString("N" + amount.Currency.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    static string Date(object? date) => date is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
}
