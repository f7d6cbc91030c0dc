using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Parties;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Statements;

namespace Aval.Cash;

/// <summary>Learns of payers what people and matches say, and takes it back where a correction says otherwise.</summary>
static class Lessons
{
    /// <summary>What the receipt's money brought with it, through all transfers: its bank line's text, account and name; of one that is no line's, what was written.</summary>
    public static async Task<Teaching?> ReadAsync(Kernel.Storage.Store store, IDirectory directory, string receipt, CancellationToken cancel)
    {
        var query = new ReceivablesQuery(store);
        if (await query.ReceiptAsync(receipt, cancel) is not { } first) return null;
        while (first.TransferredFrom is { } from && await query.ReceiptAsync(from, cancel) is { } earlier) first = earlier;
        var line = await new StatementsQuery(store).LineAsync(first.Number, cancel);
        var text = line is null ? first.Reference ?? "" : ReceiveLine.TextOf(line);
        return new Teaching(
            first.Number, line is null ? null : ReceiveLine.AccountOf(line), line?.Counterparty, text, await NamedInvoices.AsWrittenAsync(directory, text, cancel));
    }

    /// <summary>A person has said that the money is this payer's.</summary>
    public static void OfPayer(Case @case, string root, Teaching teaching, string payer, string receipt)
    {
        var names = @case.Of(root).Get<PartiesFacts>().Customers.Values.Where(customer => customer.Number == payer || customer.Payer == payer).Select(customer => customer.Name);
        var paid = @case.Of(root).Find<ReceiptMatch>(receipt)?.Standing?.Parts.Select(part => part.Document) ?? [];
        foreach (var taught in teaching.OfPayer(names, paid)) Learn(@case, root, Lesson.Of(taught, payer, @case.Today, teaching.Origin, said: true));
    }

    /// <summary>A person has said which invoices the receipt was meant for.</summary>
    public static void OfInvoices(Case @case, Receipt receipt, IEnumerable<string> invoices)
    {
        foreach (var taught in Teaching.OfInvoices(receipt.Reference ?? "", invoices))
            Learn(@case, @case.Root, Lesson.Of(taught, receipt.Payer, @case.Today, receipt.Number, said: false));
    }

    /// <summary>What holds already stays as it was learned, but for a person's word, which outlasts a match.</summary>
    public static void Learn(Case @case, string root, Lesson lesson)
    {
        if (@case.Of(root).Find<Lesson>(lesson.Key) is { Holds: true } known && (known.Said || !lesson.Said)) return;
        @case.Put(CashFacts.LessonTable, lesson, root);
    }

    /// <summary>The money was not this payer's: what it had taught is taken back.</summary>
    /// <remarks>What other money has taught stays: two payers of one account are then told apart by no account.</remarks>
    public static void TakeBackPayer(Case @case, string root, string origin, string payer) => Forget(@case, root, lesson => lesson.Payer == payer && lesson.TaughtBy == origin);

    /// <summary>The receipt was meant otherwise: what its match had taught is taken back, and by which forms its text was read.</summary>
    public static void TakeBackMatch(Case @case, Receipt receipt) => Forget(@case, @case.Root, lesson =>
        (lesson.TaughtBy == receipt.Number && !lesson.Said)
        || (lesson.Kind == LessonKind.NumberForm && lesson.Payer == receipt.Payer && !NumberForm.Read(receipt.Reference ?? "", [lesson.Text]).IsEmpty));

    static void Forget(Case @case, string root, Func<Lesson, bool> which)
    {
        foreach (var lesson in @case.Of(root).Get<CashFacts>().Lessons.Where(which).ToList())
            @case.Put(CashFacts.LessonTable, lesson with { ForgottenOn = @case.Today }, root);
    }
}
