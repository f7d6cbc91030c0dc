using System.Text.RegularExpressions;
using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Access;

/// <summary>Every role at every address, as docs/permissions.md says.</summary>
public sealed class RightsOfRolesTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    [Fact]
    public async Task Every_role_is_let_in_and_kept_out_exactly_as_the_table_says()
    {
        var server = await fixture.StartedAsync();
        var table = TableOf(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "permissions.md"), TestContext.Current.CancellationToken));
        var addresses = Api.Of(new Composition(Capabilities.All)).Addresses.ToList();
        Assert.Equal(addresses.Select(address => address.Call).Order(StringComparer.Ordinal), table.Select(pair => pair.Call).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(addresses.Count * Roles.All.Count, table.Count);
        var wrong = new List<string>();
        foreach (var (call, role, may) in table)
        {
            var (method, path) = (call.Split(' ')[0], Regex.Replace(call.Split(' ')[1], @"\{\w+\}", "none-such", RegexOptions.None, TimeSpan.FromSeconds(1)));
            // What follows the right is refused in any case, so that nothing is done here.
            using var content = method is "GET" or "DELETE" ? null : RunningServer.Raw("not json", "text/nonsense");
            // Without a root it is the company's own journal, which asks for the right to read users besides.
            if (call is "GET /journal" or "GET /journal/list") path += "?root=none-such";
            if (call == "GET /events")
            {
                Assert.Equal(may, await server.StatusOfStreamAsync(path, $"one-{role}:{role}") == System.Net.HttpStatusCode.OK);
                continue;
            }

            var reply = await server.SendAsync(new HttpMethod(method), path, content, $"one-{role}:{role}");
            if (reply.Code == "not-permitted" == may) wrong.Add($"{call} as {role}: {reply.Status} {reply.Code}, the table says {(may ? "may" : "may not")}");
        }

        Assert.Empty(wrong);
        Assert.Contains(table, row => row.May);
        Assert.Contains(table, row => !row.May);
    }

    /// <summary>Call, role, and whether the cell is marked, of the table whose head begins with <c>| call |</c>.</summary>
    static List<(string Call, string Role, bool May)> TableOf(string document)
    {
        var lines = document.Split('\n').SkipWhile(line => !line.StartsWith("| call |", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|')).ToList();
        var roles = Cells(lines[0])[2..];
        return [.. lines.Skip(2).Select(Cells).SelectMany(cells => cells[2..].Select((cell, at) => (cells[0].Trim('`'), roles[at], cell == "yes")))];
    }

    static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
