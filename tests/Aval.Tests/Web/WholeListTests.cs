using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Tests.Infrastructure;
using Aval.Web;
using Microsoft.AspNetCore.Http;

namespace Aval.Tests.Web;

/// <summary>Lists that are given whole, while others write. The same on both databases.</summary>
public abstract class WholeListTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_list_that_is_read_whole_is_of_one_moment_and_goes_on_where_it_ended()
    {
        var (server, cancel) = (await fixture.StartedAsync(), TestContext.Current.CancellationToken);
        await CustomersAsync(server, "WLB-2", "WLB-4", "WLB-5", "WLB-7", "WLB-9");
        await using var reading = await OneReading.BeginAsync(server.Store, cancel);
        var first = await PageAsync(0, 2);
        await CustomersAsync(server, "WLB-1", "WLB-3", "WLB-8");
        // What a page also asks stands beside the list that is open.
        Assert.Equal("Customer WLB-4", (await CustomerSearch.NamesAsync(reading, ["WLB-4", "WLB-3"], cancel)).Values.Single());
        var (second, last) = (await PageAsync(2, 2), await PageAsync(4, 2));
        Assert.Equal("WLB-2 WLB-4 | WLB-5 WLB-7 | WLB-9", string.Join(" | ", first, second, last));
        Assert.Equal("", await PageAsync(5, 2));
        Assert.Equal("WLB-4 WLB-5 WLB-7", await PageAsync(1, 3));
        Assert.Equal("WLB-2 WLB-4", await PageAsync(0, 2));

        async Task<string> PageAsync(int skip, int most)
        {
            var (found, total) = await CustomerSearch.FindAsync(reading, "WLB-", skip, most, cancel);
            Assert.Equal(skip + found.Count, total);
            return string.Join(' ', found.Select(customer => customer.Number));
        }
    }

    [Fact]
    public async Task A_file_holds_what_the_list_was_when_it_was_begun()
    {
        var (server, cancel) = (await fixture.StartedAsync(), TestContext.Current.CancellationToken);
        await CustomersAsync(server, "WLF-2", "WLF-4");
        var desk = server.Desk;
        var actor = Actor.Rule("nobody");
        var request = new PageRequest(
            new DefaultHttpContext { RequestServices = server.Get<IServiceProvider>() }, actor, await desk.CompanyAsync(cancel), new SeenDesk(desk, server.Store, actor));
        var shown = new ListShown("customers", "/customers", [], null, false, 1, null, ListForm.Csv);
        var file = ListFile.Of(request, shown, "Customers", [new ListColumn<string>("number", "Number", number => number)], async part =>
        {
            var (before, _) = await CustomerSearch.FindAsync(request.Store, "WLF-", 0, 1, cancel);
            await CustomersAsync(server, "WLF-1", "WLF-3");
            var (after, _) = await CustomerSearch.FindAsync(request.Store, "WLF-", 1, part.Most, cancel);
            return [.. before.Concat(after).Select(customer => customer.Number)];
        });
        using var written = new MemoryStream();
        await file.Attached!.WriteAsync(written, cancel);
        Assert.Equal("number\r\nWLF-2\r\nWLF-4\r\n", System.Text.Encoding.UTF8.GetString(written.ToArray()).TrimStart('\ufeff'));
    }

    static async Task CustomersAsync(RunningServer server, params string[] numbers)
    {
        foreach (var number in numbers)
            (await server.Put("/customers/" + number, new { name = "Customer " + number, country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
    }
}

public sealed class WholeListsOnSqlite(SqliteServer fixture) : WholeListTests(fixture), IClassFixture<SqliteServer>;

public sealed class WholeListsOnPostgres(PostgresServer fixture) : WholeListTests(fixture), IClassFixture<PostgresServer>;
