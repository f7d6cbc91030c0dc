using System.Collections.Immutable;

namespace Aval.Cash.Rules;

/// <summary>Who may have paid a bank line, or has, and what says so.</summary>
/// <param name="Key">The line and the payer.</param>
/// <param name="Evidence">What tells; empty where a person has said so, and where nothing tells any more.</param>
/// <param name="Found">True for the payer whose receipt the line became; else it is one that may have paid it.</param>
/// <param name="On">The business date on which it was told.</param>
public sealed record LinePayer(string Key, string Line, string Payer, ImmutableArray<PayerEvidence> Evidence, bool Found, DateOnly On)
{
    /// <summary>True for one of those among whom a person chooses.</summary>
    public bool IsPossible => !Found && !Evidence.IsEmpty;

    public static string KeyOf(string line, string payer) => $"{line} {payer}";

    public static LinePayer Of(string line, PossiblePayer possible, bool found, DateOnly on) =>
        new(KeyOf(line, possible.Payer), line, possible.Payer, possible.Evidence, found, on);
}

/// <summary>A payer who may have paid.</summary>
public sealed record PossiblePayer(string Payer, ImmutableArray<PayerEvidence> Evidence);
