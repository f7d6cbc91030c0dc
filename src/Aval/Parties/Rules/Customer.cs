using Aval.Kernel;

namespace Aval.Parties.Rules;

/// <summary>A legal entity that buys, pays, or heads a group.</summary>
/// <param name="Currency">Its credit currency, where it is a payer: exposure and limits are told in it.</param>
/// <param name="PaymentTerms">What is agreed, in the canonical text of payment terms: <c>NET30</c>.</param>
/// <param name="Payer">The customer that pays, one hop away; null when it pays itself. It may be entered later.</param>
/// <param name="Group">The customer directly above in the group's tree; null at the top. It may be entered later.</param>
/// <param name="RiskClass">A to E; null when it has not been classed.</param>
/// <param name="Hold">A manual stop with its reason, never lifted by itself; null when there is none.</param>
public sealed record Customer(
    string Number,
    string Name,
    string Country,
    Currency Currency,
    string PaymentTerms,
    string? Payer,
    string? Group,
    string? VatId,
    string? RegistrationId,
    string? Lei,
    PostalAddress? BillingAddress,
    string? RiskClass,
    DateOnly? CustomerSince,
    bool LargeAccount,
    string? Segment,
    PayabilityProfile Profile,
    IReadOnlyList<Contact> Contacts,
    AccountHold? Hold)
{
    /// <summary>The business date since which nothing is sold to it any more; null while it is active.</summary>
    public DateOnly? InactiveSince { get; init; }

    /// <summary>What a class is called that has been taken back, where one is proposed.</summary>
    public const string NoClass = "none";

    /// <summary>A better class that waits for somebody with the authority and has no effect, <see cref="NoClass"/> for none; null when none is proposed.</summary>
    public string? ProposedRiskClass { get; init; }

    /// <summary>How far it was dunned; null when it was not, or has paid since.</summary>
    public Dunning? Dunning { get; init; }

    /// <summary>The days on which it pays; null when it pays on any day, or nobody knows.</summary>
    public PaymentRun? PaymentRun { get; init; }

    /// <summary>The name of the user or key who sells to it; null when nobody in particular does.</summary>
    public string? SalesOwner { get; init; }

    /// <summary>All who had a hand in entering it, one a line; null where the bootstrap key or an import did, and on old records.</summary>
    public string? EnteredBy { get; init; }

    /// <summary>The last day on which its credit review is not overdue; null when none is planned.</summary>
    public DateOnly? NextReview { get; init; }

    /// <summary>The number of the customer whose debt its orders become.</summary>
    public string PayerNumber => Payer ?? Number;

    /// <summary>What it hangs under in the directory: its payer, else its group.</summary>
    public string? Above => Payer ?? Group;
}

/// <summary>Where something is sent. A billing address is complete with the first four; half of one is taken, and found on the orders that it hurts.</summary>
public sealed record PostalAddress(
    string? Line1 = null, string? City = null, string? PostalCode = null, string? Country = null, string? Line2 = null, string? Region = null);

/// <summary>Without these fields this payer's desk, portal or gateway rejects an invoice.</summary>
/// <param name="PurchaseOrderRequired">Each order must carry the payer's purchase order number.</param>
/// <param name="PurchaseOrderPattern">A regular expression that the whole number matches; null when any will do.</param>
/// <param name="BuyerReferenceRequired">Each order must carry a buyer reference (a cost centre, a person).</param>
/// <param name="Portal">The portal into which invoices are entered; null when there is none.</param>
/// <param name="CostCentreRequired">Each order must carry the payer's cost centre.</param>
/// <param name="DeliveryNoteRequired">Each invoice must name its delivery note, which is there only once the goods have left.</param>
/// <param name="PortalIdRequired">Each order must carry the id it has in the payer's portal.</param>
/// <param name="RoutingId">Where e-invoices are sent (a Leitweg-ID, a Peppol participant); null when there is none.</param>
/// <param name="DeliveryDetailsRequired">Each order must say completely where the goods go.</param>
public sealed record PayabilityProfile(
    bool PurchaseOrderRequired = false, string? PurchaseOrderPattern = null, bool BuyerReferenceRequired = false, string? Portal = null,
    bool CostCentreRequired = false, bool DeliveryNoteRequired = false, bool PortalIdRequired = false, string? RoutingId = null, bool DeliveryDetailsRequired = false)
{
    public static readonly PayabilityProfile None = new();

    /// <summary>What both ask for, as of a branch and its payer; of what has a value the more specific one counts.</summary>
    /// <param name="general">The payer's.</param>
    public PayabilityProfile Over(PayabilityProfile general)
    {
        if (ReferenceEquals(this, general) || general == None || this == general) return this;
        return this == None ? general : new PayabilityProfile(
            PurchaseOrderRequired || general.PurchaseOrderRequired, PurchaseOrderPattern ?? general.PurchaseOrderPattern,
            BuyerReferenceRequired || general.BuyerReferenceRequired, Portal ?? general.Portal, CostCentreRequired || general.CostCentreRequired,
            DeliveryNoteRequired || general.DeliveryNoteRequired, PortalIdRequired || general.PortalIdRequired, RoutingId ?? general.RoutingId,
            DeliveryDetailsRequired || general.DeliveryDetailsRequired);
    }
}

/// <summary>A person at the customer. <paramref name="Function"/> says for what: <c>purchasing</c>, <c>accountsPayable</c>, …</summary>
public sealed record Contact(string Name, string? Function = null, string? Email = null, string? Phone = null);

/// <summary>How far a customer was dunned.</summary>
/// <param name="Level">1 to 9.</param>
/// <param name="Since">The business date on which the level was recorded.</param>
public sealed record Dunning(int Level, string Reason, DateOnly Since, string By);

public sealed record AccountHold(string Reason, DateOnly Since, string By);
