using System.Text;
using System.Text.Json;
using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Aval.Tests.Web;

/// <summary>The documents that are written from what the code declares; <c>./aval test --accept</c> writes them anew.</summary>
public sealed class DocumentTests
{
    static readonly Composition Whole = new(Capabilities.All);
    static readonly Api Addresses = Api.Of(Whole);

    [Fact]
    public void The_OpenAPI_document_is_golden() => Golden.Equal("openapi.json", Encoding.UTF8.GetString(OpenApi.Of(Addresses)));

    [Fact]
    public void The_OpenAPI_document_is_valid()
    {
        var read = OpenApiDocument.Parse(Encoding.UTF8.GetString(OpenApi.Of(Addresses)), "json");
        Assert.Empty(read.Diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Equal(Addresses.Addresses.Select(address => address.Path).Distinct().Count(), read.Document!.Paths.Count);
    }

    [Fact]
    public void Every_operation_has_an_id_of_its_own()
    {
        using var document = JsonDocument.Parse(OpenApi.Of(Addresses));
        var ids = document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void The_catalogue_of_problems_is_written_from_the_code() => Golden.Equal(In("problems.md"), Problems());

    [Fact]
    public void Every_code_of_the_catalogue_means_one_thing()
    {
        Assert.Equal(Whole.Problems.Select(problem => problem.Code).Distinct(), Whole.Problems.Select(problem => problem.Code));
        Assert.All(Whole.Problems, problem => Assert.Matches("^[a-z]+(-[a-z]+)*$", problem.Code));
    }

    [Fact]
    public void Every_declared_problem_stands_in_the_catalogue() =>
        Assert.Empty(Addresses.Addresses.SelectMany(address => address.Problems).Except(Whole.Problems));

    [Fact]
    public void The_table_of_rights_is_written_from_the_code() => Golden.Equal(In("permissions.md"), Rights());

    [Fact]
    public void Every_right_names_roles_that_exist() =>
        Assert.All(Addresses.Addresses, address => Assert.Empty(address.Permission.Roles.Except([.. Roles.All, Permission.EveryRole, Permission.Anybody])));

    [Fact]
    public void Only_signing_in_needs_no_key() =>
        Assert.Equal(["POST /sign-in"], Addresses.Addresses.Where(address => address.Permission.IsOpen).Select(address => address.Call));

    static string In(string document) => Path.Combine(Repository.Root, "docs", document);

    static string Problems() => string.Join('\n',
    [
        "# Problems", "",
        "Every way in which Aval refuses (RFC 9457, `application/problem+json`), in order of precedence within its part. Codes are permanent.",
        "Written from the code by `./aval test --accept`.", "",
        "| code | status | what it means | what to do |", "|---|---|---|---|",
        .. Whole.Problems.Select(problem => $"| `{problem.Code}` | {problem.Status} | {problem.Title} | {problem.Remedy} |"),
    ]);

    static string Rights() => string.Join('\n',
    [
        "# Rights", "",
        "Who may call what. The bootstrap key may call everything; it decides nothing more for that (authority is in the policy's delegation).",
        "Written from the code by `./aval test --accept`.", "",
        "| right | roles | addresses |", "|---|---|---|",
        .. Addresses.Addresses.GroupBy(address => address.Permission.Code).OrderBy(right => right.Key, StringComparer.Ordinal).Select(RightAsRow), "",
        "| role | rights |", "|---|---|",
        .. Roles.All.Select(role => $"| {role} | {string.Join(", ", RightsOf(role))} |"), "",
        "Every call, and whether each role may make it. A key may be narrowed further: to some rights, or to reading.", "",
        $"| call | right | {string.Join(" | ", Roles.All)} |", $"|---|---|{string.Concat(Roles.All.Select(_ => "---|"))}",
        .. Addresses.Addresses.OrderBy(address => address.Path, StringComparer.Ordinal).ThenBy(address => address.Method, StringComparer.Ordinal).Select(CallAsRow),
    ]);

    static string CallAsRow(Address address) =>
        $"| `{address.Call}` | {address.Permission.Code} | "
        + string.Join(" | ", Roles.All.Select(role => address.Permission.IsGrantedTo(Actor.Key("anyone", role)) ? "yes" : "")) + " |";

    static string RightAsRow(IGrouping<string, Address> right)
    {
        var roles = Roles.All.Where(role => right.Any(address => address.Permission.IsGrantedTo(Actor.Key("anyone", role)))).ToList();
        var calls = right.Select(address => $"`{address.Call}`").Order(StringComparer.Ordinal);
        return $"| {right.Key} | {(roles.Count == Roles.All.Count ? "every role" : string.Join(", ", roles))} | {string.Join("<br>", calls)} |";
    }

    static IEnumerable<string> RightsOf(string role) => Addresses.Addresses.Select(address => address.Permission)
        .Where(right => right.IsGrantedTo(Actor.Key("anyone", role))).Select(right => right.Code).Distinct().Order(StringComparer.Ordinal);
}
