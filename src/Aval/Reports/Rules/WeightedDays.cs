namespace Aval.Reports.Rules;

/// <summary>Days weighted by value, taken one amount after the other.</summary>
/// <param name="Value">Minor units of one currency.</param>
/// <param name="Weighted">Each amount times its calendar days.</param>
public readonly record struct WeightedDays(decimal Value, decimal Weighted)
{
    public WeightedDays With(long amount, int days) => new(Value + amount, Weighted + ((decimal)amount * days));

    /// <summary>To two places, half away from zero. Null without value.</summary>
    public decimal? Average => Value <= 0 ? null : Math.Round(Weighted / Value, 2, MidpointRounding.AwayFromZero);

    public static WeightedDays operator +(WeightedDays left, WeightedDays right) => new(left.Value + right.Value, left.Weighted + right.Weighted);

    public static WeightedDays Of(IEnumerable<Outstanding> amounts)
    {
        var days = default(WeightedDays);
        foreach (var (amount, length) in amounts) days = days.With(amount, length);
        return days;
    }
}
