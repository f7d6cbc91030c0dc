using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Tidy;

/// <summary>Dependencies run one way: down the list <c>Order</c> in src/Aval/Capabilities.cs, whose first entry is the lowest.</summary>
public sealed class Arrows
{
    const string List = "src/Aval/Capabilities.cs";
    const string Top = "Host";

    static readonly Regex OrderList = new(@"\bOrder\s*=\s*\[(?<entries>[^\]]*)\]", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    static readonly Regex Entry = new("\"(?<name>\\w+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    static readonly Regex Mention = new(@"(?<![\w.])Aval\s*\.\s*(?<name>\w+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [Fact]
    public void Every_capability_uses_only_what_stands_before_it_in_the_list()
    {
        if (!Repository.Has(List)) Assert.Skip($"{List} is not written yet");
        Guard.Clean(Violations(Order(Repository.Read(List)), Repository.Files));
    }

    [Fact]
    public void The_list_is_read_in_its_order() =>
        Assert.Equal(["Kernel", "Parties", "Orders"], Order("""public static readonly string[] Order = ["Kernel", "Parties",  "Orders"];"""));

    [Theory]
    [InlineData("using Aval.Orders;")]
    [InlineData("using static Aval.Orders.Rules.Line;")]
    [InlineData("using Order = global::Aval.Orders.Order;")]
    [InlineData("namespace Aval.Parties; class Customer { Aval.Orders.Order? last; }")]
    [InlineData("using Aval.Host;")]
    [InlineData("namespace Aval.Orders;")]
    public void An_upward_arrow_is_refused(string text) =>
        Assert.Single(Violations(["Kernel", "Parties", "Orders"], [new("src/Aval/Parties/Rules/Customer.cs", text)]));

    [Fact]
    public void An_upward_arrow_of_a_screen_is_refused() =>
        Assert.Single(Violations(["Kernel", "Parties", "Orders"], [new("src/Aval/Parties/CustomersPage.razor", "@using Aval.Orders\n<hr>")]));

    [Fact]
    public void A_capability_that_is_not_in_the_list_is_refused() =>
        Assert.Single(Violations(["Kernel"], [new("src/Aval/Parties/Customer.cs", "namespace Aval.Parties;")]));

    [Theory]
    [InlineData("src/Aval/Orders/Order.cs", "using Aval.Kernel; using Aval.Parties.Rules; namespace Aval.Orders.Rules;")]
    [InlineData("src/Aval/Kernel/Money.cs", "// see Aval.Orders\nvar text = \"Aval.Orders\"; var own = Company.Aval.Orders;")]
    [InlineData("src/Aval/Capabilities.cs", "using Aval.Orders;")]
    [InlineData("src/Aval.Host/Program.cs", "using Aval.Orders;")]
    [InlineData("tests/Aval.Tests/Parties/CustomerTests.cs", "using Aval.Orders;")]
    public void A_downward_arrow_and_whatever_stands_outside_the_list_is_free(string path, string text) =>
        Assert.Empty(Violations(["Kernel", "Parties", "Orders"], [new(path, text)]));

    static string[] Order(string text)
    {
        string[] order = [.. Entry.Matches(OrderList.Match(text).Groups["entries"].Value).Select(entry => entry.Groups["name"].Value)];
        return order.Length > 0 ? order : throw new InvalidOperationException($"{List} has no list of strings named Order");
    }

    static IEnumerable<string> Violations(string[] order, IEnumerable<SourceFile> files)
    {
        foreach (var file in files.Where(Guard.Written))
        {
            if (file.Capability is not { } capability) continue;
            var place = Array.IndexOf(order, capability);
            if (place < 0)
            {
                yield return $"{file.Path}: {capability} is missing in Order of {List}";
                continue;
            }
            var names = Mention.Matches(CodeText.Of(file.Text).Code).Select(mention => mention.Groups["name"].Value);
            foreach (var above in names.Where(name => name == Top || Array.IndexOf(order, name) > place).Distinct())
                yield return $"{file.Path}: {capability} must not use {above}, which stands above it";
        }
    }
}
