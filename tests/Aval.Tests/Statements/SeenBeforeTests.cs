using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Statements.Rules;

namespace Aval.Tests.Statements;

/// <summary>Which entries of a second file are new, row by row. An entry is day of March, amount, bank's reference, end-to-end reference, name.</summary>
public sealed class SeenBeforeTests
{
    [Theory]
    // The same file, and the same day in another format with other references, and none.
    [InlineData("camt053 | 2 100 A E1 Ann; 2 50 B - Bob", "camt053 | 2 100 A E1 Ann; 2 50 B - Bob", "")]
    [InlineData("camt053 | 2 100 A E1 Ann; 2 50 B - Bob", "mt940 | 2 100 X - -; 2 50 - - BOB", "")]
    [InlineData("mt940 | 2 100 - - -", "camt053 | 2 100 A E1 Ann", "")]
    [InlineData("bai2 | 2 100 77 - -", "csv | 2 100 - - Ann", "")]
    // Two equal payments on one day stay two, and a third is new.
    [InlineData("mt942 | 2 100 - - -", "mt940 | 2 100 - - -; 2 100 - - -", "100")]
    [InlineData("camt053 | 2 100 - - -; 2 100 - - -", "mt940 | 2 100 - - -; 2 100 - - -", "")]
    [InlineData("camt053 | 2 100 - - -; 2 100 - - -", "mt940 | 2 100 - - -; 2 100 - - -; 2 100 - - -", "100")]
    // References that one bank counts tell equal amounts apart; the order of a file does not matter.
    [InlineData("camt052 | 2 100 A - -", "camt052 | 2 100 B - -", "100")]
    [InlineData("camt052 | 2 100 B - -", "camt053 | 2 100 A - -; 2 100 B - -", "100")]
    [InlineData("camt052 | 2 100 - E1 -", "camt053 | 2 100 - E2 -; 2 100 - E1 -", "100")]
    [InlineData("csv | 2 100 - - Ann", "csv | 2 100 - - Bob", "100")]
    // Another day, another sign, another amount.
    [InlineData("camt053 | 2 100 A - -", "camt053 | 3 100 A - -", "100")]
    [InlineData("camt053 | 2 100 A - -", "camt053 | 2 -100 A - -", "-100")]
    [InlineData("camt053 | 2 100 A - -", "camt053 | 2 101 A - -", "101")]
    // What was told in the afternoon may be booked on the next day under the bank's same reference.
    [InlineData("camt052 | 2 100 A - -", "camt053 | 3 100 A - -", "")]
    // A batch told as one and payment by payment.
    [InlineData("camt054 | 2 10 B - -; 2 20 B - -", "camt053 | 2 30 B - -", "")]
    [InlineData("camt054 | 2 10 B1 E1 -; 2 20 B2 E2 -", "camt053 | 2 10+20 B3 E1+E2 -", "")]
    [InlineData("camt054 | 2 10 B1 E1 -", "camt053 | 2 10+20 B3 E1+E2 -", "20")]
    [InlineData("camt053 | 2 10+20 B - -", "mt940 | 2 30 - - -", "")]
    [InlineData("mt940 | 2 30 - - -", "camt054 | 2 10+20 B E1+E2 -", "10 20")]
    // And the other way round: told together first, and singly later.
    [InlineData("camt054 | 2 10+20 B E1+E2 -", "camt053 | 2 10 B1 E1 -; 2 20 B2 E2 -", "")]
    [InlineData("camt053 | 2 10+20 - E1+E2 -", "mt940 | 2 10 - E1 -; 2 20 - E2 -", "")]
    [InlineData("camt053 | 2 10+20 B E1+E2 -", "csv | 2 10 B E1 -; 2 20 B E2 -", "")]
    [InlineData("camt052 | 2 10+20 B - -", "camt053 | 2 10 B - -; 2 20 B - -", "")]
    [InlineData("camt054 | 2 10+20 B1 E1+E2 -", "camt053 | 2 10 B2 E1 -; 2 20 B3 E3 -; 2 30 B4 E4 -", "20 30")]
    [InlineData("camt054 | 2 10+10 B1 E1+E2 -", "camt053 | 2 10 B2 E1 -; 2 10 B3 E1 -", "10")]
    [InlineData("mt940 | 2 30 B - -", "camt053 | 2 10 B E1 -; 2 20 B E2 -", "10 20")]
    [InlineData("camt054 | 2 10+20 B - -", "camt053 | 3 10 - - -; 3 20 - - -", "10 20")]
    public void A_payment_is_new_once(string first, string second, string fresh)
    {
        var known = Recorded(Statement(first));
        var fates = SeenBefore.Sort(Statement(second), known, []);
        Assert.Equal(fresh, string.Join(' ', fates.SelectMany(fate => fate.New).Select(part => part.Amount)));
    }

