using System.Globalization;
using Aval.Cash.Rules;

namespace Aval.Tests.Cash;

public sealed class PayerFinderTests
{
    static readonly DateOnly Day = new(2026, 3, 2);

    /// <summary>PX1 owes ZZ-5123457 (1,000) and ZZ-5123458 (700), X owes 4711 (9,000), Y owes 88123 (500), HQ owes HQ-70001 (90), its branches HB1-50001 (100) and
    /// HB2-60001 (200.50), the latter two floors below.</summary>
    static readonly PayerFinder Finder = new(
        [
            new("ZZ-5123457", null, "PX1", 100000), new("ZZ-5123458", null, "PX1", 70000), new("4711", null, "X", 900000), new("88123", null, "Y", 50000),
            new("HQ-70001", null, "HQ", 9000), new("HB1-50001", null, "HB1", 10000), new("HB2-60001", null, "HB2", 20050),
        ],
        [.. new[] { ("ACCX", "X"), ("ACCY", "Y"), ("ACCHQ", "HQ") }.Select(of => Lesson.Of(new Taught(LessonKind.Account, of.Item1), of.Item2, Day, "R-1", said: true))],
        [("Prefix AG", "PX1"), ("Xenon Ltd", "X"), ("Ypsilon GmbH", "Y"), ("Konzern Zentrale AG", "HQ"), ("Haus Nord", "HB1"), ("Haus Ost", "HB2")],
        new Dictionary<string, string> { ["HB1"] = "HQ", ["HB2"] = "HM", ["HM"] = "HQ" });

    /// <summary>What is not found waits with all who may have paid it.</summary>
    [Fact]
    public void A_strangers_digits_are_no_reference_and_two_who_are_told_both_wait() => Table.Check(
        """
        paid   | account | name                 | text                                | found         | waits
        61     | -       | Fremd                | "WLA-5123457"                       | -              | PX1
        61     | -       | Fremd                | "Auftrag Ihrer Firma KD-5123458 x"  | -              | PX1
        33.10  | -       | Fremd                | "Versicherung Police PX5123458"     | -              | PX1
        12     | -       | Fremd                | "Mandat 5123457"                    | -              | PX1
        12     | -       | Fremd                | "5123457"                           | -              | PX1
        77     | -       | Fremd                | "INV ABC5123457"                    | -              | PX1
        61     | -       | Fremd                | "ZZ-5123457"                        | "PX1 Reference"  | -
        61     | -       | Fremd                | "invoice 5123457"                   | "PX1 Reference"  | -
        61     | -       | "Prefix AG"          | "5123457"                           | "PX1 Reference"  | -
        1000   | -       | Fremd                | "WLA-5123457"                       | "PX1 Reference"  | -
        980    | -       | Fremd                | "5123457"                           | "PX1 Reference"  | -
        500    | ACCY    | "Ypsilon GmbH"       | "your delivery, our PO 4711"        | -              | "Y X"
        9000   | ACCY    | "Ypsilon GmbH"       | "your delivery, our PO 4711"        | "X Reference"    | -
        500    | ACCY    | "Xenon Ltd"          | "our PO 4711"                       | "X Reference"    | -
        500    | -       | "Ypsilon GmbH"       | "PO 4711"                           | -              | "Y X"
        7      | ACCY    | "Xenon Ltd"          | "Zahlung"                           | -              | "Y X"
        7      | ACCY    | "Whoever"            | "Zahlung"                           | "Y Account"      | -
        500    | ACCY    | -                    | "RF 4711"                           | "X Reference"    | -
        300.50 | -       | "Konzern Zentrale"   | "HB1-50001 HB2-60001"               | "HQ Name"        | -
        390.50 | -       | "Konzern Zentrale"   | "HQ-70001 HB1-50001 HB2-60001"      | "HQ Name"        | -
        100    | ACCHQ   | "Whoever"            | "HB1-50001"                         | "HQ Account"     | -
        100    | -       | "Konzern Zentrale"   | "HB1-50001"                         | "HQ Name"        | -
        90     | -       | "Konzern Zentrale"   | "HQ-70001"                          | "HQ Reference"   | -
        100    | -       | "Haus Nord"          | "HB1-50001"                         | "HB1 Reference"  | -
        300.50 | -       | "Haus Nord"          | "HB1-50001 HB2-60001"               | "HB1 Name"     | -
        300.50 | -       | Fremd                | "HB1-50001 HB2-60001"               | -              | "HB1 HB2"
        """,
        row =>
        {
            var text = row["text"].StartsWith("RF ", StringComparison.Ordinal) ? Parties(row["text"][3..]) : row["text"];
            var paid = new Remittance((long)(decimal.Parse(row["paid"], CultureInfo.InvariantCulture) * 100), Day, PaymentReferences.In(text), text);
            var (account, name) = (Told(row["account"]), Told(row["name"]));
            var found = Finder.Find(paid, account, name);
            Assert.Equal(row["found"], found is { } payer ? $"{payer.Payer} {payer.Evidence}" : "");
            if (found is null) Assert.Equal(row["waits"], string.Join(' ', Finder.Candidates(paid, account, name).Select(candidate => candidate.Payer)));
        });

    static string Parties(string number) => Aval.Parties.Rules.CreditorReference.Create(number);

    static string? Told(string text) => text.Length == 0 ? null : text;
}
