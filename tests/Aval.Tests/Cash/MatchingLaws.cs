using Aval.Cash;
using Aval.Cash.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;
using Aval.Tests.Receivables;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Cash;

/// <summary>What holds after any course of receipts that are matched, confirmed, allocated by hand, undone, matched again and returned.</summary>
public sealed class MatchingLaws
{
    [Fact]
    public void Taking_back_all_that_receipts_have_paid_restores_the_open_items_and_the_unapplied_cash() => Check(course =>
    {
        var books = course.Books;
        foreach (var receipt in books.All<Receipt>().Where(receipt => receipt.Allocated > 0).OrderBy(_ => course.Any(1000)).ToList())
            Assert.Null(books.Do(new UndoMatch(receipt.Number, new("to the beginning"), books.Matched(receipt.Number))));
        Assert.All(books.All<Invoice>(), invoice => Assert.Equal((0, 0), (invoice.Settled, invoice.AtRisk)));
        Assert.All(books.All<CreditNote>(), note => Assert.Equal(0, note.Applied));
        Assert.All(books.All<Receipt>(), receipt => Assert.Equal(0, receipt.Allocated));
        Assert.Equal(books.All<Invoice>().Sum(invoice => CreditValue.Of(invoice)!.Value.Between(0, invoice.Amount)), books.Of("P1").Receivables);
        Assert.Equal(books.All<CreditNote>().Sum(note => note.Amount - note.Refunded), books.Of("P1").OpenCreditNotes);
        foreach (var payer in new[] { "P1", "P2" })
        {
            var held = books.All<Receipt>().Where(receipt => receipt.Payer == payer && receipt.Status == ReceiptStatus.Cleared).ToList();
            Assert.Equal(held.Sum(receipt => InCredit(receipt, receipt.Amount - receipt.Withdrawn)), books.Of(payer).Unapplied + books.Of(payer).OnAccount);
        }
        Assert.All(books.Of("P1").Behaviour?.Months ?? [], month => Assert.Equal(default, month));
    });

    [Fact]
    public void Undoing_or_returning_a_receipt_leaves_what_was_there_before_its_match() => Check(course =>
    {
        var books = course.Books;
        foreach (var receipt in books.All<Receipt>()
            .Where(receipt => receipt is { Allocated: 0, Withdrawn: 0, TransferredFrom: null, Status: not ReceiptStatus.Returned }).Take(3).ToList())
        {
            var before = State(books);
            books.Do(new MatchReceipt(receipt.Number, []));
            if (books.All<ReceiptMatch>().Single(match => match.Receipt == receipt.Number) is { Status: MatchStatus.Proposed } match)
                books.Do(Confirmed(match, course.Any(match.Candidates.Length)));
            Assert.Equal(before.Where(IsPast), State(books).Where(IsPast));
            if (books.Document<Receipt>(receipt.Number).Allocated == 0) continue;
            Assert.Null(books.Do(new UndoMatch(receipt.Number, new("meant otherwise"), books.Matched(receipt.Number))));
            Assert.Equal(before, State(books));
            books.Do(new MatchReceipt(receipt.Number, []));
            Assert.Null(books.Do(new ReturnReceipt(receipt.Number, new(books.Today, "no funds"), books.Matched(receipt.Number))));
            Assert.Equal(before.Where(line => !line.StartsWith("receipt " + receipt.Number, StringComparison.Ordinal)),
                State(books).Where(line => !line.StartsWith("receipt " + receipt.Number, StringComparison.Ordinal)));
            Assert.Equal(MatchStatus.Undone, books.Document<ReceiptMatch>(receipt.Number).Status);
        }
    });

    static bool IsPast(string line) => line.StartsWith("on ", StringComparison.Ordinal);

