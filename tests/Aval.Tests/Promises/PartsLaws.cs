using Aval.Cash;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Tests.Receivables;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Promises;

/// <summary>What holds of the parts of invoices after any course of disputes, promises, payments, returns, credit notes and write-offs.</summary>
public sealed class PartsLaws
{
    [Fact]
    public void What_counts_of_an_invoices_parts_never_exceeds_what_is_open() => Check(books =>
    {
        foreach (var invoice in Open(books))
        {
            var open = CreditValue.Of(invoice)!.Value.Between(invoice.Settled, invoice.Amount);
            var (disputed, promised, toBeCredited) = InvoiceParts.Counted(invoice, CreditValue.Of(invoice)!.Value);
            Assert.InRange(disputed.Total + promised, 0, open);
            Assert.InRange(toBeCredited, 0, open);
            Assert.All([disputed.CompanyFault, disputed.Shared, disputed.CustomerFault, disputed.Unqualified, promised], part => Assert.True(part >= 0));
        }
    });

    [Fact]
    public void A_payers_figures_are_a_recount_of_its_documents() => Check(books =>
    {
        foreach (var payer in new[] { "P1", "P2" })
        {
            var (company, disputed, promised, credited) = (0L, 0L, 0L, 0L);
            foreach (var invoice in Open(books).Where(invoice => invoice.Payer == payer))
            {
                // Told from the documents themselves, in the order of the rule, and counted down from what is open.
                var room = invoice.Open;
                var own = books.All<Dispute>().Where(dispute => dispute.Stands && dispute.Invoice == invoice.Number).ToList();
                long Take(long said)
                {
                    var taken = Math.Min(room, said);
                    room -= taken;
                    return taken;
                }

                var ours = Take(own.Where(dispute => dispute.Legitimacy == Legitimacy.CompanyFault).Sum(dispute => dispute.Amount));
                company += Credit(invoice, ours);
                disputed += Credit(invoice, ours + Take(own.Where(dispute => dispute.Legitimacy != Legitimacy.CompanyFault).Sum(dispute => dispute.Amount)));
                promised += Take(books.All<PromiseToPay>().Where(promise => promise.Status == PromiseStatus.Open).Sum(promise => promise.Part(invoice.Number)?.Rest ?? 0));
                var owed = books.All<CreditNotePromise>().Where(promise => promise.Invoice == invoice.Number).Sum(promise => promise.Rest);
                credited += Credit(invoice, Math.Min(invoice.Open, owed));
            }

            var told = books.Of(payer);
            Assert.Equal((company, disputed, credited), (told.Disputed.CompanyFault, told.Disputed.Total, told.PromisedCreditNotes));
            if (payer == "P1") Assert.Equal(promised, told.OpenItems.Sum.Promised);
            Assert.Equal((disputed, company), (told.OpenItems.Sum.CompanyFault + told.OpenItems.Sum.OtherDisputed, told.OpenItems.Sum.CompanyFault));
            Assert.Equal(books.Rebuilt().Of(payer).OpenItems, told.OpenItems);
        }
    });

    [Fact]
    public void A_promise_is_paid_by_no_more_than_was_promised_and_its_status_tells_its_parts() => Check(books =>
    {
        foreach (var promise in books.All<PromiseToPay>())
        {
            Assert.All(promise.Invoices, part => Assert.True(part.Paid >= 0 && part.Dropped >= 0 && part.Rest >= 0));
            Assert.Equal(promise.Status, Keeping.Judged(promise, books.Today).Status);
            foreach (var part in promise.Invoices)
            {
                var came = books.All<Settlement>().Where(settlement => settlement.Invoice == part.Invoice && settlement.Source == SettlementSource.Receipt
                    && settlement.CountsFrom is not null).Sum(settlement => settlement.Amount);
                Assert.True(part.Paid <= came, $"{promise.Number} is paid by {part.Paid} of {part.Invoice}, which has {came}");
            }
        }

        Assert.All(books.All<CreditNotePromise>(), promise => Assert.InRange(promise.Kept, 0, promise.Amount));
    });

    static IEnumerable<Invoice> Open(Books books) => books.All<Invoice>().Where(invoice => invoice.IsOpen);

    static long Credit(Invoice invoice, long minor) => CreditValue.Of(invoice)!.Value.Between(invoice.Amount - minor, invoice.Amount);

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
            Books.Advance(Books.Today.AddDays(random.Next(3)));
            switch (random.Next(12))
            {
                case 0 or 1: Books.Do(new PostInvoice(new(Next(), Payer(), Books.Opening, Books.Opening.AddDays(random.Next(40)), Currency.EUR, Amount()))); break;
                case 2 or 3 when Some<Invoice>() is { } invoice:
                    Books.Do(new RecordDispute(new(Next(), invoice.Number, Part(invoice), DisputeReason.Price, Any<Legitimacy>(), OwnerFunction.Quality)));
                    break;
                case 4 when Some<Dispute>() is { } dispute:
                    Books.Do(new ChangeDispute(dispute.Number, dispute.Invoice, new(Any<Legitimacy>(), random.Next(3) == 0 ? DisputeStatus.Closed : null)));
                    break;
                case 5 or 6 when Some<Invoice>() is { } invoice:
                    string[] named = [.. new[] { invoice.Number, Some<Invoice>()!.Number }.Distinct()];
                    Books.Do(new RecordPromise(new(Next(), invoice.Payer, named, Part(invoice), Books.Today.AddDays(random.Next(8)))));
                    break;
                case 7 when Some<Invoice>() is { } invoice:
                    Books.Do(new PromiseCreditNote(new(Next(), invoice.Payer, invoice.Number, Part(invoice), "late", OwnerFunction.Billing, Books.Today.AddDays(5))));
                    break;
                case 8 when Some<Invoice>() is { } invoice:
                    Books.Do(new PostReceipt(new(Next(), invoice.Payer, Books.Today, Currency.EUR, Amount(), Cleared: random.Next(3) > 0)));
                    break;
                case 9 when Some<Receipt>() is { } receipt && Some<Invoice>() is { } invoice:
                    AllocationBody[] parts = [new(invoice.Number, Part(invoice)), new(invoice.Number, 1)];
                    Books.Do(new AllocateReceipt(receipt.Number, parts[..random.Next(1, 3)]));
                    break;
                case 10 when Some<Receipt>() is { } receipt:
                    Books.Do(random.Next(2) == 0
                        ? new ClearReceipt(receipt.Number, new(Books.Today), Books.Trail(receipt.Number))
                        : new ReturnReceipt(receipt.Number, new(Books.Today, "no funds"), Books.Matched(receipt.Number)));
                    break;
                case 11 when Some<Invoice>() is { } invoice:
                    Books.Do(random.Next(2) == 0
                        ? new WriteOff(new(Next(), invoice.Number, Books.Today, Part(invoice) / 2, "small"))
                        : new PostCreditNote(new(Next(), invoice.Payer, Books.Today, Currency.EUR, Part(invoice), invoice.Number)));
                    break;
            }
        }

        T? Some<T>() where T : class
        {
            var all = Books.All<T>().ToList();
            return all.Count == 0 ? null : all[random.Next(all.Count)];
        }

        T Any<T>() where T : struct, Enum => Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];
        decimal Part(Invoice invoice) => new Money(random.NextInt64(1, Math.Max(2, invoice.Amount * 2 / 3)), invoice.Currency).Major;
        string Payer() => random.Next(2) == 0 ? "C1" : "P2";
        string Next() => "D-" + ++number;
        decimal Amount() => random.Next(1, 20_000) / 100m;
    }
}
