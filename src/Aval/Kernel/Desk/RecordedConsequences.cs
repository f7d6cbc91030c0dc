using Aval.Kernel.Storage;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel;

/// <summary>What follows from commands, recorded beside them: the same for a batch as for a bundle.</summary>
/// <param name="most">Reactions of one kind that run in the commit that woke them.</param>
sealed class RecordedConsequences(Composition composition, Recording recording, int most, ILogger log)
{
    /// <summary>What follows from the changes of a case. It has been recorded by then, so a defect in a reaction does not undo it.</summary>
    public void React(string root, Facts before, Case @case)
    {
        try
        {
            recording[root] = At(root).React(@case, before, recording[root], recording.Company, recording.Company.Through);
        }
        catch (Exception e) when (!Store.IsOfTheStore(e))
        {
            log.LogError(e, "A reaction at {Root} failed", root);
        }
    }

    public Consequences At(string root) => new(
        composition,
        recording.Write.At,
        most,
        (command, work) =>
        {
            recording.Record(command, work, recording[root], []);
            return recording[root];
        },
        (reaction, key) => recording.Leave(root, reaction.Rule, key))
    {
        Failed = (reaction, key, e) =>
        {
            if (Store.IsOfTheStore(e)) return false;
            log.LogError(e, "The reaction {Rule} failed at {Root} on {Key}; it waits there", reaction.Rule, root, key);
            recording.Postpone(root, reaction.Rule, key);
            return true;
        },
    };
}
