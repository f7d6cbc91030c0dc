using System.Text.Json;

namespace Aval.Policies.Rules;

/// <summary>When a check is made, as far as rules may weigh it differently (<c>stages</c> in JSON).</summary>
public enum Stage
{
    /// <summary>The order is to be released: at its entry, a change, a re-check.</summary>
    Entry,
    /// <summary>An order that is released already is about to be picked: what was promised may weigh more than a small excess.</summary>
    PickRelease,
}

/// <summary>What of an overrun is tolerated: warned of, not held. Where both are given both must hold.</summary>
/// <param name="Percent">Of the limit.</param>
/// <param name="Amount">In policy's currency.</param>
public sealed record LimitTolerance(decimal? Percent, decimal? Amount)
{
    internal static LimitTolerance? Read(Fields fields)
    {
        var tolerance = new LimitTolerance(fields.PercentOrNull("tolerancePercent"), fields.AmountOrNull("toleranceAmount"));
        return tolerance is { Percent: null, Amount: null } ? null : tolerance;
    }

    internal void Write(Utf8JsonWriter json)
    {
        if (Percent is { } percent) json.WriteNumber("tolerancePercent", percent);
        if (Amount is { } amount) json.WriteNumber("toleranceAmount", amount);
    }
}

/// <summary>What of each overdue test is different at a stage; null where it is as ever.</summary>
public sealed record OverdueAtStage(int? MinDays, decimal? MinAmount, decimal? MinSharePercent)
{
    internal static OverdueAtStage Read(Fields fields) =>
        new(fields.WholeOrNull("minDays", 1, 3650), fields.AmountOrNull("minAmount"), fields.PercentOrNull("minSharePercent"));

    internal OverdueTest Over(OverdueTest test) => new(MinDays ?? test.MinDays, MinAmount ?? test.MinAmount, MinSharePercent ?? test.MinSharePercent);

    internal void Write(Utf8JsonWriter json)
    {
        if (MinDays is { } days) json.WriteNumber("minDays", days);
        if (MinAmount is { } amount) json.WriteNumber("minAmount", amount);
        if (MinSharePercent is { } share) json.WriteNumber("minSharePercent", share);
    }
}

/// <summary>The part <c>stages</c> of a rule.</summary>
static class Stages
{
    const string Name = "stages";
    const string AtPick = "pickRelease";

    /// <summary>Null where nothing is said of pick release.</summary>
    public static T? Read<T>(Fields fields, Func<Fields, T?> read) where T : class =>
        fields.ObjectOrNull(Name, stages => new Said<T>(stages.ObjectOrNull(AtPick, pick => new Said<T>(read(pick)))?.Of))?.Of;

    public static void Write(Utf8JsonWriter json, Action<Utf8JsonWriter>? atPick)
    {
        if (atPick is null) return;
        json.WriteStartObject(Name);
        json.WriteStartObject(AtPick);
        atPick(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    sealed record Said<T>(T? Of);
}
