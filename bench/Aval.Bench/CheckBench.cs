using System.Collections.Immutable;
using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Bench;

/// <summary>How many orders one core can judge in a second under the preset, and what a check allocates.</summary>
/// <remarks>A second of processor time, so that other work on the machine counts little.</remarks>
static class CheckBench
{
    static readonly DateOnly Today = new(2026, 3, 31);
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Measured = TimeSpan.FromSeconds(2);

    public static void Run(TextWriter output)
    {
        var policy = new CompiledPolicy(1, Standard.Policy);
        output.WriteLine("open documents  order          checks a second  bytes a check");
        foreach (var documents in new[] { 20, 200, 20_000 })
        {
            Measure(output, documents, "fits", Facts(documents, late: false), policy);
            Measure(output, documents, "three findings", Facts(documents, late: true), policy);
        }
    }

    static void Measure(TextWriter output, int documents, string order, CheckFacts facts, CompiledPolicy policy)
    {
        Repeat(facts, policy, WarmUp);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (checks, seconds) = Repeat(facts, policy, Measured);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / checks;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{documents,14:N0}  {order,-14} {checks / seconds,15:N0}  {bytes,13:N0}"));
    }

    static (long Checks, double Seconds) Repeat(CheckFacts facts, CompiledPolicy policy, TimeSpan time)
    {
        var (before, spent) = (Environment.CpuUsage.TotalTime, TimeSpan.Zero);
        long checks = 0, findings = 0;
        for (; spent < time; spent = Environment.CpuUsage.TotalTime - before)
            for (var i = 0; i < 1000; i++, checks++) findings += Check.Run(facts, policy).Findings.Length;
        GC.KeepAlive(findings);
        return (checks, spent.TotalSeconds);
    }

    /// <summary>A payer in a group of two levels, orders of three lines; every second document is past due where it pays late.</summary>
    static CheckFacts Facts(int documents, bool late)
    {
        var payer = new Customer(
            "C1", "Northwind Traders", "DE", Currency.EUR, "NET30", null, "G0", "DE136695976", null, null,
            new PostalAddress("Hafenstr. 1", "Hamburg", "20457", "DE"),
            "B", null, false, "retail", new PayabilityProfile(true, "^PO-[0-9]{4}$", true), [], null);
        var lines = Enumerable.Range(1, 3).Select(line => new OrderLine(
            line, "A-100", Quantity.Of(10), UnitPrice.Of(100), 19, null, 5, "S-7", UnitPrice.Of(100))).ToList();
        var order = new Order(
            "SO-1", "C1", "C1", Currency.EUR, Today, Today, lines, null, "maria", null, "PO-1234", "CC-9", null, OrderStatus.Held, Currency.EUR,
            StoredRate.Same(Today), null, 1);
        var value = OrderValue.Of(order);
        var items = Enumerable.Range(0, documents)
            .Select(at => new OpenItem($"I-{at}", late && at % 2 == 0 ? Today.AddDays(-40) : Today.AddDays(at % 60), 100_00))
            .ToArray();
        var owed = items.Sum(item => item.Open);
        var limit = new LimitInForce(LimitKind.Amount, late ? owed : (owed * 2) + 10_000_00, Currency.EUR, null, false);
        return new CheckFacts(
            Today, order, value, payer, payer,
            [new("C1", LimitLevel.Payer, limit, Currency.EUR, owed, value.Open), new("G0", LimitLevel.Group, limit, Currency.EUR, owed, value.Open)],
            new PayerReceivables { OpenItems = [.. items], Receivables = owed, Behaviour = Behaviour() }, Habit(order), [], 0, Currency.EUR, 1);
    }

    /// <summary>Two payments a month for a year, a few days late.</summary>
    static PaymentBehaviour Behaviour()
    {
        var behaviour = PaymentBehaviour.Of(new Paid("C1", Today, 5, 1000_00));
        for (var at = 1; at < 24; at++) behaviour = behaviour.With(new Paid("C1", Today.AddDays(-15 * at), at % 9, 1000_00 + (at * 10_00)));
        return behaviour;
    }

    /// <summary>An order a week of the same few items, the latest a week ago.</summary>
    static OrderHabit Habit(Order order)
    {
        var habit = new OrderHabit("C1", []);
        for (var at = 24; at > 0; at--)
            habit = habit.With(order with { OrderDate = Today.AddDays(-7 * at), Lines = [order.Lines[0] with { UnitPrice = UnitPrice.Of(250 + (at * 5)) }] });
        return habit;
    }
}
