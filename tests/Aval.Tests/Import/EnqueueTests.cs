using Aval.Checks;
using Aval.Import;
using Aval.Kernel;
using Aval.Orders;
using Aval.Parties;

namespace Aval.Tests.Import;

/// <summary>Commands queued one behind the other, without waiting for answers.</summary>
public sealed class EnqueueTests : IDisposable
{
    static readonly DateOnly Today = new(2026, 3, 2);

    readonly FilesStore files = new();

    [Fact]
    public async Task A_branch_queued_behind_its_payer_belongs_to_it()
    {
        await using var store = await StartedAsync();
        var customers = Enumerable.Range(1, 40).Select(number => Customer($"C{number}", number == 1 ? null : "C1")).ToArray();
        Assert.All(await InOrderAsync(store, customers), answer => Assert.Null(answer.Problem));
        foreach (var customer in customers) Assert.Equal("C1", (await store.Desk.ViewAsync(customer.Number, Cancel))!.Value.Root.Root);
    }

    [Fact]
    public async Task A_payer_queued_behind_its_branches_takes_them_over()
    {
        await using var store = await StartedAsync();
        var customers = Enumerable.Range(1, 40).Select(number => Customer($"C{number}", number == 40 ? null : "C40")).ToArray();
        Assert.All(await InOrderAsync(store, customers), answer => Assert.Null(answer.Problem));
        Assert.Equal(40, (await store.Desk.ViewAsync("C7", Cancel))!.Value.Root.Get<PartiesFacts>().Customers.Count);
    }

    [Fact]
    public async Task A_delivery_queued_behind_its_order_finds_it()
    {
        await using var store = await StartedAsync();
        await store.Desk.SubmitAsync(Customer("C1", null), Kind.Importer, cancel: Cancel);
        var commands = Enumerable.Range(1, 200).SelectMany(number => new Command[] { Order($"SO-{number}", "C1"), Delivery($"SO-{number}") });
        Assert.All(await InOrderAsync(store, [.. commands]), answer => Assert.Null(answer.Problem));
    }

    [Fact]
    public async Task A_delivery_queued_behind_an_order_that_is_refused_is_refused_as_unknown()
    {
        await using var store = await StartedAsync();
        await store.Desk.SubmitAsync(Customer("C1", null), Kind.Importer, cancel: Cancel);
        await store.Desk.SubmitAsync(Order("SO-1", "C1") with { Key = Claim.OfKey(Kind.Importer, "test", "1", "a") }, Kind.Importer, cancel: Cancel);
        var answers = await InOrderAsync(store, Order("SO-2", "C1") with { Key = Claim.OfKey(Kind.Importer, "test", "1", "b") }, Delivery("SO-2"));
        Assert.Equal(["key-reused", "order-unknown"], answers.Select(answer => answer.Problem!.Code));
    }

    public void Dispose() => files.Dispose();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<OpenStore> StartedAsync()
    {
        var store = await files.OpenAsync();
        await store.StartAsync(Today, Currency.EUR, Cancel);
        return store;
    }

    static async Task<IReadOnlyList<Answer>> InOrderAsync(OpenStore store, params IReadOnlyList<Command> commands)
    {
        var answers = new List<Task<Answer>>();
        foreach (var command in commands) answers.Add(await store.Desk.EnqueueAsync(command, Kind.Importer, Cancel));
        return await Task.WhenAll(answers);
    }

    static PutCustomer Customer(string number, string? payer) => new PutCustomer(
        number, new CustomerBody("Atelier", "FR", (Currency?)Currency.EUR, "NET30", payer is null ? default : new Optional<string>(true, payer)));

    static EnterOrder Order(string number, string customer) => new EnterOrder(
        new OrderBody(number, customer, Currency.EUR, Today, [new OrderLineBody(1, "desk", Quantity.Of(1), UnitPrice.Of(100), 20)]));

    static RecordDelivery Delivery(string order) => new RecordDelivery(order, new DeliveryBody(Today, [new(1, Quantity.Of(1))]));
}
