using Aval.Checks;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Rates;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Casework;

/// <summary>How the clock of a line stands.</summary>
public enum WorkClock
{
    /// <summary>There is time.</summary>
    Running,
    /// <summary>Its last day is today: the reminder.</summary>
    DueToday,
    /// <summary>Its time has passed.</summary>
    Late,
    /// <summary>It has no day of its own: something with a date is waited for, or nobody above is left to tell.</summary>
    Waits,
}

/// <param name="Amount">Of the whole order.</param>
public sealed record HeldUpAnswer(string Order, string? Block, decimal Amount);

/// <summary>A line of a work list: one subject, with all the held orders that it is about.</summary>
/// <param name="Code">Of the finding or the defect; of a decision its triage; of one to confirm what was decided;
/// of a request for a limit what it waits for; of what was answered how.</param>
/// <param name="HeldUp">How many orders it holds up.</param>
/// <param name="Amount">What they come to, or the limit that is asked for; in <paramref name="Currency"/>.</param>
/// <param name="Orders">The orders that it holds up; at most twenty.</param>
/// <param name="DueAt">When its working hours have passed.</param>
/// <param name="EscalatedTo">The role that was told because it is late.</param>
/// <param name="Person">Who has taken it.</param>
/// <param name="SnoozedUntil">The last day on which it is off the list.</param>
/// <param name="Note">Why it was handed over or put off.</param>
public sealed record WorkAnswer(
    string Id, WorkKind Kind, string Code, string Subject, string Owner, string Customer, WorkStatus Status, int HeldUp, decimal Amount, Currency Currency,
    IReadOnlyList<HeldUpAnswer> Orders, DateTimeOffset OpenedAt, DateOnly OpenedOn, int AgeDays, WorkClock Clock, DateTimeOffset? DueAt, DateOnly? DueOn, string? EscalatedTo,
    string? Person, DateOnly? SnoozedUntil, string? Note, string? AskedBy, string? Question, string? Answer, DateTimeOffset? EndedAt, string? EndedBy)
{
    const int MostOrders = 20;

    internal static WorkAnswer Of(WorkRow row, IEnumerable<WorkItem> behind, DateOnly today)
    {
        var item = row.First;
        var orders = behind.Where(other => other.About == item.About && other.Owner == item.Owner && other.Order is not null).Take(MostOrders)
            .Select(other => new HeldUpAnswer(other.Order!, other.Block, new Money(other.Amount, other.Currency).Major));
        return new WorkAnswer(
            item.Id, item.Kind, item.Code, item.Subject, item.Owner, item.Customer, item.Status, item.Order is null ? 0 : row.Items, new Money(row.Amount, item.Currency).Major,
            item.Currency, [.. orders], item.OpenedAt, item.OpenedOn, Math.Max(0, today.DayNumber - item.OpenedOn.DayNumber), ClockOf(item, today), item.DueAt, item.DueOn,
            item.EscalatedTo, item.Person, item.SnoozedUntil, item.Note, item.AskedBy, item.Question, item.Answer, item.EndedAt, item.EndedBy);
    }

    /// <summary>With the orders that a challenged limit holds now; their amounts by today's rates, those without one left out of the sum.</summary>
    internal async Task<WorkAnswer> FilledAsync(SeenDesk desk, CancellationToken cancel)
    {
        if (Kind != WorkKind.Challenge || Status == WorkStatus.Done) return this;
        var company = await desk.CompanyAsync(cancel);
        var held = await Checks.Blocks.HeldByLimitAsync(desk.Store, Customer, cancel);
        var worth = held.Select(block => company.Get<RatesFacts>().Converted(new Money(block.Amount, block.Currency), Currency, company.Through)).OfType<Money>();
        return this with
        {
            HeldUp = held.Count, Amount = worth.Sum(money => money.Major),
            Orders = [.. held.Take(MostOrders).Select(block => new HeldUpAnswer(block.Order, block.Id, new Money(block.Amount, block.Currency).Major))],
        };
    }

    /// <summary>As the caller may read it.</summary>
    internal async Task<WorkAnswer> SeenAsync(Unseen unseen, WorkItem item)
    {
        var seen = await unseen.OfAsync(item);
        return this with { Subject = seen.Subject, Note = seen.Note, Question = seen.Question, Answer = seen.Answer };
    }

    public static WorkClock ClockOf(WorkItem item, DateOnly today) => item.EscalatedTo is not null || item.DueOn < today ? WorkClock.Late
        : item.DueOn is null ? WorkClock.Waits
        : item.DueOn == today ? WorkClock.DueToday : WorkClock.Running;

    /// <summary>The line as it stands after an act.</summary>
    internal static async Task<Answered<WorkAnswer>> OfAsync(Outcome outcome, ApiRequest request, CancellationToken cancel) =>
        await ReadAsync(request, outcome.Row<WorkItem>()?.Id ?? request.Route("id"), cancel);

    internal static async Task<Answered<WorkAnswer>> ReadAsync(ApiRequest request, string id, CancellationToken cancel)
    {
        if (await WorkSearch.FindAsync(request.Store, WorkLine.ScopeOf(id), id, cancel) is not { } item || !ListWork.Sees(request.Actor, item))
            return WorkProblems.WorkUnknown.With($"work {id} is not known.", "id");
        var today = (await request.Desk.CompanyAsync(cancel)).Through;
        var unseen = new Unseen(request.Desk, cancel);
        if (item.Status == WorkStatus.Done) return await Of(new WorkRow(item, 1, item.Amount, DateOnly.MaxValue), [item], today).SeenAsync(unseen, item);
        var behind = (await WorkSearch.BehindAsync(request.Store, [item], ListWork.MostBehind, cancel))
            .Where(other => other.About == item.About && other.Owner == item.Owner && other.Customer == item.Customer).ToList();
        var line = await Of(new WorkRow(item, behind.Count, behind.Sum(other => other.Amount), DateOnly.MaxValue), behind, today).FilledAsync(request.Desk, cancel);
        return await line.SeenAsync(unseen, item);
    }
}