    [Fact]
    public void A_deduction_goes_with_its_payment_and_no_dispute_is_left_of_what_was_taken_back() => Check(course =>
    {
        var books = course.Books;
        foreach (var receipt in books.All<Receipt>().Where(receipt => receipt.Allocated > 0).ToList())
            Assert.Null(books.Do(new UndoMatch(receipt.Number, new("to the beginning"), books.Matched(receipt.Number))));
        Assert.All(books.All<Dispute>(), dispute => Assert.False(dispute.Stands, dispute.Number));
        Assert.All(books.All<Invoice>(), invoice => Assert.Equal(0, invoice.Said(PartKind.Disputed)));
    });

    [Fact]
    public void What_is_known_of_a_payer_was_taught_by_money_that_is_its_own() => Check(course =>
    {
        foreach (var lesson in course.Books.All<Lesson>().Where(lesson => lesson is { Holds: true, Kind: LessonKind.Account }))
            Assert.DoesNotContain(course.Books.All<Lesson>(), other => other.Holds && other.Text == lesson.Text && other.Payer != lesson.Payer);
    });

    [Fact]
    public void No_match_loses_a_cent_or_takes_more_than_there_is() => Check(course =>
    {
        var settlements = course.Books.All<Settlement>().ToList();
        foreach (var invoice in course.Books.All<Invoice>())
        {
            var own = settlements.Where(settlement => settlement.Invoice == invoice.Number).ToList();
            Assert.Equal(invoice.Settled, own.Where(settlement => settlement.CountsFrom is not null).Sum(settlement => settlement.Amount));
            Assert.Equal(invoice.AtRisk, own.Where(settlement => settlement.CountsFrom is null).Sum(settlement => settlement.Amount));
            Assert.True(invoice.Settled >= 0 && invoice.AtRisk >= 0 && invoice.Settled + invoice.AtRisk <= invoice.Amount);
        }

        foreach (var receipt in course.Books.All<Receipt>())
        {
            var paid = settlements.Where(part => part.Source == SettlementSource.Receipt && part.SourceNumber == receipt.Number);
            Assert.Equal(receipt.Allocated, paid.Sum(part => part.SourceAmount));
            Assert.InRange(receipt.Allocated, 0, receipt.Status == ReceiptStatus.Returned ? 0 : receipt.Amount - receipt.Withdrawn);
            Assert.Equal(receipt.Withdrawn, course.Books.All<Withdrawal>().Where(part => part.Receipt == receipt.Number).Sum(part => part.Amount));
        }

        Assert.All(course.Books.All<CreditNote>(), note => Assert.InRange(note.Applied, 0, note.Amount));
        Assert.All(course.Books.All<CreditNote>(), note =>
            Assert.Equal(note.Applied, settlements.Where(part => part.SourceNumber == note.Number).Sum(part => part.SourceAmount)));
        Assert.All(course.Books.All<CreditNote>(), note => Assert.InRange(note.Refunded, 0, note.Amount - note.Applied));
        Assert.All(course.Books.All<CreditNote>(), note =>
            Assert.Equal(note.Refunded, course.Books.All<Withdrawal>().Where(part => part.CreditNote == note.Number).Sum(part => part.Amount)));
        // What went back or elsewhere is what came, less what is here.
        var cameAndWent = course.Books.All<Receipt>().Where(receipt => receipt.TransferredFrom is null).Sum(receipt => receipt.Amount)
            - course.Books.All<Withdrawal>().Where(part => part is { Kind: WithdrawalKind.Refund, CreditNote: null }).Sum(part => part.Amount);
        Assert.Equal(cameAndWent, course.Books.All<Receipt>().Sum(receipt => receipt.Amount - receipt.Withdrawn));
        // A proposal is never left for a receipt of which nothing is open.
        Assert.All(course.Books.All<ReceiptMatch>().Where(match => match.Status == MatchStatus.Proposed), match =>
            Assert.True(course.Books.Document<Receipt>(match.Receipt).Open > 0, match.Receipt));
    });

