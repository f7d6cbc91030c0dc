using System.Globalization;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Web;

namespace Aval.Checks;

/// <summary>What comes next for a held order, who does it and by when, and the first that would let it go: for Customer Service, never for the customer.</summary>
/// <param name="Decides">Owner, and the day in its own words.</param>
/// <param name="Completes">The same, where nothing is to be decided.</param>
/// <param name="Confirms">Who proposed it, and the day.</param>
/// <param name="Waits">Who decided, and the day.</param>
/// <param name="By">The day.</param>
/// <param name="First">The option's sentence.</param>
sealed record NextStep(string Decides, string Completes, string Confirms, string Waits, string By, string First)
{
    static readonly NextStep English = new(
        "Next: {0} decides{1}.", "Next: {0} completes the order{1}.", "Next: a second person confirms what {0} proposes{1}.", "Next: what {0} decided takes its course{1}.",
        " by {0}", "First option: {0}");

    static readonly NextStep French = new(
        "Ensuite : {0} décide{1}.", "Ensuite : {0} complète la commande{1}.", "Ensuite : une deuxième personne confirme ce que {0} propose{1}.",
        "Ensuite : ce que {0} a décidé suit son cours{1}.", " d'ici le {0}", "Première option : {0}");

    static readonly NextStep German = new(
        "Als Nächstes: {0} entscheidet{1}.", "Als Nächstes: {0} vervollständigt den Auftrag{1}.", "Als Nächstes: Eine zweite Person bestätigt, was {0} vorschlägt{1}.",
        "Als Nächstes: Was {0} entschieden hat, nimmt seinen Lauf{1}.", " bis zum {0}", "Erste Möglichkeit: {0}");

    /// <summary>The same texts, Customer Service's with the next step.</summary>
    public static CheckTexts On(CheckTexts texts, WhatIf? asked, Remedies remedies, Language language)
    {
        if (asked?.Root.Get<ChecksFacts>().OfOrder(asked.Order.Number) is not { } block) return texts;
        var standing = asked.Root.Get<DecisionsFacts>().OfOrder(block.Order).Where(decision => decision.Stands).ToList();
        return texts with { CustomerService = string.Join(' ', [texts.CustomerService, .. Sentences(block, standing, remedies, language)]) };
    }

    static IEnumerable<string> Sentences(Block block, List<Decision> standing, Remedies remedies, Language language)
    {
        var words = language switch { Language.English => English, Language.French => French, Language.German => German };
        string Day(DateOnly? day) => day is { } known ? Filled(words.By, Figures.Day(known, language)) : "";
        if (standing.Find(decision => decision.Status == DecisionStatus.AwaitingConfirmation) is { } proposed) yield return Filled(words.Confirms, proposed.By, Day(block.DueOn));
        else if (standing is [var decided, ..]) yield return Filled(words.Waits, decided.By, Day(decided.Until));
        else
            yield return Filled(
                block.Triage == Triage.Complete ? words.Completes : words.Decides,
                Words.TryParse<OwnerFunction>(block.Owner, out var function) ? Phrases.In(language).Owner(function) : Say.Role(block.Owner ?? "credit"), Day(block.DueOn));
        if (standing.Count == 0 && !remedies.Options.IsEmpty) yield return Filled(words.First, OptionText.Sentence(remedies.Options[0], language));
    }

    static string Filled(string phrase, params object[] parts) => string.Format(CultureInfo.InvariantCulture, phrase, parts);
}
