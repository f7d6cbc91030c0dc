using System.Globalization;
using Aval.Kernel;
using Aval.Promises.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Promises;

/// <summary>What follows by itself: payments keep promises to pay, credit notes keep ours to credit, and a promise whose date has passed is broken.</summary>
sealed class FollowPromises : IReaction, IDue
{
    const string Credited = "credited";

    public string Rule => "followPromises";

    /// <summary>The next decision stands on what is still promised.</summary>
    public bool Whole => true;

    /// <summary>A closed settlement or credit note is not in the facts, so the key says what it did: act, amount, day and invoice.</summary>
    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        List<string>? wakes = null;
        SortedSet<string>? lowered = null;
        foreach (var row in rows)
        {
            // Whoever puts promises has put the parts of their invoices too; and where a payer has moved, nothing was paid.
            if (row is PromiseToPay or CreditNotePromise) return [];
            if (row is Settlement settlement && IsPromised(after, settlement.Invoice) && Counts(before, settlement))
            {
                if (settlement.Source == SettlementSource.Receipt) (wakes ??= []).Add(KeyOf(settlement));
                (lowered ??= new(StringComparer.Ordinal)).Add(settlement.Invoice);
            }
            else if (row is CreditNote { Invoice: { } invoice } note && IsPromised(after, invoice) && before.Find<CreditNote>(note.Number) is null)
            {
                (wakes ??= []).Add(Key(Credited, note.Amount, note.Date, invoice));
            }
        }

        return lowered is null
            ? wakes ?? (IReadOnlyList<string>)[]
            : [.. wakes ?? [], .. lowered.Select(invoice => Key(Kernel.Storage.Words.Of(InvoiceAct.Lowered), 0, after.Through, invoice))];
    }

    public void Run(Case @case, string key)
    {
        var (act, amount, date, number) = Read(key);
        var promises = @case.Facts.Get<PromisesFacts>();
        if (act is { } change)
        {
            var open = @case.Facts.Find<Invoice>(number) is { IsOpen: true } invoice ? invoice.Open : 0;
            foreach (var followed in Keeping.Follow([.. promises.ToPayOn(number)], new InvoiceChange(number, change, amount, date), open, @case.Today))
                if (IsOther(promises.Promise(followed.Number)!, followed)) @case.Put(PromisesFacts.Table, followed);
        }
        else
        {
            foreach (var kept in CreditNotePromise.Credited([.. promises.ToCreditOn(number)], amount, @case.Today)) @case.Put(PromisesFacts.CreditTable, kept);
        }

        Tell(@case, number);
    }

    public DateOnly? Next(Facts facts, Facts company)
    {
        var open = facts.Get<PromisesFacts>().Open;
        if (open.IsEmpty) return null;
        var next = open.Min.Date.AddDays(1);
        return next <= facts.Through ? facts.Through.AddDays(1) : next;
    }

    public void Run(Case @case)
    {
        foreach (var (date, number) in @case.Facts.Get<PromisesFacts>().Open)
        {
            if (date >= @case.Today) break;
            var judged = Keeping.Judged(@case.Facts.Find<PromiseToPay>(number)!, @case.Today);
            @case.Put(PromisesFacts.Table, judged);
            foreach (var part in judged.Invoices) Tell(@case, part.Invoice);
        }
    }

    /// <summary>Makes the invoice say what is promised of it now; of a closed one that is done when a return opens it again.</summary>
    public static void Tell(Case @case, string number)
    {
        if (@case.Facts.Find<Invoice>(number) is not { IsOpen: true } invoice) return;
        var promises = @case.Facts.Get<PromisesFacts>();
        List<InvoicePart> parts =
        [
            .. invoice.Parts.Where(part => part.Kind == PartKind.Disputed),
            .. promises.ToPayOn(number).Where(promise => promise.Status == PromiseStatus.Open && promise.Part(number)!.Rest > 0)
                .Select(promise => new InvoicePart(PartKind.Promised, promise.Number, promise.Part(number)!.Rest, promise.Made)),
            .. promises.ToCreditOn(number).Where(promise => promise.Rest > 0)
                .Select(promise => new InvoicePart(PartKind.ToBeCredited, promise.Number, promise.Rest, promise.Made)),
        ];
        if (!parts.ToHashSet().SetEquals(invoice.Parts)) @case.Put(ReceivablesTables.Invoice, invoice with { Parts = parts });
    }

    static bool IsPromised(Facts facts, string invoice)
    {
        var promises = facts.Get<PromisesFacts>();
        return promises.ToPayOn(invoice).Any() || promises.ToCreditOn(invoice).Any()
            || facts.Find<Invoice>(invoice) is { } open && open.Parts.Any(part => part.Kind != PartKind.Disputed);
    }

    /// <summary>Whether it lowers or raises the debt now and did not before: one that clears, or is new and was never at risk.</summary>
    static bool Counts(Facts before, Settlement settlement) =>
        settlement.CountsFrom is not null && before.Find<Settlement>(settlement.Id) is null or { Cleared: null };

    static string KeyOf(Settlement settlement) => Key(
        Kernel.Storage.Words.Of(settlement.Amount > 0 ? InvoiceAct.Paid : InvoiceAct.TakenBack), Math.Abs(settlement.Amount), settlement.Cleared!.Value, settlement.Invoice);

    static bool IsOther(PromiseToPay was, PromiseToPay now) => was.Status != now.Status || !was.Invoices.SequenceEqual(now.Invoices);

    static string Key(string act, long amount, DateOnly date, string invoice) => string.Create(CultureInfo.InvariantCulture, $"{act} {amount} {date:yyyy-MM-dd} {invoice}");

    static (InvoiceAct? Act, long Amount, DateOnly Date, string Invoice) Read(string key)
    {
        var parts = key.Split(' ', 4);
        return (
            Kernel.Storage.Words.TryParse<InvoiceAct>(parts[0], out var act) ? act : null, long.Parse(parts[1], CultureInfo.InvariantCulture),
            DateOnly.ParseExact(parts[2], "yyyy-MM-dd", CultureInfo.InvariantCulture), parts[3]);
    }
}
