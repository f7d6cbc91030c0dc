using System.Globalization;
using System.Text.RegularExpressions;

namespace Aval.Parties.Rules;

/// <summary>What a buyer may take off the invoice for paying early.</summary>
/// <param name="Percent">Percent of the invoice, above 0 and below 100.</param>
/// <param name="Days">Calendar days from the invoice date within which it may be taken.</param>
public readonly record struct CashDiscount(decimal Percent, int Days);

/// <summary>When an invoice falls due: <c>PREPAID</c>, <c>COD</c>, <c>IMMEDIATE</c>, <c>NET30</c>, <c>EOM15</c>, <c>2/10 NET30</c>.</summary>
/// <remarks>
/// <c>NETn</c> is n calendar days after the invoice date, <c>EOMn</c> n calendar days after the end of its month, n from 0 to 999 and
/// 0 when <c>EOM</c> stands alone. The default value is <c>PREPAID</c>, the strictest.
/// <para>
/// Terms are ranked by how long the seller waits: <c>PREPAID</c>, paid before anything leaves, is shortest; then all others by the most
/// days until due, which is 0 for <c>COD</c> and <c>IMMEDIATE</c> and counts a month of 31 days for <c>EOM</c> (<c>EOM15</c>: 46).
/// At the same number of days a <c>NET</c> is longer than an <c>EOM</c>, which reaches it on one day of the month only. <c>COD</c>,
/// <c>IMMEDIATE</c> and <c>NET0</c> rank alike. A cash discount never counts: the buyer may always wait for the net date.
/// </para>
/// </remarks>
public readonly partial record struct PaymentTerms
{
    enum Basis { Prepaid, CashOnDelivery, Immediate, Net, EndOfMonth }

    const int LongestMonth = 31;

    Basis DueBy { get; init; }
    int Days { get; init; }

    /// <summary>The discount for early payment, where one is agreed.</summary>
    public CashDiscount? Discount { get; private init; }

    public bool IsPrepaid => DueBy == Basis.Prepaid;

    /// <summary>Reads terms in any case, with or without a blank inside (<c>Net 30</c>); false when the text has none of these forms.</summary>
    /// <remarks>A discount stands before <c>NET</c> or <c>EOM</c> only, has at most two decimals, and ends no later than the terms.</remarks>
    public static bool TryParse(string? text, out PaymentTerms terms)
    {
        terms = default;
        if (text is null) return false;
        var match = Form().Match(text.Trim().ToUpperInvariant());
        if (!match.Success) return false;
        var read = new PaymentTerms
        {
            DueBy = match.Groups["basis"].Value switch
            {
                "PREPAID" => Basis.Prepaid,
                "COD" => Basis.CashOnDelivery,
                "IMMEDIATE" => Basis.Immediate,
                "NET" => Basis.Net,
                _ => Basis.EndOfMonth,
            },
            Days = WholeNumber(match.Groups["days"]),
        };
        if (match.Groups["percent"] is { Success: true } percent)
        {
            var discount = new CashDiscount(decimal.Parse(percent.ValueSpan, CultureInfo.InvariantCulture), WholeNumber(match.Groups["within"]));
            if (discount.Percent is <= 0 or >= 100 || discount.Days > read.MostDays) return false;
            read = read with { Discount = discount };
        }

        terms = read;
        return true;
    }

    /// <summary>The date an invoice of this date falls due; the invoice date itself for <c>PREPAID</c>, <c>COD</c> and <c>IMMEDIATE</c>.</summary>
    public DateOnly DueDate(DateOnly invoiceDate) => DueBy switch
    {
        Basis.Prepaid or Basis.CashOnDelivery or Basis.Immediate => invoiceDate,
        Basis.Net => invoiceDate.AddDays(Days),
        Basis.EndOfMonth => EndOfMonth(invoiceDate).AddDays(Days),
    };

    /// <summary>Whether the seller waits longer under these terms than under the other, by the ranking above; false when they rank alike.</summary>
    public bool IsLongerThan(PaymentTerms other) => Rank.CompareTo(other.Rank) > 0;

    /// <summary>The canonical text: capitals, no needless blanks or zeros.</summary>
    public override string ToString()
    {
        var due = DueBy switch
        {
            Basis.Prepaid => "PREPAID",
            Basis.CashOnDelivery => "COD",
            Basis.Immediate => "IMMEDIATE",
            Basis.Net => string.Create(CultureInfo.InvariantCulture, $"NET{Days}"),
            Basis.EndOfMonth => string.Create(CultureInfo.InvariantCulture, $"EOM{Days}"),
        };
        return Discount is { } discount ? string.Create(CultureInfo.InvariantCulture, $"{discount.Percent:0.##}/{discount.Days} {due}") : due;
    }

    (bool AfterDelivery, int MostDays, bool EveryDay) Rank => (!IsPrepaid, MostDays, DueBy != Basis.EndOfMonth);

    int MostDays => DueBy switch
    {
        Basis.Prepaid or Basis.CashOnDelivery or Basis.Immediate => 0,
        Basis.Net => Days,
        Basis.EndOfMonth => LongestMonth + Days,
    };

    static DateOnly EndOfMonth(DateOnly date) => new(date.Year, date.Month, DateTime.DaysInMonth(date.Year, date.Month));

    static int WholeNumber(Group digits) => digits.Success ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?:(?<basis>PREPAID|COD|IMMEDIATE)|(?:(?<percent>[0-9]{1,2}(?:\.[0-9]{1,2})?) ?/ ?(?<within>[0-9]{1,3}),? +)?" +
        @"(?:(?<basis>NET) ?(?<days>[0-9]{1,3})|(?<basis>EOM)(?: ?(?<days>[0-9]{1,3}))?))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
