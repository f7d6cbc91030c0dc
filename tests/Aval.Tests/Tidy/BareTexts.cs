using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Aval.Access;
using Aval.Web;
using Microsoft.AspNetCore.Components;

namespace Aval.Tests.Tidy;

/// <summary>No page says anything past its translations: what a component writes as it stands is markup, never words. Read from the compiled components.</summary>
public sealed class BareTexts
{
    /// <summary>Components that speak English alone; the list only shrinks.</summary>
    static readonly HashSet<string> NotYet =
    [];

    /// <summary>What is the same in every language.</summary>
    static readonly HashSet<string> Same = ["Aval", "· Aval", "j", "k", "n", "p", "f", "u", "g", DemoPeople.Password];

    static readonly Regex Said = new(
        """(?<=>|^)[^<>]+(?=<|$)|(?<=\b(aria-label|title|placeholder|alt|data-label)=")[^"]+""",
        RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
    static readonly string[] Spoken = ["aria-label", "title", "placeholder", "alt", "data-label", "Label"];

    [Fact]
    public void No_component_writes_words_that_are_not_translated() => Guard.Clean(
        from component in Components
        where !NotYet.Contains(component.FullName!)
        from text in BareIn(component)
        select $"{component.FullName}: “{text}” is said in English alone");

    [Fact]
    public void Every_component_on_the_list_still_needs_its_place() =>
        Assert.Empty(NotYet.Except(Components.Where(component => BareIn(component).Any()).Select(component => component.FullName!)));

    [Theory]
    [InlineData("<p>Held</p>", true)]
    [InlineData("<p> – </p>", false)]
    [InlineData("<input aria-label=\"Name\">", true)]
    [InlineData("<input name=\"Name\">", false)]
    public void Words_are_told_from_markup(string markup, bool bare) => Assert.Equal(bare, WordsIn(markup).Any());

    static IEnumerable<Type> Components => typeof(Tongue).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IComponent)) && !type.IsAbstract);

    static IEnumerable<string> BareIn(Type component) => MethodsOf(component).SelectMany(Written).SelectMany(WordsIn).Distinct();

    static IEnumerable<string> WordsIn(string markup) =>
        from text in Said.Matches(markup)
        let words = WebUtility.HtmlDecode(text.Value).Trim()
        where words.Any(char.IsLetter) && !Same.Contains(words)
        select words;

    /// <summary>The component's own methods and those of its lambdas.</summary>
    static IEnumerable<MethodInfo> MethodsOf(Type type) =>
        type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Concat(type.GetNestedTypes(BindingFlags.NonPublic).SelectMany(MethodsOf));

    /// <summary>Literals that are handed to the builder as they stand: text, markup, and the attributes that are read out.</summary>
    static IEnumerable<string> Written(MethodInfo method)
    {
        var (before, last) = ((string?)null, (string?)null);
        foreach (var step in Instructions.Of(method))
            if (step.Literal is { } literal) (before, last) = (last, literal);
            else
            {
                var called = last is not null ? step.Called?.Name : null;
                if (called is "AddMarkupContent" or "AddContent" || (called == "AddAttribute" && before is not null && Spoken.Contains(before))) yield return last!;
                (before, last) = (null, null);
            }
    }
}
