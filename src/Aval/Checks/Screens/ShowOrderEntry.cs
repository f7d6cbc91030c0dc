using System.Globalization;
using System.Security.Cryptography;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>What the answer to an order on the form would be; nothing of it is reserved or recorded.</summary>
public sealed record EntryAnswer(Order Order, OrderCheck Check, Remedies Remedies, IReadOnlyList<NodeFacts> Nodes);

/// <param name="Customer">Who orders; null until it is known.</param>
/// <param name="Needs">What its payer asks of every order.</param>
/// <param name="Choices">Who may be meant, where what was typed is no number.</param>
/// <param name="Problem">Why it would be refused, or was.</param>
/// <param name="Answer">Null until there is something to be checked.</param>
/// <param name="Blank">Empty lines that the form shows after those that are filled.</param>
public sealed record OrderEntryView(
    TypedOrder Typed, Customer? Customer, IReadOnlyList<OrderNeed> Needs, IReadOnlyList<Customer> Choices, Problem? Problem, EntryAnswer? Answer, int Blank)
{
    public const string Path = "/new-order";

    /// <summary>Somebody tried to enter it, so that what is missing is told as wrong.</summary>
    public bool Refused { get; init; }

    /// <summary>What was typed and cannot be read, and why it would be refused, or was.</summary>
    public IReadOnlyList<Problem> Faults => [.. Typed.Slips().Concat(Problem is { Field: not null } one ? [one] : []).DistinctBy(fault => fault.Field)];

    /// <summary>What is wrong with a field of the order, or of a line, as <c>lines[0].quantity</c>; null when nothing is.</summary>
    public string? FaultOf(string field) =>
        Faults.FirstOrDefault(fault => fault.Field == field || (field == "shipCountry" && fault.Field == "shipTo.country")) is { } wrong ? Web.Refused.Why(wrong) : null;
}

/// <summary>Takes an order on a form, and says while it is typed what the check would answer.</summary>
static class ShowOrderEntry
{
    const int FewLines = 3, MoreLines = 8, MostChoices = 6;

