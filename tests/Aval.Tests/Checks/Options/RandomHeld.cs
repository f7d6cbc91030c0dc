using Aval.Kernel;
using Aval.Promises.Rules;
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
        from invoice in Gen.Choose(1, 6) from fault in Gen.Elements("overInvoiced", "notSent", "rejected") select $"I-{invoice}:{fault}";

    /// <summary>The standard one, and what is wrong with invoices is for a person to decide.</summary>
    internal const string Billing = """
        {"rules": [
          {"rule": "overInvoiced", "severity": "refer"}, {"rule": "invoiceNotSent", "severity": "refer", "days": 5}, {"rule": "invoiceRejected", "severity": "refer"}]}
        """;

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
        select new HeldOrder
        {
            Limit = limit, GroupLimit = above, SisterCurrency = abroad ? Currency.Of("USD") : Currency.EUR, Policy = Billing, Wrong = [.. wrong.Take(3)],
            Others = promise ? [Broken] : [],
            Invoices = [.. invoices.Select((item, at) => $"I-{at + 1}:{item.Amount}@{item.Due}")],
            SisterInvoices = [.. sisters.Select((item, at) => $"J-{at + 1}:{item.Amount}@{item.Due}")],
            Receipts = [.. receipts.Select((item, at) => $"R-{at + 1}:{item.Amount}@{item.Days}")],
            SisterReceipts = [.. sisterReceipts.Select((item, at) => $"S-{at + 1}:{item.Amount}@{item.Days}")],
            Lines = [.. lines.Take(4)], Terms = terms, ShipsInDays = ships, PurchaseOrderRequired = required, CompleteDelivery = complete, RiskClass = riskClass,
            Disputes = invoices.Count > 0 && disputed.fault.Length > 0 ? [$"D-1:I-1:{Math.Min(disputed.amount, invoices[0].Amount)}:{disputed.fault}"] : [],
            PromisedCreditNotes = invoices.Count > 1 && promised > 0 ? [$"CP-1:I-2:{Math.Min(promised, invoices[1].Amount)}"] : [],
        };
}