    [Fact]
    public void A_ledger_closes_with_what_the_documents_come_to() => Check(course =>
    {
        var books = course.Books;
        foreach (var payer in new[] { "P1", "P2" })
        {
            var (invoices, receipts) = (books.All<Invoice>().Where(one => one.Payer == payer).ToList(), books.All<Receipt>().Where(one => one.Payer == payer).ToList());
            var notes = books.All<CreditNote>().Where(one => one.Payer == payer).ToList();
            var sources = receipts.Select(one => one.Number).Concat(notes.Select(one => one.Number)).ToHashSet(StringComparer.Ordinal);
            var settlements = books.All<Settlement>().Where(part => part.Payer == payer || sources.Contains(part.SourceNumber)).ToList();
            var lines = CustomerLedger.Of(payer, invoices, notes, receipts, settlements, books.All<Withdrawal>().Where(part => part.Payer == payer));
            foreach (var currency in new[] { Currency.EUR, Currency.Of("USD") })
            {
                var balance = invoices.Where(one => one.Currency == currency).Sum(one => one.Open) - notes.Where(one => one.Currency == currency).Sum(one => one.Open)
                    - receipts.Where(one => one.Currency == currency && one.Status == ReceiptStatus.Cleared).Sum(one => one.Open);
                Assert.Equal(balance, lines.Where(line => line.Amount.Currency == currency).Sum(line => line.Amount.Minor));
            }

            var differences = settlements.Where(part => part.Payer == payer && part.CountsFrom is not null).Sum(part => part.ExchangeDifference ?? 0);
            Assert.Equal(differences, lines.Sum(line => line.Difference?.Minor ?? 0));
            var went = books.All<Withdrawal>().Where(part => part.Payer == payer).Sum(part => part.Amount);
            Assert.Equal(went, lines.Where(line => line.Kind is LedgerKind.Refund or LedgerKind.Transfer).Sum(line => line.Amount.Minor));
        }
    });

    [Fact]
    public void On_any_day_the_lines_of_a_ledger_come_to_what_was_open() => Check(course =>
    {
        var books = course.Books;
        foreach (var payer in new[] { "P1", "P2" })
        {
            var (invoices, receipts) = (books.All<Invoice>().Where(one => one.Payer == payer).ToList(), books.All<Receipt>().Where(one => one.Payer == payer).ToList());
            var (notes, withdrawals) = (books.All<CreditNote>().Where(one => one.Payer == payer).ToList(), books.All<Withdrawal>().Where(one => one.Payer == payer).ToList());
            var sources = receipts.Select(one => one.Number).Concat(notes.Select(one => one.Number)).ToHashSet(StringComparer.Ordinal);
            var settlements = books.All<Settlement>().Where(part => part.Payer == payer || sources.Contains(part.SourceNumber)).ToList();
            var lines = CustomerLedger.Of(payer, invoices, notes, receipts, settlements, withdrawals);
            for (var day = Books.Opening; day <= books.Today; day = day.AddDays(1 + course.Any(6)))
                foreach (var currency in new[] { Currency.EUR, Currency.Of("USD") })
                {
                    long Later(string number) => settlements.Where(part => part.SourceNumber == number && part.Date > day).Sum(part => part.SourceAmount);
                    var open = invoices.Where(one => one.Currency == currency).Sum(one => Aging.AsOf(
                        one, settlements.Where(part => part.Invoice == one.Number && part.CountsFrom > day).Sum(part => part.Amount), day)?.Open ?? 0);
                    var credited = notes.Where(one => one.Currency == currency).Sum(one => DocumentsThen.On(
                        one, Later(one.Number), withdrawals.Where(part => part.CreditNote == one.Number && part.Date > day).Sum(part => part.Amount), day)?.Open ?? 0);
                    var held = receipts.Where(one => one.Currency == currency).Sum(one => DocumentsThen.On(
                        one, Later(one.Number), withdrawals.Where(part => part.Receipt == one.Number && part.Date > day).Sum(part => part.Amount), one.OnAccount, day) is
                        { Status: ReceiptStatus.Cleared } then ? then.Open : 0);
                    var told = lines.Where(line => line.Date <= day && line.Amount.Currency == currency).Sum(line => line.Amount.Minor);
                    Assert.True(open - credited - held == told, $"{payer} {currency} on {day}: open {open}, credited {credited}, held {held}, told {told}");
                }
        }
    });

