using System.Reflection;
using System.Text.RegularExpressions;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using Aval.Web;
using Microsoft.AspNetCore.Components;

namespace Aval.Tests.Tidy;

/// <summary>What a page says besides its components is translated too: its title, what it tells, and why something was refused.</summary>
public sealed class PlainEnglish
{
    /// <summary>A text that is handed to an answer as it stands.</summary>
    static readonly Regex Literal = new("""PageAnswer\.(?:Of<[\w\s,<>.()?]+>\(|Missing\(|Told\(\s*[\w.]+,)\s*\$?"\w""", RegexOptions.None, TimeSpan.FromSeconds(5));

    /// <summary>A word of the code that is shown as it stands.</summary>
    static readonly Regex Shown = new("""@(?:Say\.Capital\()?Say\.Word\((?!function\))""", RegexOptions.None, TimeSpan.FromSeconds(5));

    static readonly MethodInfo?[] InEnglish =
    [
        typeof(ProblemKind).GetProperty(nameof(ProblemKind.Title))!.GetMethod, typeof(ProblemKind).GetProperty(nameof(ProblemKind.Remedy))!.GetMethod,
        typeof(Problem).GetProperty(nameof(Problem.Detail))!.GetMethod,
    ];

    [Fact]
    public void Every_title_of_a_page_and_all_that_it_tells_is_translated() =>
        Guard.Clean(Repository.Files.Where(Guard.Written).Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal)).SelectMany(Bare));

    [Fact]
    public void No_page_says_a_refusal_past_its_translation() => Guard.Clean(
        from type in typeof(Tongue).Assembly.GetTypes()
        where IsOfPages(type) && type != typeof(Refused)
        from method in Methods(type)
        where Instructions.Of(method).Any(step => InEnglish.Contains(step.Called))
        select $"{type.FullName}.{method.Name} says a refusal in English: take Refused, WhyRefused or PageAnswer.Of");

    [Theory]
    [InlineData("PageAnswer.Of<OrdersPage, OrdersView>(\"Orders\", view)", true)]
    [InlineData("PageAnswer.Of<OrdersPage, OrdersView>(\n    $\"Order {number}\", view)", true)]
    [InlineData("PageAnswer.Of<OrdersPage, OrdersView>(T(\"Orders\"), view)", false)]
    [InlineData("PageAnswer.Told(403, \"No\", why, remedy)", true)]
    [InlineData("PageAnswer.Missing($\"There is no {number}.\")", true)]
    [InlineData("PageAnswer.Missing(T(\"There is no {0}.\", number))", false)]
    [InlineData("<td>@Say.Word(item.Code)</td>", true)]
    [InlineData("<td>@T(Say.Word(item.Code))</td>", false)]
    public void A_text_that_is_not_translated_is_noticed(string code, bool bare) => Assert.Equal(bare, Bare(new SourceFile("src/A.razor", code)).Any());

    [Fact]
    public void A_refusal_that_is_said_in_English_is_noticed() =>
        Assert.Contains(Methods(typeof(Samples)), method => Instructions.Of(method).Any(step => InEnglish.Contains(step.Called)));

    static IEnumerable<string> Bare(SourceFile file) => Literal.Matches(file.Text).Concat(Shown.Matches(file.Text))
        .Select(found => $"{file.Path}: “{found.Value.ReplaceLineEndings(" ")}…” is said in English alone");

    /// <summary>A component, or what answers with pages.</summary>
    static bool IsOfPages(Type type) => type.DeclaringType is { } outer ? IsOfPages(outer)
        : type.IsAssignableTo(typeof(IComponent)) || Whole(type).SelectMany(Methods).SelectMany(Instructions.Of).Any(step => step.Called?.DeclaringType == typeof(PageAnswer));

    static IEnumerable<Type> Whole(Type type) => type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).SelectMany(Whole).Prepend(type);

    static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);

    static class Samples
    {
        static string Said(Problem problem) => problem.Kind.Title + problem.Detail;
    }
}
