namespace Aval.Indicators.Rules;

/// <summary>How a figure stands against the one before it.</summary>
public enum Trend { Better, Worse, Same, Higher, Lower }

/// <summary>Judges figures by which way they should go.</summary>
public static class Judgement
{
    /// <summary>Whether the target is reached; at the target is within it.</summary>
    public static bool? Met(Wanted wanted, decimal? value, decimal? target) => value is not { } told || target is not { } set ? null : wanted switch
    {
        Wanted.Lower => told <= set,
        Wanted.Higher => told >= set,
        Wanted.Neither => null,
    };

    /// <summary>Better or worse where one way is wanted, else higher or lower.</summary>
    public static Trend? Trend(Wanted wanted, decimal? value, decimal? previous)
    {
        if (value is not { } now || previous is not { } before) return null;
        if (now == before) return Rules.Trend.Same;
        return wanted switch
        {
            Wanted.Lower => now < before ? Rules.Trend.Better : Rules.Trend.Worse,
            Wanted.Higher => now > before ? Rules.Trend.Better : Rules.Trend.Worse,
            Wanted.Neither => now > before ? Rules.Trend.Higher : Rules.Trend.Lower,
        };
    }
}
