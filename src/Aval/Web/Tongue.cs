using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;

namespace Aval.Web;

/// <summary>A language that the screens speak, with the numbers and dates of those who speak it.</summary>
/// <remarks>What is needed of a locale stands here: a bare Debian has no ICU, and the three must look right there, too.</remarks>
public sealed class Tongue
{
    public static readonly Tongue English = new(
        "en", "English", ".", ",", "{0} {1} {2}", ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]);

    public static readonly Tongue French = new(
        "fr", "Français", ",", "\u202f", "{0} {1} {2}", ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]);

    public static readonly Tongue German = new(
        "de", "Deutsch", ",", ".", "{0}. {1} {2}", ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."]);

    static readonly AsyncLocal<Tongue?> now = new();

    readonly string date;
    readonly string[] months;

    Tongue(string code, string name, string point, string group, string date, string[] months)
    {
        (Code, Name, this.date, this.months) = (code, name, date, months);
        var numbers = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator, numbers.NegativeSign) = (point, group, "\u2212");
        Numbers = NumberFormatInfo.ReadOnly(numbers);
        Texts = code == "en" ? FrozenDictionary<string, string>.Empty : Catalogue.Of(Assembly.GetExecutingAssembly(), code);
    }

    public static IReadOnlyList<Tongue> All { get; } = [English, German, French];

    /// <summary>The visitor's, from the moment a page is asked for until it is written; English everywhere else.</summary>
    public static Tongue Current
    {
        get => now.Value ?? English;
        internal set => now.Value = value;
    }

    /// <summary>As the <c>lang</c> attribute has it.</summary>
    public string Code { get; }

    /// <summary>What it calls itself.</summary>
    public string Name { get; }

    /// <summary>Decimal point, thousands and a true minus.</summary>
    public NumberFormatInfo Numbers { get; }

    /// <summary>The texts of the screens by their English ones.</summary>
    internal FrozenDictionary<string, string> Texts { get; }

    /// <summary>One of ours by its code; null for any other.</summary>
    public static Tongue? Of(string? code) => All.FirstOrDefault(tongue => tongue.Code == code);

    public string Date(DateOnly day) => string.Format(
        CultureInfo.InvariantCulture, date, day.Day, months[day.Month - 1], day.Year.ToString("0000", CultureInfo.InvariantCulture));

    /// <summary><c>Mar</c>.</summary>
    public string Month(DateOnly day) => months[day.Month - 1];

    /// <summary>Whether so many are told in the singular: French says so of none, too.</summary>
    public bool IsOne(int count) => count == 1 || (count == 0 && this == French);
}
