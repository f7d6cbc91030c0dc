using System.Collections.Immutable;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Promises.Rules;

namespace Aval.Promises;

/// <summary>The promises of one root: payers' to pay, and ours to credit.</summary>
/// <remarks>Promises to pay stay in the facts when they are over: money that goes back after months opens or breaks one that was kept, and broken ones are counted in a
/// window that policy sets. They are few: a payer gives one now and then, over many invoices.</remarks>
public sealed record PromisesFacts : IFactsSlice
{
    public static readonly PromisesFacts Empty = new();

    static readonly ImmutableSortedSet<string> NoNumbers = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    ImmutableDictionary<string, PromiseToPay> ToPay { get; init; } = ImmutableDictionary.Create<string, PromiseToPay>(StringComparer.Ordinal);
    ImmutableDictionary<string, CreditNotePromise> ToCredit { get; init; } = ImmutableDictionary.Create<string, CreditNotePromise>(StringComparer.Ordinal);
    ImmutableDictionary<string, ImmutableSortedSet<string>> ToPayByInvoice { get; init; } = ByText;
    ImmutableDictionary<string, ImmutableSortedSet<string>> ToCreditByInvoice { get; init; } = ByText;
    ImmutableDictionary<string, ImmutableSortedSet<Dated>> BrokenByPayer { get; init; } =
        ImmutableDictionary.Create<string, ImmutableSortedSet<Dated>>(StringComparer.Ordinal);

    ImmutableDictionary<string, ImmutableSortedSet<Dated>> OpenByPayer { get; init; } =
        ImmutableDictionary.Create<string, ImmutableSortedSet<Dated>>(StringComparer.Ordinal);

