using System.Collections.Immutable;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Checks.Options;

/// <summary>What holds of causes and options, whoever owes what: taken, an option passes; one step smaller, it does not.</summary>
public sealed class OptionLaws
{
    [Fact]
    public void Every_option_passes_when_it_is_taken_and_what_stands_all_the_same_is_told() => Holds(held =>
    {
        var asked = held.Asked();
        foreach (var option in Remedies.Of(asked).Options)
        {
            var taken = OptionTaken.Of(asked, option);
            Assert.True(Accepted(asked, taken), OptionText.Sentence(option, Language.English));
            Assert.Equal(option.AlsoNeeds, Standing(taken));
        }

        return true;
    });

    [Fact]
    public void A_smaller_step_of_an_option_that_is_not_approximate_does_not_pass() => Holds(held =>
    {
        var asked = held.Asked();
        foreach (var option in Remedies.Of(asked).Options)
        {
            // Of several actions the last is the smallest that will do after all the others.
            var (last, before) = (option, asked);
            while (last.And is { } and)
            {
                var together = OptionTaken.IsBookedWith(last, and);
                if (!together) before = OptionTaken.Of(before, last with { And = null });
                last = together ? and with { Documents = [.. last.Documents, .. and.Documents] } : and;
            }

            if (last.Approximate) continue;
            var left = Matters(OptionTaken.Of(before, last).Check());
            Assert.All(
                OptionTaken.Smaller(before, last),
                less => Assert.False(Accepted(asked, less) && Matters(less.Check()).IsSubsetOf(left), OptionText.Sentence(option, Language.English)));
        }

        return true;
    });

    /// <summary>Policy lets go what only our own defects hold: then no option asks for more than that verdict wants, nor for less.</summary>
    [Fact]
    public void Where_our_own_defects_are_let_go_an_option_is_what_the_verdict_wants() => Holds(held =>
    {
        var booked = ReleaseAndFixTests.Fixing(held.Asked(), held.Limit.Length == 4 ? 5000 : null);
        var asked = booked.IsFixedLater() ? Defects.Mended(booked, "C1").Without : booked;
        foreach (var option in Remedies.Of(booked).Options)
        {
            Assert.Equal(option.AlsoNeeds, Wanting(OptionTaken.Of(asked, option)));
            // Whichever comes first, what others do or our own part: nothing more is wanted of anybody.
            var taken = OptionTaken.Of(booked, option);
            Assert.DoesNotContain(Wanting(taken), IsCurable);
            Assert.True(Wanting(taken).Count > 0 || CheckOrder.Judge(taken).MayGo is not null);
            if (option is not { And: null, Approximate: false }) continue;
            var left = Matters(OptionTaken.Of(asked, option).Verdict());
            Assert.All(OptionTaken.Smaller(asked, option), less => Assert.False(Matters(less.Verdict()).IsSubsetOf(left), OptionText.Sentence(option, Language.English)));
        }

        return true;
    });

    [Fact]
    public void Whatever_holds_an_order_is_cured_by_an_option_or_said_why_not() => Holds(held =>
    {
        var asked = held.Asked();
        var remedies = Remedies.Of(asked);
        return Standing(asked).All(code => remedies.Options.Any(option => !option.AlsoNeeds.Contains(code)) != remedies.Remaining.Any(remaining => remaining.Code == code));
    });

    [Fact]
    public void A_block_is_our_own_defect_exactly_when_whatever_stands_without_our_defects_is_ours_by_nature() => Holds(held =>
    {
        var asked = held.Asked();
        var booked = asked.Check();
        if (!booked.Findings.Any(finding => finding.Blocks && FindingKinds.Of(finding).Family != RuleFamily.OrderQuality)) return true;
        var defectFree = Defects.Without(asked, Defects.Of(asked)).Check();
        return Diagnosis.Of(asked, booked).OfBlock == Cause.InternalDefect == !defectFree.Findings.Any(IsOfCredit);
    });

