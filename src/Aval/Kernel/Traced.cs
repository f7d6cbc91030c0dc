using System.Collections.Immutable;

namespace Aval.Kernel;

/// <summary>Values by key that tell which keys have changed since an earlier state: whoever has worked something out from that one renews only these.</summary>
/// <remarks>Immutable, as the facts that hold it. It remembers a bounded number of changes, and of one key alone none, since nothing could be left as it was.</remarks>
public sealed class Traced<T> where T : class
{
    /// <summary>Some 40 bytes each.</summary>
    const int MostSteps = 32;

    public static readonly Traced<T> Empty = new(ImmutableDictionary.Create<string, T>(StringComparer.Ordinal), new Step("", null));

    readonly ImmutableDictionary<string, T> values;
    readonly Step last;

    Traced(ImmutableDictionary<string, T> values, Step last) => (this.values, this.last) = (values, last);

    public T? Of(string key) => values.GetValueOrDefault(key);

    public Traced<T> With(string key, T value) => new(values.SetItem(key, value), new Step(key, values.Count > 1 && last.Depth < MostSteps ? last : null));

    /// <summary>As the other for many at once, which is not remembered.</summary>
    public Traced<T> With(IEnumerable<KeyValuePair<string, T>> changed) => new(values.SetItems(changed), new Step("", null));

    /// <summary>The keys that have changed since, in no order and each perhaps more than once; null when that is not known, or was in another line of changes.</summary>
    public IReadOnlyList<string>? Since(Traced<T> earlier)
    {
        if (ReferenceEquals(last, earlier.last)) return [];
        var changed = new List<string>(1);
        for (var step = last; step is not null; step = step.Before)
        {
            if (ReferenceEquals(step, earlier.last)) return changed;
            changed.Add(step.Key);
        }

        return null;
    }

    /// <summary>One change; no other state has this very one as its last.</summary>
    sealed class Step(string key, Step? before)
    {
        public string Key => key;
        public Step? Before => before;
        public int Depth { get; } = before is null ? 0 : before.Depth + 1;
    }
}
