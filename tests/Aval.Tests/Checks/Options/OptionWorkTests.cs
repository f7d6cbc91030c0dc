using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;

namespace Aval.Tests.Checks.Options;

/// <summary>What finding the options costs, counted and not timed: a payer with a hundred times as many invoices asks for no more checks, and each looks at a path, not at
/// the invoices.</summary>
public sealed class OptionWorkTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Finding_options_does_not_grow_quadratically_with_the_invoices(bool late, bool disputed)
    {
        Solve(Held(200, late, disputed), out _);
        var (few, many) = (Held(1_000, late, disputed), Held(10_000, late, disputed));
        var (bytesOfFew, checksOfFew) = Solve(few, out var optionsOfFew);
        var (bytesOfMany, checksOfMany) = Solve(many, out var optionsOfMany);
        Assert.Equal(optionsOfFew, optionsOfMany);
        Assert.InRange(checksOfMany, 1, checksOfFew + 100);
        // Going through all invoices once is linear: ten times as much. Quadratic would be a hundred times.
        Assert.InRange(bytesOfMany, 1, 15 * bytesOfFew);
    }

    static (long Bytes, int Checks) Solve(WhatIf asked, out int options)
    {
        var effort = new Effort(Effort.Usual);
        var booked = asked.Check();
        var before = GC.GetAllocatedBytesForCurrentThread();
        options = Solver.Of(asked, booked, [], effort).Length;
        return (GC.GetAllocatedBytesForCurrentThread() - before, Effort.Usual - effort.Left);
    }

    /// <summary>The limit is used up, whatever it is; every fourth invoice is late where some are, and money is expected on every day to come.</summary>
    static WhatIf Held(int invoices, bool late, bool disputed) => new HeldOrder
    {
        Disputes = disputed ? ["D-1:I-9:50:customerFault", "D-2:I-17:90:customerFault"] : [],
        Limit = $"{invoices * 100}", Lines = [$"{invoices}x10"],
        Invoices = [.. Enumerable.Range(0, invoices).Select(at => $"I-{at}:{90 + (at % 21)}@{(late && at % 4 == 0 ? -40 - (at % 7) : 1 + (at % 60))}")],
    }.Asked();
}
