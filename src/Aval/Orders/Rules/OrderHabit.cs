namespace Aval.Orders.Rules;

/// <summary>What a customer usually orders: the values of its latest orders, oldest first, by which an unusual one is known.</summary>
/// <param name="Values">Minor units of the payer's credit currency; at most <see cref="Most"/>.</param>
public sealed record OrderHabit(string Customer, IReadOnlyList<long> Values)
{
    /// <summary>Enough for a median that a few odd orders do not move, few enough to forget last year's habits.</summary>
    public const int Most = 24;

    public OrderHabit With(long value) => this with { Values = [.. Values.Skip(Math.Max(0, Values.Count + 1 - Most)), value] };
}
