using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Http;
using static Aval.Web.Translated;

namespace Aval.Web;

/// <summary>Refusals in the visitor's language.</summary>
public static class Refused
{
    public static string Title(Problem problem) => T(problem.Kind.Title);

    public static string Remedy(Problem problem) => T(problem.Kind.Remedy);

    /// <summary>The sentence of this case; one that has no translation is said in English as a whole.</summary>
    public static string Detail(Problem problem) => Told(problem.Said, problem.Field);

    /// <summary>The sentence without the field that it begins with, for beside that field.</summary>
    public static string Why(Problem problem)
    {
        if (problem.Field is not { Length: > 0 } field) return Detail(problem);
        if (problem.Said.Parts is [string first, Wording rule] && first == field) return Say.Capital(Told(rule, null)) + ".";
        var detail = Detail(problem);
        return detail.StartsWith(field + " ", StringComparison.Ordinal) ? Say.Capital(detail[(field.Length + 1)..]) : detail;
    }

    /// <summary>Any sentence that is kept with its parts.</summary>
    public static string Said(Wording said) => Told(said, null);

    static string Told(Wording said, string? field) => Tongue.Current == Tongue.English || TranslationOf(said.Pattern) is not { } translation
        ? said.ToString()
        : said.In(translation, (part, format) => part switch
        {
            Wording inner => Told(inner, null),
            DateOnly day => Say.Date(day),
            Money money => Say.Amount(money),
            string text when text == field => FieldWord(text),
            IFormattable number and (int or long or decimal or double) => number.ToString(format, Tongue.Current.Numbers),
            IFormattable other => other.ToString(format, CultureInfo.InvariantCulture),
            _ => part?.ToString(),
        });

    /// <summary>What has no word of its own is the same in every language.</summary>
    static string? TranslationOf(string pattern) => Tongue.Current.Texts.GetValueOrDefault(pattern) ?? (pattern.Any(char.IsLetter) ? null : pattern);

    /// <summary>A field as the screens name it; the path of one inside a list stays as it is sent.</summary>
    static string FieldWord(string field) => Tongue.Current.Texts.GetValueOrDefault(Say.Capital(Say.Word(field))) is { } named ? $"«{named}»" : field;
}

/// <summary>The same for callers of the API, who are asked no more than what they prefer.</summary>
sealed class ProblemTongues : IProblemTongues
{
    public SaidProblem? Of(Problem problem, HttpRequest request)
    {
        if (ChosenTongue.AskedBy(request) is not { } asked || asked == Tongue.English) return null;
        var before = Tongue.Current;
        Tongue.Current = asked;
        try
        {
            return new SaidProblem(asked.Code, Refused.Title(problem), Refused.Detail(problem));
        }
        finally
        {
            Tongue.Current = before;
        }
    }
}