    [Fact]
    public void A_later_file_fills_what_an_earlier_one_left_open_and_tells_a_batch_apart()
    {
        var known = Recorded(Statement("mt940 | 2 100 - - -; 2 30 - - -"));
        var fates = SeenBefore.Sort(Statement("camt053 | 2 100 A E1 Ann; 2 10+20 B E2+E3 -"), known, []);
        var filled = Assert.Single(fates[0].Filled);
        Assert.Equal((known[0].Number, "E1", "Ann", "A"), (filled.Number, filled.EndToEnd, filled.Counterparty, filled.EntryReference));
        Assert.Equal(known[1], fates[1].Split);
        var matched = SeenBefore.Sort(Statement("camt053 | 2 10+20 B E2+E3 -"), [known[1] with { State = LineState.Matched }], []);
        Assert.Empty(matched[0].New);
    }

    /// <summary>Told in the afternoon, booked on the next day, and told once more by another format that has no reference in common.</summary>
    [Theory]
    [InlineData(LineState.New)]
    [InlineData(LineState.Matched)]
    public void What_was_told_in_the_afternoon_is_known_by_the_day_on_which_it_was_booked(LineState state)
    {
        var known = Recorded(Statement("camt052 | 2 100 A - -"))[0] with { State = state };
        var booked = Assert.Single(SeenBefore.Sort(Statement("camt053 | 3 100 A - -"), [known], [])[0].Filled);
        Assert.Equal((known.Number, known.Day, new DateOnly(2026, 3, 3), state), (booked.Number, booked.Day, booked.Booked, booked.State));
        Assert.Empty(SeenBefore.Sort(Statement("mt940 | 3 100 - - -"), [booked], [])[0].New);
        Assert.Single(SeenBefore.Sort(Statement("mt940 | 4 100 - - -"), [booked], [])[0].New);
    }

    [Fact]
    public void Statements_that_follow_one_another_hold_different_entries()
    {
        static BankStatement Numbered(string? number, long opening) => Statement("mt940 | 2 100 - - -") with
        {
            Number = number, Opening = new Balance(opening, Currency.EUR, null), Closing = new Balance(opening + 100, Currency.EUR, null),
        };
        static int Fresh(BankStatement second) => SeenBefore.Sort(second, Recorded(Numbered("7", 0)), [Row("S1", Numbered("7", 0)), Row("S2", Numbered("8", 100))])[0].New.Length;

        Assert.Equal(1, Fresh(Numbered("8", 100)));
        Assert.Equal(1, Fresh(Numbered("9", 200)));
        Assert.Equal(1, Fresh(Numbered("6", -100)));
        // The same one again, a longer period under another number, and banks that do not count.
        Assert.Equal(0, Fresh(Numbered("7", 0)));
        Assert.Equal(0, Fresh(Numbered("3", 0)));
        Assert.Equal(0, Fresh(Numbered(null, 100)));
    }

    [Fact]
    public void Thousands_of_equal_entries_are_told_again_in_a_moment()
    {
        var many = Statement("mt940 | " + string.Join("; ", Enumerable.Repeat("2 100 - - -", 4_000)));
        Assert.All(SeenBefore.Sort(many with { Format = StatementFormat.Camt053 }, Recorded(many), []), fate => Assert.Empty(fate.New));
        Assert.Single(SeenBefore.Sort(many with { Entries = many.Entries.Add(many.Entries[0]) }, Recorded(many), []), fate => !fate.New.IsEmpty);
    }

    [Fact]
    public void What_was_told_as_one_line_is_told_apart_by_entries_under_its_reference()
    {
        var known = Recorded(Statement("mt940 | 2 30 B - -"));
        var fates = SeenBefore.Sort(Statement("camt053 | 2 10 B E1 -; 2 20 B E2 -"), known, []);
        Assert.Equal([known[0], null], fates.Select(fate => fate.Split));
        Assert.All(SeenBefore.Sort(Statement("camt053 | 2 10 B E1 -; 2 20 B E2 -"), [known[0] with { State = LineState.Matched }], []), fate => Assert.Empty(fate.New));
    }

