using Aval.Cash;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Receivables;

/// <summary>What holds after any course of deliveries, invoices, credit notes, receipts, clearings, returns and write-offs.</summary>
public sealed class ReceivablesLaws
{
    [Fact]
    public void The_value_of_an_order_is_in_exactly_one_bucket_at_a_time() => Check(books =>
    {
        foreach (var order in books.All<Order>())
        {
            var value = OrderValue.Of(order with { Rate = Rates.Rules.StoredRate.Same(order.OrderDate), CreditCurrency = order.Currency });
            var whole = order.Lines.Sum(line => Math.Max(line.Billed, OrderValue.LineValue(line, Progress.Billable(line), order.Currency)));
            Assert.Equal(whole, value.Open + value.Unbilled + order.Lines.Sum(line => line.Billed));
            Assert.True(value.Open >= 0 && value.Unbilled >= 0);
            if (order.Status == OrderStatus.Closed) Assert.Equal((0, 0), (value.Open, value.Unbilled));
            if (!books.All<Invoice>().Any(invoice => invoice.Order == order.Number && invoice.Marks.Count > 0))
                Assert.All(order.Lines, line => Assert.True(line.Billed <= OrderValue.LineValue(line, Progress.Billable(line), order.Currency)));
        }
    });

    [Fact]
    public void Allocations_lose_no_cent_and_never_exceed() => Check(books =>
    {
        var settlements = books.All<Settlement>().ToList();
        foreach (var invoice in books.All<Invoice>())
        {
            var own = settlements.Where(settlement => settlement.Invoice == invoice.Number).ToList();
            Assert.Equal(invoice.Settled, own.Where(settlement => settlement.CountsFrom is not null).Sum(settlement => settlement.Amount));
            Assert.Equal(invoice.AtRisk, own.Where(settlement => settlement.CountsFrom is null).Sum(settlement => settlement.Amount));
            Assert.True(invoice.Settled >= 0 && invoice.AtRisk >= 0 && invoice.Settled + invoice.AtRisk <= invoice.Amount);
        }

        foreach (var receipt in books.All<Receipt>())
        {
            var paid = settlements.Where(settlement => settlement.Source == SettlementSource.Receipt && settlement.SourceNumber == receipt.Number).ToList();
            Assert.Equal(receipt.Allocated, paid.Sum(settlement => settlement.SourceAmount));
            Assert.InRange(receipt.Allocated, 0, receipt.Status == ReceiptStatus.Returned ? 0 : receipt.Amount);
        }

        Assert.All(books.All<CreditNote>(), note =>
            Assert.Equal(note.Applied, settlements.Where(settlement => settlement.SourceNumber == note.Number).Sum(settlement => settlement.SourceAmount)));
    });

    [Fact]
    public void What_a_payer_owes_is_the_sum_of_its_documents_however_they_came() => Check(books =>
    {
        var rebuilt = books.Rebuilt();
        foreach (var payer in new[] { "P1", "P2" })
        {
            var told = books.Of(payer);
            Assert.Equal(rebuilt.Of(payer) with
            {
                OpenItems = told.OpenItems, Deposits = told.Deposits, OverInvoiced = told.OverInvoiced, NotSent = told.NotSent, Rejected = told.Rejected,
            }, told);
            Assert.Equal(rebuilt.Of(payer).OverInvoiced, told.OverInvoiced);
            Assert.Equal(rebuilt.Of(payer).OpenItems, told.OpenItems);
            Assert.Equal(rebuilt.Of(payer).Deposits, told.Deposits);
            Assert.Equal(told.OpenItems.Sum(item => item.Open), told.Receivables + told.AtRisk);
            Assert.True(told.Receivables >= 0 && told.AtRisk >= 0 && told.Unapplied >= 0 && told.OnAccount >= 0 && told.OpenCreditNotes >= 0);
            // An amount is converted in parts; together the parts are the document, to the cent.
            var invoices = books.All<Invoice>().Where(invoice => invoice.Payer == payer && !invoice.Draft).ToList();
            var settled = invoices.Sum(invoice => CreditValue.Of(invoice)!.Value.Between(0, invoice.Settled));
            Assert.Equal(invoices.Sum(invoice => CreditValue.Of(invoice)!.Value.Between(0, invoice.Amount)), told.Receivables + told.AtRisk + settled);
        }
    });

