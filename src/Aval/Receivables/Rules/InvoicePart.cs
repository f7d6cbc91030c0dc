using Aval.Policies.Rules;

namespace Aval.Receivables.Rules;

/// <summary>Why a part of an invoice is told apart.</summary>
public enum PartKind { Disputed, Promised, ToBeCredited }

/// <summary>A part of an invoice that somebody disputes, or has promised to pay or to credit.</summary>
/// <param name="Document">The dispute or promise.</param>
/// <param name="Amount">Minor units of the invoice's currency, as said; what counts of it is bounded by what is open (<see cref="InvoiceParts"/>).</param>
/// <param name="Legitimacy">Of a dispute; else null.</param>
/// <param name="To">The day on which a dispute was over, kept for the aging of earlier days; null while the part stands. A promise that is over leaves no part.</param>
public sealed record InvoicePart(PartKind Kind, string Document, long Amount, DateOnly From, Legitimacy? Legitimacy = null, DateOnly? To = null)
{
    public bool Stands => To is null;

    /// <summary>Whether it was in dispute at the end of a day.</summary>
    public bool WasDisputedOn(DateOnly day) => Kind == PartKind.Disputed && From <= day && !(To <= day);
}

/// <summary>What disputes come to, by whose fault they are. Minor units of one currency.</summary>
public readonly record struct DisputedSums(long CompanyFault, long Shared, long CustomerFault, long Unqualified)
{
    public long Total => CompanyFault + Shared + CustomerFault + Unqualified;

    /// <summary>The part that policy leaves out of the decision.</summary>
    public long LeftOut(Netting netting)
    {
        long sum = 0;
        foreach (var legitimacy in netting.ExcludedDisputes) sum += Of(legitimacy);
        return sum;
    }

    public static DisputedSums operator +(DisputedSums left, DisputedSums right) => new(
        left.CompanyFault + right.CompanyFault, left.Shared + right.Shared, left.CustomerFault + right.CustomerFault, left.Unqualified + right.Unqualified);

    public static DisputedSums operator -(DisputedSums left, DisputedSums right) => new(
        left.CompanyFault - right.CompanyFault, left.Shared - right.Shared, left.CustomerFault - right.CustomerFault, left.Unqualified - right.Unqualified);

    public static DisputedSums Only(Legitimacy legitimacy, long amount) => legitimacy switch
    {
        Legitimacy.CompanyFault => new(amount, 0, 0, 0),
        Legitimacy.Shared => new(0, amount, 0, 0),
        Legitimacy.CustomerFault => new(0, 0, amount, 0),
        Legitimacy.Unqualified => new(0, 0, 0, amount),
    };

    long Of(Legitimacy legitimacy) => legitimacy switch
    {
        Legitimacy.CompanyFault => CompanyFault,
        Legitimacy.Shared => Shared,
        Legitimacy.CustomerFault => CustomerFault,
        Legitimacy.Unqualified => Unqualified,
    };
}

/// <summary>What counts of an invoice's parts, in minor units of the payer's credit currency.</summary>
public readonly record struct CountedParts(DisputedSums Disputed, long Promised, long ToBeCredited);

/// <summary>How much of each part counts: never more than the invoice has open.</summary>
/// <remarks>What is open is filled in this order: disputed by our own fault, by shared fault, by the customer's fault, unqualified; then what is promised, of the undisputed
/// rest alone; within one kind the older part first. What we have promised to credit is bounded by the open amount too, but stands beside the others: it is mostly the
/// answer to a dispute. So a payment takes the undisputed part first.</remarks>
public static class InvoiceParts
{
    public static CountedParts Counted(Invoice invoice, CreditValue value)
    {
        if (invoice.Parts.Count == 0) return default;
        var counted = default(CountedParts);
        foreach (var (part, amount) in Shares(invoice, value))
            counted = part.Kind switch
            {
                PartKind.Disputed => counted with { Disputed = counted.Disputed + DisputedSums.Only(part.Legitimacy!.Value, amount) },
                PartKind.Promised => counted with { Promised = counted.Promised + amount },
                PartKind.ToBeCredited => counted with { ToBeCredited = counted.ToBeCredited + amount },
            };
        return counted;
    }

    /// <summary>The standing parts with what counts of each, in minor units of the credit currency.</summary>
    /// <remarks>The parts are cut from the end of the open amount by cumulative value, so that they and the rest add up to it.</remarks>
    public static IReadOnlyList<(InvoicePart Part, long Counted)> Shares(Invoice invoice, CreditValue value)
    {
        var shares = new List<(InvoicePart, long)>(invoice.Parts.Count);
        var (told, credited) = (invoice.Amount, invoice.Amount);
        foreach (var part in invoice.Parts.Where(part => part.Stands).OrderBy(Rank).ThenBy(part => part.From).ThenBy(part => part.Document, StringComparer.Ordinal))
        {
            ref var end = ref part.Kind == PartKind.ToBeCredited ? ref credited : ref told;
            var from = Math.Max(Math.Min(invoice.Settled, end), end - part.Amount);
            shares.Add((part, value.Between(from, end)));
            end = from;
        }

        return shares;
    }

    /// <summary>The invoice with this part in place of the one of the same kind and document.</summary>
    public static Invoice With(this Invoice invoice, InvoicePart part) => invoice with { Parts = [.. Others(invoice, part.Kind, part.Document), part] };

    /// <summary>The invoice without the part of this kind and document.</summary>
    public static Invoice Without(this Invoice invoice, PartKind kind, string document) => invoice with { Parts = [.. Others(invoice, kind, document)] };

    /// <summary>Minor units of the invoice's currency that its standing parts of a kind say together, but for those of one document.</summary>
    public static long Said(this Invoice invoice, PartKind kind, string? but = null) =>
        invoice.Parts.Where(part => part.Stands && part.Kind == kind && part.Document != but).Sum(part => part.Amount);

    /// <summary>Minor units that a standing dispute says of the invoice; null when there is no such dispute.</summary>
    public static long? DisputedBy(this Invoice invoice, string dispute) =>
        invoice.Parts.FirstOrDefault(part => part is { Kind: PartKind.Disputed, Stands: true } && part.Document == dispute)?.Amount;

    static IEnumerable<InvoicePart> Others(Invoice invoice, PartKind kind, string document) =>
        invoice.Parts.Where(part => part.Kind != kind || part.Document != document);

    static int Rank(InvoicePart part) => part.Kind switch
    {
        PartKind.Disputed => part.Legitimacy!.Value switch
        {
            Legitimacy.CompanyFault => 0,
            Legitimacy.Shared => 1,
            Legitimacy.CustomerFault => 2,
            Legitimacy.Unqualified => 3,
        },
        PartKind.Promised => 4,
        PartKind.ToBeCredited => 5,
    };
}
