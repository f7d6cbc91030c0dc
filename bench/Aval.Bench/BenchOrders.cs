using System.Diagnostics;
using Aval.Checks;
using Aval.Kernel;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Parties.Rules;

namespace Aval.Bench;

/// <summary>The customers and orders that are measured with: each payer has a limit of its own and one on its group, orders have three lines and are released.</summary>
static class BenchOrders
{
    public static readonly DateOnly Today = new(2026, 3, 2);
    static readonly Actor By = Actor.Key("bench", Permission.AllRights);
    static readonly PostalAddress Address = new("1 rue du Port", "Lyon", "69002", "FR");

    public static string Payer(int payer) => $"C{payer:D7}";

    /// <summary>Payers of one group, whose orders all meet at one root.</summary>
    public static string Member(int member) => $"M{member:D7}";

    public static OrderBody Order(string number, string customer) => new(
        number, customer, Currency.EUR, Today,
        [.. Enumerable.Range(1, 3).Select(line => new OrderLineBody(line, "A-100", Quantity.Of(2), UnitPrice.Of(49.99m), 20))], Today, PurchaseOrder: number);

    /// <summary>Enters so many payers with a group each.</summary>
    public static async Task EnterPayersAsync(Desk desk, int payers)
    {
        foreach (var chunk in Enumerable.Range(0, payers).Chunk(500))
            await Task.WhenAll(chunk.Select(async payer =>
            {
                await EnterGroupAsync(desk, $"G{payer:D7}");
                await EnterPayerAsync(desk, Payer(payer), $"G{payer:D7}");
            }));
    }

    /// <summary>Enters so many payers of one group.</summary>
    public static async Task EnterMembersAsync(Desk desk, int members)
    {
        await EnterGroupAsync(desk, "M");
        await Task.WhenAll(Enumerable.Range(0, members).Select(member => EnterPayerAsync(desk, Member(member), "M")));
    }

    /// <summary>Enters orders of this series from so many callers at once, each its next one when the last was answered.</summary>
    /// <returns>How long each took, in ticks of the stopwatch.</returns>
    public static async Task<List<long>> EnterAsync(Desk desk, string series, int callers, Func<int, int, string> customer, TimeSpan measured)
    {
        var until = Stopwatch.GetTimestamp() + (long)(measured.TotalSeconds * Stopwatch.Frequency);
        var took = await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            await Task.Yield();
            var own = new List<long>();
            for (var begun = Stopwatch.GetTimestamp(); begun < until;)
            {
                await DoneAsync(desk, new EnterOrder(Order($"{series}-{caller}-{own.Count}", customer(caller, own.Count))));
                var ended = Stopwatch.GetTimestamp();
                own.Add(ended - begun);
                begun = ended;
            }

            return own;
        }));
        return [.. took.SelectMany(own => own)];
    }

    static async Task EnterGroupAsync(Desk desk, string group)
    {
        await DoneAsync(desk, new PutCustomer(group, new CustomerBody("Group " + group, "FR", Currency.EUR, "NET30", BillingAddress: Address, RiskClass: "B")));
        await DoneAsync(desk, new RecordLimit(
            new LimitBody(group, LimitTerm.Standing, LimitKind.Amount, Currency.EUR, Today, "bench", 9_000_000_000_000m, Level: LimitLevel.Group)));
    }

    static async Task EnterPayerAsync(Desk desk, string payer, string group)
    {
        await DoneAsync(desk, new PutCustomer(
            payer, new CustomerBody("Customer " + payer, "FR", Currency.EUR, "NET30", Group: group, BillingAddress: Address, RiskClass: "B")));
        await DoneAsync(desk, new RecordLimit(new LimitBody(payer, LimitTerm.Standing, LimitKind.Amount, Currency.EUR, Today, "bench", 8_000_000_000_000m)));
    }

    static async Task DoneAsync(Desk desk, Command command)
    {
        var answer = await desk.SubmitAsync(command, By);
        if (answer.Problem is { } problem) throw new InvalidOperationException(problem.ToString());
    }
}
