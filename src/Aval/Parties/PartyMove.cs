using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties.Rules;

namespace Aval.Parties;

/// <summary>Puts a customer, and moves every party whose root this changes: with all its rows, journaled in both chains. All roots concerned are locked.</summary>
/// <remarks>It looks at the customer, at those above it and at those below it: what that costs does not grow with the group.</remarks>
sealed class PartyMove(Case @case)
{
    readonly IReadOnlyList<PartiesFacts> parties = [.. @case.Roots.Select(root => @case.Of(root).Get<PartiesFacts>())];

    public Problem? Refuse(Customer after)
    {
        var tree = With(after);
        if (tree.HasCycle(after.Number)) return PartyProblems.GroupCycle.With($"{after.Group} stands below {after.Number} already.", "group");
        return tree.HasPayerChain(after.Number, Under(after.Number))
            ? PartyProblems.PayerChain.With($"{after.Number} would be paid for by {after.Payer} in more than one hop.", "payer")
            : null;
    }

    /// <summary>A top that has a payer stands at that one's root: those below it would have a root at which nothing is known of who stands above them.</summary>
    public Problem? RefuseApart(Customer after) => @case.Roots.Contains(HomeOf(after))
        ? null
        : PartyProblems.PayerChain.With(
            $"{after.Number} would stand in the group of a customer that is paid for by one who is not in it.", after.Payer is null ? "group" : "payer");

    /// <summary>The root at which it will stand: where it stands already, while payer and group stay.</summary>
    public string HomeOf(Customer after) => Find(after.Number) is { } known && !IsElsewhere(known, after) ? RootNow(after.Number)! : With(after).RootOf(after.Number);

    public void Put(Customer after)
    {
        var known = Find(after.Number);
        var home = HomeOf(after);
        if (known is null || IsElsewhere(known, after))
        {
            var tree = With(after);
            foreach (var number in WithThoseBelow(after.Number))
            {
                var from = RootNow(number);
                var to = tree.RootOf(number);
                if (from is not null && from != to) Move(number, from, to);
            }
        }

        // Documents of a payer who had not been entered wait at the roots of those who named it.
        if (known is null)
            foreach (var root in @case.Roots)
                if (root != home) Move(after.Number, root, home);
        @case.Put(PartiesFacts.Table, after, home);
        @case.Enrol(after.Number, home, after.Above);
    }

    void Move(string party, string from, string to)
    {
        var moved = false;
        foreach (var (table, row) in RowsOf(party, from).ToList())
        {
            @case.Take(table, row, from);
            @case.Put(table, row, to);
            moved = true;
            if (row is Customer customer) @case.Enrol(party, to, customer.Above, from);
        }

        if (moved) @case.Reason ??= "moved";
    }

    IEnumerable<(Table Table, object Row)> RowsOf(string party, string root)
    {
        foreach (var row in @case.Of(root).RowsOf(party)) yield return (@case.TableOf(row), row);
        if (!@case.Closed.TryGetValue(root, out var closed)) yield break;
        foreach (var (table, row) in closed)
            if (table.PartyOf(row) == party) yield return (table, row);
    }

    static bool IsElsewhere(Customer before, Customer after) => before.Payer != after.Payer || before.Group != after.Group;

    /// <summary>The tree as it will be, of what was known before anything moves.</summary>
    PartyTree With(Customer after) => new(number => number == after.Number ? after : Find(number));

    Customer? Find(string number)
    {
        foreach (var at in parties)
            if (at.Customers.TryGetValue(number, out var customer)) return customer;
        return null;
    }

    IEnumerable<Customer> Under(string number) => parties.SelectMany(at => at.Under(number).Select(below => at.Customers[below]));

    /// <summary>All whose way up passes it, itself among them.</summary>
    SortedSet<string> WithThoseBelow(string number)
    {
        var (found, next) = (new SortedSet<string>(StringComparer.Ordinal) { number }, new Queue<string>([number]));
        while (next.TryDequeue(out var above))
            foreach (var below in Under(above))
                if (found.Add(below.Number)) next.Enqueue(below.Number);
        return found;
    }

    string? RootNow(string number) => @case.Roots.FirstOrDefault(root => @case.Of(root).Get<PartiesFacts>().Customers.ContainsKey(number));
}
