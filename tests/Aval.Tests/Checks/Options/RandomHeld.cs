using Aval.Cover.Rules;
using Aval.Kernel;
using Aval.Measures.Rules;
using Aval.Promises.Rules;
using Aval.Rates.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Checks.Options;

/// <summary>Orders on random facts: who owes what since when, what we have left undone, whose group it is, and how the order is made up.</summary>
static class RandomHeld
{
    static readonly Gen<IReadOnlyList<(int Amount, int Due)>> Open =
        (from amount in Gen.Choose(1, 5000) from due in Gen.Choose(-120, 60) select (amount, due)).ListOf().Select(list => (IReadOnlyList<(int, int)>)[.. list.Take(8)]);

    static readonly Gen<IReadOnlyList<(int Amount, int Days)>> Money =
        (from amount in Gen.Choose(1, 6000) from days in Gen.Choose(0, 40) select (amount, days)).ListOf().Select(list => (IReadOnlyList<(int, int)>)[.. list.Take(4)]);

    static readonly Gen<string> Line =
        from quantity in Gen.Choose(1, 12)
        from price in Gen.Choose(1, 1500)
        from cost in Gen.Frequency((1, Gen.Constant("")), (1, Gen.Choose(0, 1500).Select(cost => $"-{cost}")))
        from lot in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, quantity)))
        select $"{quantity}x{price}{cost}{(lot > 0 ? $"/{lot}" : "")}";

    static readonly Gen<string> Wrong =
        from invoice in Gen.Choose(1, 6) from fault in Gen.Elements("overInvoiced", "notSent", "rejected", "rejectedByUs") select $"I-{invoice}:{fault}";

    /// <summary>The standard one, and what is wrong with invoices is for a person to decide.</summary>
    internal const string Billing = """
        {"rules": [
          {"rule": "overInvoiced", "severity": "refer"}, {"rule": "invoiceNotSent", "severity": "refer", "days": 5}, {"rule": "invoiceRejected", "severity": "refer"}]}
        """;

    /// <summary>What others bear counts beside the limit under one policy, and within it under the other.</summary>
    static string Comparing(bool retained) => Billing.Insert(1, $"\"compare\": \"{(retained ? "retained" : "decision")}\", ");

    static readonly Gen<AccountMeasure> Measure =
        from kind in Gen.Elements(Enum.GetValues<MeasureKind>())
        from percent in Gen.Choose(1, 100)
        from amount in Gen.Choose(1, 12_000)
        select new AccountMeasure(
            "AM-1", "C1", "C1", kind, kind == MeasureKind.DepositPercent ? percent : null,
            kind is MeasureKind.OrderCap or MeasureKind.ExposureCap or MeasureKind.StagedInvoicing ? amount * 100L : null, Currency.EUR,
            kind == MeasureKind.TermsAtMost ? "NET14" : null, HeldOrder.Today.AddDays(-9), HeldOrder.Today.AddDays(90), "watched", 1);

    static readonly Gen<Guarantee> Guaranteed = Gen.Choose(1, 6000).Select(amount => new Guarantee(
        "G-1", "C1", "C1", GuaranteeKind.BankGuarantee, Currency.EUR, amount * 100L, Currency.EUR, StoredRate.Same(HeldOrder.Today), HeldOrder.Today.AddDays(-90),
        HeldOrder.Today.AddDays(90), null, null, null, 0, 1));

    static readonly Gen<InsuranceCover> Cover =
        from amount in Gen.Choose(1, 9000)
        from percent in Gen.Elements(50, 80, 90)
        select new InsuranceCover(
            "IC-1", "C1", "C1", CoverKind.Named, Currency.EUR, amount * 100L, Currency.EUR, StoredRate.Same(HeldOrder.Today), percent, 30, HeldOrder.Today.AddDays(-200),
            HeldOrder.Today.AddDays(165), "Insurer", null, null, null, 1);

    /// <summary>Mostly none of them.</summary>
    static readonly Gen<object[]> Around = Gen.ListOf(Gen.Frequency(
        (1, Measure.Select(one => (object)one)), (1, Guaranteed.Select(one => (object)one)), (1, Cover.Select(one => (object)one)))).Select(rows => rows.Take(2).ToArray());

    static readonly PromiseToPay Broken = new(
        "PP-1", "C1", "C1", PromiseKind.Promise, Currency.EUR, [new PromisedInvoice("I-1", 100)], HeldOrder.Today.AddDays(-9), HeldOrder.Today.AddDays(-5),
        PromiseStatus.Broken, HeldOrder.Today, null, null);

    public static readonly Gen<HeldOrder> Orders =
        from limit in Gen.Frequency((6, Gen.Choose(0, 12_000).Select(amount => $"{amount}")), (1, Gen.Constant("none")), (1, Gen.Constant("expired")))
        from above in Gen.Frequency((4, Gen.Constant("")), (2, Gen.Choose(0, 15_000).Select(amount => $"{amount}")), (1, Gen.Constant("none")))
        from abroad in Gen.Elements(false, false, true)
        from wrong in Wrong.ListOf()
        from promise in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from invoices in Open
        from sisters in Open
        from receipts in Money
        from sisterReceipts in Money
        from lines in Line.NonEmptyListOf()
        from terms in Gen.Frequency((6, Gen.Constant<string?>(null)), (1, Gen.Constant<string?>("NET90")))
        from ships in Gen.Elements(0, 0, 10, 60)
        from required in Gen.Elements(false, false, true)
        from complete in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from riskClass in Gen.Frequency((5, Gen.Constant("B")), (1, Gen.Constant("E")))
        from disputed in Gen.Elements("", "", "companyFault", "unqualified", "customerFault").SelectMany(fault => Gen.Choose(1, 3000).Select(amount => (fault, amount)))
        from promised in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 3000)))
        from around in Gen.Frequency((3, Gen.Constant(Array.Empty<object>())), (2, Around))
        from retained in Gen.Elements(true, false)
        from dollars in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        from word in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 3000)))
        from wordDays in Gen.Choose(1, 40)
        select new HeldOrder
        {
            OrderCurrency = (dollars & 1) == 1 ? Currency.Of("USD") : Currency.EUR,
            Promises = invoices.Count > 2 && word > 0 ? [$"PP-2:I-3:{Math.Min(word, invoices[2].Amount)}@{wordDays}"] : [],
            Limit = limit, GroupLimit = above, SisterCurrency = abroad ? Currency.Of("USD") : Currency.EUR, Policy = Comparing(retained), Wrong = [.. wrong.Take(3)],
            Others = promise ? [Broken, .. around] : around,
            Invoices = [.. invoices.Select((item, at) => $"I-{at + 1}:{item.Amount}@{item.Due}{((dollars & 2) == 2 && at is 1 or 4 ? "$" : "")}")],
            SisterInvoices = [.. sisters.Select((item, at) => $"J-{at + 1}:{item.Amount}@{item.Due}")],
            Receipts = [.. receipts.Select((item, at) => $"R-{at + 1}:{item.Amount}@{item.Days}")],
            SisterReceipts = [.. sisterReceipts.Select((item, at) => $"S-{at + 1}:{item.Amount}@{item.Days}")],
            Lines = [.. lines.Take(4)], Terms = terms, ShipsInDays = ships, PurchaseOrderRequired = required, CompleteDelivery = complete, RiskClass = riskClass,
            Disputes = invoices.Count > 0 && disputed.fault.Length > 0 ? [$"D-1:I-1:{Math.Min(disputed.amount, invoices[0].Amount)}:{disputed.fault}"] : [],
            PromisedCreditNotes = invoices.Count > 1 && promised > 0 ? [$"CP-1:I-2:{Math.Min(promised, invoices[1].Amount)}"] : [],
        };
}
