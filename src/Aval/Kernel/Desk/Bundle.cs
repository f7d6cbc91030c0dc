namespace Aval.Kernel;

/// <summary>Commands at one root that are decided one after the other and leave one entry: the rows of a part of a file.</summary>
/// <param name="Verb">The name that the journal keeps for the entry.</param>
/// <param name="Root">The root of all of them, as it was found in the directory.</param>
/// <param name="About">What the entry says of those that were taken, as JSON: no names of people, no free text.</param>
public sealed record Bundle(string Verb, string Root, IReadOnlyList<Bundled> Commands, Func<IReadOnlyList<Bundled>, byte[]> About);

/// <summary>One of the commands of a bundle, and what came of it.</summary>
/// <param name="line">The line of the file on which it stands.</param>
public class Bundled(Command command, int line)
{
    public Command Command { get; } = command;
    public int Line { get; } = line;

    /// <summary>Hashed before anything is locked, and not at all for a rehearsal that finds their numbers unused.</summary>
    public IReadOnlyList<Claim> Claims { get; } = command.AllClaims;

    /// <summary>Why it was refused; null when it was not.</summary>
    public Problem? Problem { get; internal set; }

    /// <summary>True when it had been done before, exactly so.</summary>
    public bool Repeated { get; internal set; }

    internal void Begin() => (Problem, Repeated) = (null, false);
}

/// <summary>What came of a part of a file.</summary>
public enum PartOutcome
{
    /// <summary>All of it was committed, but for what was refused or had been done before.</summary>
    Recorded,
    /// <summary>Something was refused, and therefore nothing was committed.</summary>
    Refused,
    /// <summary>A party has moved since its root was looked for: nothing was committed.</summary>
    Moved,
}
