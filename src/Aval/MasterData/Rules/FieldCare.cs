using Aval.Policies.Rules;

namespace Aval.MasterData.Rules;

/// <summary>How far a field of a customer's data can be trusted.</summary>
public enum CareState
{
    /// <summary>Nothing is entered.</summary>
    Missing,
    /// <summary>Nobody has said yet that what is entered is right.</summary>
    Unverified,
    Verified,
    /// <summary>It was verified longer ago than policy takes it for right.</summary>
    Stale,
    /// <summary>Somebody has noticed that it is wrong.</summary>
    Flagged,
}

/// <summary>What was said of one field's value. Another value has to be verified anew.</summary>
/// <param name="Id">The customer's number and the field.</param>
/// <param name="Value">What the value was then, as a hash.</param>
/// <param name="VerifiedOn">Null where it was flagged without ever having been verified.</param>
/// <param name="FlaggedOn">Null while nobody has said since that it is wrong.</param>
public sealed record FieldCare(
    string Id, string Customer, string Field, string Value, DateOnly? VerifiedOn, string? VerifiedBy, DateOnly? FlaggedOn, string? FlaggedBy, string? Note)
{
    public static string IdOf(string customer, string field) => $"{customer}:{field}";

    /// <summary>The state of a field on a day.</summary>
    /// <param name="value">The value's hash; null where nothing is entered.</param>
    /// <param name="said">What was said of it last; null where nobody has said anything.</param>
    public static CareState StateOf(string? value, FieldCare? said, DataResponsibility responsible, DateOnly today)
    {
        if (value is null) return CareState.Missing;
        if (said is null || said.Value != value) return CareState.Unverified;
        if (said.FlaggedOn is not null) return CareState.Flagged;
        if (said.VerifiedOn is not { } on) return CareState.Unverified;
        return StaleFrom(on, responsible) <= today ? CareState.Stale : CareState.Verified;
    }

    /// <summary>The first day on which what was verified has to be verified again.</summary>
    public static DateOnly StaleFrom(DateOnly verifiedOn, DataResponsibility responsible) => verifiedOn.AddDays(responsible.StaleAfterDays + 1);
}
