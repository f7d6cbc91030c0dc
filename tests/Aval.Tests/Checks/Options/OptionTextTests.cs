using System.Text.RegularExpressions;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Tests.Checks.Options;

/// <summary>Every sentence about findings and options, in every language, is made of words that a person in an office uses.</summary>
public sealed class OptionTextTests
{
    static readonly DateOnly Day = new(2026, 4, 10);

    /// <summary>Every action, with every finding to be corrected, every finding that stands all the same, and every reason why there is no option.</summary>
    static IEnumerable<(string What, Func<Language, string> Sentence)> Everything()
    {
        foreach (var action in Enum.GetValues<OptionAction>())
        {
            yield return ($"{action}", language => OptionText.Sentence(Sample(action), language));
            yield return ($"{action} and more", language => OptionText.Sentence(Sample(action) with { And = Sample(OptionAction.Deposit) }, language));
            var several = Sample(action) with { Documents = ["R-1", "R-2"], Invoices = ["I-1", "I-2"], Elsewhere = [new("R-2", "C2"), new("I-2", "C2")], Findings = [] };
            yield return ($"{action} of a sister", language => OptionText.Sentence(several, language));
            // Documents in several currencies have no sum.
            if (action is OptionAction.ApplyReceipt or OptionAction.IssueCreditNote or OptionAction.QualifyDispute or OptionAction.CorrectData)
                yield return ($"{action} in two currencies", language => OptionText.Sentence(several with { Amount = null, Currency = null }, language));
            foreach (var kind in FindingKinds.All)
                yield return ($"{action} {kind.Code}", language => OptionText.Sentence(Sample(action) with { AlsoNeeds = [kind.Code] }, language));
        }

        foreach (var kind in FindingKinds.All)
        {
            foreach (var owner in Enum.GetValues<OwnerFunction>())
            {
                var mended = new Option(OptionAction.CorrectData, owner) { Findings = [kind.Code], Documents = ["I-1"] };
                yield return ($"correct {kind.Code}", language => OptionText.Sentence(mended, language));
            }

            foreach (var cure in Enum.GetValues<Cure>())
                yield return ($"remaining {cure} {kind.Code}", language => OptionText.Sentence(new Remaining(kind.Code, kind.Owner, cure), language));
            yield return (kind.Code, language => FindingText.Sentence(Found(kind), language));
            yield return ($"texts {kind.Code}", language => Joined(CheckTexts.Of("SO-1", [Found(kind)], [], language)));
        }

        foreach (var kind in Enum.GetValues<DefectKind>())
            yield return ($"{kind}", language => DefectText.Sentence(new Defect(kind, "R-1", OwnerFunction.Billing, 100, Currency.EUR, 3, ["I-1"]), language));
    }

    [Fact]
    public void No_sentence_shows_a_code_or_a_name_of_the_program()
    {
        var names = new[] { typeof(OptionAction), typeof(OwnerFunction), typeof(Cause), typeof(Cure), typeof(DefectKind), typeof(Severity) }
            .SelectMany(Enum.GetNames).Where(name => name.Skip(1).Any(char.IsUpper)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (what, sentence) in Everything())
            foreach (var language in Enum.GetValues<Language>())
            {
                var text = sentence(language);
                // Of one word a code may be a word of the language: overdue.
                foreach (var kind in FindingKinds.All.Where(kind => kind.Code.Contains('-', StringComparison.Ordinal)))
                    Assert.False(Regex.IsMatch(text, $@"(?<![\w-]){kind.Code}(?![\w-])"), $"{what}: {text}");
                foreach (var word in text.Split([' ', ',', '.', ':', ';', '(', ')', '\u00A0'])) Assert.False(names.Contains(word), $"{what}: {text}");
                Assert.DoesNotMatch(@"\{|\}|  | [,.]|\(\)|@", text);
                Assert.Matches(@"^[\p{Lu}\d].*[.\d]$", text);
            }
    }

    [Fact]
    public void No_sentence_of_another_language_is_left_in_English()
    {
        var english = new Regex(
            @"(?<![\w-])(the|of|for|and|is|are|has|have|with|order|invoice|days?|payment|by|until|ago|to|from|it|needs|decision)(?![\w-])",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);
        foreach (var (what, sentence) in Everything())
        {
            var (en, fr, de) = (sentence(Language.English), sentence(Language.French), sentence(Language.German));
            Assert.True(en != fr && en != de && fr != de, $"{what}: {en}");
            foreach (var text in new[] { fr, de }) Assert.False(english.IsMatch(text), $"{what}: {english.Match(text)} in {text}");
        }
    }

    [Fact]
    public void An_option_names_whose_document_it_is_and_what_it_takes_besides() => Assert.Equal(
        "Apply receipts R-1, R-2 (C2) of 35.00 EUR to I-1; the customer has paid. It also needs: the purchase order number; a decision on the hold of the account.",
        OptionText.Sentence(
            Sample(OptionAction.ApplyReceipt) with { Documents = ["R-1", "R-2"], Elsewhere = [new("R-2", "C2")], AlsoNeeds = ["purchase-order-missing", "forced-hold"] },
            Language.English).Replace('\u00A0', ' '));

    static string Joined(CheckTexts texts) => $"{texts.Internal} {texts.CustomerService} {texts.Customer}";

    static Option Sample(OptionAction action) => new(action, OwnerFunction.AccountsReceivable)
    {
        Amount = 3500, Currency = Currency.EUR, Percent = 12.5m, Invoices = ["I-1"], Documents = ["R-1"], Until = Day, Level = "C1", PaymentTerms = "NET30",
        Findings = action == OptionAction.CorrectData ? ["discount-undocumented"] : [], Lines = [new(1, Quantity.Of(2))], Stages = [new(Day, 10), new(Day, 10)],
    };

    static Finding Found(FindingKind kind) => new(
        kind.Code, Severity.Refer, kind.Owner, "rule", "C1", 1250, Currency.EUR, 3,
        kind.Code == "portal-requirement-missing" ? "costCentre, portalReference" : kind.Code == "payment-behaviour" ? "level 4, trend 2" : "17");
}