    static ImmutableDictionary<string, ImmutableSortedSet<string>> ByText => ImmutableDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal);

    /// <summary>Open promises to pay, by their last good day.</summary>
    public ImmutableSortedSet<Dated> Open { get; private init; } = [];

    public PromiseToPay? Promise(string number) => ToPay.GetValueOrDefault(number);

    /// <summary>Promises that a payer has broken, by their last good day.</summary>
    public ImmutableSortedSet<Dated> BrokenOf(string payer) => BrokenByPayer.GetValueOrDefault(payer, []);

    /// <summary>A payer's open promises to pay, by their last good day.</summary>
    public ImmutableSortedSet<Dated> OpenOf(string payer) => OpenByPayer.GetValueOrDefault(payer, []);

    /// <summary>All promises to pay that this payer has given.</summary>
    public IEnumerable<PromiseToPay> Of(string payer) => ToPay.Values.Where(promise => promise.Payer == payer);

    /// <summary>All promises to pay a part of this invoice, those that are over too.</summary>
    public IEnumerable<PromiseToPay> ToPayOn(string invoice) => ToPayByInvoice.GetValueOrDefault(invoice, NoNumbers).Select(number => ToPay[number]);

    /// <summary>Our open promises to credit a part of this invoice.</summary>
    public IEnumerable<CreditNotePromise> ToCreditOn(string invoice) => ToCreditByInvoice.GetValueOrDefault(invoice, NoNumbers).Select(number => ToCredit[number]);

    /// <summary>Our open promises to credit this payer, those due first before others.</summary>
    public IEnumerable<CreditNotePromise> ToCreditOf(string payer) => ToCredit.Values.Where(promise => promise.Payer == payer && promise.Rest > 0)
        .OrderBy(promise => promise.DueBy).ThenBy(promise => promise.Number, StringComparer.Ordinal);

    public IFactsSlice With(object row) => row switch
    {
        PromiseToPay promise => Removed(promise).Added(promise),
        CreditNotePromise promise => Removed(promise).Added(promise),
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        PromiseToPay promise => Removed(promise),
        CreditNotePromise promise => Removed(promise),
        _ => this,
    };

    public object? Find(Type row, string key) =>
        row == typeof(PromiseToPay) ? Promise(key) : row == typeof(CreditNotePromise) ? ToCredit.GetValueOrDefault(key) : null;

    public IEnumerable<object> RowsOf(string party) =>
        Of(party).Cast<object>().Concat(ToCredit.Values.Where(promise => promise.Payer == party));

    PromisesFacts Added(PromiseToPay promise) => Counted(promise, +1) with { ToPay = ToPay.Add(promise.Number, promise) };

    PromisesFacts Removed(PromiseToPay promise) =>
        ToPay.TryGetValue(promise.Number, out var known) ? Counted(known, -1) with { ToPay = ToPay.Remove(known.Number) } : this;

    PromisesFacts Counted(PromiseToPay promise, int sign)
    {
        var byInvoice = ToPayByInvoice;
        foreach (var part in promise.Invoices) byInvoice = Changed(byInvoice, part.Invoice, promise.Number, sign);
        var dated = new Dated(promise.Date, promise.Number);
        return this with
        {
            ToPayByInvoice = byInvoice,
            Open = promise.Status == PromiseStatus.Open ? Set(Open, dated, sign) : Open,
            OpenByPayer = promise.Status == PromiseStatus.Open ? Changed(OpenByPayer, promise.Payer, dated, sign) : OpenByPayer,
            BrokenByPayer = promise.Status == PromiseStatus.Broken ? Changed(BrokenByPayer, promise.Payer, dated, sign) : BrokenByPayer,
        };
    }

    PromisesFacts Added(CreditNotePromise promise) => this with
    {
        ToCredit = ToCredit.Add(promise.Number, promise), ToCreditByInvoice = Changed(ToCreditByInvoice, promise.Invoice, promise.Number, +1),
    };

    PromisesFacts Removed(CreditNotePromise promise) => !ToCredit.TryGetValue(promise.Number, out var known) ? this : this with
    {
        ToCredit = ToCredit.Remove(known.Number), ToCreditByInvoice = Changed(ToCreditByInvoice, known.Invoice, known.Number, -1),
    };

    static ImmutableDictionary<string, ImmutableSortedSet<T>> Changed<T>(ImmutableDictionary<string, ImmutableSortedSet<T>> index, string key, T item, int sign)
    {
        var none = typeof(T) == typeof(string) ? (ImmutableSortedSet<T>)(object)NoNumbers : [];
        var set = Set(index.GetValueOrDefault(key, none), item, sign);
        return set.Count == 0 ? index.Remove(key) : index.SetItem(key, set);
    }

    static ImmutableSortedSet<T> Set<T>(ImmutableSortedSet<T> set, T item, int sign) => sign > 0 ? set.Add(item) : set.Remove(item);

    public static readonly Table<PromiseToPay> Table = new(
        "promise",
        [
            ("number", ColumnKind.Text, promise => promise.Number),
            ("customer", ColumnKind.Text, promise => promise.Customer),
            ("payer", ColumnKind.Text, promise => promise.Payer),
            ("kind", ColumnKind.Text, promise => Words.Of(promise.Kind)),
            ("currency", ColumnKind.Text, promise => promise.Currency.Code),
            ("invoices", ColumnKind.Json, promise => JsonSerializer.Serialize(promise.Invoices, Written)),
            ("made", ColumnKind.Date, promise => promise.Made),
            ("date", ColumnKind.Date, promise => promise.Date),
            ("status", ColumnKind.Text, promise => Words.Of(promise.Status)),
            ("ended", ColumnKind.Date, promise => promise.Ended),
            ("contact", ColumnKind.Text, promise => promise.Contact),
            ("note", ColumnKind.Text, promise => promise.Note),
        ],
        promise => promise.Payer,
        v => new PromiseToPay(
            v.Text(), v.Text(), v.Text(), v.Word<PromiseKind>(), v.Currency(), JsonSerializer.Deserialize<PromisedInvoice[]>(v.Text(), Written)!, v.Date(), v.Date(),
            v.Word<PromiseStatus>(), v.DateOrNull(), v.TextOrNull(), v.TextOrNull()),
        personal: [new("contact"), new("note")]);

    public static readonly Table<CreditNotePromise> CreditTable = new(
        "credit_note_promise",
        [
            ("number", ColumnKind.Text, promise => promise.Number),
            ("customer", ColumnKind.Text, promise => promise.Customer),
            ("payer", ColumnKind.Text, promise => promise.Payer),
            ("invoice", ColumnKind.Text, promise => promise.Invoice),
            ("amount", ColumnKind.Whole, promise => promise.Amount),
            ("kept", ColumnKind.Whole, promise => promise.Kept),
            ("currency", ColumnKind.Text, promise => promise.Currency.Code),
            ("reason", ColumnKind.Text, promise => promise.Reason),
            ("owner", ColumnKind.Text, promise => Words.Of(promise.Owner)),
            ("person", ColumnKind.Text, promise => promise.Person),
            ("made", ColumnKind.Date, promise => promise.Made),
            ("due_by", ColumnKind.Date, promise => promise.DueBy),
            ("status", ColumnKind.Text, promise => Words.Of(promise.Status)),
            ("ended", ColumnKind.Date, promise => promise.Ended),
        ],
        promise => promise.Payer,
        v => new CreditNotePromise(
            v.Text(), v.Text(), v.Text(), v.Text(), v.Whole(), v.Whole(), v.Currency(), v.Text(), v.Word<OwnerFunction>(), v.TextOrNull(), v.Date(), v.Date(),
            v.Word<CreditNotePromiseStatus>(), v.DateOrNull()),
        promise => promise.Status == CreditNotePromiseStatus.Open,
        personal: [new("person"), new("reason")]);

    /// <summary>What can be computed is not kept.</summary>
    static readonly JsonSerializerOptions Written = new(Json.Options) { IgnoreReadOnlyProperties = true };
}