    [Fact]
    public void The_courses_net_discount_and_write_off()
    {
        var beside = Enumerable.Range(0, 40).SelectMany(seed => Course.Played(seed).Books.All<Settlement>()).Where(part => part.Amount > 0).ToList();
        Assert.Contains(beside, part => part.Source == SettlementSource.CreditNote);
        Assert.Contains(beside, part => part.Reason == "cashDiscount");
        Assert.Contains(beside, part => part.Reason == "withinTolerance");
        Assert.Contains(Enumerable.Range(0, 40).SelectMany(seed => Course.Played(seed).Books.All<Dispute>()), dispute => !dispute.Stands);
        Assert.Contains(beside, part => part.ExchangeDifference is > 0);
        Assert.Contains(beside, part => part.ExchangeDifference is < 0);
    }

    [Fact]
    public void A_rest_that_is_more_than_the_largest_document_is_given_up_of_several()
    {
        var documents = Enumerable.Range(1, 20).Select(at => new OpenDocument($"INV-10000{at:00}", "P1", Books.Opening, Books.Opening, 10000)).ToList();
        var parts = Closing.Parts(Fit.WithinTolerance, 185000, documents);
        Assert.Equal((185000, 15000), (parts.Sum(part => part.Amount), parts.Sum(part => part.WrittenOff)));
        Assert.All(parts, part => Assert.True(part is { Amount: >= 0, WrittenOff: >= 0 } && part.Amount + part.WrittenOff == 10000));
    }

    [Fact]
    public void A_proposal_of_a_receipt_that_was_paid_back_is_not_said_to_be_posted()
    {
        var books = new Books();
        foreach (var number in new[] { "INV-100001", "INV-100002" })
            Assert.Null(books.Do(new PostInvoice(new(number, "P1", Books.Opening, Books.Opening.AddDays(30), Currency.EUR, 50))));
        Assert.Null(books.Do(new PostReceipt(new("R-1", "P1", Books.Opening.AddDays(9), Currency.EUR, 50))));
        Assert.Null(books.Do(new MatchReceipt("R-1", [])));
        Assert.Equal(MatchStatus.Proposed, books.Document<ReceiptMatch>("R-1").Status);
        Assert.Null(books.Do(new RefundReceipt(new("F-1", 50, "not ours", "R-1"))));
        Assert.Equal((MatchStatus.Unexplained, null), (books.Document<ReceiptMatch>("R-1").Status, books.Document<ReceiptMatch>("R-1").Posted));
    }

    /// <summary>The rest of a receipt in its payer's credit currency, as the exposure counts it.</summary>
    static long InCredit(Receipt receipt, long rest) =>
        CreditValue.Of(receipt.Currency, receipt.Rate, receipt.CreditCurrency)!.Value.Between(receipt.Amount - rest, receipt.Amount);

    static ConfirmMatch Confirmed(ReceiptMatch match, int candidate) =>
        new(match.Receipt, new(candidate + 1, [.. match.Candidates[candidate].Parts.Select(part => part.Document)]));

    static IReadOnlyList<string> State(Books books) =>
    [
        .. Past(books),
        .. books.All<Invoice>().Select(invoice => $"invoice {invoice.Number} {invoice.Settled} {invoice.AtRisk}").Order(StringComparer.Ordinal),
        .. books.All<CreditNote>().Select(note => $"credit note {note.Number} {note.Applied} {note.Refunded}").Order(StringComparer.Ordinal),
        .. books.All<Receipt>().Select(receipt => $"receipt {receipt.Number} {receipt.Allocated} {receipt.Open}").Order(StringComparer.Ordinal),
        $"receivables {books.Of("P1").Receivables} at risk {books.Of("P1").AtRisk} credit notes {books.Of("P1").OpenCreditNotes}",
        $"behaviour {books.Of("P1").Behaviour?.Months.Sum(month => month.AmountDays) ?? 0}",
    ];

