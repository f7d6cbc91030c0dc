using System.Collections.Frozen;

namespace Aval.Kernel;

/// <summary>An ISO 4217 currency: its three-letter code and the number of decimals its minor unit has.</summary>
/// <remarks>
/// Only codes of <see cref="All"/> are taken; bank statements alone may be in one that was withdrawn.
/// Metals, test codes and funds codes are left out, since no order is paid in them; the units
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
        All.TryGetValue(code, out var known) || Withdrawn.TryGetValue(code, out known) ? known : throw new ArgumentException($"{code} is not an ISO 4217 currency", nameof(code));

    public static bool TryOf(string? code, out Currency currency)
    {
        currency = default;
        return code is not null && All.TryGetValue(code, out currency);
    }

    /// <summary>The same, and of those that are no longer in use: what a bank once wrote is read as it wrote it.</summary>
    public static bool TryOfAny(string? code, out Currency currency) => TryOf(code, out currency) || (code is not null && Withdrawn.TryGetValue(code, out currency));

    /// <summary>Whether orders, invoices and money may be in it; in a currency that is no longer in use, nothing can be owed or paid.</summary>
    public bool IsInUse => All.ContainsKey(Code);

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

    // ISO 4217, list three (historic), as far as accounts were kept in them since 1990. It states no exponents: banks wrote two decimals or none.
    const string NoLongerInUse =
        "ADP AFA AOK AON AOR ATS AZM BEF BGL BRC BRE BRN BRR BYB BYR CSD CSK CUC CYP DDM DEM ECS EEK ESP FIM FRF GHC GRD GWP HRD HRK IEP ITL LTL LTT LUF LVL LVR MGF MLF MRO " +
        "MTL MXP MZM NIC NLG PEI PLZ PTE ROL RUR SDD SDP SIT SKK SLL SRG STD SUR TJR TMM TPE TRL UAK UGS UYP VEB VEF XEU YUD YUM YUN ZAL ZMK ZRN ZRZ ZWD ZWL ZWN ZWR";

    /// <summary>Every currency Aval knows and that is in use, by code.</summary>
    public static readonly FrozenDictionary<string, Currency> All = Listed((TwoDecimals, 2), (NoDecimals, 0), (ThreeDecimals, 3), (FourDecimals, 4));

    static readonly FrozenDictionary<string, Currency> Withdrawn = Listed((NoLongerInUse, 2));

    static FrozenDictionary<string, Currency> Listed(params (string Codes, int Decimals)[] lists) => lists
        .SelectMany(list => list.Codes.Split(' ').Select(code => new Currency(code, list.Decimals))).ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);
}
