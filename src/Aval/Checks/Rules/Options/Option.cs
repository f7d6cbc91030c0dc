using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>What somebody can do so that yes becomes acceptable, the least burden first.</summary>
public enum OptionAction
{
    ApplyReceipt, IssueCreditNote, QualifyDispute, CorrectData, CorrectLimit, ShorterTerms, LaterShipDate, WaitForPayment, PayUndisputed, Deposit, Prepayment, PartialRelease,
    StagedInvoicing, ReduceOrder, TemporaryLimit, Guarantee,
}

/// <summary>A smallest action with which the order would be acceptable, proved by the check.</summary>
/// <param name="Owner">Who must act on it, or get somebody to.</param>
public sealed record Option(OptionAction Action, OwnerFunction Owner)
{
    /// <summary>Minor units of <see cref="Currency"/>; null where no amount is meant. Of a limit: the whole limit, not the addition.</summary>
    public long? Amount { get; init; }

    public Currency? Currency { get; init; }

    /// <summary>The amount in percent of the order's value, rounded up to two decimals.</summary>
    public decimal? Percent { get; init; }

    /// <summary>The invoices to pay, or that are settled by it, earliest due first; of an undisputed balance those that are left out; none where so many are to be
    /// paid that the amount alone is told, oldest due first.</summary>
    public ImmutableArray<string> Invoices { get; init; } = [];

    /// <summary>Our own documents to act on: receipts, promises, disputes.</summary>
    public ImmutableArray<string> Documents { get; init; } = [];

    /// <summary>Codes of the findings that are to be completed or corrected.</summary>
    public ImmutableArray<string> Findings { get; init; } = [];

    /// <summary>Which of the invoices and documents are those of another payer of the group.</summary>
    public ImmutableArray<DocumentElsewhere> Elsewhere { get; init; } = [];

    /// <summary>The day by which it is expected, or until which it must hold; null when no day is meant or none can be told.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The customer whose limit is meant.</summary>
    public string? Level { get; init; }

    /// <summary>Whether that customer's own limit or the one that it shares with its group; null where no limit is meant.</summary>
    public LimitLevel? LimitLevel { get; init; }

    public string? PaymentTerms { get; init; }

    /// <summary>The lines and quantities that would go first.</summary>
    public ImmutableArray<OptionLine> Lines { get; init; } = [];

    /// <summary>Each shipped after the one before is paid.</summary>
    public ImmutableArray<OptionStage> Stages { get; init; } = [];

    /// <summary>It passes, but a smaller one may exist.</summary>
    public bool Approximate { get; init; }

    /// <summary>Codes of the findings that stand all the same, for others to complete or decide.</summary>
    public ImmutableArray<string> AlsoNeeds { get; init; } = [];

    /// <summary>What must be done besides, where no single action passes.</summary>
    public Option? And { get; init; }

    /// <summary>Whether the customer is asked for it: its money before it is due or before the goods, somebody who stands in, a smaller order.</summary>
    public bool AsksCustomer => Action switch
    {
        OptionAction.WaitForPayment or OptionAction.PayUndisputed or OptionAction.Deposit or OptionAction.Prepayment or OptionAction.ReduceOrder or OptionAction.Guarantee => true,
        OptionAction.ApplyReceipt or OptionAction.IssueCreditNote or OptionAction.QualifyDispute or OptionAction.CorrectData or OptionAction.CorrectLimit
            or OptionAction.ShorterTerms or OptionAction.LaterShipDate or OptionAction.PartialRelease or OptionAction.StagedInvoicing or OptionAction.TemporaryLimit => false,
    };

    /// <summary>The last of all that must be done.</summary>
    public Option Last => And?.Last ?? this;

    /// <summary>What of it somebody decides: itself, or what comes after our own part, which goes to its owner anyway; null where one of two is decided first.</summary>
    public Option? Decided => And is not { } and ? this : Action is OptionAction.ApplyReceipt or OptionAction.IssueCreditNote or OptionAction.CorrectData ? and.Decided : null;

    /// <summary>This, and the other after all that must be done with it already.</summary>
    public Option Then(Option last) => this with { And = And is null ? last : And.Then(last) };
}

/// <param name="Payer">Whose it is.</param>
public readonly record struct DocumentElsewhere(string Document, string Payer);

public readonly record struct OptionLine(int Line, Quantity Quantity);

/// <param name="Date">From when it can ship.</param>
/// <param name="Amount">Minor units of the payer's credit currency.</param>
public readonly record struct OptionStage(DateOnly Date, long Amount);
