using System.Collections.Immutable;

using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Kernel;

/// <summary>One capability of the product: a folder with its rules, use cases, table and screen, and one line in <c>Capabilities.cs</c>.</summary>
public interface ICapability
{
    /// <summary>The folder's name under <c>src/Aval</c>.</summary>
    string Name { get; }

    /// <summary>The versioned tables it owns; their SQL stands in its <c>Schema</c> folder.</summary>
    IReadOnlyList<Table> Tables => [];

    /// <summary>Its part of a root's facts, when nothing is known yet; null when it keeps none.</summary>
    IFactsSlice? EmptyFacts => null;

    /// <summary>What it does when a business day comes, or null.</summary>
    IDue? Due => null;

    /// <summary>What it does after facts have changed, in this order.</summary>
    IReadOnlyList<IReaction> Reactions => [];

    /// <summary>The refusals it declares, in order of precedence.</summary>
    IReadOnlyList<ProblemKind> Problems => [];

    /// <summary>Its rule of who sees some parties alone, or null.</summary>
    ISight? Sight => null;

    /// <summary>Counts a row that was committed, of any table; asked only while somebody listens (<see cref="Telemetry"/>).</summary>
    void Count(object row) { }

    /// <summary>What it needs running beside the Desk: background work, clients of other systems.</summary>
    void AddServices(IServiceCollection services) { }

    /// <summary>Declares its addresses under <c>/api/v1</c> (Kernel/Web/README.md).</summary>
    void Map(Api api) { }

    /// <summary>Its screens.</summary>
    void MapPages(IEndpointRouteBuilder pages) { }
}

/// <summary>All capabilities together: what the Desk, the store and the faces need to know of them.</summary>
public sealed class Composition
{
    readonly ImmutableDictionary<Type, Table> byType;

    public Composition(IReadOnlyList<ICapability> capabilities)
    {
        Capabilities = capabilities;
        Tables = capabilities.SelectMany(capability => capability.Tables).ToImmutableDictionary(table => table.Name, StringComparer.Ordinal);
        TablesInOrder = [.. capabilities.SelectMany(capability => capability.Tables)];
        FactTables = [.. TablesInOrder.Where(table => !table.IsHistory)];
        byType = TablesInOrder.ToImmutableDictionary(table => table.RowType);
        EmptySlices = [.. capabilities.Select(capability => capability.EmptyFacts).OfType<IFactsSlice>()];
        Dues = [.. capabilities.Select(capability => capability.Due).OfType<IDue>()];
        Reactions = [.. capabilities.SelectMany(capability => capability.Reactions)];
        Sight = capabilities.Select(capability => capability.Sight).OfType<ISight>().SingleOrDefault();
        Problems = [.. KernelProblems.All, .. capabilities.SelectMany(capability => capability.Problems)];
    }

    public IReadOnlyList<ICapability> Capabilities { get; }
    public IReadOnlyList<Table> TablesInOrder { get; }

    /// <summary>Those of which facts are made; in the others nothing is ever live.</summary>
    public IReadOnlyList<Table> FactTables { get; }

    public ImmutableDictionary<string, Table> Tables { get; }
    public ImmutableArray<IFactsSlice> EmptySlices { get; }
    public IReadOnlyList<IDue> Dues { get; }
    public IReadOnlyList<IReaction> Reactions { get; }
    public IReadOnlyList<ProblemKind> Problems { get; }

    /// <inheritdoc cref="ICapability.Sight"/>
    public ISight? Sight { get; }

    public Table TableOf(Type row) => byType[row];

    /// <summary>The key of a row; null where no table holds such rows.</summary>
    internal string? KeyOf(object row) => byType.GetValueOrDefault(row.GetType())?.KeyOf(row);

    public Facts Empty(string root) => new(root, 0, DateOnly.MinValue, EmptySlices) { Composition = this };

    /// <summary>The first business date after <see cref="Facts.Through"/> on which something falls due at this root, or null.</summary>
    public DateOnly? NextDue(Facts facts, Facts company)
    {
        DateOnly? next = null;
        foreach (var due in Dues)
            if (due.Next(facts, company) is { } date && (next is null || date < next)) next = date;
        return next;
    }
}
