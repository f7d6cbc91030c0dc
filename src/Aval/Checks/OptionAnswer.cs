using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <summary>An action with which the order would be acceptable, proved by the check.</summary>
/// <param name="Amount">In <paramref name="Currency"/>; of a limit the whole of it. Null where no amount is meant.</param>
/// <param name="Percent">The amount in percent of the order.</param>
/// <param name="Invoices">To be paid, or settled by it, earliest due first; of an undisputed balance those left out; none where so many are to be paid that the amount
/// alone is told: those due first.</param>
/// <param name="Documents">Documents to act on.</param>
/// <param name="Findings">Codes of the findings to complete or correct.</param>
/// <param name="Elsewhere">Which of the invoices and documents are those of another payer of the group.</param>
/// <param name="Until">The day by which it is expected, or to which it must hold.</param>
/// <param name="Owner">Who acts on it.</param>
/// <param name="Level">The customer whose limit is meant.</param>
/// <param name="LimitLevel">Whether its own limit or the one that it shares with its group.</param>
/// <param name="Lines">What would go first.</param>
/// <param name="Stages">Each shipped after the one before is paid.</param>
/// <param name="Approximate">It passes, but a smaller one may exist.</param>
/// <param name="AlsoNeeds">Codes of the findings that others must complete or decide all the same.</param>
/// <param name="And">What must be done besides, where no single action is enough.</param>
/// <param name="Sentence">All of it in one sentence.</param>
public sealed record OptionAnswer(
    OptionAction Action, decimal? Amount, Currency? Currency, decimal? Percent, IReadOnlyList<string> Invoices, IReadOnlyList<string> Documents,
    IReadOnlyList<string> Findings, IReadOnlyList<DocumentElsewhere> Elsewhere, DateOnly? Until,
    OwnerFunction Owner, string? Level, LimitLevel? LimitLevel,
    string? PaymentTerms, IReadOnlyList<OptionLineAnswer> Lines, IReadOnlyList<OptionStageAnswer> Stages, bool Approximate,
    IReadOnlyList<string> AlsoNeeds, OptionAnswer? And, string Sentence)
{
    public static OptionAnswer Of(Option option, Language language) => new(
        option.Action, Major(option.Amount, option.Currency), option.Currency, option.Percent, option.Invoices, option.Documents, option.Findings,
        option.Elsewhere, option.Until, option.Owner, option.Level, option.LimitLevel,
        option.PaymentTerms, [.. option.Lines.Select(line => new OptionLineAnswer(line.Line, line.Quantity))],
        [.. option.Stages.Select(stage => new OptionStageAnswer(stage.Date, Major(stage.Amount, option.Currency) ?? 0))], option.Approximate, option.AlsoNeeds,
        option.And is { } and ? Of(and, language) : null, OptionText.Sentence(option, language));

    static decimal? Major(long? minor, Currency? currency) => minor is { } amount && currency is { } known ? new Money(amount, known).Major : null;
}

public sealed record OptionLineAnswer(int Line, Quantity Quantity);

/// <summary>What holds the order and no option cures.</summary>
/// <param name="Code">Of the finding.</param>
/// <param name="Owner">Who completes it, or decides.</param>
/// <param name="Cure">What would make it go away.</param>
/// <param name="Sentence">Why no option does, or who is to do what besides.</param>
public sealed record RemainingAnswer(string Code, OwnerFunction Owner, Cure Cure, string Sentence)
{
    public static RemainingAnswer Of(Remaining remaining, Language language) =>
        new(remaining.Code, remaining.Owner, remaining.Cure, OptionText.Sentence(remaining, language));
}

/// <param name="Date">From when it can ship.</param>
public sealed record OptionStageAnswer(DateOnly Date, decimal Amount);

/// <summary>One defect of ours that accounts for the hold.</summary>
/// <param name="Document">The receipt, promise, dispute or invoice that waits for us; of one that the caller does not see only that there is one.</param>
/// <param name="Amount">Null where the caller does not see the document.</param>
/// <param name="Owner">Who can mend it.</param>
/// <param name="AgeDays">Calendar days for which it has waited.</param>
/// <param name="Invoices">What it would settle.</param>
/// <param name="Approximate">Fewer defects than are named might account for the hold: there were too many to try.</param>
public sealed record DefectAnswer(
    DefectKind Kind, string Document, OwnerFunction Owner, decimal? Amount, Currency Currency, int AgeDays, IReadOnlyList<string> Invoices, bool Approximate, string Sentence)
{
    public static DefectAnswer Of(Defect defect, Language language) => new(
        defect.Kind, defect.Document, defect.Owner, Unseen.Is(defect.Document) ? null : new Money(defect.Amount, defect.Currency).Major, defect.Currency,
        defect.AgeDays, defect.Invoices, defect.Approximate, DefectText.Sentence(defect, language));
}
