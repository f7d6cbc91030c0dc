namespace Aval.Parties.Rules;

/// <summary>Payers and groups among the customers given: who pays, who stands above, where the top is. A number that has not been entered ends a path.</summary>
public sealed class PartyTree(IReadOnlyDictionary<string, Customer> customers)
{
    /// <summary>The exposure root: from the customer to its payer (one hop), then up its group to the top.</summary>
    public string RootOf(string number)
    {
        if (!customers.TryGetValue(number, out var customer)) return number;
        var node = customer.Payer is not null && customers.TryGetValue(customer.Payer, out var payer) ? payer : customer;
        for (var steps = 0; node.Group is not null && customers.TryGetValue(node.Group, out var above) && steps <= customers.Count; steps++) node = above;
        return node.Number;
    }

    /// <summary>True when following the groups upwards from this customer comes back to it.</summary>
    public bool HasCycle(string number)
    {
        var node = customers[number];
        for (var steps = 0; steps <= customers.Count; steps++)
        {
            if (node.Group is null || !customers.TryGetValue(node.Group, out var above)) return false;
            if (above.Number == number) return true;
            node = above;
        }

        return true;
    }

    /// <summary>True when this customer has a payer that itself has one, or has a payer while others name it as theirs.</summary>
    public bool HasPayerChain(string number)
    {
        var customer = customers[number];
        if (customer.Payer is null) return false;
        return (customers.TryGetValue(customer.Payer, out var payer) && payer.Payer is not null) || customers.Values.Any(other => other.Payer == number);
    }
}
