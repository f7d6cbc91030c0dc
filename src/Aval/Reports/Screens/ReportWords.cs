using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Reports.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Reports.Screens;

/// <summary>Reports as the screens say them; their files and the API keep their own words.</summary>
static class ReportWords
{
    /// <summary>Columns whose cells hold words of ours.</summary>
    static readonly HashSet<string> OurWords = ["kind", "status", "owner", "stage", "bucket", "later"];

    /// <summary>What a field is called that a report takes.</summary>
    public static string Field(QueryField field) => T(English(field.Name));

    /// <summary>A value of a field that takes one of several words.</summary>
    public static string Choice(string word) => T(English(word));

    public static string Cell(ReportColumn column, object? cell) => cell switch
    {
        null => "",
        Money amount => Say.Number(amount),
        DateOnly date => Say.Date(date).Replace(' ', '\u00a0'),
        string word when OurWords.Contains(column.Name) => T(English(word)),
        string text => text,
        int whole => Say.Number(whole),
        IFormattable number => number.ToString(null, Tongue.Current.Numbers),
        _ => "",
    };

    /// <summary>A word of the API as a text that is translated.</summary>
    public static string English(string word) => word switch
    {
        "d1to30" => "1\u201330",
        "d31to60" => "31\u201360",
        "over90" => "Over 90",
        "d61to90" => "61\u201390",
        _ => Say.Capital(Say.Word(word)),
    };
}
