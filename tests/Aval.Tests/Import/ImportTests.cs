using Aval.Import;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Import;

public sealed class ImportTests : IDisposable
{
    const string Customers = "number,name,country,currency,paymentTerms,payer\nC2,Branch,FR,EUR,NET30,C1\nC1,Head,FR,EUR,NET30,\n";
    const string Orders = "number,customer,currency,orderDate\nSO-1,C1,EUR,2026-03-02\nSO-2,C2,EUR,2026-03-02\n";
    const string Lines = "order,line,item,quantity,unitPrice,taxRate\nSO-2,1,desk,1,100,20\nSO-1,1,desk,2,100,20\nSO-2,2,lamp,1,50,20\n";

    readonly FilesStore files = new();

    [Fact]
    public async Task Control_totals_say_what_was_read_and_what_it_comes_to()
    {
        await CustomersAsync();
        var path = files.File("orders.csv", Orders);
        files.File("order-lines.csv", Lines);
        var imported = await files.ImportAsync("orders", path);
        Assert.Equal("""
            orders: 5 rows read
              recorded                                              2
              there already                                         0
              refused                                               0
              sum EUR                                             420.00
            """.ReplaceLineEndings("\n"), imported.ToText(new ImportPlan(Kinds.Find("orders")!, [path])));
    }

    [Fact]
    public async Task An_order_in_one_file_repeats_itself_on_every_line_or_is_refused()
    {
        await CustomersAsync();
        const string header = "number,customer,currency,orderDate,line,item,quantity,unitPrice,taxRate\n";
        var flat = await files.ImportAsync("orders", files.File("flat/orders.csv", header + "SO-1,C1,EUR,2026-03-02,1,desk,2,100,20\nSO-1,C1,EUR,2026-03-02,2,lamp,1,50,20\n"));
        Assert.Equal((1, 300m), (flat.Applied, flat.Sums["EUR"]));
        var torn = await files.ImportAsync("orders", files.File("flat/orders.csv", header + "SO-3,C1,EUR,2026-03-02,1,desk,2,100,20\nSO-3,C2,EUR,2026-03-02,2,lamp,1,50,20\n"));
        Assert.Equal("orders.csv:2: The rows of order SO-3 differ in what they say of the order. [rows-disagree]", Assert.Single(torn.Refusals).ToString());
    }

    [Fact]
    public async Task Guarantees_and_covers_come_in_files_too_and_are_recorded_once()
    {
        await CustomersAsync();
        var guarantees = files.File("guarantees.csv", "number,customer,kind,amount,currency,validTo,issuer\nG-1,C2,bankGuarantee,500,EUR,2030-12-31,First Bank\n");
        var covers = files.File(
            "insurance-covers.csv",
            "number,customer,kind,amount,currency,validFrom,validTo,percent,maximumExtensionDays\n"
            + "V-1,C1,named,9000,EUR,2026-01-01,2030-12-31,90,60\nV-2,C1,secret,1,EUR,2026-01-01,2030-12-31,90,60\n");
        Assert.Equal((1, 500m), (await files.ImportAsync("guarantees", guarantees) is var first ? first.Applied : 0, first.Sums["EUR"]));
        Assert.Equal(1, (await files.ImportAsync("guarantees", guarantees)).Repeated);
        Assert.Equal("insurance-covers.csv:3", Assert.Single((await files.ImportAsync("insurance-covers", covers)).Refusals).Place.ToString());
    }

    [Fact]
    public async Task An_invoice_says_in_a_column_whether_it_asks_for_goods_for_interest_or_for_costs()
    {
        await CustomersAsync();
        const string Rows = "number,customer,date,dueDate,currency,amount,charge\nI-1,C1,2026-02-01,2026-03-01,EUR,100,\n"
            + "I-2,C1,2026-02-01,2026-03-01,EUR,12.50,interest\nI-3,C1,2026-02-01,2026-03-01,EUR,40,costs\n";
        var imported = await files.ImportAsync("invoices", files.File("invoices.csv", Rows + "I-4,C1,2026-02-01,2026-03-01,EUR,40,fee\n"), skipErrors: true);
        Assert.Equal("invoices.csv:5: charge must be one of principal, interest, costs. [field-invalid]", Assert.Single(imported.Refusals).ToString());
        Assert.Equal([Charge.Principal, Charge.Interest, Charge.Costs], await ChargesAsync(files));

        using var played = new FilesStore();
        played.File("past/customers.csv", Customers);
        var past = Path.GetDirectoryName(played.File("past/invoices.csv", Rows))!;
        Assert.Empty((await played.ReplayAsync(past)).Refusals);
        Assert.Equal([Charge.Principal, Charge.Interest, Charge.Costs], await ChargesAsync(played));

        static async Task<Charge[]> ChargesAsync(FilesStore of)
        {
            await using var store = await of.OpenAsync();
            var (root, _) = (await store.Desk.ViewAsync("C1", CancellationToken.None))!.Value;
            return [.. new[] { "I-1", "I-2", "I-3" }.Select(number => root.Find<Invoice>(number)!.Charge)];
        }
    }

