using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Aval.Cover;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Exposure;

/// <summary>What is compared with a group's limit: the sum over the payers at and below the node, each converted once at the business date's rate, each floored at
/// zero.</summary>
/// <remarks>
/// An order changes what one payer of a group owes, and each order of the group asks for the sum. So the last one is kept with its parts, and the parts of those
/// payers alone are exchanged whose figures are others by now. Where that is not known it is made anew.
/// </remarks>
/// <param name="parts">By payer; those that add nothing are left out.</param>
sealed class GroupSum(GroupSum.Basis basis, GroupSum.Known known, ImmutableDictionary<string, GroupSum.Part> parts, long compared, int unconverted)
{
    // With the customers of the group: while none of them changes there is one value of them, and with it goes what was kept.
    static readonly ConditionalWeakTable<PartiesFacts, ConcurrentDictionary<string, GroupSum>> Kept = new();

    /// <summary>Minor units of the node's currency.</summary>
    public long Compared => compared;

    /// <summary>Payers below whose exposure, or a document of it, no rate converts: missing from the sum.</summary>
    public int Unconverted => unconverted;

    public static GroupSum Of(Facts facts, Facts company, string node, in Basis basis)
    {
        var kept = Kept.GetOrCreateValue(facts.Get<PartiesFacts>());
        var known = new Known(company.Get<RatesFacts>(), facts.Get<CoverFacts>(), facts.Get<OrdersFacts>().Payers, facts.Get<ReceivablesFacts>().Payers);
        var sum = (kept.GetValueOrDefault(node)?.Renewed(facts, node, basis, known)) ?? New(facts, node, basis, known);
        kept[node] = sum;
        return sum;
    }

    /// <summary>Null when it cannot be told what has changed.</summary>
    GroupSum? Renewed(Facts facts, string node, in Basis now, in Known then)
    {
        if (basis != now || !ReferenceEquals(known.Rates, then.Rates) || !ReferenceEquals(known.Cover, then.Cover)) return null;
        if (then.Orders.Since(known.Orders) is not { } ordering || then.Receivables.Since(known.Receivables) is not { } owing) return null;
        if (ordering.Count == 0 && owing.Count == 0) return this;
        var (all, sum, without) = (parts, compared, unconverted);
        foreach (var number in owing.Count == 0 ? ordering : ordering.Concat(owing))
        {
            if (facts.Get<PartiesFacts>().Customers.GetValueOrDefault(number) is not { } payer || !facts.Get<PartiesFacts>().IsPayerUnder(payer, node)) continue;
            var (old, part) = (all.GetValueOrDefault(number), Part.Of(facts, payer, now, then.Rates));
            all = part == default ? all.Remove(number) : all.SetItem(number, part);
            sum += part.Converted - old.Converted;
            without += (part.IsUnconverted ? 1 : 0) - (old.IsUnconverted ? 1 : 0);
        }

        return new GroupSum(now, then, all, sum, without);
    }

    static GroupSum New(Facts facts, string node, in Basis basis, in Known known)
    {
        var parts = ImmutableDictionary.CreateBuilder<string, Part>(StringComparer.Ordinal);
        var (sum, without) = (0L, 0);
        foreach (var payer in facts.Get<PartiesFacts>().PayersUnder(node))
        {
            var part = Part.Of(facts, payer, basis, known.Rates);
            if (part == default) continue;
            parts[payer.Number] = part;
            sum += part.Converted;
            if (part.IsUnconverted) without++;
        }

        return new GroupSum(basis, known, parts.ToImmutable(), sum, without);
    }

    /// <summary>What the sum is made by.</summary>
    internal readonly record struct Basis(Currency Currency, Netting Netting, DateOnly Today);

    /// <summary>What it is made from.</summary>
    internal readonly record struct Known(RatesFacts Rates, CoverFacts Cover, Traced<PayerOrders> Orders, Traced<PayerReceivables> Receivables);

    /// <summary>What one payer adds.</summary>
    internal readonly record struct Part(long Converted, bool IsUnconverted)
    {
        public static Part Of(Facts facts, Customer payer, in Basis basis, RatesFacts rates)
        {
            var exposure = ExposureOf.Payer(facts, payer.Number, payer.Currency, basis.Today);
            var compared = exposure.Compared(basis.Netting);
            if (compared == 0 && exposure.Unconverted == 0) return default;
            var converted = rates.Converted(new Money(compared, payer.Currency), basis.Currency, basis.Today);
            return new(converted?.Minor ?? 0, converted is null || exposure.Unconverted > 0);
        }
    }
}
