using System.Text;
using Aval.Company;
using Aval.Exposure;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Rates;
using Aval.Rates.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Portfolio;

/// <summary>The figures of all payers while they are counted, by their places.</summary>
sealed class CountedPayers(PortfolioSums sums, Facts company)
{
    readonly Currency home = company.Get<CompanyFacts>().Main!.Currency;
    readonly Netting netting = company.Get<PoliciesFacts>().Current.Policy.Netting;
    readonly Dictionary<int, long?> late = [];
    readonly Dictionary<int, long> exposed = [];
    readonly Dictionary<int, (Currency Currency, byte[] Code, StoredRate? Rate)> currencies = [];

    public PayerPlaces Places => sums.Places;

    public IEnumerable<string> Apart => sums.Apart.Select(place => Encoding.UTF8.GetString(Places.NameOf(place)));

    public void Behave(PaymentBehaviour behaviour)
    {
        if (behaviour.MonthsPaid == 0) return;
        foreach (var place in PlacesOf(behaviour.Payer)) late[place] = behaviour.DaysLate;
    }

    public void Expose(Customer payer, Facts facts)
    {
        foreach (var place in PlacesOf(payer.Number)) exposed[place] = 0;
        var exposure = ExposureOf.Payer(facts, payer.Number, payer.Currency, company.Through).Decision(netting);
        if (exposure == 0 && !PlacesOf(payer.Number).Any()) return;
        exposed[Places.Of(Encoding.UTF8.GetBytes(payer.Number), PayerPlaces.CodeOf(Encoding.ASCII.GetBytes(payer.Currency.Code)))] = exposure;
    }

    public void Write(IRowWriter row, int place)
    {
        var sum = sums.Sums.Of(place);
        var exposure = exposed.TryGetValue(place, out var told) ? told : Math.Max(0, sum.Buckets.Total);
        row.Text(Places.NameOf(place));
        var code = Places.CurrencyOf(place);
        if (code == 0)
        {
            row.Text([]);
            row.Whole(0);
            row.Whole(null);
        }
        else
        {
            var (currency, name, rate) = Known(code);
            var amount = new Money(exposure, currency);
            row.Text(name);
            row.Whole(exposure);
            row.Whole(currency == home ? exposure : rate is { } known && known.Fits(amount) ? amount.Convert(known.Factor, home).Minor : null);
        }

        var (notDue, d1To30, d31To60, d61To90, over90) = sum.Buckets;
        foreach (var figure in (ReadOnlySpan<long>)[notDue, d1To30, d31To60, d61To90, over90, sum.Sales, sum.Invoices, sum.Unconverted]) row.Whole(figure);
        row.Whole(late.GetValueOrDefault(place));
    }

    (Currency Currency, byte[] Code, StoredRate? Rate) Known(int code)
    {
        if (currencies.TryGetValue(code, out var known)) return known;
        var currency = PayerPlaces.Currency(code);
        return currencies[code] = (currency, Encoding.ASCII.GetBytes(currency.Code), company.Get<RatesFacts>().Find(currency, home, company.Through));
    }

    IEnumerable<int> PlacesOf(string payer)
    {
        var name = Encoding.UTF8.GetBytes(payer);
        return Places.Currencies.Select(currency => Places.Find(name, currency)).Where(place => place >= 0);
    }
}
