using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>The order in stages, each invoiced when it ships and the next shipped when it is paid: the fewest whose largest fits.</summary>
static class StagedOptions
{
    /// <summary>More stages than months of a year are not a plan.</summary>
    const int MostStages = 12;

    /// <param name="fits">The most that passes at once, in minor units of the payer's credit currency.</param>
    public static Option? Of(WhatIf asked, Proof proof, CheckFacts facts, long fits)
    {
        var whole = facts.Value.Open;
        if ((whole + fits - 1) / fits is < 2 or > MostStages || facts.Payer is not { } payer) return null;
        var amounts = UnitStages.Of(asked.Order, whole, fits, MostStages) ?? Evenly(whole, (whole + fits - 1) / fits);
        if (!PaymentTerms.TryParse(asked.Order.PaymentTerms ?? facts.Customer.PaymentTerms, out var terms) || terms.IsPrepaid) return null;
        var stages = ImmutableArray.CreateBuilder<OptionStage>(amounts.Count);
        var date = asked.Order.ShipDate is { } ship && ship > asked.Today ? ship : asked.Today;
        foreach (var amount in amounts)
        {
            stages.Add(new OptionStage(date, amount));
            date = terms.DueDate(date).AddDays(Math.Max(0, facts.Receivables.DaysLate));
        }

        var largest = stages.Max(stage => stage.Amount);
        if (largest > fits) return null;
        var option = new Option(OptionAction.StagedInvoicing, OwnerFunction.Credit)
        {
            Amount = largest, Currency = payer.Currency, Stages = stages.ToImmutable(), Until = stages[^1].Date,
        };
        return proof.Of(asked.WorthOnly(InOrderCurrency(asked, facts, largest)), option);
    }

    static List<long> Evenly(long whole, long count)
    {
        var amounts = new List<long>((int)count);
        for (var at = 0; at < count; at++) amounts.Add((whole * (at + 1) / count) - (whole * at / count));
        return amounts;
    }

    static long InOrderCurrency(WhatIf asked, CheckFacts facts, long credit) => facts.Value.CreditTotal == 0
        ? 0
        : new Money(credit, facts.Payer!.Currency).Convert(1 / asked.Order.Rate!.Value.Factor, asked.Order.Currency).Minor;
}
