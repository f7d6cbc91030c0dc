using Aval.Kernel;

namespace Aval.Access;

/// <summary>What came of a form, to be told above its page.</summary>
/// <param name="Done">What was done, in a sentence; null when nothing was sent, or it was refused.</param>
/// <param name="Secret">What was made and can be read once.</param>
public sealed record FormOutcome(Problem? Refused = null, string? Done = null, string? Secret = null)
{
    public static readonly FormOutcome None = new();

    internal static FormOutcome Of(Answer answer, string done) => answer.Problem is { } refused ? new FormOutcome(refused) : new FormOutcome(Done: done);
}
