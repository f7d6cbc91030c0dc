using System.Collections.Immutable;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>What the cascade says of a receipt on its payer's open documents.</summary>
static class MatchOfReceipt
{
    /// <param name="namesSettled">As <see cref="Remittance.NamesSettled"/>.</param>
    public static Matching Of(Facts facts, Facts company, Receipt receipt, bool namesSettled)
    {
        var (settings, policy) = OpenOfPayer.Settings(company, receipt);
        var paid = Paid(facts, receipt, namesSettled);
        if (Disputed(facts, receipt, paid, () => OpenOfPayer.Of(facts, receipt, policy.DiscountGraceDays, laterToo: true), settings) is { } disputed) return disputed;
        if (paid.Text.Length > 0 && OpenOfPayer.InAnyCurrency(facts, company, receipt) is { } all && Cascade.Named(paid, all, settings) is { Post: { } named } across
            && named.Parts.Any(part => facts.Get<ReceivablesFacts>().Invoice(part.Document.Number)!.Currency != receipt.Currency)) return across;
        var group = OpenOfPayer.WithThoseBelow(facts, receipt, policy.DiscountGraceDays);
        if (paid.Text.Length > 0 && group is not null && ForOthers(Cascade.Named(paid, group, settings), receipt) is { } others) return others;
        var matching = Cascade.Match(paid, OpenOfPayer.Of(facts, receipt, policy.DiscountGraceDays, laterToo: false), settings);
        if (IsSilent(matching, paid))
            matching = Cascade.Named(paid, OpenOfPayer.Of(facts, receipt, policy.DiscountGraceDays, laterToo: true), settings) with { GaveUp = matching.GaveUp };
        // A head office that says nothing may have paid what a branch owes: a person says so.
        return group is not null && matching is { Post: null, Candidates.IsEmpty: true } ? Cascade.Perhaps(paid, group, settings) with { GaveUp = matching.GaveUp } : matching;
    }

    /// <summary>What it says of a payer that names a dispute; null where it names none.</summary>
    public static Matching? Disputed(Facts facts, Receipt receipt, Remittance paid, Func<OpenDocuments> documents, MatchSettings settings) =>
        paid.Text.Length > 0 && OpenOfPayer.Disputes(facts, receipt) is { Count: > 0 } disputes ? NamedDisputes.Of(paid, disputes, documents, settings) : null;

    /// <summary>A match that names what others of the group owe; else null.</summary>
    static Matching? ForOthers(Matching matching, Receipt receipt) =>
        (matching.Post is { } post ? [post] : matching.Candidates).Any(match => match.Parts.Any(part => part.Document.Payer != receipt.Payer)) ? matching : null;

    /// <summary>With the numbers that the payer is known to write in a form of its own.</summary>
    public static Remittance Paid(Facts facts, Receipt receipt, bool namesSettled)
    {
        var text = string.Join(" · ", ReadByForms(facts, receipt).Prepend(receipt.Reference ?? ""));
        return new Remittance(receipt.Open, receipt.Date, PaymentReferences.In(text), text) { NamesSettled = namesSettled };
    }

    /// <summary>The numbers of ours that the receipt has in a form of its payer's.</summary>
    public static ImmutableArray<string> ReadByForms(Facts facts, Receipt receipt) =>
        NumberForm.Read(receipt.Reference ?? "", facts.Get<CashFacts>().FormsOf(receipt.Payer));

    /// <summary>Whether what is dated later than the receipt is worth a look.</summary>
    public static bool IsSilent(Matching matching, Remittance paid) => matching is { Post: null, Candidates.IsEmpty: true } && paid.Text.Length > 0;
}
