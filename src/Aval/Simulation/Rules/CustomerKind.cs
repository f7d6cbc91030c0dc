namespace Aval.Simulation;

/// <summary>How a simulated customer behaves, or what is wrong with what we know of it: the pattern a credit desk should recognise.</summary>
public enum CustomerKind
{
    /// <summary>Pays within days of the due date; a few have a limit that their best weeks touch.</summary>
    PromptPayer,
    /// <summary>Always a week or so late, never worse; sometimes in two parts.</summary>
    SlowPayer,
    /// <summary>Pays a third of its invoices short and waits for a credit note.</summary>
    Disputing,
    /// <summary>Prompt until four months before the end, then later with every invoice.</summary>
    Deteriorating,
    /// <summary>Orders triple over the history; the limit follows late.</summary>
    GrowingFast,
    /// <summary>Large, with a portal: refuses invoices without its purchase order and buyer reference, which its orders sometimes lack.</summary>
    PortalAccount,
    /// <summary>Holds the limit of its branches and pays for them, one transfer a branch.</summary>
    HeadOffice,
    /// <summary>Orders on its own; the head office pays.</summary>
    Branch,
    /// <summary>A holding that buys nothing and carries the limit of its group.</summary>
    GroupParent,
    /// <summary>Pays for itself, under its own limit and the group's.</summary>
    GroupMember,
    /// <summary>Sells most of its year in autumn and orders far ahead.</summary>
    Seasonal,
    /// <summary>Cuts one need into several orders, each just under the amount that would be held as too large.</summary>
    OrderSplitter,
    /// <summary>Pays on time; it is we who apply its receipts weeks later, and the last ones not at all.</summary>
    CashAppliedLate,
    /// <summary>Pays each order before it is shipped.</summary>
    Prepaying,
    /// <summary>Buys and pays in dollars or pounds; bank charges leave small rests that are written off.</summary>
    ForeignCurrency,
    /// <summary>New: its first orders arrived before anybody set a limit.</summary>
    LimitNeverSet,
    /// <summary>Well behaved; its limit ran out some days before the end and nobody renewed it.</summary>
    LimitExpired,
    /// <summary>Got a temporary limit on top, which may have ended by now.</summary>
    TemporaryLimit,
    /// <summary>Never rated.</summary>
    RiskClassMissing,
    /// <summary>Rated E: its few orders are refused.</summary>
    BlockedRiskClass,
    /// <summary>Put on hold by hand: once in the past for two weeks, and again shortly before the end.</summary>
    OnHold,
    /// <summary>New, its billing address half entered.</summary>
    AddressIncomplete,
    /// <summary>Its VAT id fails the check digits.</summary>
    VatIdInvalid,
    /// <summary>Now and then writes longer payment terms on its order than agreed.</summary>
    LongerTermsAsked,
    /// <summary>Now and then claims a discount that nobody has documented.</summary>
    DiscountUndocumented,
}
