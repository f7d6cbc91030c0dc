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

    /// <summary>The business date of these facts; null where nobody has told one, and every version is then in force.</summary>
    DateOnly? Day { get; init; }

    /// <summary>The version that holds on the day: of those that have come into force the highest.</summary>
    public CompiledPolicy Current { get; private init; } = Preset;

    /// <summary>On the first day of the version that holds: that of the day before and those overtaken on the same day. None on other days.</summary>
    public ImmutableArray<CompiledPolicy> Replaced { get; private init; } = [];

    /// <summary>True on the first day of a version whose horizon is wider than one of those it has replaced.</summary>
    public bool WidensHorizonToday => !Replaced.IsEmpty && Replaced.Min(version => version.Policy.HorizonDays) < Current.Policy.HorizonDays;

    /// <summary>In order of activation.</summary>
    public IEnumerable<PolicyVersion> Versions => ByVersion.Values.Select(version => version.Row);

    /// <summary>What is being written; null when nothing is, or when it has been activated.</summary>
    public PolicyDraft? Draft => Written is { ActivatedAs: null } ? Written : null;

    /// <summary>The number of the version activated last, in force or not yet; 0 before the first.</summary>
    public int Latest => ByVersion.IsEmpty ? 0 : ByVersion.Keys.Last();

    /// <summary>False until a store has recorded its first version.</summary>
    public bool HasVersions => !ByVersion.IsEmpty;

    public PolicyVersion? Version(int version) => ByVersion.TryGetValue(version, out var known) ? known.Row : null;

    public PolicyState StateOf(PolicyVersion row) =>
        row.Version == Current.Version ? PolicyState.Holds : row.Version > Current.Version ? PolicyState.Waits : PolicyState.Past;

    /// <summary>The first day on which an order of this ship date lies within the horizon: today's version tells it, or one that comes into force before.</summary>
    public DateOnly Enters(DateOnly ship) => FirstDay(policy => ship.AddDays(-policy.Policy.HorizonDays))!.Value;

    /// <summary>The first day that comes by the version that holds then: one that comes into force later has it come on its own first day at the earliest.</summary>
    /// <param name="under">The day by one version; null where it has none.</param>
    public DateOnly? FirstDay(Func<CompiledPolicy, DateOnly?> under)
    {
        var (first, begins) = (under(Current), (DateOnly?)null);
        foreach (var (from, version) in Waiting())
        {
            if (first < from) break;
            (first, begins) = (under(version), from);
        }

        return first < begins ? begins : first;
    }

    /// <summary>The version that holds today and those that will come into force, as far as they are known: by any of them a root may have found its next date.</summary>
    public IEnumerable<Policy> FromNowOn => Waiting().Select(waiting => waiting.Version).Prepend(Current).Select(version => version.Policy);

    /// <summary>The version under which a check was made.</summary>
    public CompiledPolicy? Compiled(int version) =>
        ByVersion.TryGetValue(version, out var known) ? known.Compiled : version == Preset.Version ? Preset : null;

    public IFactsSlice With(object row)
    {
        if (row is PolicyDraft draft) return this with { Written = draft };
        if (row is not PolicyVersion version) return this;
        return (this with { ByVersion = ByVersion.SetItem(version.Version, (version, new CompiledPolicy(version.Version, version.Policy))) }).Chosen();
    }

    /// <summary>A version that names a later day holds from then on.</summary>
    public IFactsSlice OnDay(DateOnly day) => day == Day ? this : (this with { Day = day }).Chosen();

    public IFactsSlice Without(object row) => this;

    public object? Find(Type row, string key)
    {
        if (row == typeof(PolicyDraft)) return key == PolicyDraft.Key ? Written : null;
        if (row != typeof(PolicyVersion)) return null;
        return int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? Version(version) : null;
    }

    public IEnumerable<object> RowsOf(string party) => [];

    /// <summary>The versions that will come into force after today, by their days; one that is overtaken before its day never does.</summary>
    IEnumerable<(DateOnly From, CompiledPolicy Version)> Waiting()
    {
        var holding = Current.Version;
        if (Day is not { } today || ByVersion.IsEmpty || Latest == holding) yield break;
        var later = ByVersion.Values.Where(version => version.Row.Effective > today);
        foreach (var (row, compiled) in later.OrderBy(version => version.Row.Effective).ThenByDescending(version => version.Row.Version))
        {
            if (row.Version <= holding) continue;
            holding = row.Version;
            yield return (row.Effective, compiled);
        }
    }

    PoliciesFacts Chosen()
    {
        var current = HoldingOn(Day);
        var replaced = Day is { } day && Version(current.Version)?.Effective == day ? Before(current, day) : [];
        return ReferenceEquals(Current, current) && Replaced.IsEmpty && replaced.IsEmpty ? this : this with { Current = current, Replaced = replaced };
    }

    CompiledPolicy HoldingOn(DateOnly? day)
    {
        foreach (var (_, version) in ByVersion.Reverse())
            if (day is null || version.Row.Effective <= day) return version.Compiled;
        return Preset;
    }

    ImmutableArray<CompiledPolicy> Before(CompiledPolicy current, DateOnly day) =>
    [
        HoldingOn(day.AddDays(-1)),
        .. ByVersion.Values.Where(version => version.Row.Effective == day && version.Row.Version < current.Version).Select(version => version.Compiled),
    ];
}
