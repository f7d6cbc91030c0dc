using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Policies;
using Aval.TimeMachine.Rules;

namespace Aval.TimeMachine;

/// <summary>What an entry of the journal stood on: the facts of its root before it, and what no root owned then.</summary>
public sealed record FactsThen(Facts Root, Facts Company)
{
    /// <summary>Null where the entry does not name the company's entry it stood on, as the company's own do not.</summary>
    public static async Task<FactsThen?> OfAsync(StoreReader reader, Entry entry, CancellationToken cancel)
    {
        using var body = System.Text.Json.JsonDocument.Parse(entry.Body);
        if (!body.RootElement.TryGetProperty("company", out var number)) return null;
        return new FactsThen(
            await reader.LoadAtAsync(entry.Root, entry.Sequence - 1, entry.BusinessDate, cancel),
            await reader.LoadAtAsync(Facts.Company, number.GetInt64(), entry.BusinessDate, cancel));
    }
}

/// <summary>The checks of an entry made again by today's function, on what was known then and under the policy that held then.</summary>
public static class AskedAgain
{
    /// <summary>In the order in which they were made.</summary>
    public static IReadOnlyList<TriedCheck> Of(Composition composition, FactsThen then, Entry entry) =>
        [.. RootHistory.Of(composition, then.Company, then.Root, entry).Select(seen => Machine.Tried(seen, seen.Company.Get<PoliciesFacts>().Current))];

    /// <summary>What the check would have found of an order before the entry; null where its root did not know it.</summary>
    public static CheckResult? Before(FactsThen then, string order, DateOnly on) => then.Root.Find<Order>(order) is { } known
        ? new WhatIf(then.Root, then.Company, known, on, then.Company.Get<PoliciesFacts>().Current).Check()
        : null;
}
