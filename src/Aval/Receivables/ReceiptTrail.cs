using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What a receipt has paid so far, as read before a command: closed invoices are not in the facts, so the command names them.</summary>
public sealed record ReceiptTrail(IReadOnlyList<string> Settlements, IReadOnlyList<string> Invoices)
{
    public static readonly ReceiptTrail None = new([], []);

    public static ReceiptTrail Of(IReadOnlyList<Settlement> settlements) =>
        new([.. settlements.Select(settlement => settlement.Id)], [.. settlements.Select(settlement => settlement.Invoice).Distinct(StringComparer.Ordinal)]);

    /// <summary>Reads the trail of the request's receipt and submits what is to be done with it; reads it again when the receipt has paid more meanwhile.</summary>
    internal static async Task<Answered<ReceiptAnswer>> FollowAsync(ApiRequest request, Func<ReceiptTrail, Command> command, CancellationToken cancel)
    {
        var number = request.Route("number");
        for (var attempt = 1; ; attempt++)
        {
            var trail = Of(await ReceivablesQuery.Of(request).SettlementsOfAsync(number, cancel));
            var (outcome, problem) = await request.SubmitAsync(command(trail));
            if (problem?.Kind == KernelProblems.VersionStale && attempt < 3) continue;
            if (problem is not null) return problem;
            return ReceiptAnswer.Of(outcome!.Row<Receipt>() ?? (await ReceivablesQuery.Of(request).ReceiptAsync(number, cancel))!);
        }
    }

    public IReadOnlyList<Cite> Cites(string receipt) =>
    [
        Cite.Of(ReceivablesTables.Receipt, receipt),
        .. Settlements.Select(id => Cite.Of(ReceivablesTables.Settlement, id)),
        .. Invoices.Select(invoice => Cite.Of(ReceivablesTables.Invoice, invoice)),
    ];

    /// <summary>The roots where the invoices are now: one whose payer has left the group stands elsewhere.</summary>
    public async Task<IReadOnlyList<string>> RootsAsync(IDirectory directory, CancellationToken cancel)
    {
        var roots = new List<string>();
        foreach (var invoice in Invoices)
            if (await directory.PartyOfAsync(PostInvoice.Scope, invoice, cancel) is { } party && await directory.RootOfAsync(party, cancel) is { } root) roots.Add(root);
        return roots;
    }

    /// <summary>The standing settlements of a receipt with their invoices and roots; null when the receipt has paid more than was read, so that it must be read again.</summary>
    public static IReadOnlyList<(string Root, Settlement Settlement, Invoice Invoice)>? Find(Case @case, Receipt receipt)
    {
        var found = new List<(string, Settlement, Invoice)>();
        long source = 0;
        foreach (var root in @case.Roots)
            foreach (var settlement in @case.Of(root).Get<ReceivablesFacts>().SettlementsOf(receipt.Number))
            {
                if (@case.Of(root).Find<Invoice>(settlement.Invoice) is not { } invoice) return null;
                found.Add((root, settlement, invoice));
                source += settlement.SourceAmount;
            }

        return source == receipt.Allocated && found.Count == receipt.Settlements ? Standing(found) : null;
    }

    /// <summary>Without what was taken back before: each such part stands twice, once below zero, and nothing was paid anew before all was taken back.</summary>
    static List<(string, Settlement, Invoice)> Standing(List<(string Root, Settlement Settlement, Invoice Invoice)> found)
    {
        var standing = found.Where(part => part.Settlement.Amount > 0).OrderBy(part => part.Settlement.Id.Length)
            .ThenBy(part => part.Settlement.Id, StringComparer.Ordinal).ToList();
        foreach (var back in found.Where(part => part.Settlement.Amount < 0).Select(part => part.Settlement))
            standing.RemoveAt(standing.FindIndex(part =>
                part.Settlement.Invoice == back.Invoice && part.Settlement.Amount == -back.Amount && part.Settlement.SourceAmount == -back.SourceAmount));
        return standing;
    }
}