    [Fact]
    public async Task A_refusal_inside_an_order_names_the_row_of_its_line()
    {
        await CustomersAsync();
        var orders = files.File("orders.csv", Orders);
        var lines = files.File("lines.csv", Lines.Replace("lamp,1,50", "lamp,0,50", StringComparison.Ordinal) + "SO-9,1,desk,1,100,20\n");
        var imported = await files.ImportAsync("orders", orders, lines: lines);
        Assert.Equal(
            [
                "lines.csv:4: quantity must be above zero. [field-invalid]",
                "lines.csv:5: order SO-9 is not in the orders file. [line-without-order]",
            ],
            imported.Refusals.Select(refusal => refusal.ToString()));
    }

    [Fact]
    public async Task Disputes_and_promises_come_in_files_of_their_own()
    {
        await CustomersAsync();
        var invoices = "number,customer,date,dueDate,currency,amount\nI-1,C1,2026-02-01,2026-02-20,EUR,100\nI-2,C1,2026-02-01,2026-02-10,EUR,50\n";
        Assert.Equal(2, (await files.ImportAsync("invoices", files.File("invoices.csv", invoices))).Applied);
        var disputes = "number,invoice,amount,reason,legitimacy,owner,date,person\nD-1,I-1,40,price,companyFault,quality,2026-02-25,Quinn\nD-2,I-1,61,price,shared,quality,,\n";
        var tried = await files.ImportAsync("disputes", files.File("disputes.csv", disputes), skipErrors: true);
        Assert.Equal((1, 40m, "disputes.csv:3"), (tried.Applied, tried.Sums["of invoices"], Assert.Single(tried.Refusals).Place.ToString()));
        Assert.Equal("dispute-exceeds-invoice", tried.Refusals[0].Problem.Code);
        var promises = await files.ImportAsync("promises", files.File("promises.csv", "number,customer,invoice,amount,date\nP-1,C1,I-2,50,2026-03-20\nP-1,C1,I-1,30,2026-03-20\n"));
        Assert.Equal((1, 80m), (promises.Applied, promises.Sums["of invoices"]));
        const string header = "number,customer,invoice,amount,reason,owner,dueBy\n";
        var credits = await files.ImportAsync("credit-note-promises", files.File("credit-note-promises.csv", header + "K-1,C1,I-1,40,damaged,billing,2026-03-20\n"));
        Assert.Equal((1, 40m), (credits.Applied, credits.Sums["of invoices"]));
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_changes_nothing()
    {
        await CustomersAsync();
        var path = files.File("receipts.csv", "number,payer,date,currency,amount\nR-1,C1,2026-03-02,EUR,10\nR-2,C9,2026-03-02,EUR,20\n");
        var before = await files.JournalAsync();
        var tried = await files.ImportAsync("receipts", path, dryRun: true);
        Assert.Equal(before, await files.JournalAsync());
        Assert.Equal((1, 1), (tried.Applied, tried.Refused));
        Assert.Equal("receipts.csv:3: customer C9 is not known. [customer-unknown]", Assert.Single(tried.Refusals).ToString());
    }

    [Fact]
    public async Task One_refused_row_refuses_all_unless_errors_are_skipped()
    {
        await CustomersAsync();
        var path = files.File("receipts.csv", "number,payer,date,currency,amount\nR-1,C1,2026-03-02,EUR,10\nR-2,C9,2026-03-02,EUR,20\nR-3,C2,2026-03-02,EUR,30\n");
        var all = await files.ImportAsync("receipts", path);
        Assert.Equal((0, 1, 2), (all.Applied, all.Refused, all.Left));
        var some = await files.ImportAsync("receipts", path, skipErrors: true);
        Assert.Equal((2, 1, 0, 40m), (some.Applied, some.Refused, some.Left, some.Sums["EUR"]));
    }

    [Fact]
    public async Task What_a_row_brings_is_known_to_the_rows_behind_it()
    {
        await CustomersAsync();
        await files.ImportAsync("invoices", files.File("invoices.csv", "number,customer,date,dueDate,currency,amount\nIN-1,C1,2026-03-02,2026-04-01,EUR,100\n"));
        await files.ImportAsync("receipts", files.File("receipts.csv", "number,payer,date,currency,amount\nR-1,C1,2026-03-02,EUR,100\nR-2,C1,2026-03-02,EUR,100\n"));
        var path = files.File("allocations.csv", "receipt,invoice,amount\nR-1,IN-1,70\nR-2,IN-1,40\n");
        var tried = await files.ImportAsync("allocations", path, dryRun: true);
        Assert.Equal("allocations.csv:3: Invoice IN-1 has 30.00 EUR left to be paid, less than 40. [allocation-exceeds-invoice]", Assert.Single(tried.Refusals).ToString());
    }

    [Theory]
    [InlineData("customers", Customers)]
    [InlineData("rates", "date,base,currency,rate\n2026-03-02,EUR,USD,1.25\n2026-03-02,EUR,NOK,11.5\n")]
    [InlineData("limits", "customer,kind,limit,amount,currency,validFrom,reason\nC1,standing,amount,100,EUR,2026-01-01,opening\nC1,standing,amount,100,EUR,2026-01-01,opening\n")]
    [InlineData("holds", "customer,date,hold,reason\nC1,2026-03-02,hold,late\nC1,2026-03-02,unhold,paid\nC1,2026-03-02,hold,late\n")]
    [InlineData("deliveries", "order,date,line,quantity\nSO-2,2026-03-02,1,1\nSO-1,2026-03-02,1,1\nSO-2,2026-03-02,2,1\n")]
    [InlineData("cancellations", "order,reason\nSO-1,entered twice\n")]
    [InlineData("receipts", "number,payer,date,currency,amount\nR-1,C1,2026-03-02,EUR,10\n")]
    public async Task The_same_rows_again_change_nothing_whatever_their_file_is_called(string kind, string content)
    {
        await CustomersAsync();
        files.File("order-lines.csv", Lines);
        await files.ImportAsync("orders", files.File("orders.csv", Orders));
        var first = await files.ImportAsync(kind, files.File("first.csv", content));
        Assert.Empty(first.Refusals);
        var once = await files.JournalAsync();
        var second = await files.ImportAsync(kind, files.File("second.csv", content));
        Assert.Equal((0, 0), (second.Applied, second.Refusals.Count));
        Assert.True(second.Repeated > 0);
        Assert.Equal(once, await files.JournalAsync());
    }

    [Fact]
    public async Task An_import_that_was_broken_off_goes_on_where_it_was()
    {
        await CustomersAsync();
        var rows = Enumerable.Range(1, 3_000).Select(number => $"R-{number},C1,2026-03-02,EUR,10");
        var path = files.File("receipts.csv", "number,payer,date,currency,amount\n" + string.Join('\n', rows));
        using (var broken = new CancellationTokenSource())
        {
            await using var store = await files.OpenAsync();
            var plan = new ImportPlan(Kinds.Find("receipts")!, [path], SkipErrors: true);
            var stop = new Stop(broken, 2_500);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImportRun.RunAsync(store, plan, stop, broken.Token));
        }

        var resumed = await files.ImportAsync("receipts", path);
        Assert.Equal((3_000, 0), (resumed.Applied + resumed.Repeated, resumed.Refused));
        Assert.True(resumed is { Applied: > 0, Repeated: > 0 }, $"{resumed.Applied} applied, {resumed.Repeated} repeated");
    }

    public void Dispose() => files.Dispose();

    Task<Imported> CustomersAsync() => files.ImportAsync("customers", files.File("customers.csv", Customers));

    sealed class Stop(CancellationTokenSource source, long rows) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Rows >= rows) source.Cancel();
        }
    }
}
