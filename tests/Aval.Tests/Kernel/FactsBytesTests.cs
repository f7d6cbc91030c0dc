using System.Globalization;
using System.Runtime.CompilerServices;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Receivables.Rules;
using Aval.Statements.Rules;

namespace Aval.Tests.Kernel;

/// <summary>Nothing else runs beside these, whose figures are of the whole process.</summary>
[CollectionDefinition(nameof(FactsBytes), DisableParallelization = true)]
public sealed class FactsBytes;

/// <summary>What facts are told to take is near what they take, whatever is in their rows.</summary>
[Collection(nameof(FactsBytes))]
public sealed class FactsBytesTests
{
    static readonly DateOnly Day = new(2026, 3, 2);
    static readonly Composition Composition = new(Capabilities.All);

    [Theory, InlineData(3, 4_000), InlineData(50, 1_000), InlineData(500, 100)]
    public void Orders_are_told_with_their_lines(int lines, int orders) => Near(orders, n => new Order(
        Text("O", n), Text("C", n % 20), Text("C", n % 20), Currency.EUR, Day, Day,
        [.. Enumerable.Range(1, lines).Select(line => new OrderLine(line, Text("item ", line), default, default, 19))],
        null, null, null, Text("PO", n), null, null, OrderStatus.Held, null, null, null, n));

    [Fact]
    public void Invoices_are_told() => Near(10_000, n => new Invoice(
        Text("I", n), Text("C", n % 20), Text("C", n % 20), null, Day, Day.AddDays(n % 90), Currency.EUR, 100, Currency.EUR, Aval.Rates.Rules.StoredRate.Same(Day),
        [], false, 0, 0, []));

    [Fact]
    public void Bank_lines_that_wait_are_told() => Near(10_000, n => new StatementLine(
        Text("DE89370400440532013000-EUR 2026-03-02 ", n), Text("DE89370400440532013000-EUR", 0), Text("S", n), Text("E", n), default, Day, Day, Day, 100, Currency.EUR,
        false, Text("ref", n), null, Text("end", n), null, null, null, Text("Counterparty ", n), Text("DE02120300000000202051", n), null, Text("Remittance of invoice number ", n),
        null, 1, LineState.New));

    static void Near(int rows, Func<int, object> row)
    {
        // Once beforehand, so that what is made ready once counts with nobody.
        Taken(2, row);
        // What others have left behind may end while this is measured: the middle of several is told.
        var grown = Enumerable.Range(0, 5).Select(_ => Taken(rows, row)).Order().ElementAt(2);
        var facts = Build(rows, row);
        Assert.Equal(rows, facts.Count);
        Assert.InRange((double)facts.Bytes / grown, 0.6, 1.7);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"told {facts.Bytes / rows} bytes a row, took {grown / rows}"));

        for (var n = 0; n < rows; n++) facts = facts.With(row(n));
        Assert.Equal(rows, facts.Count);
        for (var n = 0; n < rows; n++) facts = facts.Without(row(n));
        Assert.Equal((0, 0L), (facts.Count, facts.Bytes));
    }

    /// <summary>In a frame of its own, which keeps nothing of the one before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static long Taken(int rows, Func<int, object> row)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var facts = Build(rows, row);
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(facts);
        return taken;
    }

    static Facts Build(int rows, Func<int, object> row)
    {
        var facts = Composition.Empty("C0");
        for (var n = 0; n < rows; n++) facts = facts.With(row(n));
        return facts;
    }

    static string Text(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");
}
