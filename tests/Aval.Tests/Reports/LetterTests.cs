using System.Text;
using System.Text.RegularExpressions;
using Aval.Checks;
using Aval.Kernel;
using Aval.Receivables.Rules;
using Aval.Reports;
using Aval.Reports.Forms;
using Aval.Reports.Rules;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Reports;

/// <summary>A statement of account in the language of whom it goes to.</summary>
public sealed class LetterTests
{
    static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public void A_letter_says_the_same_in_three_languages_with_their_numbers_and_dates()
    {
        var told = new StringBuilder();
        foreach (var language in Enum.GetValues<Language>())
        {
            var (owes, owed) = (Letter(language, 1_234_567_50), Letter(language, -5_00));
            told.Append(Lines(LetterHtml.Of(owes))).Append("--- PDF\n").Append(Pieces(LetterPdf.Of(owes))).Append("--- with nothing to pay\n");
            told.Append(string.Join('\n', new LetterText(owed).Balances.Append(new LetterText(owed).Remark))).Append("\n\n");
        }

        Golden.Equal("statement-letters.txt", told.ToString());
    }

    [Theory]
    [InlineData("DE", Language.German)]
    [InlineData("AT", Language.German)]
    [InlineData("CH", Language.German)]
    [InlineData("FR", Language.French)]
    [InlineData("LU", Language.French)]
    [InlineData("NL", Language.English)]
    [InlineData("BE", Language.English)]
    [InlineData(null, Language.English)]
    public void A_letter_speaks_the_language_of_where_it_goes(string? country, Language language) => Assert.Equal(language, Languages.SpokenIn(country));

    [Fact]
    public void Every_language_has_a_word_for_every_column()
    {
        foreach (var words in Enum.GetValues<Language>().Select(LetterWords.In))
            Assert.Equal((8, 7, 7, Enum.GetValues<LedgerKind>().Length + 2, 1, 1), (
                words.Heads.Length, words.Buckets.Length, words.MoveHeads.Length, words.MoveKinds.Length,
                Regex.Count(words.Title, "\\{0\\}"), Regex.Count(words.Balance, "\\{0\\}")));
    }

    static AccountLetter Letter(Language language, long balance)
    {
        Money Of(long minor) => new(minor, Currency.EUR);
        return new AccountLetter(
            language, "Example & Sons", ["Müller GmbH", "Am Weg 1", "10115 Berlin"], "C-1", Day,
            [
                ["invoice", "IN-4711", new DateOnly(2026, 1, 9), new DateOnly(2026, 2, 9), 21, "EUR", Of(1_234_600_00), Of(1_234_600_00), Of(1_000_00)],
                ["creditNote", "CN-1", new DateOnly(2026, 2, 20), null, null, "EUR", Of(-30_00), Of(-12_50), Of(0)],
                ["receipt", "R-1", new DateOnly(2026, 3, 1), null, null, "EUR", Of(-20_00), Of(-20_00), Of(0)],
            ],
            [
                ["opening", null, new DateOnly(2026, 2, 1), null, null, "EUR", null, null, null, null, Of(1_234_600_00), null, null],
                ["refund", "RF-1", new DateOnly(2026, 2, 21), null, null, "EUR", Of(17_50), null, null, "CN-1", Of(1_234_617_50), null, null],
            ],
            [Of(balance)], [(Currency.EUR, AgingBuckets.Of(1_234_600_00, 21))]);
    }

    static string Lines(string html) => html[html.IndexOf("</head>", StringComparison.Ordinal)..].Replace("<tr>", "\n<tr>", StringComparison.Ordinal)
        .Replace("<p>", "\n<p>", StringComparison.Ordinal).Insert(0, html[..html.IndexOf("<meta", StringComparison.Ordinal)]) + "\n";

    static string Pieces(byte[] pdf) => string.Concat(
        Regex.Matches(Encoding.Latin1.GetString(pdf), @"([\d.]+) ([\d.]+) Td \((.*)\) Tj").Select(match => $"{match.Groups[1].Value} {match.Groups[3].Value}\n"));
}
