using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Rates.Rules;

namespace Aval.Orders.Rules;

/// <summary>Where an order stands. <c>Delivered</c> is wholly delivered and not yet wholly invoiced; <c>Closed</c> has nothing left to deliver or invoice.</summary>
public enum OrderStatus { Received, Released, Held, Delivered, Closed, Cancelled }

/// <summary>An order as entered, and how far it has come.</summary>
/// <param name="Payer">The payer's number as resolved when it was last checked; that of a payer who has not been entered too.</param>
/// <param name="Rate">By which it was converted into the payer's credit currency, once; null while no rate is known.</param>
/// <param name="CreditCurrency">The payer's credit currency when it was converted; null with the rate.</param>
/// <param name="EnteredBy">The person who entered it, even when a key carried it; null where the key named nobody.</param>
/// <param name="PaymentTerms">As asked for on the order; null when nothing was said, and the customer's own hold.</param>
/// <param name="Context">What Customer Service knows: urgency, recurrence, notes; JSON, null when nothing was said.</param>
/// <param name="Authorization">Its claim on headroom; null unless released.</param>
/// <param name="Opened">The journal number of its entry, at the root where it was entered.</param>
public sealed record Order(
    string Number,
    string Customer,
    string Payer,
    Currency Currency,
    DateOnly OrderDate,
    DateOnly? ShipDate,
    IReadOnlyList<OrderLine> Lines,
    string? BillTo,
    string? EnteredBy,
    string? PaymentTerms,
    string? PurchaseOrder,
    string? BuyerReference,
    string? Context,
    OrderStatus Status,
    Currency? CreditCurrency,
    StoredRate? Rate,
    Authorization? Authorization,
    long Opened)
{
    /// <summary>As the customer states its own on the order; null when it states none.</summary>
    public string? VatId { get; init; }

    /// <inheritdoc cref="VatId"/>
    public string? RegistrationId { get; init; }

    /// <summary>Of the buyer, for its desk.</summary>
    public string? CostCentre { get; init; }

    /// <summary>The buyer's own id of the order in its portal.</summary>
    public string? PortalReference { get; init; }

    /// <summary>Where the goods go; null when nothing was said.</summary>
    public PostalAddress? ShipTo { get; init; }

    /// <summary>It is delivered as a whole or not at all: no part of it is released.</summary>
    public bool CompleteDelivery { get; init; }

    /// <summary>The mark of an order whose claim ran out, until somebody asks again. Nothing releases it by itself.</summary>
    public const string AuthorizationExpired = "authorization-expired";

    /// <summary>Held, and released by itself once the facts allow it.</summary>
    /// <remarks>Where a person has decided, only what that decision says happens by itself.</remarks>
    public bool Waits() => Status == OrderStatus.Held && Decision is null && !Marks.Contains(AuthorizationExpired);

    /// <summary>Released for a part: its block stays open for the rest.</summary>
    public bool IsPart() => Status == OrderStatus.Released && Authorization is { Withheld: > 0 };

    /// <summary>What may leave of an order released for some of its lines, line by line; null where nothing is said of lines.</summary>
    public IReadOnlyList<DeliveredLine>? ToShip() => !IsPart() || Release is not { Lines: not null } release ? null :
    [
        .. Lines.Select(line => (line.Line, line.Delivered, Most: Quantity.Min(line.Quantity - line.Cancelled, release.MostOf(line.Line)!.Value)))
            .Where(line => line.Most > line.Delivered).Select(line => new DeliveredLine(line.Line, line.Most - line.Delivered)),
    ];

    /// <summary>Incidents and other marks that stay: <c>delivered-while-held</c>, <c>over-delivered</c>, <c>authorization-expired</c>.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>The day of the first delivery since which something delivered has always been left to bill; null while nothing is.</summary>
    public DateOnly? UnbilledSince { get; init; }

    /// <summary>What a person has released of it; null when nobody has.</summary>
    public HumanRelease? Release { get; init; }

    /// <summary>The id of the decision that stands on its block, until that is fulfilled, broken or replaced; null when nobody has decided.</summary>
    public string? Decision { get; init; }

    /// <summary>Its number among the orders that its customer's habit is learned from (<see cref="NotedOrders"/>); null where no number was given.</summary>
    public long? HabitNumber { get; init; }

    /// <summary>The name of the actor by whom it came in: the person themselves, or the key that carried it.</summary>
    public string? CarriedBy { get; init; }

    /// <summary>Who entered it as far as anybody has said: the person, else the key.</summary>
    public string? Entrant => EnteredBy ?? CarriedBy;

    /// <summary>Who has asked for more since: those by whom a change came in that made it worth more, gave it other terms or opened it
    /// again, and whoever made the keys by which it or a change came in; null while nobody has.</summary>
    public IReadOnlyList<string>? RaisedBy { get; init; }

    /// <summary>Whether somebody of this name, in whatever capitals, is answerable for what it asks: they decide nothing about it.</summary>
    public bool IsOwn(string name) => new[] { EnteredBy, CarriedBy }.Concat(RaisedBy ?? []).Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The same, asked for by these too.</summary>
    public Order With(IEnumerable<string?> authors) =>
        authors.OfType<string>().Where(name => !IsOwn(name)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray() is { Length: > 0 } more
            ? this with { RaisedBy = [.. RaisedBy ?? [], .. more] }
            : this;
}

/// <summary>One line of an order.</summary>
/// <param name="Line">Its number on the order, from 1.</param>
/// <param name="TaxRate">Percent.</param>
/// <param name="DiscountPercent">Percent off the unit price.</param>
/// <param name="DiscountApproval">Who or what allowed the discount; null when nobody did.</param>
/// <param name="Billed">Minor units of the order's currency, tax included, that invoices have taken from this line so far.</param>
/// <param name="MinimumLot">The least that is worth sending by itself; all that is left of the line may always go. Null where any quantity may.</param>
/// <param name="Urgent">The customer waits for it: it goes first where only a part can go.</param>
public sealed record OrderLine(
    int Line,
    string Item,
    Quantity Quantity,
    UnitPrice UnitPrice,
    decimal TaxRate,
    string? Description = null,
    decimal DiscountPercent = 0,
    string? DiscountApproval = null,
    UnitPrice? ListPrice = null,
    UnitPrice? UnitCost = null,
    Quantity Delivered = default,
    Quantity Invoiced = default,
    Quantity Cancelled = default,
    long Billed = 0,
    Quantity? MinimumLot = null,
    bool Urgent = false);

/// <summary>A numbered claim on headroom: what a release is worth, and until when.</summary>
/// <param name="Amount">In minor units of the payer's credit currency; zero while the order lies beyond the horizon.</param>
/// <param name="Expires">The last day that it holds; null once picking was released, since a picked claim does not expire.</param>
/// <param name="Withheld">Of the order's open value what was not released with the rest, in minor units; zero when all of it was.</param>
/// <param name="BeyondHorizon">True while the order ships later than the policy's horizon: it claims nothing until the day it enters.</param>
public sealed record Authorization(
    string Number, long Amount, Currency Currency, DateOnly Granted, DateOnly? Expires, bool PickReleased = false, bool BeyondHorizon = false, long Withheld = 0);
