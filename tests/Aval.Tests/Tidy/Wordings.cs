using System.Globalization;
using System.Reflection;
using System.Text;
using Aval.Kernel;
using Aval.Tests.Infrastructure;
using Aval.Web;

namespace Aval.Tests.Tidy;

/// <summary>Whatever Aval refuses is said in every language of the screens: title, remedy, and each sentence that tells a case. Read from the compiled code.</summary>
public sealed class Wordings
{
    /// <summary>Sentences that are put together elsewhere and come as they are; the list only shrinks.</summary>
    static readonly HashSet<string> PutTogether = [];

    [Fact]
    public void Every_sentence_of_a_refusal_stands_where_its_translation_can_be_found() => Guard.Clean(
        from method in Methods(typeof(Tongue).Assembly)
        from said in Said(method)
        where said is null
        let place = $"{method.DeclaringType!.FullName}.{method.Name}"
        where !PutTogether.Contains(place)
        select $"{place} makes a wording of a text that was put together before");

    [Fact]
    public void A_sentence_is_found_with_its_parts_and_one_that_was_put_together_is_noticed()
    {
        var found = Methods(typeof(Samples)).SelectMany(Said).ToList();
        Assert.Equal([null, null, "Nothing is open.", "must be {0}", "{0} is {{odd}}: {1}."], found.Order(StringComparer.Ordinal));
    }

    /// <summary>The patterns of all wordings.</summary>
    internal static IEnumerable<string> All() => Sentences()
        .Concat(Capabilities.All.SelectMany(capability => capability.Problems).Concat(KernelProblems.All).SelectMany(kind => new[] { kind.Title, kind.Remedy, kind.OnScreens })
            .OfType<string>())
        .Where(text => text.Any(char.IsLetter)).Distinct(StringComparer.Ordinal);

    /// <summary>Those that tell a case.</summary>
    internal static IEnumerable<string> Sentences() => Methods(typeof(Tongue).Assembly).SelectMany(Said).OfType<string>();

    static IEnumerable<MethodBase> Methods(Assembly assembly) => assembly.GetTypes().Where(type => type != typeof(Wording)).SelectMany(Methods);

    static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OfType<MethodBase>();

    /// <summary>The patterns of the wordings that a method makes; null for one of a text that does not stand there.</summary>
    static IEnumerable<string?> Said(MethodBase method)
    {
        var open = new Stack<(StringBuilder Pattern, int Letters, int Parts, int Part)>();
        string? literal = null;
        var (before, last) = ((int?)null, (int?)null);
        foreach (var step in Instructions.Of(method))
        {
            if (step.Called?.DeclaringType == typeof(Wording))
                switch (step.Called.Name)
                {
                    case ".ctor":
                        open.Push((new(), before!.Value, last!.Value, 0));
                        break;
                    case nameof(Wording.AppendLiteral):
                        var (pattern, letters, parts, part) = open.Pop();
                        pattern.Append(literal!.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
                        open.Push((pattern, letters - literal.Length, parts, part));
                        break;
                    case nameof(Wording.AppendFormatted):
                        var (sentence, more, left, number) = open.Pop();
                        open.Push((sentence.Append(CultureInfo.InvariantCulture, $"{{{number}}}"), more, left - 1, number + 1));
                        break;
                    case "op_Implicit":
                        yield return step.IsAimed ? null : literal;
                        break;
                }

            while (open.TryPeek(out var whole) && whole is { Letters: 0, Parts: 0 }) yield return open.Pop().Pattern.ToString();
            literal = step.Literal;
            (before, last) = (last, step.Number);
        }
    }

    static class Samples
    {
        static Wording Plain() => "Nothing is open.";

        static Wording Whole(string number, DateOnly day) => $"{number} is {{odd}}: {(Wording)$"must be {day:yyyy-MM-dd}"}.";

        static Wording Before(string text) => text;

        static Wording OneOfTwo(int count) => count == 0 ? "Nothing is open." : $"{count} are open.";
    }
}
