using Aval.Parties.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Parties;

public sealed class IdentifierTests
{
    [Fact]
    public void An_account_number_has_the_length_structure_and_check_digits_of_its_country() => Table.Check("""
        number                               | valid  because
        DE41500105170123456789               | yes
        "DE41 5001 0517 0123 4567 89"        | yes
        de41500105170123456789               | yes
        NL84AVAL0123456789                   | yes
        MT62AVAL01234ABCDEFGHI123456789      | yes
        NO2812345678901                      | yes
        GB45AVAL12345612345678               | yes
        FR021234512345ABCDEFGHIJK12          | yes
        DE42500105170123456789               | no     check digits are off by one
        DE41500105170123456798               | no     two digits are swapped
        DE1550010517012345678A               | no     a letter among digits, check digits agree
        DE2250010517012345678                | no     one digit short, check digits agree
        NL60AVAL01234567890                  | no     one digit long, check digits agree
        AO06000600000100037131174            | no     Angola is not registered
        GP961234512345ABCDEFGHIJK12          | no     Guadeloupe uses the numbers of France
        DEX1500105170123456789               | no     check digits are digits
        DE41-5001-0517-0123-4567-89          | yes
        DE41.5001.0517.0123.4567.89          | yes
        DE41/500105170123456789              | no     a slash parts two numbers
        DE                                   | no     nothing follows
        -                                    | no     empty
        """, row =>
    {
        Assert.Equal(row.Flag("valid"), Iban.TryParse(row["number"], out var electronic));
        Assert.Equal(row.Flag("valid") ? string.Concat(row["number"].ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)) : "", electronic);
    });

    [Fact]
    public void Published_account_numbers_are_judged_as_published() =>
        Assert.All(Reference.Vectors("iban/iban-vectors.csv"), vector =>
            Assert.Equal(vector.Expected == "valid" || WrongInSpainOnly.Contains(vector.Value), Iban.IsValid(vector.Value)));

    // Their outer check digits agree; only the check digits that Spain puts inside its own numbers do not.
    static readonly string[] WrongInSpainOnly = ["ES2121000418450200051331", "ES89 3183 1500 9500 0121 0562"];

    [Fact]
    public void The_example_of_every_registered_country_is_valid()
    {
        var examples = File.ReadLines(Reference.File("iban/iban-example-per-country.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        // Printed without being registered, or under the number of France; and Burundi, whose number has grown since that list.
        var leftOut = "AO BF BI BJ BL CI CM CV DZ GF GP IR MF MG ML MQ MZ NC PF PM RE SN TF WF YT".Split(' ');
        Assert.Equal(leftOut, examples.Where(example => !Iban.IsValid(example[3])).Select(example => example[0]).Order(StringComparer.Ordinal));
        Assert.Equal(
            "DJ FK HN LY MN NI OM RU SD SO YE".Split(' '),
            Iban.Countries.Except(examples.Select(example => example[0])).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_legal_entity_identifier_closes_with_two_check_digits() => Table.Check("""
        identifier              | valid
        5299000AVAL012345655    | yes
        5299000aval012345655    | yes
        AVAL00EXAMPLE0000153    | yes
        5299000AVAL012345656    | no
        5299000AVAL012346555    | no
        5299000AVAL01234565     | no
        5299000AVAL0123456550   | no
        5299000-VAL012345655    | no
        5299000AVAL00000121A    | no
        -                       | no
        """, row => Assert.Equal(row.Flag("valid"), Lei.IsValid(row["identifier"])));

    [Fact]
    public void Published_legal_entity_identifiers_are_valid_and_not_with_a_digit_changed() =>
        Assert.All(Reference.Vectors("lei/lei-vectors.csv"), vector =>
        {
            Assert.Equal(vector.Expected == "valid", Lei.IsValid(vector.Value));
            Assert.All(Enumerable.Range(0, vector.Value.Length), at => Assert.False(Lei.IsValid(Changed(vector.Value, at))));
        });

    [Fact]
    public void A_creditor_reference_is_made_from_the_sellers_own_number() => Table.Check("""
        number                  reference
        2348231                 RF712348231
        inv-2026/0001           RF16INV20260001
        1                       RF741
        ZZZZZZZZZZZZZZZZZZZZZ   RF09ZZZZZZZZZZZZZZZZZZZZZ
        """, row => Assert.Equal(row["reference"], CreditorReference.Create(row["number"])));

    [Fact]
    public void A_creditor_reference_is_verified_by_its_check_digits() => Table.Check("""
        reference                    | valid
        RF712348231                  | yes
        "RF71 2348 231"              | yes
        rf16inv20260001              | yes
        RF722348231                  | no
        RF712348213                  | no
        XX712348231                  | no
        RF04                         | no
        RFA12348231                  | no
        RF712348-231                 | no
        RF09ZZZZZZZZZZZZZZZZZZZZZ    | yes
        RF710000000000000002348231   | no
        -                            | no
        """, row => Assert.Equal(row.Flag("valid"), CreditorReference.Verify(row["reference"])));

    [Theory]
    [InlineData("")]
    [InlineData("-/-")]
    [InlineData("1234567890123456789012")]
    public void A_number_that_fits_no_creditor_reference_is_refused(string number) =>
        Assert.Throws<ArgumentException>(() => CreditorReference.Create(number));

    [Fact]
    public void Every_reference_made_is_verified_and_no_longer_with_one_character_changed() =>
        Prop.ForAll(OwnNumbers, Gen.Choose(0, 24).ToArbitrary(), (number, place) =>
        {
            var reference = CreditorReference.Create(number);
            return CreditorReference.Verify(reference) && !CreditorReference.Verify(Changed(reference, place % reference.Length));
        }).Holds();

    // The next digit or letter, so that only the check digits can tell.
    static string Changed(string text, int at) =>
        $"{text[..at]}{text[at] switch { '9' => '0', 'Z' => 'A', var other => (char)(other + 1) }}{text[(at + 1)..]}";

    static Arbitrary<string> OwnNumbers =>
        (from length in Gen.Choose(1, 21)
         from letters in Gen.Elements("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".ToCharArray()).ArrayOf(length)
         select new string(letters)).ToArbitrary();
}
