using System.Collections.Immutable;
using System.Text.Json;

namespace Aval.Policies.Rules;

/// <summary>Late enough, and enough of it, and enough of all that is owed: any of the tests is enough.</summary>
/// <param name="Tests">At least one.</param>
/// <param name="AsPairs">Whether it was written as <c>pairs</c>.</param>
/// <param name="LongestPromiseDays">Calendar days from the day on which a promise was given to its last good day beyond which it counts for nothing; null for
/// <see cref="UsualLongestPromiseDays"/>.</param>
public sealed record OverdueRule(
    ImmutableArray<OverdueTest> Tests, bool AsPairs, DisputedParts? Disputed, PromisedParts? Promised, OverdueLevel? Level, int? LongestPromiseDays = null)
    : RuleSetting("overdue", RuleFamily.Credit)
{
    /// <summary>Two months: whoever needs longer asks for new terms.</summary>
    public const int UsualLongestPromiseDays = 60;

    public int LongestPromise => LongestPromiseDays ?? UsualLongestPromiseDays;
    public DisputedParts DisputedParts => Disputed ?? DisputedParts.IgnoreCompanyFault;
    public PromisedParts PromisedParts => Promised ?? PromisedParts.Ignore;
    public bool OfGroup => Level == OverdueLevel.Group;

    /// <summary>What is different at pick release; null when nothing is.</summary>
    public OverdueAtStage? AtPick
    {
        get;
        init => (field, testsAtPick) = (value, value is null ? default : [.. Tests.Select(value.Over)]);
    }

    readonly ImmutableArray<OverdueTest> testsAtPick;

    public ImmutableArray<OverdueTest> TestsAt(Stage stage) => stage switch
    {
        Stage.Entry => Tests,
        Stage.PickRelease => testsAtPick.IsDefault ? Tests : testsAtPick,
    };

    internal override void Write(Utf8JsonWriter json)
    {
        if (AsPairs) json.WriteStartArray("pairs");
        foreach (var test in Tests)
        {
            if (AsPairs) json.WriteStartObject();
            json.WriteNumber("minDays", test.MinDays);
            json.WriteNumber("minAmount", test.MinAmount);
            json.WriteNumber("minSharePercent", test.MinSharePercent);
            if (AsPairs) json.WriteEndObject();
        }

        if (AsPairs) json.WriteEndArray();
        json.WriteWord("disputed", Disputed);
        json.WriteWord("promised", Promised);
        if (LongestPromiseDays is { } longest) json.WriteNumber("longestPromiseDays", longest);
        json.WriteWord("level", Level);
        Stages.Write(json, AtPick is { } atPick ? atPick.Write : null);
    }
}

/// <summary>All three on the sum of the items at least <paramref name="MinDays"/> past due; each is enough when reached.</summary>
/// <param name="MinDays">Calendar days past due.</param>
/// <param name="MinSharePercent">Of the receivables.</param>
public sealed record OverdueTest(int MinDays, decimal MinAmount, decimal MinSharePercent);

public enum DisputedParts { Count, IgnoreCompanyFault, Ignore }

public enum PromisedParts { Count, Ignore }

public enum OverdueLevel { Payer, Group }

/// <summary>Items more than <paramref name="Days"/> past due, of at least <paramref name="MinAmount"/> together.</summary>
public sealed record OldestItemRule(int Days, decimal MinAmount) : RuleSetting("oldestItem", RuleFamily.Credit)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("days", Days);
        json.WriteNumber("minAmount", MinAmount);
    }
}
