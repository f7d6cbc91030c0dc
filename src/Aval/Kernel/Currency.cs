using System.Collections.Frozen;

namespace Aval.Kernel;

/// <summary>An ISO 4217 currency: its three-letter code and the number of decimals its minor unit has.</summary>
/// <remarks>
/// Only codes of <see cref="All"/> exist. Metals, test codes and funds codes are left out, since no order is paid in them; the units
/// of account CLF, UYI and UYW are kept, since contracts in Chile and Uruguay are priced in them.
/// </remarks>
public readonly struct Currency : IEquatable<Currency>
{
    readonly string? code;

    Currency(string code, int decimals) => (this.code, Decimals) = (code, decimals);

    /// <summary>Three capital letters; empty for the default value, which is no currency.</summary>
    public string Code => code ?? "";

    /// <summary>0 to 4: JPY has 0, EUR 2, KWD 3, CLF 4.</summary>
    public int Decimals { get; }

    /// <summary>Minor units in one major unit: 1 for JPY, 100 for EUR, 1000 for KWD.</summary>
    public long MinorPerMajor => Decimals switch { 0 => 1, 2 => 100, 3 => 1_000, _ => 10_000 };

    // Multiplying by it keeps the trailing zeros that dividing by MinorPerMajor would drop: 10.00, not 10.
    internal decimal MinorUnit => Decimals switch { 0 => 1m, 2 => 0.01m, 3 => 0.001m, _ => 0.0001m };

    public static Currency EUR => Of("EUR");

    /// <summary>The currency of this code. Throws when there is none: for codes that have already been admitted.</summary>
    public static Currency Of(string code) =>
        All.TryGetValue(code, out var known) ? known : throw new ArgumentException($"{code} is not an ISO 4217 currency", nameof(code));

    public static bool TryOf(string? code, out Currency currency)
    {
        currency = default;
        return code is not null && All.TryGetValue(code, out currency);
    }

    public bool Equals(Currency other) => string.Equals(Code, other.Code, StringComparison.Ordinal);
    public override bool Equals(object? obj) => obj is Currency other && Equals(other);
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => Code;
    public static bool operator ==(Currency left, Currency right) => left.Equals(right);
    public static bool operator !=(Currency left, Currency right) => !left.Equals(right);

    // ISO 4217:2015, list one (active currencies), with the exponents that differ from two.
    const string TwoDecimals =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE " +
        "CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD " +
        "KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR " +
        "PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU " +
        "UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
    const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
    const string FourDecimals = "CLF UYW";

    /// <summary>Every currency Aval knows, by code.</summary>
    public static readonly FrozenDictionary<string, Currency> All =
        new[] { (TwoDecimals, 2), (NoDecimals, 0), (ThreeDecimals, 3), (FourDecimals, 4) }
            .SelectMany(list => list.Item1.Split(' ').Select(code => new Currency(code, list.Item2)))
            .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);
}
