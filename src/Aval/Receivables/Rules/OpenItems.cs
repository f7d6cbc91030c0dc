using System.Collections;
using System.Runtime.CompilerServices;
using Aval.Policies.Rules;

namespace Aval.Receivables.Rules;

/// <summary>A payer's open invoices, earliest due first, with the sum of any beginning of the list at hand. Immutable.</summary>
/// <remarks>A weight-balanced tree (Adams 1992, with the bounds of Hirai and Yamamoto 2011): adding, removing and summing up to a day look at a path,
/// not at the items, so a payer with 20,000 late invoices is checked as fast as one with 20.</remarks>
[CollectionBuilder(typeof(OpenItems), nameof(Create))]
public sealed class OpenItems : IReadOnlyCollection<OpenItem>, IEquatable<OpenItems>
{
    public static readonly OpenItems Empty = new(null);

    /// <summary>An item that is added makes a path of nodes anew, some eight: a node of its own for each of all costs no more once an eighth is new.</summary>
    const int Worthwhile = 8;

    readonly Node? root;

    OpenItems(Node? root) => this.root = root;

    public static OpenItems Create(ReadOnlySpan<OpenItem> items)
    {
        var all = Empty;
        foreach (var item in items) all = all.Add(item);
        return all;
    }

    public int Count => root?.Count ?? 0;

    /// <summary>What is open of all items, and the parts that are told apart.</summary>
    public OpenParts Sum => root?.Sum ?? default;

    /// <summary>The item due first of which something is left when these parts are left out; null when there is none.</summary>
    public OpenItem? First(DisputedParts disputed = DisputedParts.Count, PromisedParts promised = PromisedParts.Count)
    {
        var left = OpenParts.LeftUnder(disputed, promised);
        for (var node = root; node is not null && (node.LeftSomewhere & left) != 0;)
        {
            if (node.Left is { } earlier && (earlier.LeftSomewhere & left) != 0) node = earlier;
            else if ((node.Item.Parts.LeftUnderAny() & left) != 0) return node.Item;
            else node = node.Right;
        }

        return null;
    }

    /// <summary>These with all of those, none of which is among them: where they are many beside what is here, the whole is put in order once.</summary>
    public OpenItems Add(IReadOnlyList<OpenItem> items)
    {
        if (items.Count * Worthwhile < Count || items.Count == 1)
        {
            var grown = this;
            foreach (var item in items) grown = grown.Add(item);
            return grown;
        }

        OpenItem[] all = [.. this, .. items];
        Array.Sort(all);
        return new OpenItems(Halved(all));
    }

    public OpenItems Add(OpenItem item) => new(Added(root, item));

    public OpenItems Remove(OpenItem item) => new(Removed(root, item));

    /// <summary>The sum of the items due on or before the day.</summary>
    public OpenParts DueBy(DateOnly day)
    {
        var sum = default(OpenParts);
        for (var node = root; node is not null;)
        {
            if (node.Item.DueDate > day)
            {
                node = node.Left;
                continue;
            }

            sum += node.SumSoFar;
            node = node.Right;
        }

        return sum;
    }

    /// <summary>The items of invoices dated from one day to another that are due on or after a third.</summary>
    /// <remarks>Looks at a path where the dates of all items lie within the days or outside, else at the items in between.</remarks>
    public Shipped Shipped(DateOnly from, DateOnly to, DateOnly dueFrom) => Shipped(root, from, to, dueFrom);

    static Shipped Shipped(Node? node, DateOnly from, DateOnly to, DateOnly dueFrom)
    {
        if (node is null || node.LastDate < from || node.FirstDate > to) return default;
        if (node.Item.DueDate < dueFrom) return Shipped(node.Right, from, to, dueFrom);
        var here = from <= node.Item.Date && node.Item.Date <= to ? new Shipped(node.Item.Parts, node.Item.DueDate) : default;
        return Shipped(node.Left, from, to, dueFrom) + here + Later(node.Right, from, to);
    }

    /// <summary>The same of items that are all due late enough.</summary>
    static Shipped Later(Node? node, DateOnly from, DateOnly to)
    {
        if (node is null || node.LastDate < from || node.FirstDate > to) return default;
        if (from <= node.FirstDate && node.LastDate <= to) return new Shipped(node.Sum, FirstDue(node));
        var here = from <= node.Item.Date && node.Item.Date <= to ? new Shipped(node.Item.Parts, node.Item.DueDate) : default;
        return Later(node.Left, from, to) + here + Later(node.Right, from, to);
    }

    static DateOnly FirstDue(Node node)
    {
        while (node.Left is { } earlier) node = earlier;
        return node.Item.DueDate;
    }

