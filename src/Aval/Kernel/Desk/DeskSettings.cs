namespace Aval.Kernel;

/// <summary>How the Desk is set up. The defaults suit one machine of two to sixteen cores.</summary>
/// <param name="MostInBatch">Commands taken together; larger batches hold locks longer than they save commits.</param>
/// <param name="MostWaiting">Commands that may wait in one worker's queue; the next one is refused with <c>busy</c>.</param>
/// <param name="MostFactsBytes">Memory for the facts of roots, by estimate; beyond it those go that nobody has asked for lately.</param>
/// <param name="MostReactions">Reactions of one kind that run in the commit that woke them; the rest follows later, at a moment that depends on the load.</param>
public sealed record DeskSettings(
    int MostInBatch = 256, int MostWaiting = 10_000, long MostFactsBytes = 1L << 30, int MostReactions = Consequences.MostReactions)
{
    /// <summary>For how long a caller waits for the answer to a command, where it is to come in time.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
