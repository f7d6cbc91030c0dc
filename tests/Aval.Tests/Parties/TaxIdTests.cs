using Aval.Parties.Rules;

namespace Aval.Tests.Parties;

public sealed class TaxIdTests
{
    /// <summary>Numbers made up around 1234567 and closed with check digits reckoned by hand, and each again with one digit changed.</summary>
    const string MadeUp = """
        country  right              wrong
        AT       ATU12345675        ATU12345775
        BE       BE0123456749       BE0123466749
        BE       BE1000000120       BE1000010120
        BG       BG123456786        BG123457786
        BG       BG100000086        BG100001086
        BG       BG8001010008       BG8001020008
        BG       BG1299123456       BG1299133456
        BG       BG1299123452       BG1299133452
        BG       BG8111213475       BG8111223475
        CH       CHE123456707MWST   CHE123457707MWST
        CH       CHE123456794TVA    CHE123457794TVA
        CY       CY10234567S        CY10234667S
        CZ       CZ12345679         CZ12345779
        CZ       CZ10000071         CZ10000171
        CZ       CZ612345670        CZ612346670
        CZ       CZ530101123        -
        CZ       CZ8501011233       CZ8501021233
        CZ       CZ6001010060       CZ6001020060
        DE       DE123456788        DE123457788
        DK       DK12345607         DK12345707
        DK       DK12345682         DK12345782
        EE       EE123456780        EE123457780
        ES       ES12345678Z        ES12345778Z
        ES       ESX1234567L        ESX1234577L
        ES       ESY1234567X        ESY1234577X
        ES       ESK1234567L        ESK1234577L
        ES       ESA12345674        ESA12345774
        ES       ESB12345674        ESB12345774
        ES       ESP1234567D        ESP1234577D
        ES       ESQ1234567D        ESQ1234577D
        ES       ESJ12345674        ESJ12345774
        ES       ESJ1234567D        ESJ1234577D
        ES       ESL1234567L        ESL1234577L
        ES       ESM1234567L        ESM1234577L
        ES       ESZ1234567R        ESZ1234577R
        FI       FI12345006         FI12345106
        FI       FI12345671         FI12345771
        FR       FR11123456782      FR11123556782
        FR       FR1M123456782      FR1M123466782
        FR       FRA0123456782      FRA0123466782
        FR       FRK9123456782      FRK9123466782
        GB       GB123456782        GB123457782
        GB       GB123456727        GB123457727
        GB       GB123456782123     GB123457782123
        GB       GB001234547        GB001235547
        GB       GBGD001            -
        GB       GBHA500            -
        GB       GBGD888800101      GBGD888801101
        GR       EL123456783        EL123457783
        GR       GR123456783        GR123457783
        HR       HR12345678903      HR12345778903
        HU       HU12345676         HU12345776
        IE       IE1234567T         IE1234577T
        IE       IE1234567FA        IE1234577FA
        IE       IE1234567WH        IE1234577WH
        IE       IE1234567TW        IE1234577TW
        IE       IE1A34567B         IE1A34568B
        IE       IE1+34567B         IE1+34568B
        IM       GB123456782        GB123457782
        IT       IT12345670157      IT12345770157
        IT       IT12345671213      IT12345771213
        LT       LT123456715        LT123457715
        LT       LT100001234510     LT100002234510
        LT       LT100000810        LT100001810
        LT       LT123411718        LT123412718
        LT       LT123456711519     LT123457711519
        LU       LU12345613         LU12345713
        LV       LV40001234504      LV40001334504
        LV       LV32345678901      -
        LV       LV01018012347      LV01018112347
        LV       LV41234567891      LV41234667891
        LV       LV11128912345      LV11128012345
        MC       FR90000012345      FR90000112345
        MT       MT12345634         MT12345734
        MT       MT12345725         MT12345825
        NL       NL123456708B01     NL123457708B01
        NL       NL123456789B13     NL123457789B13
        NL       NL123456794B01     NL123457794B01
        NO       NO987654309MVA     NO987655309MVA
        NO       NO987654325        NO987655325
        PL       PL1234567802       PL1234577802
        PL       PL1234567914       PL1234577914
        PT       PT123456789        PT123457789
        RO       RO1234565          RO1234575
        RO       RO1800101123450    RO1800111123450
        RO       RO1234567897       RO1234577897
        RO       RO2891112123455    RO2891122123455
        RO       RO2891112121111    RO2891122121111
        SE       SE556012345601     SE556013345601
        SI       SI12345679         SI12345779
        SI       SI12345687         SI12345787
        SI       SI12345130         SI12345230
        SK       SK2020123457       SK2020133457
        XI       XI123456782        XI123457782
        """;