    /// <summary>What was reported of the days that are over stays true.</summary>
    static IEnumerable<string> Past(Books books) =>
        from day in Enumerable.Range(0, books.Today.DayNumber - Books.Opening.DayNumber).Select(Books.Opening.AddDays)
        from invoice in books.OpenOn(day).OrderBy(invoice => invoice.Number, StringComparer.Ordinal)
        select $"on {day:yyyy-MM-dd} {invoice.Number} {invoice.Open}";

    static void Check(Action<Course> law) => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => law(Course.Played(seed))).Holds(80);

    /// <summary>Random but repeatable, of one payer that has a cash discount in a house that gives up rests up to five.</summary>
    sealed class Course
    {
        readonly Random random;
        int number;

        Course(int seed)
        {
            random = new Random(seed);
            Books.Enter(Books.Facts.Get<Aval.Parties.PartiesFacts>().Customers["P1"] with { PaymentTerms = "2/10 NET30" });
            var cash = CashApplication.Usual with { Tolerance = 5, TolerancePercent = 10, OldestFirst = random.Next(4) == 0 };
            Books.Enter(new PolicyVersion(2, Standard.Policy with { CashApplication = cash }, "a", "b", "tolerant", Books.Opening));
        }

        public Books Books { get; } = new() { Today = Books.Opening };

        public static Course Played(int seed)
        {
            var course = new Course(seed);
            for (var act = 0; act < 50; act++) course.Act();
            return course;
        }

        public int Any(int below) => random.Next(below);

        void Act()
        {
            Books.Today = Books.Today.AddDays(random.Next(2));
            if (random.Next(10) == 0) Books.Rate(Books.Today, Currency.Of("USD"), 1 + (random.Next(1, 50) / 100m));
            switch (random.Next(18))
            {
                case 0 or 1 or 2: Books.Do(new PostInvoice(new(Next(), "P1", Books.Today, Books.Today.AddDays(30), Some(), random.Next(1, 40) * 10m))); break;
                case 3: Books.Do(new PostCreditNote(new(Next(), "P1", Books.Today, Currency.EUR, random.Next(1, 9) * 5m))); break;
                case 4 or 5 or 6: Receive(); break;
                case 7 when Some<Receipt>() is { } receipt: Books.Do(new MatchReceipt(receipt.Number, [])); break;
                case 8 when Some<ReceiptMatch>(match => match.Status == MatchStatus.Proposed) is { } match:
                    Books.Do(Confirmed(match, random.Next(match.Candidates.Length)));
                    break;
                case 9 when Some<Receipt>(receipt => receipt.Allocated > 0) is { } receipt:
                    Assert.Null(Books.Do(new UndoMatch(receipt.Number, new("wrong"), Books.Matched(receipt.Number))));
                    break;
                case 10 when Some<Receipt>() is { } receipt && Some<Invoice>() is { } invoice:
                    Books.Do(new AllocateReceipt(receipt.Number, [new(invoice.Number, Math.Max(1, Math.Min(invoice.Free, receipt.Open) / 100))]));
                    break;
                case 12 when Some<Receipt>(receipt => receipt is { Open: > 0, Status: ReceiptStatus.Cleared }) is { } receipt:
                    Books.Do(new RefundReceipt(new(Next(), random.Next(1, (int)receipt.Open + 1) / 100m, "too much", receipt.Number)));
                    break;
                case 13 when Some<Receipt>(receipt => receipt is { Open: > 0, Status: ReceiptStatus.Cleared }) is { } receipt:
                    Books.Do(random.Next(4) == 0
                        ? new PutOnAccount(receipt.Number, new("as agreed"))
                        : new TransferToPayer(
                            new(Next(), receipt.Number, receipt.Payer == "P1" ? "P2" : "C1", "theirs", random.Next(1, (int)receipt.Open + 1) / 100m), Brought(receipt)));
                    break;
                case 14 when Some<Withdrawal>(part => part is { CreditNote: null, Reverses: null, ReversedBy: null }) is { } part:
                    Assert.True(Books.Do(Back(part))?.Code is null or "exceeds-unapplied");
                    break;
                case 15 when Some<CreditNote>(note => note.Open > 0) is { } note:
                    Assert.Null(Books.Do(new RefundCreditNote(new(Next(), random.Next(1, (int)note.Open + 1) / 100m, "they buy no more", CreditNote: note.Number))));
                    break;
                case 16 when Some<Withdrawal>(part => part is { CreditNote: not null, Reverses: null, ReversedBy: null }) is { } part:
                    Assert.Null(Books.Do(new ReverseCreditRefund(part.Number, new(Next(), "wrong"), part.CreditNote!)));
                    break;
                case 17 when Some<Receipt>(receipt => receipt is { Open: > 200, Payer: "P1", Currency.Code: "EUR" }) is { } receipt
                    && Some<Invoice>(invoice => invoice is { Free: > 300, Payer: "P1", Currency.Code: "EUR" }) is { } invoice:
                    Books.Do(new DeductFromInvoice(
                        receipt.Number, new(Next(), invoice.Number, 1, DisputeReason.Price, OwnerFunction.Sales, random.Next(1, 3) * 0.5m)));
                    break;
                case 11 when Some<Receipt>(receipt => receipt is { Status: not ReceiptStatus.Returned, Withdrawn: 0, TransferredFrom: null }) is { } receipt:
                    Assert.Null(random.Next(3) > 0
                        ? Books.Do(new ClearReceipt(receipt.Number, new(Books.Today), Books.Trail(receipt.Number)))
                        : Books.Do(new ReturnReceipt(receipt.Number, new(Books.Today, "no funds"), Books.Matched(receipt.Number))));
                    break;
            }
        }

        Command Back(Withdrawal part) => part.Kind == WithdrawalKind.Refund
            ? new ReverseWithdrawal(part.Kind, part.Number, new(Next(), "wrong"), part.Receipt!)
            : new ReverseTransfer(part.Number, new(Next(), "wrong"), part.Receipt!, Brought(Books.Document<Receipt>(part.Receipt!)));

        static Teaching Brought(Receipt receipt) => new(receipt.Number, "DE" + receipt.Number, null, receipt.Reference ?? "", []);

        /// <summary>In the payer's currency, at the rates of the opening.</summary>
        static long Euros(Invoice invoice) => invoice.Currency == Currency.EUR ? invoice.Free : new Money(invoice.Free, invoice.Currency).Convert(0.8m, Currency.EUR).Minor;

        /// <summary>Of some open documents, in full, less a discount, a little short, or of any amount; the payer names them, or says nothing.</summary>
        void Receive()
        {
            var meant = Books.All<Invoice>().Where(invoice => invoice.Free > 0 && random.Next(2) == 0).Take(3).ToList();
            var notes = Books.All<CreditNote>().Where(note => note.Open > 0 && random.Next(2) == 0).Take(1).ToList();
            var sum = meant.Sum(Euros) - notes.Sum(note => note.Open);
            var amount = random.Next(5) switch { 0 => sum * 98 / 100, 1 => sum - 300, 2 => random.Next(1, 40) * 500, _ => sum };
            if (amount <= 0) return;
            var said = random.Next(4) == 0 ? null : string.Join(' ', meant.Select(invoice => invoice.Number).Concat(notes.Select(note => note.Number)));
            var body = new ReceiptBody(Next(), "P1", Books.Today, Currency.EUR, amount / 100m, said, Cleared: random.Next(4) > 0);
            Assert.Null(Books.Do(new PostReceipt(body)));
            Books.Do(new MatchReceipt(body.Number, []));
        }

        /// <summary>Mostly the payer's own; the rate of the others changes on the way.</summary>
        Currency Some() => random.Next(5) == 0 ? Currency.Of("USD") : Currency.EUR;

        T? Some<T>(Func<T, bool>? where = null) where T : class
        {
            var all = Books.All<T>().Where(row => where is null || where(row)).ToList();
            return all.Count == 0 ? null : all[random.Next(all.Count)];
        }

        string Next() => $"INV-{100000 + ++number}";
    }
}
