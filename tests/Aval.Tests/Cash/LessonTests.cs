using Aval.Cash.Rules;

namespace Aval.Tests.Cash;

/// <summary>What money teaches of its payer, and what that finds later.</summary>
public sealed class LessonTests
{
    static readonly DateOnly Paid = new(2026, 3, 2);

    /// <summary>A person says of money with this name and text that it is P1's, a customer named "Nordwind GmbH"; it paid the invoice INV-700605.</summary>
    [Fact]
    public void Money_teaches_accounts_names_and_words_that_are_nobody_elses() => Table.Check(
        """
        name            | text                                | learned
        "Nordwind"      | "Zahlung"                           | -
        "NW Holding"    | "Zahlung"                           | Name=NW HOLDING
        "Nordwind AG"   | "Kd-Nr. 48213, danke"               | Word=48213
        "Nordwind"      | "INV-700605 Kd 48213"               | Word=48213
        "Nordwind"      | "invoice 700605"                    | -
        "Nordwind"      | "BST-2026-00417"                    | Word=BST-2026-00417 Style=BST-####-#####
        "Nordwind"      | "PO-77/00417"                       | Word=PO-77/00417
        "Nordwind"      | "2026-03-01 01032026 260301 2026Q1" | -
        "Nordwind"      | "1.234,50 12345.00EUR 4711"         | -
        "Nordwind"      | "RF18539007547034"                  | -
        """,
        row => Assert.Equal(row["learned"], string.Join(' ', new Teaching("L1", null, row["name"], row["text"], [])
            .OfPayer(["Nordwind GmbH"], ["INV-700605"]).Select(taught => $"{taught.Kind}={taught.Text}"))));

    /// <summary>How a payer has written the number, what form that teaches, and what a later text says in it.</summary>
    [Fact]
    public void The_form_in_which_a_payer_writes_our_numbers_is_learned_and_read() => Table.Check(
        """
        written           | number     | form                           | later                 | read
        "4500700605"      | INV-700605 | "4500###### = INV-######"      | "pay 4500700999"      | INV-700999
        "4500700605"      | INV-700605 | "4500###### = INV-######"      | "pay 4600700999"      | -
        "4500700605"      | INV-700605 | "4500###### = INV-######"      | "pay 45007009991"     | -
        "nr 70060501/26"  | INV-700605 | "######01/26 = INV-######"     | "nr 70099901/26"      | INV-700999
        "99-1070060577"   | 700605     | "99-10######77 = ######"       | "99-1012345677"       | 123456
        "INV-700605"      | INV-700605 | -                              | -                     | -
        "000700605"       | INV-700605 | -                              | -                     | -
        "X700605"         | INV-700605 | -                              | -                     | -
        "454711"          | 4711       | -                              | -                     | -
        """,
        row =>
        {
            var form = NumberForm.Of(row["written"], row["number"]);
            Assert.Equal(row["form"], form ?? "");
            Assert.Equal(row["read"], form is null ? "" : string.Join(' ', NumberForm.Read(row["later"], [form])));
        });

    /// <summary>Lessons as <c>kind text payer</c>; P1 owes INV-700605 of 100 and P2 owes INV-700606 of 250.</summary>
    [Fact]
    public void A_line_finds_its_payer_by_what_was_learned_of_one_payer_alone() => Table.Check(
        """
        lessons                                                       | name      | text               | account | found
        -                                                             | "NW"      | "48213"            | -       | -
        "Account A1 P1"                                               | -         | -                  | A1      | P1 Account
        "Account A1 P1; Account A1 P2"                                | -         | -                  | A1      | -
        "Name NW HOLDING P1"                                          | "NW Holding Ltd" | -           | -       | P1 Alias
        "Word 48213 P1"                                               | -         | "Kd-Nr.: 48213"    | -       | P1 Alias
        "Word 48213 P1"                                               | -         | "Kd-Nr.: 482133"   | -       | -
        "Word 48213 P1; Word 48213 P2"                                | -         | "48213"            | -       | -
        "Word 48213 P1; Word 55555 P2"                                | -         | "48213 55555"      | -       | "? P1 Alias ? P2 Alias"
        "Word 48213 P1; Account A1 P2"                                | -         | "48213"            | A1      | P2 Account
        "Word 48213 P1"                                               | -         | "48213 INV-700606" | -       | P2 Reference
        "Style BST-##### P1"                                          | -         | "BST-00533"        | -       | "? P1 Alias"
        "NumberForm 4500######=INV-###### P1"                         | -         | "4500700605"       | -       | P1 Reference
        "NumberForm 4500######=INV-###### P1"                         | -         | "4500700606"       | -       | -
        """,
        row =>
        {
            var lessons = row["lessons"].Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(Learned).ToList();
            var finder = new PayerFinder([new("INV-700605", null, "P1", 10000), new("INV-700606", null, "P2", 25000)], lessons, [("Customer One", "P1"), ("Customer Two", "P2")]);
            var paid = new Remittance(777, Paid, [], row["text"]);
            var (account, name) = (row.Has("account") ? row["account"] : null, row.Has("name") ? row["name"] : null);
            var possible = finder.Candidates(paid, account, name).Where(of => of.Evidence.Contains(PayerEvidence.Alias)).Select(of => $"? {of.Payer} Alias");
            Assert.Equal(row["found"], finder.Find(paid, account, name) is { } found ? $"{found.Payer} {found.Evidence}" : string.Join(' ', possible));
        });

    static Lesson Learned(string told)
    {
        var kind = Enum.Parse<LessonKind>(told[..told.IndexOf(' ', StringComparison.Ordinal)]);
        var at = told.LastIndexOf(' ');
        var text = told[(told.IndexOf(' ', StringComparison.Ordinal) + 1)..at].Replace("=", " = ", StringComparison.Ordinal);
        return Lesson.Of(new Taught(kind, text), told[(at + 1)..], Paid, "L1", said: true);
    }
}