    [Fact]
    public void The_buckets_of_an_aging_sum_to_what_is_open_on_any_day_and_today_to_what_is_owed() => Check(books =>
    {
        for (var asOf = Books.Opening; asOf <= books.Today; asOf = asOf.AddDays(2))
        {
            foreach (var payer in new[] { "P1", "P2" })
            {
                var open = books.OpenOn(asOf).Where(invoice => invoice.Payer == payer).ToList();
                Assert.All(open, invoice => Assert.True(invoice.Settled >= 0 && invoice.Open > 0 && invoice.Date <= asOf));
                foreach (var basis in Enum.GetValues<AgingBasis>())
                    Assert.Equal(open.Sum(invoice => invoice.OpenInCredit), Aging.InCreditCurrency(open, asOf, basis).Buckets.Total);
            }
        }

        foreach (var payer in new[] { "P1", "P2" })
        {
            var open = books.OpenOn(books.Today).Where(invoice => invoice.Payer == payer);
            Assert.Equal(books.Of(payer).Receivables + books.Of(payer).AtRisk, Aging.InCreditCurrency(open, books.Today, AgingBasis.DueDate).Buckets.Total);
        }
    });

    [Fact]
    public void A_closed_invoice_that_an_aging_leaves_unread_was_settled_by_then() => Check(books =>
    {
        for (var asOf = Books.Opening; asOf <= books.Today; asOf = asOf.AddDays(2))
        {
            var unread = books.All<Invoice>().Where(invoice => !invoice.IsOpen && !(invoice.LastSettled > asOf)).Select(invoice => invoice.Number);
            Assert.Empty(books.OpenOn(asOf).Select(invoice => invoice.Number).Intersect(unread));
        }
    });

    [Fact]
    public void How_a_payer_pays_is_what_its_standing_payments_say_counted_anew() => Check(books =>
    {
        foreach (var payer in new[] { "P1", "P2" })
        {
            var counted = books.All<Settlement>()
                .Where(part => part is { Source: SettlementSource.Receipt, Amount: > 0, CountsFrom: not null } && part.Payer == payer).ToList();
            var told = books.Of(payer).Behaviour;
            Assert.Equal(counted.Count == 0, told is null);
            if (told is null) continue;
            DateOnly Came(Settlement part) => part.CameOn(books.Document<Invoice>(part.Invoice))!.Value;
            var latest = counted.Max(part => MonthOf(Came(part)));
            Assert.Equal(latest, MonthOf(told.Latest));
            for (var age = 0; age < PaymentBehaviour.Window; age++)
            {
                var parts = counted.Where(part => MonthOf(Came(part)) == latest - age && books.Document<Receipt>(part.SourceNumber).Status != ReceiptStatus.Returned)
                    .Select(part => ((decimal)part.CreditAmount!.Value, Came(part).DayNumber - books.Document<Invoice>(part.Invoice).DueDate.DayNumber)).ToList();
                var sums = new PaidMonth(parts.Sum(part => part.Item1), parts.Sum(part => part.Item1 * part.Item2), parts.Sum(part => part.Item1 * part.Item2 * part.Item2));
                Assert.Equal(sums, age < told.Months.Count ? told.Months[age] : default);
            }
        }
    });

    static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month;

