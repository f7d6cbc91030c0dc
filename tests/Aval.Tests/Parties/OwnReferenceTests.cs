using Aval.Parties.Rules;

namespace Aval.Tests.Parties;

public sealed class OwnReferenceTests
{
    [Fact]
    public void A_reference_is_read_only_with_right_check_digits() => Table.Check(
        """
        said                         | chosen
        RF712348231                  | 2348231
        "RF71 2348 231"              | 2348231
        rf18539007547034             | 539007547034
        RF18000000000539007547034    | 000000000539007547034
        RF722348231                  | -
        RF71                         | -
        2348231                      | -
        RF7123-48231                 | -
        RF18000000000539007547034111 | -
        """,
        row => Assert.Equal(row["chosen"], CreditorReference.Own(row["said"]) ?? ""));

    [Fact]
    public void What_is_made_is_read_and_a_wrong_digit_is_noticed()
    {
        for (var number = 1; number < 3000; number += 7)
        {
            var made = CreditorReference.Create($"INV-{number}");
            Assert.Equal($"INV{number}", CreditorReference.Own(made));
            var wrong = made[..^1] + (char)('0' + ((made[^1] - '0' + 1 + (number % 8)) % 10));
            Assert.Null(CreditorReference.Own(wrong));
        }
    }
}
