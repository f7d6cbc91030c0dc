using System.Text;
using Aval.Receivables.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Portfolio;

/// <summary>Sums of columns, against the same invoices looked at one by one.</summary>
public sealed class PayerSumsLaws
{
    const int Today = 740_000;
    const int Since = Today - 60;

    static readonly Arbitrary<(int Payer, int Age, int Late, int Amount, int Settled)[]> Invoices = Gen.Choose(0, 3_000)
        .SelectMany(payer => Gen.Choose(0, 200), (payer, age) => (payer, age))
        .SelectMany(told => Gen.Choose(-120, 200), (told, late) => (told.payer, told.age, late))
        .SelectMany(told => Gen.Choose(1, 1_000), (told, amount) => (told.payer, told.age, told.late, amount))
        .SelectMany(told => Gen.Choose(0, told.amount), (told, settled) => (told.payer, told.age, told.late, told.amount, settled))
        .ArrayOf(300).ToArbitrary();

    [Fact]
    public void A_payer_comes_to_what_its_invoices_come_to_one_by_one_in_however_many_parts_they_are_read() => Prop.ForAll(Invoices, told =>
    {
        var (all, other) = (new Part(), new Part());
        foreach (var (invoice, i) in told.Select((invoice, i) => (invoice, i))) (i % 3 == 0 ? other : all).Add(invoice);
        all.Done();
        other.Done();
        for (var place = 0; place < other.Places.Count; place++) all.Sums.Add(all.Places.Of(other.Places.NameOf(place), other.Places.CurrencyOf(place)), other.Sums, place);
        foreach (var of in told.GroupBy(invoice => invoice.Payer))
        {
            var buckets = of.Aggregate(default(AgingBuckets), (sum, invoice) => sum + AgingBuckets.Of(invoice.Amount - invoice.Settled, invoice.Late));
            var sold = of.Where(invoice => Today - invoice.Age > Since).Sum(invoice => (long)invoice.Amount);
            var expected = new PayerSum(buckets, sold, of.Count(invoice => invoice.Amount > invoice.Settled), 0);
            if (all.Sums.Of(all.Places.Find(Name(of.Key), Currency(of.Key))) != expected) return false;
        }

        return all.Places.Count == told.Select(invoice => invoice.Payer).Distinct().Count();
    }).Holds();

    [Fact]
    public void Every_payer_has_one_place_in_each_currency_and_keeps_it()
    {
        var places = new PayerPlaces();
        var named = Enumerable.Range(0, 20_000).SelectMany(payer => new[] { (payer, Currency: 1), (payer, Currency: 2) }).ToList();
        var first = named.ConvertAll(one => places.Of(Name(one.payer), one.Currency));
        Assert.Equal(Enumerable.Range(0, named.Count), first);
        Assert.Equal(first, named.ConvertAll(one => places.Of(Name(one.payer), one.Currency)));
        Assert.Equal(first, named.ConvertAll(one => places.Find(Name(one.payer), one.Currency)));
        Assert.All(named, one => Assert.Equal(-1, places.Find(Name(one.payer), 3)));
        Assert.All(first, place => Assert.True(places.NameOf(place).SequenceEqual(Name(named[place].payer)) && places.CurrencyOf(place) == named[place].Currency));
        Assert.Equal("CHF", PayerPlaces.Currency(PayerPlaces.CodeOf("CHF"u8)).Code);
    }

    /// <summary>Some shorter and some longer than the word by which names are hashed, some of them the beginning of others.</summary>
    static byte[] Name(int payer) => Encoding.UTF8.GetBytes(payer % 5 == 0 ? $"{payer}" : payer % 5 == 1 ? $"Käufer {payer}" : $"C-{payer / 5 * 5:000000000000}{payer % 5}");

    static int Currency(int payer) => PayerPlaces.CodeOf(payer % 7 == 0 ? "USD"u8 : "EUR"u8);

    sealed class Part
    {
        readonly ItemColumns items = new(7);

        public PayerPlaces Places { get; } = new();
        public PayerSums Sums { get; } = new();

        public void Add((int Payer, int Age, int Late, int Amount, int Settled) invoice)
        {
            items.Add(
                Places.Of(Name(invoice.Payer), Currency(invoice.Payer)), Today - invoice.Age, Today - invoice.Late, invoice.Amount, invoice.Amount - invoice.Settled);
            if (items.IsFull) Done();
        }

        public void Done()
        {
            Sums.Add(items, Places.Count, Today, Since);
            items.Clear();
        }
    }
}
