namespace Aval.Parties.Rules;

/// <summary>Payers and groups among the customers given: who pays, who stands above, where the top is. A number that has not been entered ends a path.</summary>
/// <param name="find">The customer of a number; null for one that has not been entered. A question costs a path, however many customers there are.</param>
public sealed class PartyTree(Func<string, Customer?> find)
{
    /// <summary>The exposure root: from the customer to its payer (one hop), then up its group to the top.</summary>
    public string RootOf(string number)
    {
        if (find(number) is not { } customer) return number;
        return Top(customer.Payer is not null && find(customer.Payer) is { } payer ? payer : customer, out _).Number;
    }

    /// <summary>True when following the groups upwards from this customer comes to none that is the last.</summary>
    public bool HasCycle(string number)
    {
        _ = Top(find(number)!, out var circles);
        return circles;
    }

    /// <summary>True when this customer has a payer that itself has one, or has a payer while others name it as theirs.</summary>
    /// <param name="under">Those that name it as their payer or group.</param>
    public bool HasPayerChain(string number, IEnumerable<Customer> under)
    {
        var customer = find(number)!;
        return customer.Payer is not null && (find(customer.Payer) is { Payer: not null } || under.Any(other => other.Payer == number));
    }

    /// <summary>Up the groups to the last; or to any of those that stand above themselves, which the one noted at ever greater distances finds (Brent 1980).</summary>
    Customer Top(Customer node, out bool circles)
    {
        var (noted, steps, next) = (node.Number, 0, 1);
        circles = false;
        while (node.Group is not null && find(node.Group) is { } above)
        {
            if (circles = above.Number == noted) break;
            node = above;
            if (++steps == next) (noted, steps, next) = (node.Number, 0, next * 2);
        }

        return node;
    }
}
