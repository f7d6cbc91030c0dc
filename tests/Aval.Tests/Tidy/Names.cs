using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>Types are named by the business, not by the pattern they follow.</summary>
public sealed class Names
{
    static readonly Regex Declared = new(
        @"\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+(?<name>\w*(?:Manager|Helpers?|Utils?|Service|Impl|Dto|Base))\b",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    [Fact]
    public void No_type_is_named_by_a_pattern() => Guard.Clean(Violations(Repository.Files));

    [Theory]
    [InlineData("sealed class OrderManager { }")]
    [InlineData("static class DateHelper { }")]
    [InlineData("static class DateHelpers { }")]
    [InlineData("static class TextUtil { }")]
    [InlineData("static class Utils { }")]
    [InlineData("interface ICheckService { }")]
    [InlineData("record struct CheckImpl(int A);")]
    [InlineData("record OrderDto(int A);")]
    [InlineData("abstract class PageBase<T> { }")]
    public void A_type_named_by_a_pattern_is_refused(string text) => Assert.Single(Violations([new("src/Aval/Orders/Order.cs", text)]));

    [Fact]
    public void A_component_named_by_a_pattern_is_refused() => Assert.Single(Violations([new("src/Aval/Web/PageBase.razor", "<h1></h1>")]));

    [Fact]
    public void Words_of_the_business_are_free() =>
        Assert.Empty(Violations([new("src/Aval/Kernel/Database.cs", """
            sealed class Database { }
            enum Role { CustomerService, CreditManager }
            sealed class ManagerOf(Role role);
            // class OrderManager
            """)]));

    static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files.Where(Guard.Written)
        let component = file.Extension == ".razor" ? "class " + Path.GetFileNameWithoutExtension(file.Path) + "\n" : ""
        from declared in Declared.Matches(component + CodeText.Of(file.Text).Code)
        select $"{file.Path}: {declared.Groups["name"].Value} names a pattern; name what it is in the business";
}
