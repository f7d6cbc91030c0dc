using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Tests.Checks.Options;

namespace Aval.Tests.Checks;

/// <summary>What a person has released stays released when things get better; grown worse it is asked again.</summary>
public sealed class HumanCoverTests
{
    [Fact]
    public void Figures_that_get_better_undo_no_release() => Table.Check("""
        code               seen             now              | covers
        overruns-repeated  4                3                | yes
        overruns-repeated  3                4                | no
        overruns-repeated  9                10               | no
        dunning-level      3                2                | yes
        dunning-level      2                3                | no
        order-splitting    5                4                | yes
        order-splitting    4                5                | no
        payment-behaviour  "level 40"       "level 38.5"     | yes
        payment-behaviour  "level 9"        "level 10"       | no
        payment-behaviour  "level 40, trend 9" "trend 9"     | yes
        payment-behaviour  "level 40"       "level 30, trend 4" | no
        order-unusual      40.5             39               | yes
        order-unusual      "item A-100"     "item A-100"     | yes
        order-unusual      "item A-100"     "item A-101"     | no
        order-unusual      "item A-100"     "shipTo Lyon"    | no
        order-unusual      40.5             "item A-100"     | no
        terms-deviate      NET90            NET60            | yes
        terms-deviate      NET60            NET90            | no
        price-deviates     "1, 2"           2                | yes
        price-deviates     2                "1, 2"           | no
        promise-broken     PP-1             PP-2             | no
        cover-expired      IC-1             IC-1             | yes
        limit-exceeded     M-1              -                | no
        """, row => Assert.Equal(row.Flag("covers"), SameMatter.IsNoWorse(Found(row["code"], row.Has("now") ? row["now"] : null), row["seen"], null)));

    [Fact]
    public void Only_an_order_that_comes_sooner_than_it_came_is_more_unusual()
    {
        var sooner = Found("order-unusual", "frequency 30") with { Days = 4 };
        Assert.True(SameMatter.IsNoWorse(sooner, "frequency 28", 4));
        Assert.True(SameMatter.IsNoWorse(sooner, "frequency 28", 3));
        Assert.False(SameMatter.IsNoWorse(sooner, "frequency 30", 5));
    }

    [Fact]
    public void A_release_of_what_a_payer_does_holds_while_it_does_no_worse() => Table.Check("""
        code               better     worse
        overruns-repeated  3>5        3>2
        dunning-level      3>4        3>2
        order-splitting    3>6        3>2
        payment-behaviour  "level 40>level 55" "level 40>level 39"
        """, row =>
        {
            var asked = EveryFinding.Of(row["code"]);
            var found = asked.Check().One(row["code"]);
            Assert.NotNull(Released(asked, found, found.Subject!));
            Assert.NotNull(Released(asked, found, Was("better")));
            Assert.Null(Released(asked, found, Was("worse")));

            string Was(string column)
            {
                var (now, then) = (row[column].Split('>')[0], row[column].Split('>')[1]);
                Assert.Contains(now, found.Subject!, StringComparison.Ordinal);
                return found.Subject!.Replace(now, then, StringComparison.Ordinal);
            }
        });

    [Fact]
    public void What_was_set_aside_stays_so_when_its_figure_gets_better()
    {
        var late = Found("payment-behaviour", "level 38") with { Severity = Aval.Policies.Rules.Severity.Complete };
        Waiver Seen(string subject) => new("SO-1:1", "SO-1", "C1", late.Code, null, subject, null, null, "known", "key:cora", Situation.Today, null);
        Assert.True(Seen("level 40").Covers(late, Situation.Today));
        Assert.False(Seen("level 37").Covers(late, Situation.Today));
    }

    /// <summary>What may go of the order that was released when its finding said this.</summary>
    static long? Released(WhatIf asked, Finding found, string seen)
    {
        var release = new HumanRelease(
            "DE-1", asked.Today, null, asked.Facts().Value.CreditTotal, Currency.EUR, null,
            [new SeenFinding(found.Code, found.Level, seen, found.Amount, found.Currency, found.Days)]);
        return CheckOrder.Judge(asked with { Order = asked.Order with { Release = release } }).MayGo;
    }

    static Finding Found(string code, string? subject) => new(code, Aval.Policies.Rules.Severity.Refer, FindingKinds.Named(code).Owner, "rule", Subject: subject);
}
