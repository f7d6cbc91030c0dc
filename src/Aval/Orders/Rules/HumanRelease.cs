using System.Text.Json.Serialization;
using Aval.Kernel;
using Aval.Limits.Rules;

namespace Aval.Orders.Rules;

/// <summary>What a person has released of an order, and what they saw: later checks hold it for nothing else (docs/concepts/decisions.md).</summary>
/// <param name="Decision">The id of the decision.</param>
/// <param name="On">The business date from which it covers.</param>
/// <param name="Until">The last day that it covers; null for policy's days.</param>
/// <param name="Amount">The order's whole value as it was released, in minor units of <paramref name="Currency"/>: deviations are measured from it for ever.</param>
/// <param name="Currency">The payer's credit currency.</param>
/// <param name="UpTo">Of a part: how much of the order's value may have left in all, what had left before among it; null for the whole order.</param>
/// <param name="Findings">What stood in the way and was let pass.</param>
public sealed record HumanRelease(
    string Decision, DateOnly On, DateOnly? Until, long Amount, Currency Currency, long? UpTo, IReadOnlyList<SeenFinding> Findings)
{
    /// <summary>Of a part by lines: what may have left of each, what had left before among it; a line not named here may have nothing. Null where any goods may go.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReleasedLine>? Lines { get; init; }

    /// <summary>What of the order's open value it lets go: of lines what is still to come of them, however much has left of others.</summary>
    public long PartOf(Order order, OrderValue value)
    {
        if (UpTo is not { } upTo) return value.Open;
        if (Lines is null) return Math.Clamp(upTo - (value.CreditTotal - value.Open), 0, value.Open);
        var named = OrderValue.Of(order with { Lines = [.. order.Lines.Select(Asked)] }).Open;
        var asReleased = OrderValue.Of(order with { Lines = [.. order.Lines.Select(line => GoneWithin(line, order.Currency))] });
        return Math.Clamp(upTo - (asReleased.CreditTotal - asReleased.Open), 0, Math.Min(named, value.Open));
    }

    /// <summary>How much of the line may have left in all; null where no line is named.</summary>
    public Quantity? MostOf(int line) => Lines is null ? null : Lines.FirstOrDefault(known => known.Line == line)?.UpTo ?? Quantity.Zero;

    /// <summary>The line with nothing to come but what was released of it.</summary>
    OrderLine Asked(OrderLine line) => line with { Cancelled = Quantity.Max(line.Cancelled, line.Quantity - Quantity.Min(line.Quantity, MostOf(line.Line)!.Value)) };

    /// <summary>The line as if nothing beyond what was released had left.</summary>
    OrderLine GoneWithin(OrderLine line, Currency currency) =>
        MostOf(line.Line)!.Value is var most && most >= line.Delivered && OrderValue.LineValue(line, most, currency) >= line.Billed
            ? line
            : line with { Delivered = Quantity.Min(line.Delivered, most), Billed = Math.Min(line.Billed, OrderValue.LineValue(line, most, currency)) };

    /// <summary>Whether it still covers on this day.</summary>
    /// <param name="days">Policy's calendar days, for a release without an end of its own.</param>
    public bool HoldsOn(DateOnly day, int days) => day <= (Until ?? On.AddDays(days));
}

/// <summary>What of a line a person released.</summary>
/// <param name="UpTo">How much of it may have left in all.</param>
public sealed record ReleasedLine(int Line, Quantity UpTo);

/// <summary>A finding as a person saw it when they decided.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>; null where none was meant.</param>
/// <param name="Days">Calendar days; null where none were meant.</param>
/// <param name="LimitLevel">Whether the customer's own limit or the one it shares with its group; null where no limit was meant, and on old records.</param>
public sealed record SeenFinding(string Code, string? Level = null, string? Subject = null, long? Amount = null, Currency? Currency = null, int? Days = null,
    LimitLevel? LimitLevel = null);
