using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class DelegationOnSqlite() : DelegationTests(null);

public sealed class DelegationOnPostgres(PostgresCluster cluster) : DelegationTests(cluster);

/// <summary>The seven columns of the delegation, each alone, as a credit desk meets them: at the bound one may, above it one may not and learns who may.</summary>
public abstract class DelegationTests(PostgresCluster? cluster)
{
    /// <remarks>Limits are 10,000. A payer that owes has an invoice of so much, due so many days ago; below policy's bounds for overdue, so that the overrun alone holds.</remarks>
    [Fact]
    public async Task Each_column_binds_the_exception_that_remains()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        var number = 0;
        foreach (var row in Table.Rows("""
            bound                                 class  order  owes  late  decision                       | answer
            {'upTo':12000}                        B      12000  0     0     {'decision':'release'}         | done
            {'upTo':12000}                        B      12001  0     0     {'decision':'release'}         | leadership
            {'upTo':12000}                        B      12001  0     0     {'decision':'requestDeposit','amount':2001,'until':'2026-03-20'} | done
            {'upTo':12000}                        B      11000  0     0     {'decision':'correctLimit','amount':12001} | leadership
            {'upTo':12000}                        B      11000  0     0     {'decision':'correctLimit','amount':12000} | done
            {'exposureUpTo':12000}                B      8000   4000  0     {'decision':'release'}         | done
            {'exposureUpTo':12000}                B      8001   4000  0     {'decision':'release'}         | leadership
            {'overrunPercent':20}                 B      12000  0     0     {'decision':'release'}         | done
            {'overrunPercent':20}                 B      12001  0     0     {'decision':'release'}         | leadership
            {'overrunPercent':20}                 B      12001  0     0     {'decision':'releasePartially','amount':12000} | done
            {'overdueDays':5}                     B      12000  100   5     {'decision':'release'}         | done
            {'overdueDays':5}                     B      12000  100   6     {'decision':'release'}         | leadership
            {'overdueDays':5}                     B      12000  100   6     {'decision':'reject'}          | done
            {'riskClasses':['A','B']}             B      12000  0     0     {'decision':'release'}         | done
            {'riskClasses':['A','B']}             C      12000  0     0     {'decision':'release'}         | leadership
            {'causes':['internalDefect']}         B      12000  0     0     {'decision':'release'}         | leadership
            {'causes':['customerRisk']}           B      12000  0     0     {'decision':'release'}         | done
            {'secondPersonAbove':12000}           B      12000  0     0     {'decision':'release'}         | done
            {'secondPersonAbove':12000}           B      12001  0     0     {'decision':'release'}         | second
            {'upTo':0}                            B      12000  0     0     {'decision':'maintainBlock','until':'2026-03-20','mustHappen':'x'} | done
            """))
        {
            var payer = $"P{++number}";
            await desk.Payer(payer, 10_000, row["class"]);
            if (row.Integer("owes") is > 0 and var owes) await desk.Invoice(payer + "-I", payer, owes,
                row["late"] == "0" ? "2026-05-25" : $"2026-02-{28 + 2 - row.Integer("late"):00}");
            var block = await desk.Order(payer + "-O", payer, row.Integer("order"));
            await Delegate(server, row["bound"], number);
            var decision = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(row["decision"].Replace('\'', '"'));
            var reply = await desk.Decide(block, null, decision, CreditDesk.Ana);
            var answer = reply.Code == "authority-exceeded" ? reply["detail"] : reply.Expect(200)["pending"] == "secondPerson" ? "second" : "done";
            Assert.Equal((row.Text, row["answer"] == "leadership" ? "it may be decided by: leadership." : row["answer"]), (row.Text, answer));
        }
    }

    static async Task Delegate(RunningServer server, string bound, int number)
    {
        var analyst = "{\"role\":\"creditAnalyst\"," + bound.Replace('\'', '"')[1..];
        var draft = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(
            $$"""{"basedOn":"standard","delegation":[{{analyst}},{"role":"leadership"}]}""");
        (await server.Put("/policies/draft", draft, $"mo{number}:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "tried" }, CreditDesk.Lea)).Expect(200);
    }
}