    [Fact]
    public void A_number_is_valid_in_its_country_and_wrong_with_one_digit_changed() => Table.Check(MadeUp, row =>
    {
        Assert.Equal(TaxIdVerdict.Valid, TaxId.Check(row["country"], row["right"]));
        if (row.Has("wrong")) Assert.Equal(TaxIdVerdict.WrongCheckDigit, TaxId.Check(row["country"], row["wrong"]));
    });

    [Fact]
    public void A_number_may_be_written_without_its_prefix() => Table.Check(MadeUp, row =>
        Assert.Equal(TaxIdVerdict.Valid, TaxId.Check(row["country"], row["right"][2..])));

    [Fact]
    public void A_number_registered_abroad_is_judged_by_its_prefix() => Table.Check(MadeUp, row =>
    {
        Assert.Equal(TaxIdVerdict.Valid, TaxId.Check("US", row["right"]));
        Assert.Equal(TaxIdVerdict.Valid, TaxId.Check(row["country"] == "DE" ? "AT" : "DE", row["right"]));
    });

    [Fact]
    public void Every_country_that_is_judged_has_made_up_numbers() =>
        Assert.Equal(
            TaxIdRules.Countries.Order(StringComparer.Ordinal),
            Table.Rows(MadeUp).Select(row => row["country"]).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_member_of_the_Union_is_judged() =>
        Assert.All(
            "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".Split(' '),
            member => Assert.Equal(TaxIdVerdict.Malformed, TaxId.Check(member, "")));

    [Fact]
    public void Form_comes_before_check_digits_and_unknown_countries_are_never_blamed() => Table.Check("""
        country  number              | verdict
        DE       DE123456788         | valid
        DE       "de 123 456 788"    | valid
        DE       "DE - 123.456-788"  | valid
        DE       DE123,456788        | malformed
        DE       DEDE123456788       | malformed
        DE       DE12345678          | malformed
        DE       DE1234567880        | malformed
        DE       DE023456788         | malformed
        DE       DE12345678X         | malformed
        DE       DE١23456788         | malformed
        DE       -                   | malformed
        DE       ATU12345675         | valid
        DE       ATU12345676         | malformed
        CY       CY12345678F         | malformed
        CZ       CZ531301123         | wrong-check-digit
        CZ       CZ9001010030        | wrong-check-digit
        ES       ESA1234567D         | wrong-check-digit
        ES       ESP12345674         | wrong-check-digit
        GB       GB001234589         | wrong-check-digit
        GB       GBGD500             | malformed
        GB       XI123456782         | valid
        CH       CHE-123.456.707     | valid
        IT       IT12345671015       | malformed
        LT       LT123456722         | malformed
        LV       LV01018112347       | wrong-check-digit
        NL       NL123456708B00      | malformed
        SE       SE556012345600      | malformed
        US       12-3456789          | unknown-country
        US       DE123456789         | unknown-country
        QQ       123456788           | unknown-country
        -        DE123456788         | valid
        """, row => Assert.Equal(row.One<TaxIdVerdict>("verdict"), TaxId.Check(row["country"], row["number"])));

    [Theory]
    [InlineData("DE\u066123456788")]
    [InlineData("DE123456788\n")]
    public void Digits_of_other_scripts_and_line_ends_are_malformed(string number) =>
        Assert.Equal(TaxIdVerdict.Malformed, TaxId.Check("DE", number));

    [Theory]
    [InlineData("vat/eu-vat-vectors.csv")]
    [InlineData("vat/gb-vat-vectors.csv")]
    [InlineData("vat/ch-vat-vectors.csv")]
    public void Published_numbers_are_judged_as_published(string file) => Assert.All(Reference.Vectors(file), vector =>
    {
        var (expected, id) = vector;
        Assert.Equal((id, Expected(expected, id)), (id, TaxId.Check(CountryOf(id, file), id)));
    });

    static TaxIdVerdict Expected(string expected, string id) => (expected, id[..2]) switch
    {
        // Registered for the one-stop shop from outside the Union, or from nowhere: neither belongs to a country.
        (_, "EU" or "QQ") => TaxIdVerdict.UnknownCountry,
        ("valid", _) => TaxIdVerdict.Valid,
        ("invalid:InvalidChecksum", _) => TaxIdVerdict.WrongCheckDigit,
        _ => TaxIdVerdict.Malformed,
    };

    static string CountryOf(string id, string file) => file.Contains("gb-", StringComparison.Ordinal)
        ? "GB"
        : id[..2].ToUpperInvariant() switch { "EL" => "GR", var prefix => prefix };
}
