using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Outcomes;
using Aval.Outcomes.Rules;
using Aval.TimeMachine;
using Aval.TimeMachine.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Journal;

/// <summary>A check that the entry made, beside the same check made again now on what was known then.</summary>
/// <param name="Again">Null where an older engine made it, whose rules may have meant something else.</param>
public sealed record CheckThen(OrderCheck Made, TriedCheck? Again);

/// <summary>A decision as the entry wrote it.</summary>
/// <param name="Known">What spoke against the order before it; none where the entry made a check of its own that says it.</param>
/// <param name="Outcome">What became of it by today.</param>
public sealed record DecisionThen(Decision Decision, IReadOnlyList<Finding> Known, DecisionOutcome? Outcome);

/// <param name="Last">The number of the root's last entry.</param>
/// <param name="Orders">That it wrote, as they stand today.</param>
/// <param name="Unread">It is too large to be told in sentences: it brought whole lists along.</param>
public sealed record KeptEntryView(
    EntryView Told, long Last, IReadOnlyList<DecisionThen> Decisions, IReadOnlyList<CheckThen> Checks, IReadOnlyList<Order> Orders, bool Unread, string Body,
    IReadOnlyList<(string Path, int Count)> Lists, IReadOnlyList<(int Number, string Text)> Texts, bool MayVerify, Currency Currency);

/// <summary>Shows one entry for people: what was done, what was decided, what was known then, what became of it, and its place in the chain.</summary>
static class ShowEntry
{
    /// <summary>An entry of more rows brought whole lists along: they are read list by list.</summary>
    const int MostRows = 60;

    public static async Task<PageAnswer> PageAsync(PageRequest request, StoreReader reader, Entry entry, CancellationToken cancel)
    {
        var body = FoldedBody.Of(entry);
        var content = new EntryFormat(request.Store.Composition).Read(entry);
        var unread = content.Rows.Count > MostRows;
        var (decisions, checks, orders) = unread ? ([], [], []) : await ToldAsync(request, reader, entry, content, cancel);
        return PageAnswer.Of<KeptEntryPage, KeptEntryView>(T("Entry {0} of {1}", entry.Sequence, entry.Root), new KeptEntryView(
            ShowJournal.View(entry), (await reader.RootAsync(entry.Root, cancel))?.Sequence ?? entry.Sequence, decisions, checks, orders, unread, ShowJournal.Shown(body.Json),
            body.Lists, ShowJournal.Texts(body.Texts), JournalPermissions.VerifyJournal.IsGrantedTo(request.Actor), new DecisionLedger(reader, request.Company).Currency));
    }

    static async Task<(IReadOnlyList<DecisionThen> Decisions, IReadOnlyList<CheckThen> Checks, IReadOnlyList<Order> Orders)> ToldAsync(
        PageRequest request, StoreReader reader, Entry entry, EntryContent content, CancellationToken cancel)
    {
        var rows = content.Rows.Select(row => row.Row).ToList();
        var made = rows.OfType<OrderCheck>().Where(check => check.Root == entry.Root && check.Sequence == entry.Sequence).ToList();
        // A decision may have gone through several states in one act: the last is told.
        var decided = rows.OfType<Decision>().Reverse().DistinctBy(decision => decision.Id).Reverse().ToList();
        var then = made.Count + decided.Count > 0 ? await FactsThen.OfAsync(reader, entry, cancel) : null;
        var again = then is not null && made.Count > 0 && Is(entry, Entry.Engine) ? AskedAgain.Of(request.Store.Composition, then, entry) : [];
        var outcomes = await new DecisionLedger(reader, request.Company).OfAsync(await NowAsync(reader, decided, cancel), cancel);
        var checks = made.Select(check => new CheckThen(check, again.Where(one => one.Order == check.Order).Select(one => (TriedCheck?)one).FirstOrDefault())).ToList();
        var decisions = decided.Select(decision => new DecisionThen(
            decision,
            then is null || made.Exists(check => check.Order == decision.Order) ? [] : AskedAgain.Before(then, decision.Order, entry.BusinessDate)?.Findings ?? [],
            outcomes.FirstOrDefault(outcome => outcome.Decision.Id == decision.Id))).ToList();
        var numbers = rows.OfType<Order>().Select(order => order.Number).Concat(decided.Select(decision => decision.Order)).Distinct(StringComparer.Ordinal).ToList();
        var known = await GetOrder.FindAsync(request.Desk, request.Store, numbers, cancel);
        List<Order> orders = [.. numbers.Where(known.ContainsKey).Select(number => known[number].Order)];
        return (decisions, checks, orders);
    }

    /// <summary>The decisions as they stand today: what came of one is told of that.</summary>
    static async Task<IReadOnlyList<Decision>> NowAsync(StoreReader reader, List<Decision> decided, CancellationToken cancel)
    {
        if (decided.Count == 0) return [];
        var known = await Decisions.DecisionSearch.OfOrdersAsync(reader, [.. decided.Select(decision => decision.Order).Distinct(StringComparer.Ordinal)], cancel);
        return [.. known.Where(decision => decided.Any(one => one.Id == decision.Id))];
    }

    static bool Is(Entry entry, int engine)
    {
        using var body = System.Text.Json.JsonDocument.Parse(entry.Body);
        return body.RootElement.TryGetProperty("engine", out var number) && number.GetInt32() == engine;
    }
}