/// <summary>What lies on one owner's list.</summary>
/// <param name="Owner">A function, or a role to which something went up.</param>
/// <param name="Lines">Subjects, what is put off among them.</param>
/// <param name="Free">Lines that nobody has taken.</param>
/// <param name="Oldest">The day on which its oldest line came.</param>
/// <param name="HeldUp">Held orders, each counted once.</param>
/// <param name="Amount">What these come to, in the company's currency.</param>
/// <param name="Unconverted">Held orders whose currency has no rate: counted, but missing from the amount.</param>
public sealed record WorkListAnswer(
    string Owner, int Lines, int Free, int Late, int Snoozed, DateOnly Oldest, int AgeDays, int HeldUp, decimal Amount, Currency Currency, int Unconverted)
{
    internal static IReadOnlyList<WorkListAnswer> Of(IReadOnlyList<WorkSum> sums, Facts company)
    {
        var home = company.Get<CompanyFacts>().Main!.Currency;
        return [.. sums.GroupBy(sum => sum.Owner).Select(list =>
        {
            var worth = list.Select(sum => (sum.Orders, Money: company.Get<RatesFacts>().Converted(new Money(sum.Amount, sum.Currency), home, company.Through))).ToList();
            var oldest = list.Min(sum => sum.Oldest);
            return new WorkListAnswer(
                list.Key, list.Sum(sum => sum.Lines), list.Sum(sum => sum.Lines - sum.Taken), list.Sum(sum => sum.Late), list.Sum(sum => sum.Snoozed), oldest,
                Math.Max(0, company.Through.DayNumber - oldest.DayNumber), list.Sum(sum => sum.Orders), worth.Sum(one => one.Money?.Major ?? 0), home,
                worth.Where(one => one.Money is null).Sum(one => one.Orders));
        })];
    }
}
