using System.Collections.Immutable;
using System.Globalization;
using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Policies;

/// <summary>All policy versions and the draft, on the company's root. Each version is made ready for checks once.</summary>
public sealed record PoliciesFacts : IFactsSlice
{
    /// <summary>The preset, which holds as version 1 until a store has recorded its own.</summary>
    static readonly CompiledPolicy Preset = new(1, Standard.Policy);

    public static readonly PoliciesFacts Empty = new();

    ImmutableSortedDictionary<int, (PolicyVersion Row, CompiledPolicy Compiled)> ByVersion { get; init; } =
        ImmutableSortedDictionary<int, (PolicyVersion, CompiledPolicy)>.Empty;

    PolicyDraft? Written { get; init; }

    /// <summary>The version that holds: the highest.</summary>
    public CompiledPolicy Current { get; private init; } = Preset;

    /// <summary>In order of activation.</summary>
    public IEnumerable<PolicyVersion> Versions => ByVersion.Values.Select(version => version.Row);

    /// <summary>What is being written; null when nothing is, or when it has been activated.</summary>
    public PolicyDraft? Draft => Written is { ActivatedAs: null } ? Written : null;

    /// <summary>False until a store has recorded its first version.</summary>
    public bool HasVersions => !ByVersion.IsEmpty;

    public PolicyVersion? Version(int version) => ByVersion.TryGetValue(version, out var known) ? known.Row : null;

    /// <summary>The version under which a check was made.</summary>
    public CompiledPolicy? Compiled(int version) =>
        ByVersion.TryGetValue(version, out var known) ? known.Compiled : version == Preset.Version ? Preset : null;

    public IFactsSlice With(object row)
    {
        if (row is PolicyDraft draft) return this with { Written = draft };
        if (row is not PolicyVersion version) return this;
        var versions = ByVersion.SetItem(version.Version, (version, new CompiledPolicy(version.Version, version.Policy)));
        return this with { ByVersion = versions, Current = versions[versions.Keys.Max()].Compiled };
    }

    public IFactsSlice Without(object row) => this;

    public object? Find(Type row, string key)
    {
        if (row == typeof(PolicyDraft)) return key == PolicyDraft.Key ? Written : null;
        if (row != typeof(PolicyVersion)) return null;
        return int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? Version(version) : null;
    }

    public IEnumerable<object> RowsOf(string party) => [];
}
