using System.Collections.Immutable;
using System.Globalization;
using Aval.Cash.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Tests.Cash;

public sealed class CascadeTests
{
    static readonly DateOnly Paid = new(2026, 3, 2);

    /// <summary>
    /// Open documents: <c>number=amount</c>, then <c>@day</c> of January or later as MM-DD (usually 01-15), <c>&gt;due</c> (usually 03-20), <c>%discount</c>.
    /// A text that begins <c>RF number</c> has the number's creditor reference. The outcome is the rule with its parts, discounts after <c>%</c> and what is given up after
    /// <c>~</c>; what is only proposed has a question mark.
    /// </summary>
    [Theory]
    [InlineData("strict")]
    [InlineData("usual")]
    public void A_receipt_finds_its_invoices(string settings) => Table.Check(settings == "strict"
        ? """
        open                                           | paid   | text                         | outcome
        "4711=1200 I-2=800"                            | 1200   | "RF 4711"                    | creditorReference 4711=1200
        "4711=1200 I-2=800"                            | 500    | "RF 4711"                    | creditorReference 4711=500
        "4711=1200 I-2=800"                            | 1500   | "RF 4711"                    | creditorReference 4711=1200
        "4711=1200 I-2=800"                            | 800    | "RF 4711"                    | ? creditorReference 4711=800 / exactAmount I-2=800
        "I-1=1200 I-2=800"                             | 800    | "payment invoice I-2 thanks" | remittanceText I-2=800
        "I-1=1200 I-2=800 I-3=5"                       | 2000   | "I-1, I-2"                   | remittanceText I-1=1200 I-2=800
        "I-1=1200 I-2=1200"                            | 1200   | "I-2"                        | remittanceText I-2=1200
        "I-1=1200 I-2=1200"                            | 1200   | -                            | ? exactAmount I-1=1200 / exactAmount I-2=1200
        "I-1=1200 I-2=1200>03-10 I-3=7"                | 1200   | -                            | ? exactAmount I-2=1200 / exactAmount I-1=1200
        "I-1=1200@01-10 I-2=1200 I-3=7"                | 1200   | -                            | ? exactAmount I-1=1200 / exactAmount I-2=1200
        "I-1=1200@01-10 I-2=1200@03-02 I-3=7@03-02"    | 1200   | "for january"                | upToDay I-1=1200
        "I-1=1200@01-10 I-2=1200@03-02 I-3=7@03-02"    | 1200   | "INV 998877"                 | ? exactAmount I-1=1200 / exactAmount I-2=1200
        "RE-30260150=86>02-20 RE-30260226=86 I-3=7"    | 86     | "Rechnung RE-30206226"       | exactAmount RE-30260226=86
        "RE-30260150=86>02-20 RE-30260226=86 I-3=7"    | 86     | "Rechnung RE-99887766"       | ? exactAmount RE-30260150=86 / exactAmount RE-30260226=86
        "4711=1200 INV-9002=800 I-3=7"                 | 800    | "RF 4711 see also INV-9002"  | ? remittanceText INV-9002=800 / creditorReference 4711=800
        "INV-9001=400 INV-9002=400 INV-9003=700"       | 400    | "Invoice INV-9003A"          | ? remittanceText INV-9003=400 / exactAmount INV-9001=400 / exactAmount INV-9002=400
        "INV-9152=700 INV-9140=400 INV-9141=400"       | 400    | "Invoice INV-9152"           | ? remittanceText INV-9152=400 / exactAmount INV-9140=400 / exactAmount INV-9141=400
        "4711=1200 INV-9002=800 I-3=7"                 | 2000   | "RF 4711 and INV-9002, 4711" | remittanceText INV-9002=800 4711=1200
        "ZZ-5123457=1000 ZZ-5123458=700"               | 61     | "WLA-5123457"                | -
        "ZZ-5123457=1000 ZZ-5123458=700"               | 61     | "Police PX5123457"           | -
        "ZZ-5123457=1000 ZZ-5123458=700"               | 61     | "INV ABC5123457"             | -
        "ZZ-5123457=1000 ZZ-5123458=700"               | 61     | "Mandat 5123457"             | -
        "ZZ-5123457=1000 ZZ-5123458=700"               | 61     | "Kunden-Nr. 5123457"         | -
        "ZZ-5123457=1000 ZZ-5123458=700"               | 61     | "5123457 part"               | remittanceText ZZ-5123457=61
        "ZZ-5123457=1000 ZZ-5123458=700"               | 1000   | "WLA-5123457"                | remittanceText ZZ-5123457=1000
        "909337554=210 I-2=300"                        | 100    | "+++090/9337/55493+++"       | creditorReference 909337554=100
        "I-1=300 I-2=800 I-3=1700 I-4=2900"            | 1100   | -                            | ? sumOfSet I-1=300 I-2=800
        "I-1=300 I-2=800 I-3=1700 I-4=2900 I-5=1234.57" | 1100  | -                            | ? sumOfSet I-1=300 I-2=800
        "I-1=300 I-2=800 I-3=1700 I-4=2900 I-5=1234.57" | 2034.57 | -                          | sumOfSet I-2=800 I-5=1234.57
        "I-1=1200 I-2=800"                             | 800    | -                            | exactAmount I-2=800
        "I-1=310.10 I-2=420.20 I-3=999"                | 730.30 | "march invoices"             | sumOfSet I-1=310.10 I-2=420.20
        "I-1=310.10 I-2=420.20 I-3=730.30"             | 730.30 | -                            | exactAmount I-3=730.30
        "I-1=310.10@01-10 I-2=420.20@01-10 I-3=730.30" | 730.30 | -                            | ? exactAmount I-3=730.30 / upToDay I-1=310.10 I-2=420.20
        "I-1=100.10 I-2=200.20 I-3=300.30"             | 600.60 | -                            | balance I-1=100.10 I-2=200.20 I-3=300.30
        "I-1=100.10>02-20 I-2=200.20>02-25 I-3=300.30" | 300.30 | "not I-3 but I-1 and I-2"    | ? remittanceText I-3=300.30 / remittanceText I-1=100.10 I-2=200.20
        "I-1=100>02-20 I-2=200>02-25 I-3=350"          | 300    | -                            | pastDueBalance I-1=100 I-2=200
        "I-1=500 C-1=-100 I-2=77"                      | 400    | "I-1 less C-1"               | remittanceText I-1=500 C-1=-100
        "I-1=500 C-1=-100"                             | 400    | -                            | balance C-1=-100 I-1=500
        "I-1=500 C-1=-100.10 I-2=77"                   | 399.90 | -                            | sumOfSet C-1=-100.10 I-1=500
        "INV-10482=250 I-2=800"                        | 200    | "inv 10482 part"             | remittanceText INV-10482=200
        "INV-10482=250 I-2=200"                        | 200    | "inv 10482"                  | ? remittanceText INV-10482=200 / exactAmount I-2=200
        "INV-10482=250 INV-10483=250"                  | 250    | "INV 10438"                  | exactAmount INV-10483=250
        "INV-10482=250 INV-10483=250"                  | 250    | "INV 1048"                   | ? exactAmount INV-10482=250 / exactAmount INV-10483=250
        "4711=100 4712=110 4713=120 4719=90"           | 330    | "rg 4711-4713"               | remittanceText 4711=100 4712=110 4713=120
        "4711=100 4712=110 4713=120 4719=90"           | 330    | "rechnungen 4711 bis 4713"   | remittanceText 4711=100 4712=110 4713=120
        "4711=100 4712=110 4713=120 4719=90"           | 210    | "rg 4711/12"                 | remittanceText 4711=100 4712=110
        "4711=100 4712=110 4713=120 4719=90"           | 330    | "rg 4711...4713"             | remittanceText 4711=100 4712=110 4713=120
        "4711=100 4712=110 4713=120 4719=90"           | 330    | "rg 4711 … 4713"             | remittanceText 4711=100 4712=110 4713=120
        "4711=100 4712=110 4713=120 4719=90"           | 330    | "rg 4711 t/m 4713"           | remittanceText 4711=100 4712=110 4713=120
        "4711=100 4712=110 4713=120 4719=90"           | 330    | "rg 4711 — 4713"             | remittanceText 4711=100 4712=110 4713=120
        "4711=100 4712=110 4713=120 4719=90"           | 330    | "rg 4711~4713"               | remittanceText 4711=100 4712=110 4713=120
        "4711=100 4712=110 4713=120 4719=90"           | 330    | "rg 4711->4713"              | remittanceText 4711=100 4712=110 4713=120
        "4711=100 4712=110 4713=120 4719=90"           | 330    | "rg 4711 bis RE 4713"        | remittanceText 4711=100 4712=110 4713=120
        "4711=100 4712=110 4713=120 4719=90"           | 330    | "rg 4711 bis einschl. 4713"  | remittanceText 4711=100 4712=110 4713=120
        "I-1=300 I-2=800 I-3=1700 I-4=2900 I-5=1234.57" | 1100  | -                            | ? sumOfSet I-1=300 I-2=800
        "SUB-80002=100 I-9=7"                          | 100    | "RF SUB80001"                | ? exactAmount SUB-80002=100
        "INV-700605=450 INV-700606=500"                | 500    | "Invoice INV-700605"         | ? remittanceText INV-700605=450 / exactAmount INV-700606=500
        "INV-700505=100 INV-700506=60"                 | 60     | "RF INV700505"               | ? creditorReference INV-700505=60 / exactAmount INV-700506=60
        "INV-800301=100 INV-800302=250"                | 250    | "INV-800301 INV-800302"      | ? remittanceText INV-800301=100 INV-800302=150 / exactAmount INV-800302=250
        "20260301=500 20260302=300"                    | 210    | "Zahlung vom 2026-03-01"     | -
        "20260301=500 20260302=300"                    | 500    | "Zahlung 2026-03-01"         | remittanceText 20260301=500
        "01022026=500 I-2=300"                         | 210    | "Zahlung vom 01.02.2026"     | -
        "20260301=500 20260302=300"                    | 210    | "Rechnung 20260301"          | remittanceText 20260301=210
        "4711=30.50 4712=151.50 4713=70.50 4714=9"     | 252.50 | "RG 4711 % RG 4713"          | ? remittanceText 4711=30.50 4713=70.50
        "4711=100 4712=110 4713=120 4719=90"           | 211    | "invoices 4711 4712"         | remittanceText 4711=100 4712=110
        "4711=100 4712=110"                            | 150    | "invoices 4711 4712"         | ? remittanceText 4711=100 4712=50
        "3=77 12=88.80 5=10"                           | 88.80  | "march 3 invoices"           | exactAmount 12=88.80
        "I-1=1000%20 I-2=55"                           | 980    | -                            | exactAmount I-1=980%20
        "I-1=1000%20 I-2=500%10 I-3=3"                 | 1470   | "I-1 I-2"                    | remittanceText I-1=980%20 I-2=490%10
        "I-1=1000 I-2=55"                              | 998.50 | -                            | -
        "I-1=1000 I-2=55"                              | 40     | -                            | -
        """
        : """
        open                                           | paid   | text                         | outcome
        "I-1=1000 I-2=55"                              | 998.50 | -                            | exactAmount I-1=998.50~1.50
        "I-1=1000 I-2=55"                              | 997.99 | -                            | oldestFirst I-1=997.99
        "I-1=1000>02-20 I-2=1000 I-3=4"                | 1000   | -                            | pastDueBalance I-1=1000
        "INV-70001=10>02-20 INV-70002=10 INV-8=4"      | 10     | "INV-70020"                  | exactAmount INV-70002=10
        "I-1=1000 I-2=999"                             | 998.50 | -                            | ? exactAmount I-1=998.50~1.50 / exactAmount I-2=998.50~0.50
        "I-1=1000 I-2=998.50"                          | 998.50 | -                            | exactAmount I-2=998.50
        "I-1=1000 I-2=500 I-3=40"                      | 1499   | "I-1 I-2"                    | remittanceText I-1=999~1 I-2=500
        "I-1=100 I-2=200>03-19 I-3=40"                 | 250    | -                            | oldestFirst I-2=200 I-1=50
        "I-1=100 I-2=200"                              | 333    | -                            | oldestFirst I-1=100 I-2=200
        """,
        row => Assert.Equal(row["outcome"], Said(Cascade.Match(
            Told(Minor(row["paid"]), row["text"]), Open(row["open"]), settings == "strict" ? MatchSettings.Strict : Usual))));

