using System.Collections.Immutable;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>What one capability knows of a root: an immutable value that grows by rows.</summary>
public interface IFactsSlice
{
    /// <summary>This slice with the row added or in place of the one with its key; itself when the row is another capability's.</summary>
    IFactsSlice With(object row);

    /// <summary>This slice with many rows of a type that is its own.</summary>
    IFactsSlice WithNew(IReadOnlyList<object> rows)
    {
        var grown = this;
        foreach (var row in rows) grown = grown.With(row);
        return grown;
    }

    /// <summary>This slice without the row: it moved to another root, or no rule needs it any more.</summary>
    IFactsSlice Without(object row);

    /// <summary>The row of this type and key, or null.</summary>
    object? Find(Type row, string key);

    /// <summary>All rows that a move of this party takes along.</summary>
    IEnumerable<object> RowsOf(string party);

    /// <summary>What a row's places in the lists, indexes and sums of this slice take, in bytes, beside the row itself (<see cref="Facts.Bytes"/>).</summary>
    int BytesOfPlaces => 400;

    /// <summary>This slice on a business date, for what comes into force by its date alone; itself where no date matters.</summary>
    IFactsSlice OnDay(DateOnly day) => this;
}

/// <summary>All that is known of one root, valid under one sequence number. Immutable: a decision works on its own copy at no cost.</summary>
/// <param name="Root">The exposure root: the topmost node of the payer's group; or <see cref="Company"/>.</param>
/// <param name="Sequence">Number of the last journal entry these facts include; 0 for a root that does not exist yet.</param>
/// <param name="Through">The business date whose due work these facts include.</param>
public sealed record Facts(string Root, long Sequence, DateOnly Through, ImmutableArray<IFactsSlice> Slices)
{
    /// <inheritdoc cref="Facts" path="/param[@name='Through']"/>
    public DateOnly Through
    {
        get;
        init
        {
            field = value;
            Slices = OnDay(Slices, value);
        }
    }
        = Through;

    /// <summary>Whose tables tell the keys of rows; without one nothing is counted.</summary>
    internal Composition? Composition { private get; init; }

    /// <summary>For a question that nobody keeps: what rows take is counted no more.</summary>
    public Facts Supposed => Composition is null ? this : this with { Composition = null };

    /// <summary>Rows held.</summary>
    public int Count { get; private init; }

    /// <summary>What these rows take in memory, by estimate, with their places: it changes with each row by what that row takes.</summary>
    public long Bytes { get; private init; }

    /// <summary>The root of what no customer owns: policy, rates, keys, the business date. A customer's number never begins with @.</summary>
    public const string Company = "@company";

    public T Get<T>() where T : class, IFactsSlice
    {
        // All facts of one composition have it at one place, and the sums of a large group ask for it hundreds of times a check.
        if (Place<T>.Found is var at && at < Slices.Length && Slices[at] is T there) return there;
        for (var i = 0; i < Slices.Length; i++)
        {
            if (Slices[i] is not T wanted) continue;
            Place<T>.Found = i;
            return wanted;
        }

        throw new InvalidOperationException($"no capability keeps {typeof(T).Name}");
    }

    /// <summary>Where a slice of this type was found last.</summary>
    static class Place<T>
    {
        internal static int Found;
    }

    public T? Find<T>(string key) where T : class => (T?)Find(typeof(T), key);

    public object? Find(Type row, string key)
    {
        foreach (var slice in Slices)
            if (slice.Find(row, key) is { } found) return found;
        return null;
    }

    public Facts With(object row) => Changed(row, static (slice, r) => slice.With(r));

    /// <summary>These with many rows of one type, grown once.</summary>
    public Facts WithNew(IReadOnlyList<object> rows)
    {
        for (var i = 0; rows.Count > 0 && i < Slices.Length; i++)
        {
            if (ReferenceEquals(Slices[i].With(rows[0]), Slices[i])) continue;
            var grown = Slices[i].WithNew(rows);
            var (count, bytes) = (Count, Bytes);
            foreach (var row in rows)
            {
                var gain = Gain(Slices[i], grown, row);
                (count, bytes) = (count + gain.Count, bytes + gain.Bytes);
            }

            return this with { Slices = Slices.SetItem(i, grown), Count = count, Bytes = bytes };
        }

        return this;
    }

    public Facts Without(object row) => Changed(row, static (slice, r) => slice.Without(r));

    public IEnumerable<object> RowsOf(string party) => Slices.SelectMany(slice => slice.RowsOf(party));

    static ImmutableArray<IFactsSlice> OnDay(ImmutableArray<IFactsSlice> slices, DateOnly day)
    {
        for (var i = 0; i < slices.Length; i++)
            if (slices[i].OnDay(day) is var told && !ReferenceEquals(told, slices[i])) slices = slices.SetItem(i, told);
        return slices;
    }

    Facts Changed(object row, Func<IFactsSlice, object, IFactsSlice> change)
    {
        for (var i = 0; i < Slices.Length; i++)
        {
            var changed = change(Slices[i], row);
            if (ReferenceEquals(changed, Slices[i])) continue;
            var (count, bytes) = Gain(Slices[i], changed, row);
            return this with { Slices = Slices.SetItem(i, changed), Count = Count + count, Bytes = Bytes + bytes };
        }

        return this;
    }

    /// <summary>By what a slice grows with a row: it may stand in place of another, or be one that the slice does not keep.</summary>
    (int Count, long Bytes) Gain(IFactsSlice before, IFactsSlice after, object row)
    {
        if (Composition?.KeyOf(row) is not { } key) return default;
        var (was, kept) = (before.Find(row.GetType(), key), after.Find(row.GetType(), key));
        var count = (kept is null ? 0 : 1) - (was is null ? 0 : 1);
        return (count, Weight.Of(kept) - Weight.Of(was) + (count * after.BytesOfPlaces));
    }
}
