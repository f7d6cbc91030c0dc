using Aval.Disputes;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Receivables;
using Aval.Statements;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>Something that a search has found.</summary>
/// <param name="Number">What it is called by.</param>
/// <param name="Name">Whom it concerns.</param>
/// <param name="IsExact">Its number is the very text.</param>
public sealed record Hit(string Number, string Path, string? Name, Money? Amount, bool IsExact);

/// <summary>What was found of one kind.</summary>
/// <param name="Found">The first of them.</param>
/// <param name="All">Where all are listed; null where they are on no list of their own.</param>
/// <param name="IsAtLeast">Older ones were looked for by the beginning of their numbers alone.</param>
public sealed record Hits(string Id, string Heading, IReadOnlyList<Hit> Found, int Total, string? All, bool IsAtLeast = false);

public sealed record SearchView(string Text, IReadOnlyList<Hits> Kinds);

/// <summary>The search at the top of every page: the one document or customer of that very number, else what contains the text, by kinds.</summary>
static class Search
{
    const int MostShown = 10;
    const int MostCustomers = 200;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/search", OrderPermissions.Read, async (request, cancel) =>
    {
        if (request.Query("q") is not { } text) return PageAnswer.To("/orders");
        if (await NamedAsync(request, text, cancel) is [var named]) return PageAnswer.To(named);
        List<Hits> kinds = [.. await Task.WhenAll(await AllOfAsync(request, text, cancel))];
        return kinds.SelectMany(kind => kind.Found).Where(hit => hit.IsExact).ToList() is [var only]
            ? PageAnswer.To(only.Path)
            : PageAnswer.Of<SearchPage, SearchView>(T("Search"), new SearchView(text, [.. kinds.OrderByDescending(kind => kind.Found.Any(hit => hit.IsExact))]));
    });

    /// <summary>What has this very number: most often one document or customer, which nothing has to be looked through for.</summary>
    static async Task<IReadOnlyList<string>> NamedAsync(PageRequest request, string text, CancellationToken cancel)
    {
        var named = new List<string>();
        if (await IsClaimedAsync("order")) named.Add(Links.Order(text));
        if (await IsClaimedAsync(PostInvoice.Scope)) named.Add(Links.Invoice(text));
        if (await IsClaimedAsync(RecordDispute.Scope)) named.Add(Links.Dispute(text));
        if (StatementPermissions.Read.IsGrantedTo(request.Actor) && await IsClaimedAsync(PostReceipt.Scope)) named.Add(Links.Receipt(text));
        if (await Blocks.FindAsync(request.Store, text, cancel) is not null) named.Add(Links.Block(text));
        if (!text.StartsWith('@') && await request.Desk.Directory.RootOfAsync(text, cancel) is not null) named.Add(Links.Customer(text));
        return named;

        async Task<bool> IsClaimedAsync(string scope) => await request.Desk.Directory.PartyOfAsync(scope, text, cancel) is not null;
    }

    static async Task<IEnumerable<Task<Hits>>> AllOfAsync(PageRequest request, string text, CancellationToken cancel)
    {
        var (customers, total) = await CustomerSearch.FindAsync(request.Store, text, 0, MostCustomers, cancel);
        List<string> meant = [.. customers.Select(customer => customer.Number)];
        // Each on its own: the embedded store reads while its caller waits.
        var found = new List<Task<Hits>>
        {
            Task.FromResult(new Hits(
                "customers", Several(total, "{0} customer", "{0} customers"),
                [.. customers.Take(MostShown).Select(customer => new Hit(customer.Number, Links.Customer(customer.Number), customer.Name, null, Is(customer.Number, text)))], total,
                Links.With("/customers", ("q", text)))),
            Task.Run(() => OrdersAsync(request, text, meant, cancel), cancel),
            Task.Run(() => BlocksAsync(request, text, meant, cancel), cancel),
            Task.Run(() => InvoicesAsync(request, text, cancel), cancel),
        };
        if (StatementPermissions.Read.IsGrantedTo(request.Actor)) found.Add(Task.Run(() => ReceiptsAsync(request, text, cancel), cancel));
        found.Add(DisputesAsync(request, text, cancel));
        return found;
    }

    static async Task<Hits> OrdersAsync(PageRequest request, string text, List<string> customers, CancellationToken cancel)
    {
        var (orders, total, isAtLeast) = await OrderSearch.SeekAsync(request.Store, text, customers, MostShown, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, orders.Select(order => order.Customer), cancel);
        return new Hits(
            "orders", Several(total, "{0} order", "{0} orders"),
            [.. orders.Select(order => new Hit(
                order.Number, Links.Order(order.Number), names.GetValueOrDefault(order.Customer), new Money(OrderValue.Of(order).Total, order.Currency), Is(order.Number, text)))],
            total, Links.With("/orders", ("q", text)), isAtLeast);
    }

    /// <summary>An order's block is never the one that is meant by its number: that is the order.</summary>
    static async Task<Hits> BlocksAsync(PageRequest request, string text, List<string> customers, CancellationToken cancel)
    {
        var (blocks, total) = await OpenBlocks.FindAsync(request.Store, text, customers, MostShown, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, blocks.Select(block => block.Customer), cancel);
        return new Hits(
            "blocks", Several(total, "{0} block", "{0} blocks"),
            [.. blocks.Select(block => new Hit(
                T("Block of order {0}", block.Order), Links.Block(block.Id), names.GetValueOrDefault(block.Customer), new Money(block.Amount, block.Currency), false))],
            total, Links.With(HeldFilter.Path, ("customer", text)));
    }

    static async Task<Hits> InvoicesAsync(PageRequest request, string text, CancellationToken cancel)
    {
        var (invoices, total, isAtLeast) = await InvoiceSearch.SeekAsync(request.Store, text, MostShown, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, invoices.Select(invoice => invoice.Payer), cancel);
        return new Hits(
            "invoices", Several(total, "{0} invoice", "{0} invoices"),
            [.. invoices.Select(invoice => new Hit(
                invoice.Number, Links.Invoice(invoice.Number), names.GetValueOrDefault(invoice.Payer), new Money(invoice.Amount, invoice.Currency), Is(invoice.Number, text)))],
            total, Links.With("/invoices", ("q", text)), isAtLeast);
    }

    static async Task<Hits> ReceiptsAsync(PageRequest request, string text, CancellationToken cancel)
    {
        var (receipts, total, isAtLeast) = await ReceiptSearch.SeekAsync(request.Store, text, MostShown, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, receipts.Select(receipt => receipt.Payer), cancel);
        return new Hits(
            "receipts", Several(total, "{0} receipt", "{0} receipts"),
            [.. receipts.Select(receipt => new Hit(
                receipt.Number, Links.Receipt(receipt.Number), names.GetValueOrDefault(receipt.Payer), new Money(receipt.Amount, receipt.Currency), Is(receipt.Number, text)))],
            total, null, isAtLeast);
    }

    static async Task<Hits> DisputesAsync(PageRequest request, string text, CancellationToken cancel)
    {
        var (disputes, total) = await DisputeSearch.FindAsync(request.Store, text, MostShown, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, disputes.Select(dispute => dispute.Payer), cancel);
        return new Hits(
            "disputes", Several(total, "{0} dispute", "{0} disputes"),
            [.. disputes.Select(dispute => new Hit(
                dispute.Number, Links.Dispute(dispute.Number), names.GetValueOrDefault(dispute.Payer), new Money(dispute.Amount, dispute.Currency), Is(dispute.Number, text)))],
            total, Links.With("/disputes", ("q", text)));
    }

    static bool Is(string number, string text) => string.Equals(number, text, StringComparison.OrdinalIgnoreCase);
}