    static readonly MatchSettings Usual = MatchSettings.Strict with { Tolerance = 200, TolerancePercent = 0.5m, OldestFirst = true };

    /// <summary>Costs, interest, principal: the order of the German Civil Code (BGB), section 367. <c>!c</c> marks costs, <c>!i</c> interest.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Money_that_does_not_suffice_pays_in_the_order_of_policy(bool lawful) => Table.Check(lawful
        ? """
        open                                 | paid | text                 | outcome
        "I-1=100 I-2=200!i I-3=40!c"         | 150  | -                    | oldestFirst I-3=40 I-2=110
        "I-1=100>02-01 I-2=200!i I-3=40!c"   | 260  | -                    | oldestFirst I-3=40 I-2=200 I-1=20
        "I-1=100 I-2=60!i>03-21 I-3=60!i"    | 70   | -                    | oldestFirst I-3=60 I-2=10
        "4711=100 4712=30!c 4713=9"          | 50   | "invoices 4711 4712" | ? remittanceText 4712=30 4711=20
        "I-1=100 I-2=200!i I-3=40!c"         | 340  | -                    | balance I-1=100 I-2=200 I-3=40
        "I-1=100 I-2=200!i I-3=40!c"         | 100  | -                    | exactAmount I-1=100
        "INV-10482=100 I-2=200!i I-3=40!c"   | 20   | "inv 10482 part"     | remittanceText INV-10482=20
        """
        : """
        open                                 | paid | text                 | outcome
        "I-1=100 I-2=200!i I-3=40!c"         | 150  | -                    | oldestFirst I-1=100 I-2=50
        "I-1=100>03-21 I-2=200!i I-3=40!c"   | 210  | -                    | oldestFirst I-2=200 I-3=10
        "4711=100 4712=30!c 4713=9"          | 110  | "invoices 4711 4712" | ? remittanceText 4711=100 4712=10
        """,
        row => Assert.Equal(row["outcome"], Said(Cascade.Match(
            Told(Minor(row["paid"]), row["text"]), Open(row["open"]),
            lawful ? Usual with { AllocationOrder = [Charge.Costs, Charge.Interest, Charge.Principal] } : Usual))));

    [Fact]
    public void Money_for_a_document_that_is_settled_is_never_posted_to_another() => Assert.Equal(
        "? exactAmount I-2=100",
        Said(Cascade.Match(new Remittance(10000, Paid, [], "invoice I-1") { NamesSettled = true }, Open("I-2=100 I-3=7"), MatchSettings.Strict)));

    /// <summary>Numbers without a word before them, one of the two equal amounts left unpaid: however many they are, nobody knows which.</summary>
    [Theory]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(40)]
    public void One_of_two_equal_amounts_left_out_of_many_is_ambiguous(int howMany)
    {
        var documents = OpenDocuments.Of(Enumerable.Range(0, howMany).Select(at => Document($"{4711 + at}={(at < 2 ? 500 : 1000 + at)}")));
        var text = string.Join(' ', documents.All.Select(document => document.Number));
        var matching = Cascade.Match(new Remittance(documents.All.Sum(document => document.Open) - 50000, Paid, [], text), documents, MatchSettings.Strict);
        Assert.Null(matching.Post);
        Assert.Equal(2, matching.Candidates.Length);
        Assert.False(matching.GaveUp);
        Assert.Equal(howMany, Cascade.Match(new Remittance(documents.All.Sum(document => document.Open), Paid, [], text), documents, MatchSettings.Strict).Post!.Parts.Length);
    }

    [Fact]
    public void A_reading_of_which_not_all_was_tried_is_proposed_and_says_so()
    {
        var random = new Random(7);
        var documents = OpenDocuments.Of(Enumerable.Range(0, 40).Select(at => Document($"{4711 + at}={random.Next(100, 9000)}")));
        var all = documents.All.SkipLast(6).Sum(document => document.Open);
        var matching = Cascade.Match(new Remittance(all, Paid, [], string.Join(' ', documents.All.Select(document => document.Number))), documents, MatchSettings.Strict);
        Assert.Null(matching.Post);
        Assert.NotEmpty(matching.Candidates);
        Assert.True(matching.GaveUp);
    }

    /// <summary>A rest that is more than the largest document: each bears its share, none more than it is.</summary>
    [Theory]
    [InlineData(20, "100", "1850", "150")]
    [InlineData(3, "0.10", "0.11", "0.19")]
    [InlineData(7, "33.33", "120.01", "113.30")]
    public void A_tolerated_rest_is_spread_where_no_document_can_bear_it(int count, string amount, string paid, string rest)
    {
        var open = OpenDocuments.Of(Enumerable.Range(0, count).Select(at => Document($"RE-{47110 + at}={amount}")));
        var text = string.Join(' ', open.All.Select(document => document.Number));
        var post = Cascade.Match(new Remittance(Minor(paid), Paid, [], text), open, Usual with { Tolerance = 50000, TolerancePercent = 70 }).Post!;
        Assert.All(post.Parts, part => Assert.True(part.Amount > 0 && part.WrittenOff >= 0 && part.Amount + part.WrittenOff == part.Document.Open));
        Assert.Equal((Minor(paid), Minor(rest)), (post.Total, post.Parts.Sum(part => part.WrittenOff)));
    }

    [Fact]
    public void A_rule_that_policy_trusts_less_only_proposes() => Assert.Equal(
        "? exactAmount I-2=100",
        Said(Cascade.Match(
            new Remittance(10000, Paid, [], ""), Open("I-2=100 I-3=7"),
            MatchSettings.Strict with { PostFrom = [new PostFrom(MatchRule.ExactAmount, 0.99m)] })));

    [Fact]
    public void Among_many_invoices_a_sum_that_may_be_an_accident_is_proposed()
    {
        var many = OpenDocuments.Of(Enumerable.Range(0, 300).Select(at => new OpenDocument($"I-{at}", "C1", Paid.AddDays(-at % 7), Paid.AddDays(at), 1000 + (at * at % 997))));
        var matching = Cascade.Match(new Remittance(many.All[3].Open + many.All[40].Open, Paid, [], ""), many, MatchSettings.Strict);
        Assert.Null(matching.Post);
        Assert.NotEmpty(matching.Candidates);
        Assert.True(matching.GaveUp);
    }

    static Remittance Told(long amount, string text)
    {
        if (!text.StartsWith("RF ", StringComparison.Ordinal)) return new Remittance(amount, Paid, PaymentReferences.In(text), text);
        var number = text.Split(' ')[1];
        return new Remittance(amount, Paid, [CreditorReference.Create(number)], text[(3 + number.Length)..].Trim());
    }

    static long Minor(string amount) => (long)(decimal.Parse(amount, CultureInfo.InvariantCulture) * 100);

    static OpenDocuments Open(string text) => OpenDocuments.Of(text.Split(' ').Select(Document));

    static OpenDocument Document(string text)
    {
        var parts = text.Split('=');
        var end = parts[1].IndexOfAny(['@', '>', '%', '!']);
        var marks = end < 0 ? "" : parts[1][end..];
        return new OpenDocument(
            parts[0], "C1", Day(marks, '@', "01-15"), Day(marks, '>', "03-20"), Minor(end < 0 ? parts[1] : parts[1][..end]), Minor(Mark(marks, '%') ?? "0"),
            Charge: Mark(marks, '!') switch { "c" => Charge.Costs, "i" => Charge.Interest, _ => Charge.Principal });
    }

    static DateOnly Day(string marks, char mark, string usual) => DateOnly.ParseExact("2026-" + (Mark(marks, mark) ?? usual), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string? Mark(string marks, char mark)
    {
        var at = marks.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0) return null;
        var end = marks.IndexOfAny(['@', '>', '%', '!'], at + 1);
        return end < 0 ? marks[(at + 1)..] : marks[(at + 1)..end];
    }

    static string Said(Matching matching) => matching switch
    {
        { Post: { } post } => Said(post),
        { Candidates.Length: > 0 } => "? " + string.Join(" / ", matching.Candidates.Select(Said)),
        _ => "",
    };

    static string Said(Match match)
    {
        var rule = match.Rule.ToString();
        return char.ToLowerInvariant(rule[0]) + rule[1..] + " " + string.Join(' ', match.Parts.Select(part =>
            $"{part.Document.Number}={Major(part.Amount)}{(part.Discount > 0 ? "%" + Major(part.Discount) : "")}{(part.WrittenOff > 0 ? "~" + Major(part.WrittenOff) : "")}"));
    }

    static string Major(long minor) => (minor / 100m).ToString(minor % 100 == 0 ? "0" : "0.00", CultureInfo.InvariantCulture);
}
