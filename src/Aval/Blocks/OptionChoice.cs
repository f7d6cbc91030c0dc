using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Blocks;

/// <summary>An option taken: the decision that says the same, with what the option was solved for. What was sent besides goes before it.</summary>
static class OptionChoice
{
    /// <summary>Options are found anew on the facts of the decision; refuses with <c>option-stale</c> where there is no such, or not the one that was seen.</summary>
    /// <param name="read">What was read under the number is what is meant, wherever it stands now; null for who did not say what they read.</param>
    public static Answered<DecisionBody> Of(DecisionBody body, int number, WhatIf asked, AsRead? read)
    {
        var options = Remedies.Of(asked).Options;
        if (read is not null && number >= 1 && number <= options.Length && read.NowAt(number, options) is null)
            return DecisionProblems.OptionStale.With($"Option {number} is not what you read. It is now: {OptionText.Sentence(options[number - 1], Language.English)}", "option");
        if ((read is null ? number - 1 : read.NowAt(number, options)) is not { } at || at < 0 || at >= options.Length)
            return DecisionProblems.OptionStale.With($"There are {options.Length} options now, and no option {number}.", "option");
        var option = options[at];
        if (body.Expect is { } seen && (seen.Action != option.Action || (seen.Amount is { } was && was != AmountOf(option))))
            return DecisionProblems.OptionStale.With($"Option {number} is now: {OptionText.Sentence(option, Language.English)}", "expect");
        // Our own part is its owner's task whatever is decided; what is decided is what comes after it.
        if (option.Decided is not { } decided) return KernelProblems.Invalid("option", "must be a single action: decide one of the two, then look what is left");
        return Filled(body with { Option = null, Expect = null }, decided, AmountOf(decided), asked);
    }

    static decimal? AmountOf(Option option) => option is { Amount: { } minor, Currency: { } currency } ? new Money(minor, currency).Major : null;

    static DecisionBody Filled(DecisionBody body, Option option, decimal? amount, WhatIf asked)
    {
        var day = option.Until ?? asked.Today.AddDays(asked.Policy.Policy.AuthorizationDays);
        // What the option waits for may be expected later than any decision may wait.
        var until = body.Until ?? (option.Action != OptionAction.TemporaryLimit && day > Latest(asked) ? Latest(asked) : day);
        DecisionBody As(DecisionKind kind) => body with { Decision = kind };
        DecisionBody Task(string owner) => As(DecisionKind.Escalate) with
        {
            To = body.To ?? owner, Question = body.Question ?? OptionText.Sentence(option, Language.English), Until = until,
        };
        var own = Kernel.Storage.Words.Of(option.Owner);
        return option.Action switch
        {
            OptionAction.ApplyReceipt or OptionAction.IssueCreditNote or OptionAction.CorrectData => Task(own),
            OptionAction.QualifyDispute => As(DecisionKind.ReviewDisputes) with { Disputes = option.Documents, Owner = body.Owner ?? own, Until = until },
            OptionAction.CorrectLimit => As(DecisionKind.CorrectLimit) with { Amount = amount, Level = option.Level, LimitLevel = option.LimitLevel },
            OptionAction.ShorterTerms => As(DecisionKind.ReviseTerms) with { PaymentTerms = option.PaymentTerms },
            OptionAction.LaterShipDate => As(DecisionKind.MaintainBlock) with { Until = until, MustHappen = body.MustHappen ?? OptionText.Sentence(option, Language.English) },
            OptionAction.WaitForPayment when option.Invoices.IsEmpty => As(DecisionKind.WaitForPayment) with { Amount = amount, Until = until },
            OptionAction.WaitForPayment => As(DecisionKind.WaitForPayment) with { Invoices = option.Invoices, Until = until },
            // The invoices that it names are those that are left out.
            OptionAction.PayUndisputed => As(DecisionKind.WaitForPayment) with { Amount = amount, Until = until },
            OptionAction.Deposit => As(DecisionKind.RequestDeposit) with { Amount = amount, Until = until },
            OptionAction.Prepayment => As(DecisionKind.Prepayment) with { Amount = amount, Until = until },
            OptionAction.PartialRelease => As(DecisionKind.ReleasePartially) with { Amount = amount },
            OptionAction.StagedInvoicing => As(DecisionKind.StagedInvoicing) with
            {
                Stages = [.. option.Stages.Select(stage => new StageBody(stage.Date, new Money(stage.Amount, option.Currency!.Value).Major))],
            },
            OptionAction.ReduceOrder => As(DecisionKind.ReduceOrder) with { Amount = option.Lines.IsEmpty ? amount : null, Lines = LinesOf(option) },
            OptionAction.TemporaryLimit => As(DecisionKind.TemporaryLimit) with { Amount = amount, Until = until, Level = option.Level, LimitLevel = option.LimitLevel },
            OptionAction.Guarantee => As(DecisionKind.RequireGuarantee) with { Amount = amount, Until = until },
        };
    }

    static DateOnly Latest(WhatIf asked) => asked.Today.AddDays(DecisionKinds.LongestWait);

    static IReadOnlyList<DecidedLine>? LinesOf(Option option) =>
        option.Lines.IsEmpty ? null : [.. option.Lines.Select(line => new DecidedLine(line.Line, line.Quantity))];
}
