using System.Globalization;
using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Disputes.Rules;

/// <summary>What a dispute is about: a short closed list, since forty categories tell nobody anything.</summary>
public enum DisputeReason { Quality, Quantity, Price, Delivery, Damaged, WrongItem, Duplicate, NotOrdered, Documentation, Terms, Other }

/// <summary>Where a dispute stands. Rejected and closed are its ends; <c>creditNoteDue</c> is accepted, and waits for the credit note.</summary>
public enum DisputeStatus { Open, Qualified, InProgress, CreditNoteDue, Rejected, Closed }

/// <summary>A part of an invoice that the customer does not want to pay, as a case with an owner.</summary>
/// <param name="Payer">The invoice's.</param>
/// <param name="Customer">The invoice's.</param>
/// <param name="DueDate">The invoice's: a dispute raised after it may be one raised to gain time.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, the invoice's. It counts as far as the invoice is still open.</param>
/// <param name="Original">What was disputed at first.</param>
/// <param name="Owner">The function that is to settle it.</param>
/// <param name="Person">Who of the function has taken it; null while nobody has.</param>
/// <param name="Raised">The day on which the customer raised it.</param>
/// <param name="QualifiedOn">The day on which somebody first said whose fault it is; null while nobody has.</param>
/// <param name="Ended">The day on which it was rejected or closed; null while it stands.</param>
/// <param name="Evidence">Where the proof is.</param>
/// <param name="PreventedBy">Code of the order finding that would have prevented it, had somebody looked.</param>
public sealed record Dispute(
    string Number,
    string Invoice,
    string Payer,
    string Customer,
    DateOnly DueDate,
    long Amount,
    long Original,
    Currency Currency,
    DisputeReason Reason,
    Legitimacy Legitimacy,
    OwnerFunction Owner,
    string? Person,
    DisputeStatus Status,
    DateOnly Raised,
    DateOnly? QualifiedOn,
    DateOnly? Ended,
    string? Note,
    string? Evidence,
    string? PreventedBy)
{
    public bool Stands => Ended is null;

    /// <summary>What somebody holds for whose fault it is, where that frees more than they have the authority for: it waits for credit and has no effect. Null for none.</summary>
    public Legitimacy? ProposedLegitimacy { get; init; }

    /// <summary>What it would be about, in minor units, where <see cref="ProposedLegitimacy"/> is what it is already and only more of it waits; null for none.</summary>
    public long? ProposedAmount { get; init; }

    /// <summary>As what it stood when a payment or a credit note settled it; null for one that stands, or ended otherwise.</summary>
    public DisputeStatus? SettledFrom { get; init; }

    /// <summary>The last day by which credit has asked for it to be settled, since an order waits; null where nobody has.</summary>
    public DateOnly? AskedBy { get; init; }

    /// <summary>The credit notes' settlements that have cleared parts of it: a line each of settlement, tabulator and minor units. Null while none has.</summary>
    public string? ClearedBy { get; init; }

    /// <summary>The receipt whose payment left it off, and which takes it back with itself; null where nobody paid short.</summary>
    public string? DeductedFrom { get; init; }

    /// <summary>Nobody has done anything about it since it was raised.</summary>
    public bool IsUntouched =>
        Status == DisputeStatus.Open && Legitimacy == Legitimacy.Unqualified && ProposedLegitimacy is null && Amount == Original && Person is null && AskedBy is null;

    /// <summary>Raised when the invoice was late already, and not (or not yet) found to be our fault.</summary>
    public bool IsLate => Raised > DueDate && Legitimacy != Legitimacy.CompanyFault;

    /// <summary>The dispute after something of its invoice was credited: closed when that is all of it, else what is left stays in the case.</summary>
    /// <param name="credited">Minor units, above zero.</param>
    /// <param name="settlement">By which it was credited.</param>
    public Dispute Credited(long credited, DateOnly today, string settlement)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{settlement}\t{Math.Min(credited, Amount)}");
        return Less(credited, today) with { ClearedBy = ClearedBy is null ? line : ClearedBy + "\n" + line };
    }

    /// <summary>The dispute after that settlement was taken back: what it has cleared waits for a credit note again. One that a person has ended stays so.</summary>
    public Dispute Uncredited(string settlement)
    {
        var lines = ClearedBy?.Split('\n') ?? [];
        if (Array.Find(lines, line => line.StartsWith(settlement + "\t", StringComparison.Ordinal)) is not { } cleared) return this;
        var after = More(long.Parse(cleared.Split('\t')[1], CultureInfo.InvariantCulture));
        var others = lines.Where(line => line != cleared).ToList();
        return after == this ? this : after with { Status = DisputeStatus.CreditNoteDue, ClearedBy = others.Count == 0 ? null : string.Join('\n', others) };
    }

    /// <summary>The dispute after the customer paid something of what it had disputed: closed when that is all of it. One that is over stays as it is.</summary>
    /// <param name="paid">Minor units, above zero.</param>
    public Dispute Paid(long paid, DateOnly today) => Stands ? Less(paid, today) : this;

    /// <summary>The dispute after such a payment was taken back: it stands again where nothing but payments and credit notes had settled it.</summary>
    /// <param name="paid">Minor units, above zero.</param>
    public Dispute Unpaid(long paid) => More(paid);

    Dispute Less(long settled, DateOnly today) => settled < Amount ? this with { Amount = Amount - settled } : this with
    {
        Status = DisputeStatus.Closed, Ended = today, SettledFrom = Status, ProposedLegitimacy = null, ProposedAmount = null,
    };

    Dispute More(long taken) => Stands
        ? this with { Amount = Amount + taken }
        : SettledFrom is { } status ? this with { Status = status, Ended = null, SettledFrom = null, Amount = taken } : this;

    public static bool IsEnd(DisputeStatus status) => status switch
    {
        DisputeStatus.Open or DisputeStatus.Qualified or DisputeStatus.InProgress or DisputeStatus.CreditNoteDue => false,
        DisputeStatus.Rejected or DisputeStatus.Closed => true,
    };
}

/// <summary>How a payer's disputes have ended so far.</summary>
/// <param name="Ended">All that were rejected or closed.</param>
/// <param name="Rejected">Those that had no ground.</param>
public sealed record DisputeRecord(string Payer, long Ended, long Rejected)
{
    public DisputeRecord With(Dispute ended) =>
        this with { Ended = Ended + 1, Rejected = Rejected + (ended.Status == DisputeStatus.Rejected ? 1 : 0) };

    /// <summary>Without one that stands again; it had not been rejected.</summary>
    public DisputeRecord WithoutOne() => this with { Ended = Ended - 1 };
}
