using Aval.Cash;
using Aval.Import;
using Aval.Kernel;
using Aval.Receivables;
using Aval.Tests.Import;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Cash;

/// <summary>The first months of the wholesaler's receipts as commands on a store; the whole history is measured by <c>bench -- receipts</c>.</summary>
public sealed class WideWorldDeskTests(PostgresCluster cluster)
{
    static readonly Actor By = Actor.Key("clerk", Permission.AllRights);

    [Theory, InlineData(false), InlineData(true)]
    public async Task Receipts_recorded_and_matched_through_the_desk_find_exactly_their_invoices(bool postgres)
    {
        const string last = "2013-02-15";
        var receipts = RealHistory.Table("receipts").Where(row => string.CompareOrdinal(row["date"], last) <= 0)
            .OrderBy(row => row["date"], StringComparer.Ordinal).ThenBy(row => int.Parse(row["number"], null)).ToList();
        using var files = new FilesStore(postgres ? cluster : null);
        var history = RealHistory.Until(Day(last), files);
        await using var store = await files.OpenAsync();
        await store.StartAsync(Day(last), Currency.Of("USD"), CancellationToken.None);
        await ImportRun.RunAsync(store, new ImportPlan(Kinds.Find("customers")!, [Path.Combine(history, "customers.csv")]), null, CancellationToken.None);
        await DoneAsync(store, RealHistory.Table("invoices").TakeWhile(row => string.CompareOrdinal(row["date"], last) <= 0).Select(row => new PostInvoice(new InvoiceBody(
            row["number"], row["customer"], Day(row["date"]), Day(row["dueDate"]), Currency.Of(row["currency"]), Amount(row["amount"])))));
        await DoneAsync(store, receipts.SelectMany(row => new Command[]
        {
            new PostReceipt(new ReceiptBody(row["number"], row["payer"], Day(row["date"]), Currency.Of(row["currency"]), Amount(row["amount"]))),
            new MatchReceipt(row["number"], []),
        }));

        var truth = RealHistory.Table("allocations").ToLookup(row => row["receipt"], row => (row["invoice"], (long)(Amount(row["amount"]) * 100)));
        var query = new ReceivablesQuery(store.Store);
        Assert.True(receipts.Count > 500);
        foreach (var number in receipts.Select(row => row["number"]))
            Assert.Equal(truth[number].Order(), (await query.SettlementsOfAsync(number, CancellationToken.None)).Select(part => (part.Invoice, part.Amount)).Order());
    }

    static async Task DoneAsync(OpenStore store, IEnumerable<Command> commands)
    {
        var answers = new List<Task<Answer>>();
        foreach (var command in commands) answers.Add(await store.Desk.EnqueueAsync(command, By, CancellationToken.None));
        Assert.All(await Task.WhenAll(answers), answer => Assert.Null(answer.Problem));
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    static decimal Amount(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
