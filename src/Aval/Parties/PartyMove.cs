using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties.Rules;

namespace Aval.Parties;

/// <summary>Puts a customer, and moves every party whose root this changes: with all its rows, journaled in both chains. All roots concerned are locked.</summary>
sealed class PartyMove(Case @case)
{
    public Problem? Refuse(Customer after)
    {
        var tree = new PartyTree(With(after));
        if (tree.HasCycle(after.Number)) return PartyProblems.GroupCycle.With($"{after.Group} stands below {after.Number} already.", "group");
        return tree.HasPayerChain(after.Number)
            ? PartyProblems.PayerChain.With($"{after.Number} would be paid for by {after.Payer} in more than one hop.", "payer")
            : null;
    }

    /// <summary>The root at which it will stand.</summary>
    public string HomeOf(Customer after) => new PartyTree(With(after)).RootOf(after.Number);

    public void Put(Customer after)
    {
        var known = With(after);
        var tree = new PartyTree(known);
        var isNew = RootNow(after.Number) is null;
        foreach (var number in known.Keys.Order(StringComparer.Ordinal))
        {
            var from = RootNow(number);
            var to = tree.RootOf(number);
            if (from is not null && from != to) Move(number, from, to);
        }

        // Documents of a payer who had not been entered wait at the roots of those who named it.
        if (isNew)
            foreach (var root in @case.Roots)
                if (root != tree.RootOf(after.Number)) Move(after.Number, root, tree.RootOf(after.Number));
        var home = tree.RootOf(after.Number);
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

    Dictionary<string, Customer> With(Customer after)
    {
        var known = new Dictionary<string, Customer>(StringComparer.Ordinal);
        foreach (var root in @case.Roots)
            foreach (var (number, customer) in @case.Of(root).Get<PartiesFacts>().Customers) known[number] = customer;
        known[after.Number] = after;
        return known;
    }

    string? RootNow(string number) => @case.Roots.FirstOrDefault(root => @case.Of(root).Get<PartiesFacts>().Customers.ContainsKey(number));
}