    [Fact]
    public void Naming_fewer_defects_does_not_account_for_the_hold() => Holds(held =>
    {
        var asked = held.Asked();
        var booked = asked.Check();
        if (Diagnosis.Of(asked, booked).OfBlock != Cause.InternalDefect) return true;
        var named = Diagnosis.DefectsThatMatter(asked, booked);
        var defectFree = Defects.Without(asked, Defects.Of(asked)).Check().Findings.Where(finding => finding.Blocks).Select(finding => (finding.Code, finding.Level)).ToHashSet();
        return !Defects.Without(asked, named).Check().Findings.Any(IsOfCredit)
            && named.All(defect => Defects.Without(asked, named.Remove(defect)).Check().Findings.Any(one => one.Blocks && !defectFree.Contains((one.Code, one.Level))));
    });

    /// <summary>Looked for by trying every set of up to three, as one would with little to do.</summary>
    [Fact]
    public void No_cheaper_set_of_up_to_three_invoices_would_do() => Holds(held =>
    {
        var booked = held.Asked();
        static bool IsExactWait(Option option) => option.Decided is { Action: OptionAction.WaitForPayment, Approximate: false };
        if (Remedies.Of(booked).Options.FirstOrDefault(IsExactWait) is not { Decided: { } option } whole) return true;
        var asked = AfterOurPart(booked, whole);
        var amounts = new[] { "C1", "C2" }.SelectMany(asked.Root.RowsOf).OfType<Invoice>().ToDictionary(invoice => invoice.Number, invoice => invoice.Open);
        var best = Sets([.. amounts.Keys]).Where(set => Accepted(asked, set.Aggregate(asked, (changed, invoice) => changed.Paid(invoice))))
            .Select(set => (set.Count, Sum: set.Sum(invoice => amounts[invoice]))).OrderBy(set => set).FirstOrDefault();
        return option.Invoices.Length > 3 ? best == default : best == (option.Invoices.Length, option.Invoices.Sum(invoice => amounts[invoice]));
    });

    /// <summary>What holds it: an invoice that came back through our error is another matter than one through the customer's.</summary>
    static HashSet<(string Code, Cause? Nature)> Matters(CheckResult result) =>
        [.. result.Findings.Where(finding => finding.Blocks).Select(finding => (finding.Code, finding.Nature))];

    static List<string> Wanting(WhatIf asked) => [.. asked.Verdict().Findings.Where(finding => finding.Blocks).Select(finding => finding.Code).Distinct()];

    /// <summary>The question once all is done of an option that comes before what is decided of it.</summary>
    static WhatIf AfterOurPart(WhatIf asked, Option option) => option.And is null ? asked : OptionTaken.Of(asked, Before(option)!);

    static Option? Before(Option option) => option.And is { } and ? option with { And = Before(and) } : null;

    static IEnumerable<ImmutableList<string>> Sets(string[] invoices)
    {
        for (var first = 0; first < invoices.Length; first++)
        {
            yield return [invoices[first]];
            for (var second = first + 1; second < invoices.Length; second++)
            {
                yield return [invoices[first], invoices[second]];
                for (var third = second + 1; third < invoices.Length; third++) yield return [invoices[first], invoices[second], invoices[third]];
            }
        }
    }

    /// <summary>On the credit side, and not ours by nature.</summary>
    static bool IsOfCredit(Finding finding) =>
        finding.Blocks && FindingKinds.Of(finding) is var kind && (finding.Nature ?? kind.Nature) != Cause.InternalDefect && kind.Family != RuleFamily.OrderQuality;

    /// <summary>What people set aside with a reason of their own, stands aside here too.</summary>
    static bool Accepted(WhatIf asked, WhatIf changed)
    {
        var (before, after) = (Standing(asked), Standing(changed));
        // Where nothing is held that an action cures, something must have gone all the same.
        return after.TrueForAll(code => !IsCurable(code) && before.Contains(code)) && (before.Exists(IsCurable) || after.Count < before.Count);
    }

    static List<string> Standing(WhatIf asked) => [.. asked.Check().Findings.Where(finding => finding.Blocks).Select(finding => finding.Code).Distinct()];

    static bool IsCurable(string code) => Cures.Of(FindingKinds.Named(code)) == Cure.Action;

    static void Holds(Func<HeldOrder, bool> law) => Prop.ForAll(RandomHeld.Orders.ToArbitrary(), law).Holds(200);
}