    [Fact]
    public void A_day_s_thousands_of_equal_fees_are_told_from_the_next_day_s_and_from_themselves_in_a_moment()
    {
        const int Many = 15_000;
        static BankStatement Fees(string format, int day, int from, bool numbered) => Statement($"{format} | " + string.Join(
            "; ", Enumerable.Range(from, Many).Select(at => $"{day} 2990 {(numbered ? $"BANKREF-{day}-{at:000000}" : "-")} E2E-{day}-{at:000000} Member")));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var known = Recorded(Fees("camt053", 2, 0, numbered: true));
        Assert.All(SeenBefore.Sort(Fees("camt053", 3, 0, numbered: true), known, []), fate => Assert.Single(fate.New));
        var again = Fees("mt940", 2, 0, numbered: false);
        Assert.All(SeenBefore.Sort(again with { Entries = [.. again.Entries.Reverse()] }, known, []), fate => Assert.Empty(fate.New));
        // Of one day and of one amount, but every number is another.
        Assert.All(SeenBefore.Sort(Fees("camt053", 2, Many, numbered: true), known, []), fate => Assert.Single(fate.New));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("DE02120300000000202051", "DE02120300000000202051", true)]
    [InlineData("DE02120300000000202051", "12030000/202051", true)]
    [InlineData("DE02120300000000202051", "12030000/0000202051", true)]
    [InlineData("12030000/202051", "DE02120300000000202051", true)]
    [InlineData("NL91ABNA0417164300", "417164300", true)]
    [InlineData("NL91ABNA0417164300", "041.71.64.300", true)]
    [InlineData("DE02120300000000202051", "12030001/202051", false)]
    [InlineData("DE02120300000000202051", "2051", false)]
    [InlineData("NL91ABNA0417164300", "64300", false)]
    [InlineData("DE02120300000000202051", "DE89370400440532013000", false)]
    [InlineData("107049924", "107049932", false)]
    public void An_account_is_known_by_its_IBAN_and_by_bank_code_and_number(string known, string told, bool same)
    {
        var account = new BankAccount("N", known, Currency.EUR, null, []);
        Assert.Equal(same ? account : null, SameAccount.Find([account], told, Currency.EUR));
        Assert.Null(SameAccount.Find([account], told, Currency.Of("USD")));
    }

    static BankStatement Statement(string told)
    {
        var (format, entries) = (told.Split('|')[0].Trim(), told.Split('|')[1].Split(';', StringSplitOptions.TrimEntries));
        return new BankStatement(Enum.Parse<StatementFormat>(format, ignoreCase: true),
            "ACC", Currency.EUR, null, null, null, true, null, null, [.. entries.Select(Entry)], 0, [], 1);
    }

    static BankEntry Entry(string told)
    {
        var words = told.Split(' ').Select(word => word == "-" ? null : word).ToArray();
        var day = new DateOnly(2026, 3, int.Parse(words[0]!, null));
        var amounts = words[1]!.Split('+').Select(amount => long.Parse(amount, null)).ToList();
        var ends = words[3]?.Split('+');
        return new BankEntry(
            1, day, day, amounts.Sum(), false, words[2], null, [.. amounts.Select((amount, at) => new EntryPart(amount, EndToEnd: ends?[at], Counterparty: words[4]))]);
    }

    /// <summary>As the statement's lines are kept.</summary>
    static ImmutableArray<StatementLine> Recorded(BankStatement statement) =>
    [
        .. statement.Entries.SelectMany((entry, at) => entry.Parts.Select((part, number) => new StatementLine(
            $"L{at}.{number}", "ACC", "S1", $"S1.{at}", statement.Format, entry.Day!.Value, entry.Booked, entry.Value, part.Amount, Currency.EUR, false, entry.BankReference, null,
            part.EndToEnd, null, null, null, part.Counterparty, null, null, null, null, 1, LineState.New))),
    ];

    static RecordedStatement Row(string number, BankStatement statement) => new(
        number, "ACC", statement.Format, null, statement.Number, null, true, Currency.EUR, null, null, statement.Opening!.Minor, statement.Closing!.Minor,
        Balances.Check(statement), null, 1, 1, 0, 0, "f", "h", default);
}
