using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Receivables.Rules;

/// <summary>Where money goes that has found no invoice, or that a credit note owes.</summary>
public enum WithdrawalKind
{
    /// <summary>Back to who paid it, or who has a credit note open.</summary>
    Refund,
    /// <summary>To another payer, as a receipt of its own.</summary>
    Transfer,
}

/// <summary>A part of a receipt or credit note that has gone elsewhere on a day. Immutable but for the name of what takes it back.</summary>
/// <param name="Id">Kind and number, unique.</param>
/// <param name="Receipt">Null where a credit note was paid back.</param>
/// <param name="Payer">The receipt's or the credit note's.</param>
/// <param name="To">The payer that a transfer goes to; null for a refund, and for what takes one back.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, that of what it is taken of; below zero for what takes one back.</param>
/// <param name="Reverses">The number of the one that it takes back; null for most.</param>
/// <param name="ReversedBy">The number of what has taken it back; null while it stands.</param>
public sealed record Withdrawal(
    string Id, string Number, WithdrawalKind Kind, string? Receipt, string Payer, string? To, DateOnly Date, Currency Currency, long Amount, string Reason,
    string? Reverses = null, string? ReversedBy = null)
{
    /// <summary>The credit note that was paid back; null where a receipt was.</summary>
    public string? CreditNote { get; init; }

    public static string IdOf(WithdrawalKind kind, string number) => $"{Words.Of(kind)}:{number}";

    /// <summary>The receipt without this part of it, and the document that says so.</summary>
    /// <param name="amount">Minor units, at most what is open of the receipt.</param>
    public static (Receipt Receipt, Withdrawal Withdrawal) Of(
        WithdrawalKind kind, string number, Receipt receipt, long amount, string? to, DateOnly date, string reason) => (
        receipt with { Withdrawn = receipt.Withdrawn + amount },
        new Withdrawal(IdOf(kind, number), number, kind, receipt.Number, receipt.Payer, to, date, receipt.Currency, amount, reason));

    /// <summary>What it was taken of with this part again, the document as it stands then, and the one that takes it back.</summary>
    public (Receipt Receipt, Withdrawal Was, Withdrawal Back) Reversed(Receipt receipt, string number, DateOnly date, string reason) => (
        receipt with { Withdrawn = receipt.Withdrawn - Amount },
        this with { ReversedBy = number },
        TakenBack(number, date, reason));

    /// <summary>The credit note without this part of it, and the document that says so.</summary>
    /// <param name="amount">Minor units, at most what is open of the credit note.</param>
    public static (CreditNote Note, Withdrawal Withdrawal) Of(string number, CreditNote note, long amount, DateOnly date, string reason) => (
        note with { Refunded = note.Refunded + amount },
        new Withdrawal(IdOf(WithdrawalKind.Refund, number), number, WithdrawalKind.Refund, Receipt: null, note.Payer, To: null, date, note.Currency, amount, reason)
        {
            CreditNote = note.Number,
        });

    /// <inheritdoc cref="Reversed(Rules.Receipt, string, DateOnly, string)"/>
    public (CreditNote Note, Withdrawal Was, Withdrawal Back) Reversed(CreditNote note, string number, DateOnly date, string reason) =>
        (note with { Refunded = note.Refunded - Amount }, this with { ReversedBy = number }, TakenBack(number, date, reason));

    Withdrawal TakenBack(string number, DateOnly date, string reason) =>
        this with { Id = IdOf(Kind, number), Number = number, To = null, Date = date, Amount = -Amount, Reason = reason, Reverses = Number };
}
