using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>Nothing in the code is unfinished, silenced or slept through.</summary>
public sealed class Unfinished
{
    static readonly (Regex Pattern, string Why)[] InCode =
    [
        (Of(@"#\s*pragma\s+warning\s+disable"), "a silenced warning; mend it or argue in .globalconfig"),
        (Of(@"\bThread\s*\.\s*Sleep\b"), "a thread that sleeps; wait for what is awaited"),
        (Of(@"\bcatch\b\s*(?:\([^)]*\)\s*)?(?:when\s*\([^{]*\)\s*)?\{\s*\}"), "an empty catch; handle it or let it pass"),
        (Of(@"\bNotImplementedException\b"), "something not implemented"),
        (Of(@"\bWaitForURLAsync\b"), "a wait that misses an address which changes while it begins; expect the page to have it"),
        (Of(@"^\s*#\s*region\b"), "a region; a second subject is a second file"),
    ];

    static readonly (Regex Pattern, string Why)[] InComments = [(Of(@"\b(?:TODO|FIXME|HACK|XXX)\b"), "a note to oneself; do it or leave it out")];

    [Fact]
    public void The_code_is_finished() => Guard.Clean(Violations(Repository.Files));

    [Theory]
    [InlineData("// TO" + "DO later")]
    [InlineData("/* FIX" + "ME */")]
    [InlineData("/// <summary>HACK around it</summary>")]
    [InlineData("#pragma warning disable CA1000")]
    [InlineData("Thread.Sleep(10);")]
    [InlineData("try { A(); } catch { }")]
    [InlineData("try { A(); } catch (IOException) { }")]
    [InlineData("try { A(); } catch (IOException e) when (e.HResult == 1)\n{\n    // it happens\n}")]
    [InlineData("throw new NotImplementedException();")]
    [InlineData("await page.WaitForURLAsync(address);")]
    [InlineData("class A {\n    #region Fields\n}")]
    public void What_is_unfinished_or_silenced_is_refused(string text) => Assert.Single(Violations([new("src/Aval/Orders/Order.cs", text)]));

    [Fact]
    public void A_note_to_oneself_in_another_language_is_refused() =>
        Assert.Single(Violations([new("src/Aval/Orders/Schema/001-orders-have-lines.sql", "-- FIX" + "ME: index\nCREATE TABLE a (b INT);")]));

    [Fact]
    public void A_caught_exception_that_is_handled_and_a_literal_are_free() =>
        Assert.Empty(Violations([new("src/Aval/Orders/Order.cs", """try { A(); } catch (IOException) { return; } var word = "TODO"; // a""")]));

    static Regex Of(string pattern) => new(pattern, RegexOptions.ExplicitCapture | RegexOptions.Multiline, TimeSpan.FromSeconds(1));

    static IEnumerable<string> Violations(IEnumerable<SourceFile> files)
    {
        foreach (var file in files)
        {
            if (!Guard.Written(file) && file.Extension is not (".sql" or ".css" or ".js" or ".sh")) continue;
            var text = Guard.Written(file) ? CodeText.Of(file.Text) : new("", file.Text, []);
            foreach (var (_, why) in InCode.Where(rule => rule.Pattern.IsMatch(text.Code))) yield return $"{file.Path}: {why}";
            foreach (var (_, why) in InComments.Where(rule => rule.Pattern.IsMatch(text.Comments))) yield return $"{file.Path}: {why}";
        }
    }
}
