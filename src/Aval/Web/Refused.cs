using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Http;
using static Aval.Web.Translated;

namespace Aval.Web;

/// <summary>Refusals in the visitor's language, in the words of the screens: no address, path or code of the API.</summary>
public static class Refused
{
    /// <summary>What may follow the name of a field that begins a sentence: <c>amount must be above zero.</c></summary>
    static readonly HashSet<string> Verbs = new(StringComparer.Ordinal) { "must", "has", "is", "was", "may", "goes", "names", "needs", "comes", "holds" };

    /// <summary>Words of the glossary that people write as two.</summary>
    static readonly HashSet<string> Glossary = [.. typeof(Refused).Assembly.GetTypes().Where(type => type.IsEnum).SelectMany(Enum.GetNames)
        .Select(word => char.ToLowerInvariant(word[0]) + word[1..]).Where(word => word.Any(char.IsUpper))];

    public static string Title(Problem problem) => T(problem.Kind.Title);

    /// <summary>The title, before the sentence.</summary>
    public static string Heading(Problem problem) => T("{0}:", Title(problem));

    public static string Remedy(Problem problem) => T(problem.Kind.OnScreens ?? problem.Kind.Remedy);

    /// <summary>The sentence of this case.</summary>
    /// <param name="label">Of the field that is meant, where the form has it.</param>
    public static string Detail(Problem problem, string? label = null)
    {
        var (told, isOfField) = Split(problem, label);
        // A file is named as it is called.
        if (!isOfField) return problem.Said.Pattern.StartsWith("{0}:", StringComparison.Ordinal) ? told : Say.Capital(told);
        return (label ?? NameOf(problem.Field!)) is { } name ? $"{Quoted(name)} {told}" : Say.Capital(told);
    }

    /// <summary>Any sentence with its parts; of a refusal, as callers of the API are told it, who know the field by its path.</summary>
    public static string Said(Wording said) => Told(said, text => text);

    /// <summary>The sentence without the field that it begins with, for beside that field.</summary>
    public static string Why(Problem problem) => Say.Capital(Split(problem, null).Told);

    /// <summary>What is wrong, and whether the name of the field goes before it.</summary>
    static (string Told, bool IsOfField) Split(Problem problem, string? label)
    {
        var field = problem.Field;
        if (field is { Length: > 0 } && problem.Said.Parts is [string first, Wording rule] && first == field) return (Told(rule, WordFor) + ".", true);
        var told = Told(problem.Said, WordFor);
        if (field is not { Length: > 0 } || !told.StartsWith(field + " ", StringComparison.Ordinal)) return (told, false);
        var rest = told[(field.Length + 1)..];
        return Tongue.Current != Tongue.English || Verbs.Contains(rest.Split(' ')[0]) ? (rest, true) : (told, false);

        string WordFor(string text) => text == field ? (NameOf(text) ?? label) is { } name ? Quoted(name) : Say.Word(text.Split('.', '[')[^1])
            : Glossary.Contains(text) ? Quoted(WordOf(text))
            : text.Contains(", ", StringComparison.Ordinal) ? string.Join(", ", text.Split(", ").Select(one => one.All(char.IsAsciiLetter) ? WordOf(one) : one))
            : text;
    }

    static string Told(Wording said, Func<string, string> wordFor)
    {
        var pattern = TranslationOf(said.Pattern);
        return pattern is null ? said.ToString() : said.In(pattern, (part, format) => part switch
        {
            Wording inner => Told(inner, wordFor),
            DateOnly day => Say.Date(day),
            Money money => Say.Amount(money),
            string text => wordFor(text),
            IFormattable number and (int or long or decimal or double) => number.ToString(format, Tongue.Current.Numbers),
            IFormattable other => other.ToString(format, CultureInfo.InvariantCulture),
            _ => part?.ToString(),
        });
    }

    /// <summary>What has no word of its own is the same in every language; null where a sentence has no translation, which is then said in English as a whole.</summary>
    static string? TranslationOf(string pattern) =>
        Tongue.Current == Tongue.English ? pattern : Tongue.Current.Texts.GetValueOrDefault(pattern) ?? (pattern.Any(char.IsLetter) ? null : pattern);

    /// <summary>A field as the screens name it; null for one inside a list, and one that they do not name.</summary>
    static string? NameOf(string field)
    {
        if (field.AsSpan().ContainsAny('.', '[')) return null;
        var word = Say.Capital(Say.Word(field));
        return Tongue.Current == Tongue.English ? word : Tongue.Current.Texts.GetValueOrDefault(word);
    }

    static string WordOf(string word) =>
        Tongue.Current.Texts.GetValueOrDefault(Say.Word(word)) ?? Tongue.Current.Texts.GetValueOrDefault(Say.Capital(Say.Word(word))) ?? Say.Word(word);

    static string Quoted(string name) => Tongue.Current == Tongue.English ? $"“{name}”" : $"«{name}»";
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
            return new SaidProblem(asked.Code, Refused.Title(problem), Refused.Said(problem.Said));
        }
        finally
        {
            Tongue.Current = before;
        }
    }
}
