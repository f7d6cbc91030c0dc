using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Aval.Disputes;
using Aval.Kernel;
using Aval.Parties;
using Aval.Promises;
using Aval.Receivables;

namespace Aval.Checks.Rules;

/// <summary>What our own defects of a payer are on given facts, looked up once: a commit that lets money go checks many orders again on the same receivables.</summary>
/// <remarks>Facts do not change, so that what was told of them stays true; it is forgotten with them.</remarks>
static class MendedFacts
{
    static readonly ConditionalWeakTable<ReceivablesFacts, ImmutableDictionary<string, Known>> All = [];

    /// <summary>All that an answer depends on beside the receivables, and the answer.</summary>
    sealed record Known(
        DateOnly Today, Facts Company, PartiesFacts Parties, DisputesFacts Disputes, PromisesFacts Promises, ImmutableArray<Defect> Defects, ImmutableArray<IFactsSlice> Mended)
    {
        public bool HoldsFor(WhatIf asked) => Today == asked.Today && ReferenceEquals(Company, asked.Company) && ReferenceEquals(Parties, asked.Root.Get<PartiesFacts>())
            && ReferenceEquals(Disputes, asked.Root.Get<DisputesFacts>()) && ReferenceEquals(Promises, asked.Root.Get<PromisesFacts>());
    }

    public static (ImmutableArray<Defect> Defects, WhatIf Without) Of(
        WhatIf asked, string payer, Func<WhatIf, string, (ImmutableArray<Defect> Defects, Facts Root)> look)
    {
        var receivables = asked.Root.Get<ReceivablesFacts>();
        var ofPayers = All.GetValue(receivables, static _ => ImmutableDictionary.Create<string, Known>(StringComparer.Ordinal));
        if (!ofPayers.TryGetValue(payer, out var known) || !known.HoldsFor(asked))
        {
            var (defects, mended) = look(asked, payer);
            known = new Known(
                asked.Today, asked.Company, asked.Root.Get<PartiesFacts>(), asked.Root.Get<DisputesFacts>(), asked.Root.Get<PromisesFacts>(), defects,
                [mended.Get<ReceivablesFacts>(), mended.Get<DisputesFacts>(), mended.Get<PromisesFacts>()]);
            All.AddOrUpdate(receivables, ofPayers.SetItem(payer, known));
        }

        return (known.Defects, asked with { Root = asked.Root with { Slices = [.. asked.Root.Slices.Select(slice => OfItsKind(slice, known.Mended))] } });
    }

    static IFactsSlice OfItsKind(IFactsSlice slice, ImmutableArray<IFactsSlice> mended)
    {
        foreach (var other in mended)
            if (other.GetType() == slice.GetType()) return other;
        return slice;
    }
}