    /// <summary>Of what tells two numbers of the same second apart.</summary>
    const int MarkLength = 4;

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(OrderEntryView.Path, OrderPermissions.EnterOrders, async (request, cancel) => Shown(await ReadAsync(request, Fresh(request), FewLines, cancel)));
        pages.MapForm(OrderEntryView.Path + "/check", OrderPermissions.EnterOrders, async (request, cancel) =>
            Shown(await ReadAsync(request, await TypedAsync(request, cancel), FewLines, cancel)));
        pages.MapForm(OrderEntryView.Path + "/lines", OrderPermissions.EnterOrders, async (request, cancel) =>
        {
            var typed = await TypedAsync(request, cancel);
            return Shown(await ReadAsync(request, typed, typed["more"].Length > 0 ? MoreLines : FewLines, cancel));
        });
        pages.MapForm(OrderEntryView.Path, OrderPermissions.EnterOrders, SendAsync);
    }

    static async Task<PageAnswer> SendAsync(PageRequest request, CancellationToken cancel)
    {
        var view = await ReadAsync(request, await TypedAsync(request, cancel), FewLines, cancel, asked: false);
        var read = view.Typed["customer"].Length == 0 ? SentForm.Empty("customer")
            : view.Customer is null ? PartyProblems.CustomerUnknown.With($"customer {view.Typed["customer"]} is not known.", "customer")
            : view.Typed.Refused.Count > 0 ? KernelProblems.FieldInvalid.With($"Lines were pasted that cannot be read; mend them or take them out.", "pasted")
            : view.Typed.Read();
        var refused = read.Problem ?? (await request.Desk.SubmitAsync(new EnterOrder(read.Value!), request.Actor, cancel: cancel)).Problem;
        return refused is null ? PageAnswer.To(Links.Order(read.Value!.Number)) : Shown(view with { Problem = refused, Refused = true });
    }

    static PageAnswer Shown(OrderEntryView view) => PageAnswer.Of<OrderEntryPage, OrderEntryView>(T("New order"), view, view.Refused ? view.Problem : null);

    /// <summary>A number is proposed, so that the same form sent twice is one order.</summary>
    static TypedOrder Fresh(PageRequest request) => new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = string.Create(
                CultureInfo.InvariantCulture, $"SO-{request.Get<TimeProvider>().GetUtcNow():yyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(MarkLength)}"),
            ["customer"] = request.Query("customer") ?? "", ["orderDate"] = Say.Iso(request.Today),
        }, [], "", []);

    static async Task<TypedOrder> TypedAsync(PageRequest request, CancellationToken cancel)
    {
        var typed = TypedOrder.Of(await request.Context.Request.ReadFormAsync(cancel));
        // Who was chosen of several stands in place of what was typed.
        return typed["chosen"].Length > 0 ? typed.With("customer", typed["chosen"]) : typed;
    }

    static async Task<OrderEntryView> ReadAsync(PageRequest request, TypedOrder typed, int blank, CancellationToken cancel, bool asked = true)
    {
        var (known, choices) = await CustomerAsync(request, typed["customer"], cancel);
        if (known is not var (root, customer)) return new OrderEntryView(typed, null, [], choices, null, null, blank);
        typed = typed.With("customer", customer.Number);
        if (typed["currency"].Length == 0) typed = typed.With("currency", customer.Currency.Code);
        if (typed["orderDate"].Length == 0) typed = typed.With("orderDate", Say.Iso(request.Today));
        var needs = OrderNeeds.Of(root, customer, root.Find<Customer>(customer.PayerNumber), request.Today);
        var view = new OrderEntryView(typed, customer, needs, [], null, null, blank);
        return asked && typed.Lines.Any(line => line.Missing is null) ? await CheckedAsync(request, view, cancel) : view;
    }

    /// <summary>By number, else the only one whose name or number is like it.</summary>
    static async Task<((Facts Root, Customer Customer)? Known, IReadOnlyList<Customer> Choices)> CustomerAsync(PageRequest request, string text, CancellationToken cancel)
    {
        async Task<(Facts, Customer)?> KnownAsync(string number) =>
            await request.Desk.ViewAsync(number, cancel) is var (root, _) && root.Find<Customer>(number) is { } customer ? (root, customer) : null;
        if (text.Length == 0 || Texts.Fault(text) is not null) return (null, []);
        if (Numbers.Refuse("customer", text) is null && await KnownAsync(text) is { } exact) return (exact, []);
        var (found, _) = await CustomerSearch.FindAsync(request.Store, text, 0, MostChoices, cancel);
        return found is [var only] ? (await KnownAsync(only.Number), []) : (null, found);
    }

    static async Task<OrderEntryView> CheckedAsync(PageRequest request, OrderEntryView view, CancellationToken cancel)
    {
        // A line that is being typed is not yet asked for.
        var read = (view.Typed with { Lines = [.. view.Typed.Lines.Where(line => line.Missing is null)] }).Read();
        if (view.Typed.Slips().Count > 0) return view;
        if (read.Problem is { } wrong) return view with { Problem = wrong };
        if (await request.Desk.Directory.PartyOfAsync("order", read.Value!.Number, cancel) is not null)
            return view with { Problem = KernelProblems.KeyReused.With($"there is an order {read.Value.Number} already.", "number") };
        var tried = await request.Desk.TryAsync(new EnterOrder(read.Value), request.Actor, cancel);
        if (tried.Outcome is not { } outcome) return view with { Problem = tried.Problem };
        var (order, unseen) = (outcome.Row<Order>()!, new Unseen(request.Desk, cancel));
        var check = await unseen.OfAsync(outcome.Row<OrderCheck>()!);
        var question = OrderAnswer.Asked(order, check, outcome is { After: { } after, Company: { } company } ? (after, company) : null);
        return view with
        {
            Answer = new EntryAnswer(order, check, await unseen.OfAsync(OrderAnswer.RemediesOf(order, question)), question?.Facts().Nodes ?? []),
        };
    }
}
