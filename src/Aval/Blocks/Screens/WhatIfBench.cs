using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Blocks;

/// <summary>An open invoice of the payer that can be imagined paid.</summary>
/// <param name="DaysLate">Calendar days past due; below one while it is not.</param>
public sealed record BenchInvoice(string Number, Money Open, int DaysLate, bool Paid);

/// <summary>The bench on which somebody tries what would make a held order acceptable.</summary>
/// <param name="Open">What is still to come of the order as it stands.</param>
/// <param name="Credit">The payer's credit currency, in which a deposit is told.</param>
/// <param name="Sent">What was typed, by field; a field that was not sent stands as the order has it.</param>
/// <param name="Fault">The field that could not be read, and a sentence that says so; null when all could.</param>
/// <param name="Answer">Null where something could not be read.</param>
public sealed record BenchView(
    string Block, string Order, Money Open, Currency Credit, DateOnly Ships, DateOnly Today, IReadOnlyList<BenchInvoice> Invoices, IReadOnlyDictionary<string, string> Sent,
    (string Field, string Says)? Fault, Bench? Answer)
{
    /// <summary>Something was imagined: what stands there is not only what holds the order today.</summary>
    public bool Imagines => Sent.Count > 0 || Invoices.Any(invoice => invoice.Paid);

    public static string Address(string block) => Links.Block(block) + "/what-if";
}

/// <summary>Shows the bench by itself: a page without scripts, and what the block's page takes its answer from while somebody types. It decides nothing.</summary>
static class WhatIfBench
{
    /// <summary>Those due first; a longer list is no bench.</summary>
    const int MostInvoices = 10;

    static readonly string[] Fields = ["amount", "ship", "deposit"];

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/blocks/{id}/what-if", OrderPermissions.Read, async (request, cancel) =>
    {
        var id = request.Route("id");
        if (await Checks.Blocks.FindAsync(request.Store, id, cancel) is not { Status: BlockStatus.Open } block
            || await GetOrder.FindAsync(request.Desk, request.Store, block.Order, cancel) is not { Asked: { } asked })
            return PageAnswer.Missing(T("There is no block {0} about which anything can be tried.", id));
        var bench = await OfAsync(request, block, Deciding.Question(asked), cancel);
        return PageAnswer.Of<BenchPage, BenchView>(T("What if? Order {0}", block.Order), bench);
    });

    /// <summary>What is imagined stands in the address: a bench can be sent to somebody as a link.</summary>
    public static async Task<BenchView> OfAsync(PageRequest request, Block block, WhatIf asked, CancellationToken cancel)
    {
        var order = asked.Order;
        var open = new Money(AmountOptions.OpenOf(order), order.Currency);
        var credit = asked.Facts().Payer?.Currency ?? order.Currency;
        var sent = Fields.Select(field => (field, Value: request.Query(field))).Where(known => known.Value is not null)
            .ToDictionary(known => known.field, known => known.Value!, StringComparer.Ordinal);
        var invoices = await InvoicesAsync(request, block.Payer, asked, credit, cancel);
        var read = Read(sent, open, credit, [.. invoices.Where(invoice => invoice.Paid).Select(invoice => invoice.Number)]);
        return new BenchView(
            block.Id, order.Number, open, credit, order.ShipDate ?? asked.Today, asked.Today, invoices, sent, read.Fault,
            read.Imagined is { } imagined ? await SeenAsync(Bench.Of(asked, imagined), request, cancel) : null);
    }

    /// <summary>Those that the visitor sees; what somebody else owes is imagined by nobody.</summary>
    static async Task<IReadOnlyList<BenchInvoice>> InvoicesAsync(PageRequest request, string payer, WhatIf asked, Currency credit, CancellationToken cancel)
    {
        var paid = request.Context.Request.Query["paid"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var items = asked.Root.Get<ReceivablesFacts>().Of(payer).OpenItems;
        var shown = new List<BenchInvoice>();
        foreach (var item in items.Take(MostInvoices).Concat(items.Skip(MostInvoices).Where(item => paid.Contains(item.Invoice))))
            if (!await request.Desk.HidesAsync(PostInvoice.Scope, item.Invoice, cancel))
                shown.Add(new BenchInvoice(item.Invoice, new Money(item.Open, credit), asked.Today.DayNumber - item.DueDate.DayNumber, paid.Contains(item.Invoice)));
        return shown;
    }

    /// <summary>Open invoices that a decision may name, those due first and those that were named before, each with what its payment would bring.</summary>
    public static async Task<IReadOnlyList<(string Value, string Label)>> PayableAsync(
        PageRequest request, string payer, WhatIf asked, IReadOnlyDictionary<string, string> sent, CancellationToken cancel)
    {
        var named = string.Join(',', sent.GetValueOrDefault("paid"), sent.GetValueOrDefault("invoices")).Split(',').ToHashSet(StringComparer.Ordinal);
        var items = asked.Root.Get<ReceivablesFacts>().Of(payer).OpenItems;
        var (currency, used) = (asked.Facts().Payer?.Currency ?? asked.Order.Currency, UsedIn(asked));
        var payable = new List<(string, string)>();
        foreach (var item in items.Take(MostInvoices).Concat(items.Skip(MostInvoices).Where(item => named.Contains(item.Invoice))))
            if (!await request.Desk.HidesAsync(PostInvoice.Scope, item.Invoice, cancel))
                payable.Add((item.Invoice, T(
                    "{0}, due {1}: {2}; paid, it frees {3}", item.Invoice, item.DueDate, new Money(item.Open, currency),
                    new Money(used - UsedIn(asked.Paid(item.Invoice)), currency))));
        return payable;
    }

    /// <summary>What is compared with the payer's own limit, with the order.</summary>
    static long UsedIn(WhatIf asked) => asked.Facts().Nodes is [var own, ..] ? own.After : 0;

    static (Imagined? Imagined, (string, string)? Fault) Read(Dictionary<string, string> sent, Money open, Currency credit, IReadOnlyList<string> paid)
    {
        long? amount = null;
        if (sent.TryGetValue("amount", out var typed))
        {
            if (MoneyOf(typed, open.Currency) is not { Minor: > 0 } money)
                return (null, ("amount", T("The amount must be an amount above zero in {0}.", open.Currency.Code)));
            if (money != open) amount = money.Minor;
        }

        DateOnly? ship = null;
        if (sent.TryGetValue("ship", out var day))
        {
            if (Entered.Day(day) is not { } date) return (null, ("ship", T("The ship date must be a day.")));
            ship = date;
        }

        long deposit = 0;
        if (sent.TryGetValue("deposit", out var given))
        {
            if (MoneyOf(given, credit) is not { Minor: >= 0 } money) return (null, ("deposit", T("The deposit must be zero or an amount in {0}.", credit.Code)));
            deposit = money.Minor;
        }

        return (new Imagined(amount, ship, deposit, [.. paid]), null);
    }

    static Money? MoneyOf(string text, Currency currency) =>
        Entered.Certain(text) is { } number && Money.TryOf(number, currency, out var money) ? money : null;

    static async Task<Bench> SeenAsync(Bench bench, PageRequest request, CancellationToken cancel)
    {
        var unseen = new Unseen(request.Desk, cancel);
        return bench with { Left = [.. await unseen.OfAsync(bench.Left)], Gone = [.. await unseen.OfAsync(bench.Gone)] };
    }
}