    /// <summary>Runs a course of 60 random acts on two payers of one group, and checks the law after every tenth.</summary>
    static void Check(Action<Books> law) => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var course = new Course(seed);
        for (var i = 1; i <= 60; i++)
        {
            course.Act();
            if (i % 10 == 0) law(course.Books);
        }
    }).Holds(60);

    /// <summary>Random but repeatable: acts that make no sense are refused, and change nothing.</summary>
    sealed class Course(int seed)
    {
        readonly Random random = new(seed);
        int number;

        public Books Books { get; } = new() { Today = Books.Opening };

        public void Act()
        {
            Books.Today = Books.Today.AddDays(random.Next(3));
            switch (random.Next(12))
            {
                case 0: Books.Enter(Order()); break;
                case 1 or 2: Deliver(); break;
                case 3 or 4: Books.Do(Invoice()); break;
                case 5: Books.Do(new PostCreditNote(new(Next(), Any("C1", "P2"), Day(), Own(), Amount(), Some<Invoice>(3)?.Number))); break;
                case 6 or 7: Books.Do(Receipt()); break;
                case 8: Books.Do(new AllocateReceipt(Some<Receipt>()?.Number ?? "-", [Part(), .. random.Next(2) == 0 ? [Part()] : Array.Empty<AllocationBody>()])); break;
                case 9 when Some<Receipt>() is { } receipt: Books.Do(new ClearReceipt(receipt.Number, new(Day()), Books.Trail(receipt.Number))); break;
                case 10 when Some<Receipt>() is { } receipt && random.Next(2) == 0:
                    Assert.NotEqual("version-stale", Books.Do(new ReturnReceipt(receipt.Number, new(Day(), "no funds"), Books.Matched(receipt.Number)))?.Code);
                    break;
                case 11 when Some<Invoice>() is { } invoice: Books.Do(new WriteOff(new(Next(), invoice.Number, Day(), Part().Amount / 10, "small"))); break;
            }
        }

        Order Order()
        {
            var ofP2 = random.Next(2) == 0;
            var order = BilledOrder.Of([$"{random.Next(1, 20)}@{random.Next(1, 9999) / 1000m}+19", $"{random.Next(1, 9)}@{random.Next(1, 99)}"]);
            return order with { Number = Next(), Customer = ofP2 ? "P2" : "C1", Payer = ofP2 ? "P2" : "P1", Currency = Own() };
        }

        void Deliver()
        {
            if (Some<Order>() is { } order)
                Books.Enter(Orders.Rules.Deliver.Apply(order, [new(random.Next(1, 3), Quantity.Of(random.Next(1, 8)))]).Order);
        }

        PostInvoice Invoice()
        {
            var order = Some<Order>(4);
            IReadOnlyList<InvoiceLine>? lines = order is not null && random.Next(2) == 0 ? [new(random.Next(1, 3), Quantity.Of(random.Next(1, 6)))] : null;
            var open = order is null ? 0 : OrderValue.Of(order with { Rate = Rates.Rules.StoredRate.Same(Day()), CreditCurrency = order.Currency }).Unbilled;
            var amount = open > 0 && random.Next(2) == 0 ? new Money(open, order!.Currency).Major : Amount();
            return new(new(Next(), order?.Customer ?? Any("C1", "P2"), Day(), Day().AddDays(300), order?.Currency ?? Own(), amount, order?.Number, lines, random.Next(9) == 0));
        }

        PostReceipt Receipt()
        {
            var order = Some<Order>(3);
            return new(new(Next(), order?.Payer ?? Any("C1", "P2"), Day(), Own(), Amount() * 3, null, random.Next(3) > 0, order?.Number));
        }

        AllocationBody Part()
        {
            var invoice = Some<Invoice>();
            if (invoice is null) return new("-", 1);
            var amount = random.Next(3) == 0 ? invoice.Free : random.NextInt64(1, Math.Max(2, invoice.Free + 2));
            return new(invoice.Number, new Money(Math.Max(1, amount), invoice.Currency).Major);
        }

        T? Some<T>(int noneInOf = 0) where T : class
        {
            var all = Books.All<T>().ToList();
            return all.Count == 0 || (noneInOf > 0 && random.Next(noneInOf) == 0) ? null : all[random.Next(all.Count)];
        }

        DateOnly Day() => Books.Opening.AddDays(random.Next(Books.Today.DayNumber - Books.Opening.DayNumber + 1));
        string Next() => "D-" + ++number;
        string Any(string one, string other) => random.Next(2) == 0 ? one : other;
        Currency Own() => Currency.Of(Any("EUR", "USD"));
        decimal Amount() => random.Next(1, 20_000) / 100m;
    }
}
