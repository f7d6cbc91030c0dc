using System.Text;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>The roots of a stretch in the order of their names, and those that only its other rows name.</summary>
/// <remarks>Not safe for several threads.</remarks>
sealed class StretchRoots
{
    readonly List<(RootRow Row, byte[] Name)> roots = [];
    readonly HashSet<string> strays = new(StringComparer.Ordinal);

    public int Count => roots.Count;
    public RootRow this[int place] => roots[place].Row;

    /// <summary>Roots that rows in this lane name and that have no row of their own here.</summary>
    public IReadOnlyCollection<string> Strays => strays;

    public void Read(StoreReader reader, in Stretch stretch)
    {
        roots.Clear();
        strays.Clear();
        using var rows = reader.Raw(StoreReader.RootColumns, "root", stretch, "root");
        while (rows.Next())
        {
            var row = new RootRow(
                Encoding.UTF8.GetString(rows.Text(0)), rows.Whole(1), rows.Blob(2).ToArray(), DateOnly.FromDayNumber(rows.Day(3)),
                rows.IsNull(4) ? null : DateOnly.FromDayNumber(rows.Day(4)), rows.IsNull(5) ? null : Encoding.UTF8.GetString(rows.Text(5)));
            if (Lane.Of(row.Root) == stretch.Lane) roots.Add((row, rows.Text(0).ToArray()));
            else strays.Add(row.Root);
        }
    }

    /// <summary>The places of roots that come one after the other, as a table's rows name them; negative for one that has none, which is a stray.</summary>
    public Func<ReadOnlySpan<byte>, int> FromFirst()
    {
        var at = 0;
        return root =>
        {
            var order = 1;
            while (at < roots.Count && (order = root.SequenceCompareTo(roots[at].Name)) > 0) at++;
            if (at < roots.Count && order == 0) return at;
            strays.Add(Encoding.UTF8.GetString(root));
            return -1;
        };
    }
}
