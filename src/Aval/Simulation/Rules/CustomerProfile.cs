using System.Globalization;

namespace Aval.Simulation;

/// <summary>Who a customer is: what its master data says, flaws of its kind included.</summary>
sealed record CustomerProfile(CustomerKind Kind, Country Country, CustomerRow Row)
{
    static readonly string[] NameStarts =
    [
        "Bel", "Cor", "Dar", "Fen", "Gal", "Hel", "Jor", "Kel", "Lor", "Mar", "Nor",
        "Ost", "Pel", "Quen", "Ral", "Sel", "Tor", "Ul", "Val", "Wen", "Yar", "Zel",
    ];
    static readonly string[] NameMiddles = ["a", "e", "i", "o", "an", "er"];
    static readonly string[] NameEnds =
        ["brin", "dane", "forte", "gard", "lisse", "mont", "nelle", "quist", "rac", "stede", "tane", "vaux", "wick", "zano"];
    static readonly string[] Segments = ["Workshops", "Builders", "Hotels", "Clinics", "Schools", "Retail"];
    static readonly string[] Terms = ["NET30", "NET30", "NET30", "NET45", "NET14", "NET60"];

    /// <summary>A customer's number from its place, counted from 0.</summary>
    public static string NumberOf(int place) => "C" + (10_001 + place).ToString(CultureInfo.InvariantCulture);

    public static CustomerProfile Of(SimulationPlan plan, int place)
    {
        var kind = Cast.KindOf(place);
        var head = Cast.HeadOf(place);
        var random = new RandomStream(plan.Seed, place, ChanceOf.Profile);
        var headed = head == place ? null : Of(plan, head);
        var country = kind == CustomerKind.Branch ? headed!.Country : CountryOf(kind, place, random);
        var (city, postalCode) = random.Pick<(string, string)>(country.Cities);
        var stem = random.Pick<string>(NameStarts) + random.Pick<string>(NameMiddles) + random.Pick<string>(NameEnds);
        var portal = kind == CustomerKind.PortalAccount;
        var vatId = VatIds.Of(country.Code, random.Between(10_000_000, 99_999_999));
        var halfEntered = kind == CustomerKind.AddressIncomplete;
        var street = string.Format(CultureInfo.InvariantCulture, country.Street, random.Pick<string>(country.Streets), random.Between(1, 140));
        var row = new CustomerRow(
            Number: NumberOf(place),
            Name: kind switch
            {
                CustomerKind.Branch => $"{headed!.Row.Name}, {city}",
                CustomerKind.GroupParent => $"{stem} Holding {random.Pick<string>(country.LegalForms)}",
                _ => $"{stem} {random.Pick<string>(country.Trades)} {random.Pick<string>(country.LegalForms)}",
            },
            country.Code, country.Currency,
            PaymentTerms: kind switch
            {
                CustomerKind.Prepaying => "PREPAID",
                CustomerKind.Branch => headed!.Row.PaymentTerms,
                CustomerKind.LongerTermsAsked => "NET30",
                _ => random.Pick<string>(Terms),
            },
            Payer: kind == CustomerKind.Branch ? headed!.Row.Number : null,
            Group: kind == CustomerKind.GroupMember ? headed!.Row.Number : null,
            VatId: kind switch
            {
                CustomerKind.VatIdInvalid => VatIds.Spoilt(vatId!),
                CustomerKind.Branch => headed!.Row.VatId,
                _ => vatId,
            },
            Line1: halfEntered ? null : street,
            city,
            PostalCode: halfEntered ? null : postalCode,
            RiskClass: kind switch
            {
                CustomerKind.RiskClassMissing => null,
                CustomerKind.BlockedRiskClass => "E",
                CustomerKind.SlowPayer or CustomerKind.Deteriorating or CustomerKind.Disputing => "C",
                CustomerKind.Branch => headed!.Row.RiskClass,
                _ => random.Pick<string>(["A", "B", "B"]),
            },
            CustomerSince: Habits.IsNew(kind)
                ? Latest(plan.StartDate, plan.EndDate.AddDays(-Habits.NewForDays))
                : plan.StartDate.AddDays(-random.Between(200, 4_000)),
            LargeAccount: portal || kind is CustomerKind.OrderSplitter or CustomerKind.HeadOffice,
            PurchaseOrderRequired: portal,
            PurchaseOrderPattern: portal ? "^45[0-9]{8}$" : null,
            BuyerReferenceRequired: portal,
            Portal: portal ? "purchasing." + stem.ToLowerInvariant() + ".example" : null,
            Segment: random.Pick<string>(Segments));
        return new CustomerProfile(kind, country, row);
    }

    static Country CountryOf(CustomerKind kind, int place, RandomStream random) =>
        kind == CustomerKind.ForeignCurrency
            ? place / 2 % 2 == 0 ? Country.UnitedStates : Country.Britain
            : random.Pick<Country>(Country.InEuro);

    static DateOnly Latest(DateOnly one, DateOnly other) => one > other ? one : other;
}
