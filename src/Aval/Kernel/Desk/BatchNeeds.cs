using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>What a batch of commands must hold before it decides.</summary>
static class BatchNeeds
{
    /// <summary>Their roots, and the numbers that may have been used before.</summary>
    /// <param name="open">Roots that the batch holds already. The company is never among what is wanted: a batch holds it from its beginning to its end.</param>
    public static WantedRoots Of(IReadOnlyList<Pending> batch, IReadOnlyCollection<string> open, bool skipLocked)
    {
        var roots = new HashSet<string>(batch.Count, StringComparer.Ordinal);
        var numbers = new HashSet<(string, string)>(batch.Count);
        foreach (var pending in batch)
        {
            foreach (var root in pending.Roots)
                if (root != Facts.Company && !open.Contains(root)) roots.Add(root);
            foreach (var claim in pending.Claims) numbers.Add((claim.Scope, claim.Number));
            if (pending.Expects) numbers.Add((pending.Command.Subject.Scope!, pending.Command.Subject.Number));
        }

        return new([.. roots.Order(StringComparer.Ordinal)], [.. numbers], skipLocked);
    }
}