    public IEnumerator<OpenItem> GetEnumerator()
    {
        var path = new Stack<Node>();
        var node = root;
        while (node is not null || path.Count > 0)
        {
            for (; node is not null; node = node.Left) path.Push(node);
            node = path.Pop();
            yield return node.Item;
            node = node.Right;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(OpenItems? other) => other is not null && Count == other.Count && Sum == other.Sum && this.SequenceEqual(other);
    public override bool Equals(object? obj) => Equals(obj as OpenItems);
    public override int GetHashCode() => HashCode.Combine(Count, Sum);

    static Node? Halved(ReadOnlySpan<OpenItem> items) =>
        items.IsEmpty ? null : new Node(Halved(items[..(items.Length / 2)]), items[items.Length / 2], Halved(items[((items.Length / 2) + 1)..]));

    static Node Added(Node? node, OpenItem item)
    {
        if (node is null) return new Node(null, item, null);
        var order = item.CompareTo(node.Item);
        return order == 0 ? new Node(node.Left, item, node.Right)
            : order < 0 ? Balanced(Added(node.Left, item), node.Item, node.Right)
            : Balanced(node.Left, node.Item, Added(node.Right, item));
    }

    static Node? Removed(Node? node, OpenItem item)
    {
        if (node is null) return null;
        var order = item.CompareTo(node.Item);
        if (order < 0) return Balanced(Removed(node.Left, item), node.Item, node.Right);
        if (order > 0) return Balanced(node.Left, node.Item, Removed(node.Right, item));
        if (node.Left is null || node.Right is null) return node.Left ?? node.Right;
        var next = node.Right;
        while (next.Left is { } earlier) next = earlier;
        return Balanced(node.Left, next.Item, Removed(node.Right, next.Item));
    }

    // Neither side may weigh more than three times the other; a side that grew inwards is turned first.
    static Node Balanced(Node? left, OpenItem item, Node? right)
    {
        if (Weight(right) > 3 * Weight(left))
            return Weight(right!.Left) < 2 * Weight(right.Right)
                ? new Node(new Node(left, item, right.Left), right.Item, right.Right)
                : new Node(new Node(left, item, right.Left!.Left), right.Left.Item, new Node(right.Left.Right, right.Item, right.Right));
        if (Weight(left) > 3 * Weight(right))
            return Weight(left!.Right) < 2 * Weight(left.Left)
                ? new Node(left.Left, left.Item, new Node(left.Right, item, right))
                : new Node(new Node(left.Left, left.Item, left.Right!.Left), left.Right.Item, new Node(left.Right.Right, item, right));
        return new Node(left, item, right);
    }

    static int Weight(Node? node) => (node?.Count ?? 0) + 1;

    sealed class Node(Node? left, OpenItem item, Node? right)
    {
        public Node? Left { get; } = left;
        public OpenItem Item { get; } = item;
        public Node? Right { get; } = right;
        public int Count { get; } = (left?.Count ?? 0) + 1 + (right?.Count ?? 0);

        /// <summary>Of what is due before the item, and of the item.</summary>
        public OpenParts SumSoFar { get; } = (left?.Sum ?? default) + item.Parts;

        public OpenParts Sum { get; } = (left?.Sum ?? default) + item.Parts + (right?.Sum ?? default);

        /// <summary>Under which ways of leaving parts out anything here is left.</summary>
        public int LeftSomewhere { get; } = (left?.LeftSomewhere ?? 0) | item.Parts.LeftUnderAny() | (right?.LeftSomewhere ?? 0);

        public DateOnly FirstDate { get; } = Earliest(item.Date, left?.FirstDate, right?.FirstDate);
        public DateOnly LastDate { get; } = Latest(item.Date, left?.LastDate, right?.LastDate);

        static DateOnly Earliest(DateOnly own, DateOnly? left, DateOnly? right)
        {
            if (left < own) own = left.Value;
            return right < own ? right.Value : own;
        }

        static DateOnly Latest(DateOnly own, DateOnly? left, DateOnly? right)
        {
            if (left > own) own = left.Value;
            return right > own ? right.Value : own;
        }
    }
}

/// <summary>What some of the open items come to.</summary>
/// <param name="FirstDue">The earliest due date among them; null when there are none.</param>
public readonly record struct Shipped(OpenParts Parts, DateOnly? FirstDue)
{
    public long Sum => Parts.Open;

    /// <summary>Of the sum, what nobody disputes, by whosever fault.</summary>
    public long Undisputed => Parts.Open - Parts.CompanyFault - Parts.OtherDisputed;

    public static Shipped operator +(Shipped earlier, Shipped later) => new(earlier.Parts + later.Parts, earlier.FirstDue ?? later.FirstDue);
}
