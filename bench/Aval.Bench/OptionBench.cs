using System.Diagnostics;
using System.Globalization;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Bench;

/// <summary>How long it takes to find every option of a held order, and how many changes of the facts are put to the check on the way.</summary>
static class OptionBench
{
    const int Rounds = 20;

    static readonly DateOnly Today = new(2026, 3, 31);
    static readonly Customer Payer = new(
        "C1", "Northwind Traders", "DE", Currency.EUR, "NET30", null, null, null, null, null, new PostalAddress("Hafenstr. 1", "Hamburg", "20457", "DE"), "B", null, false,
        "retail", PayabilityProfile.None, [], null);

    public static void Run(TextWriter output)
    {
        output.WriteLine("open invoices  held by             options  candidates  milliseconds  ms for 50 candidates");
        foreach (var invoices in new[] { 20, 200, 1_000, 10_000 })
        {
            Measure(output, invoices, "limit", Asked(invoices, late: false));
            Measure(output, invoices, "limit, overdue", Asked(invoices, late: true));
            Measure(output, invoices, "limit, disputed", Disputed(Asked(invoices, late: false)));
        }

        output.WriteLine();
        output.WriteLine("open invoices  unapplied receipts  first ms  again ms  named within a commit, ms  for options, ms");
        foreach (var (invoices, receipts) in new[] { (1_000, 1_000), (5_000, 1_000), (5_000, 3_000), (5_000, 5_000) })
        {
            MeasureCauses(output, invoices, receipts, "named", Receipts(Asked(invoices, late: false), invoices, receipts, named: true));
            MeasureCauses(output, invoices, receipts, "silent", Receipts(Asked(invoices, late: false), invoices, receipts, named: false));
        }
    }

    /// <summary>The cause as a commit tells it: on facts that nobody has asked about yet, and for the next order on the same receivables.</summary>
    static void MeasureCauses(TextWriter output, int invoices, int receipts, string kind, Func<WhatIf> fresh)
    {
        var (first, again, commit, options) = (0d, 0d, 0d, 0d);
        for (var round = -2; round < Rounds / 4; round++)
        {
            var asked = fresh();
            var booked = asked.Check();
            var times = new[]
            {
                Timed(() => Diagnosis.Of(asked, booked)), Timed(() => Diagnosis.Of(asked, booked)),
                Timed(() => Diagnosis.DefectsThatMatter(asked, booked, new Effort(Effort.InCommit))), Timed(() => Diagnosis.DefectsThatMatter(asked, booked)),
            };
            if (round >= 0) (first, again, commit, options) = (first + times[0], again + times[1], commit + times[2], options + times[3]);
        }

        const double of = Rounds / 4;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{invoices,13:N0}  {receipts,11:N0} {kind,-6}  {first / of,8:N1}  {again / of,8:N2}  {commit / of,25:N1}  {options / of,15:N1}"));
    }

    static double Timed(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>Small receipts that nobody has matched, each with the number of its invoice or with nothing that tells; one large enough to let the order go.</summary>
    /// <returns>The question on facts that were just changed, so that nothing of them is known.</returns>
    static Func<WhatIf> Receipts(WhatIf asked, int invoices, int receipts, bool named)
    {
        var root = asked.Root;
        for (var at = 0; at < receipts; at++) root = root.With(Waiting(at, at == receipts / 2 ? invoices * 20_00L : 1_37L + at, named ? $"invoice I-{at % invoices}" : null));
        return () => asked with { Root = root.With(Waiting(receipts, 1_00, null)) };
    }

    static Receipt Waiting(int at, long amount, string? reference) => new(
        $"R-{at}", "C1", Today.AddDays(-1 - (at % 30)), Currency.EUR, amount, reference, ReceiptStatus.Cleared, null, Currency.EUR, StoredRate.Same(Today), 0, false)
    {
        ClearedOn = Today.AddDays(-1 - (at % 30)),
    };

    static void Measure(TextWriter output, int invoices, string heldBy, WhatIf asked)
    {
        for (var round = 0; round < Rounds; round++) Solve(asked, out _);
        var watch = Stopwatch.StartNew();
        int options = 0, candidates = 0;
        for (var round = 0; round < Rounds; round++) options = Solve(asked, out candidates);
        var milliseconds = watch.Elapsed.TotalMilliseconds / Rounds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{invoices,13:N0}  {heldBy,-18} {options,8}  {candidates,10}  {milliseconds,12:N1}  {milliseconds / candidates * 50,20:N2}"));
    }

    static int Solve(WhatIf asked, out int candidates)
    {
        var effort = new Effort(Effort.Usual);
        var options = Solver.Of(asked, asked.Check(), [], effort);
        candidates = Effort.Usual - effort.Left;
        return options.Length;
    }

    /// <summary>Half of one invoice is disputed, so that what nobody disputes is weighed too.</summary>
    static WhatIf Disputed(WhatIf asked) => asked.Root.Find<Invoice>("I-7") is { } invoice
        ? asked.With(invoice.With(new InvoicePart(PartKind.Disputed, "D-1", invoice.Amount / 2, Today.AddDays(-5), Legitimacy.CustomerFault))) : asked;

    /// <summary>The order is worth a tenth of a limit that is used up; every fourth invoice is late where some are.</summary>
    static WhatIf Asked(int invoices, bool late)
    {
        var order = new Order(
            "SO-1", "C1", "C1", Currency.EUR, Today, Today, [new OrderLine(1, "A-100", Quantity.Of(invoices), UnitPrice.Of(10), 0)], null, null, null, null, null, null,
            OrderStatus.Held, Currency.EUR, StoredRate.Same(Today), null, 1);
        var composition = new Composition(Capabilities.All);
        var root = composition.Empty("C1") with { Sequence = 1, Through = Today };
        root = root.With(Payer).With(order).With(new Limit(
            "L-1", "C1", LimitLevel.Payer, LimitTerm.Standing, LimitKind.Amount, Currency.EUR, invoices * 100_00L, Today.AddDays(-9), null, null, "", LimitStatus.Approved, 1));
        for (var at = 0; at < invoices; at++)
        {
            var due = late && at % 4 == 0 ? Today.AddDays(-40 - (at % 7)) : Today.AddDays(1 + (at % 60));
            var amount = 90_00L + (at % 21 * 100);
            root = root.With(new Invoice(
                $"I-{at}", "C1", "C1", null, due.AddDays(-30), due, Currency.EUR, amount, Currency.EUR, StoredRate.Same(due), [], false, 0, 0, []));
        }

        return new WhatIf(root, composition.Empty(Facts.Company) with { Through = Today }, order, Today, new CompiledPolicy(1, Standard.Policy));
    }
}
