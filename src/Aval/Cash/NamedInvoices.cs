using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Receivables;

namespace Aval.Cash;

/// <summary>Which invoices payers name in what they write, open or settled, in any spelling that is read of open ones. Each payer's numbers are read once.</summary>
/// <remarks>Kept for one call: what is settled meanwhile is told by the command that is given the numbers.</remarks>
public sealed class NamedInvoices(Store store, IDirectory directory)
{
    /// <summary>Of a payer's settled invoices so many are known by any spelling, the latest; older ones by their very number.</summary>
    const int MostSettled = 2000;

    const int MostMentions = 64;

    readonly Dictionary<string, (ReferenceIndex Index, IReadOnlyList<(string Number, string? Order, long Amount)> Invoices)> known = new(StringComparer.Ordinal);

    /// <param name="payer">Who pays; a customer that somebody else pays for stands for that payer.</param>
    /// <param name="amount">In minor units: what agrees with an invoice's amount makes sure of a number that is not sure by itself.</param>
    public async Task<IReadOnlyList<string>> InAsync(string? text, string payer, long amount, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var found = new SortedSet<string>(await AsWrittenAsync(directory, text, cancel), StringComparer.Ordinal);
        if (!known.TryGetValue(payer, out var numbers)) known.Add(payer, numbers = await ReadAsync(payer, cancel));
        var mentions = new Mention[MostMentions];
        foreach (var mention in mentions.AsSpan(0, numbers.Index.Find(text, mentions)))
            if (mention.NamesSettled(numbers.Invoices[mention.Document].Amount == amount)) found.Add(numbers.Invoices[mention.Document].Number);
        foreach (var reference in PaymentReferences.In(text))
            foreach (var document in PaymentReferences.DocumentsOf(reference, numbers.Index)) found.Add(numbers.Invoices[document].Number);
        return [.. found];
    }

    /// <summary>Anybody's invoices, open or not, whose numbers stand in a text just as we write them.</summary>
    public static async Task<IReadOnlyList<string>> AsWrittenAsync(IDirectory directory, string? text, CancellationToken cancel)
    {
        var found = new List<string>();
        foreach (var word in MatchReceipt.Words(text ?? ""))
            if (await directory.PartyOfAsync(PostInvoice.Scope, word, cancel) is not null) found.Add(word);
        return found;
    }

    async Task<(ReferenceIndex, IReadOnlyList<(string Number, string? Order, long Amount)>)> ReadAsync(string payer, CancellationToken cancel)
    {
        string paying;
        await using (var reader = await store.SnapshotAsync(cancel)) paying = await CustomerSearch.PayerOfAsync(reader, payer, cancel);
        var invoices = await new ReceivablesQuery(store).NumbersOfPayerAsync(paying, MostSettled, cancel);
        return (ReferenceIndex.Of([.. invoices.Select(invoice => new Referable(invoice.Number, null))]), invoices);
    }
}
