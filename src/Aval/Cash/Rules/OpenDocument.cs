using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Cash.Rules;

/// <summary>An invoice or credit note with something open, as matching sees it. Amounts in minor units of the receipt's currency.</summary>
/// <param name="Open">What a receipt may still take; below zero for a credit note.</param>
/// <param name="Discount">What the payer may leave off, paying on the receipt's day; 0 when no discount is agreed or its days are over.</param>
/// <param name="Order">The order it bills; null when there is none.</param>
/// <param name="Charge">What it asks for.</param>
public sealed record OpenDocument(
    string Number, string Payer, DateOnly Date, DateOnly DueDate, long Open, long Discount = 0, string? Order = null, Charge Charge = Charge.Principal)
{
    public bool IsCreditNote => Open < 0;

    /// <summary>What closes it on the receipt's day.</summary>
    public long Payable => Open - Discount;
}

/// <summary>The open documents of one payer in one currency, earliest due first, and where their numbers are found. Immutable.</summary>
public sealed class OpenDocuments
{
    readonly Lazy<ImmutableArray<OpenDocument>> all;
    readonly Lazy<ReferenceIndex> references;
    readonly Func<int, OpenDocument?>? indexed;

    OpenDocuments(IEnumerable<OpenDocument> documents)
    {
        all = new(() => InOrder(documents));
        references = new(() => ReferenceIndex.Of([.. All.Select(document => new Referable(document.Number, document.Order))]));
    }

    OpenDocuments(IEnumerable<OpenDocument> documents, ReferenceIndex references, Func<int, OpenDocument?> indexed)
        : this(documents) => (this.references, this.indexed) = (new(references), indexed);

    public ImmutableArray<OpenDocument> All => all.Value;

    public ReferenceIndex References => references.Value;

    /// <summary>False as long as nobody has looked at more than the documents that are named.</summary>
    public bool IsListed => all.IsValueCreated;

    /// <summary>The document that a mention of the index means; null where it is none of these any more.</summary>
    public OpenDocument? At(int place) => indexed is null ? All[place] : indexed(place);

    /// <summary>Those that a receipt of this day may pay, in any order.</summary>
    public static OpenDocuments Of(IEnumerable<OpenDocument> documents) => new([.. documents]);

    /// <summary>The same with an index that was made before, of them and perhaps others; they are gone through only where a match by amount asks for all.</summary>
    public static OpenDocuments Of(IEnumerable<OpenDocument> documents, ReferenceIndex references, Func<int, OpenDocument?> indexed) => new(documents, references, indexed);

    static ImmutableArray<OpenDocument> InOrder(IEnumerable<OpenDocument> documents) =>
        [.. documents.Where(document => document.Open != 0).OrderBy(document => document.DueDate).ThenBy(document => document.Number, StringComparer.Ordinal)];
}
