using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Receivables;

/// <summary>An invoice that was not sent, and a delivery that was not billed, is work for billing once it is older than policy allows, whether or not an order waits.</summary>
sealed class LateBilling : IDue, IReaction
{
    /// <summary>As the lines are called; a held order's line of the same document is the same one.</summary>
    public const string NotSent = "invoiceNotSent", Unbilled = "unbilledTooOld";

    public string Rule => "followLateBilling";

    public DateOnly? Next(Facts facts, Facts company)
    {
        if (Waiting(facts).All(waiting => waiting.Documents.IsEmpty)) return null;
        // A root that has days to catch up is told by what held on its own day.
        var policies = (company.Through == facts.Through ? company : company with { Through = facts.Through }).Get<PoliciesFacts>();
        return policies.FirstDay(policy => Next(facts, policy));
    }

    static DateOnly? Next(Facts facts, CompiledPolicy policy)
    {
        DateOnly? next = null;
        foreach (var (code, documents) in Waiting(facts))
            foreach (var days in DaysOf(policy, code))
            {
                // Another policy may have made late what was not: the next day finds it.
                if (documents.TakeWhile(document => document.Date < facts.Through.AddDays(-days)).Any(document => IsWrong(facts, policy, code, document.Number)))
                    return facts.Through.AddDays(1);
                if (FirstAfter(documents, facts.Through.AddDays(-days - 1)) is { } date && date.AddDays(days + 1) is var day && !(next <= day)) next = day;
            }

        return next;
    }

    public void Run(Case @case)
    {
        foreach (var key in Concerns(@case.Facts with { Through = @case.Today }, @case.Company)) Run(@case, key);
    }

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        List<string>? wakes = null;
        foreach (var row in rows)
            if (row is Invoice { Life: not null } invoice) Wake(NotSent, invoice.Number);
            else if (row is Order order) Wake(Unbilled, order.Number);
        return wakes ?? (IReadOnlyList<string>)[];

        void Wake(string code, string number)
        {
            if (IsWrong(after, company.Get<PoliciesFacts>().Current, code, number)) (wakes ??= []).Add($"{code} {number}");
        }
    }

    /// <summary>Another policy may ask more or less.</summary>
    public IReadOnlyList<string> Concerns(Facts facts, Facts company) =>
    [
        .. Waiting(facts).SelectMany(waiting => waiting.Documents
            .Where(document => IsWrong(facts, company.Get<PoliciesFacts>().Current, waiting.Code, document.Number)).Select(document => $"{waiting.Code} {document.Number}")),
    ];

    public void Run(Case @case, string key)
    {
        var at = key.IndexOf(' ', StringComparison.Ordinal);
        var (code, number) = (key[..at], key[(at + 1)..]);
        if (IsLate(@case.Facts, @case.Company.Get<PoliciesFacts>().Current, @case.Today, code, number)) Put(@case, code, number);
        else
            foreach (var item in Known(@case.Facts, code, number).ToList()) Lists.End(@case, item);
    }

    static (string Code, ImmutableSortedSet<Dated> Documents)[] Waiting(Facts facts) =>
        [(NotSent, facts.Get<ReceivablesFacts>().NotSent), (Unbilled, facts.Get<OrdersFacts>().UnbilledSince)];

    /// <summary>After how many days policy calls it late: one figure for each scope that it tells apart.</summary>
    static IEnumerable<int> DaysOf(CompiledPolicy policy, string code) =>
        policy.Policy.Rules.Select(rule => (code, rule) switch
        {
            (NotSent, InvoiceNotSentRule sent) => sent.Days,
            (Unbilled, UnbilledTooOldRule billed) => billed.Days,
            _ => (int?)null,
        }).OfType<int>().Distinct();

    static DateOnly? FirstAfter(ImmutableSortedSet<Dated> documents, DateOnly day)
    {
        var at = documents.IndexOf(new Dated(day.AddDays(1), ""));
        at = at < 0 ? ~at : at;
        return at < documents.Count ? documents[at].Date : null;
    }

    /// <summary>On the list and not late any more, or late and not yet on it.</summary>
    static bool IsWrong(Facts facts, CompiledPolicy policy, string code, string number) =>
        IsLate(facts, policy, facts.Through, code, number) != Known(facts, code, number).Any();

    static bool IsLate(Facts facts, CompiledPolicy policy, DateOnly today, string code, string number)
    {
        if (Since(facts, code, number) is not var (since, payer)) return false;
        var parties = facts.Get<PartiesFacts>();
        if (!parties.Customers.TryGetValue(payer, out var customer)) return false;
        var rules = policy.For(customer, customer, policy.NamesGroups ? [.. parties.Path(payer).Select(above => above.Number)] : []);
        return (code == NotSent ? rules.InvoiceNotSent?.Days : rules.UnbilledTooOld?.Days) is { } days && since.AddDays(days) < today;
    }

    /// <summary>The day from which somebody waits for billing; null when nobody does.</summary>
    static (DateOnly Since, string Payer)? Since(Facts facts, string code, string number) => code == NotSent
        ? facts.Find<Invoice>(number) is { IsOpen: true, Life: { Stage: InvoiceStage.Issued } life } invoice ? (life.Date, invoice.Payer) : null
        : facts.Find<Order>(number) is { UnbilledSince: { } since } order ? (since, order.Payer) : null;

    static void Put(Case @case, string code, string number)
    {
        if (Known(@case.Facts, code, number).Any()) return;
        var (party, value) = code == NotSent ? Of(@case.Facts, @case.Facts.Find<Invoice>(number)!) : Of(@case.Facts.Find<Order>(number)!);
        var id = Lists.IdAt(@case, $"{code} {number}");
        @case.Name(Lists.Scope, id, party);
        Lists.Record(@case, new WorkItem(
            id, WorkKind.Defect, code, number, Words.Of(OwnerFunction.Billing), party, null, null, value.Minor, value.Currency, @case.Now, @case.Today, WorkStatus.Open)
        {
            DueOn = @case.Today.AddDays(@case.Company.Get<PoliciesFacts>().Current.Policy.DisputesAsked.OwnWithinDays),
        });
    }

    static (string Party, Money Value) Of(Facts facts, Invoice invoice) => (Debtor.PartyOf(facts, invoice), new Money(invoice.Open, invoice.Currency));

    /// <summary>What was delivered and is not billed.</summary>
    static (string Party, Money Value) Of(Order order) => (
        order.Customer, new Money(order.Lines.Sum(line => Math.Max(0, OrderValue.LineValue(line, line.Delivered, order.Currency) - line.Billed)), order.Currency));

    /// <summary>What stands for the document itself, not for an order that is held.</summary>
    static IEnumerable<WorkItem> Known(Facts facts, string code, string number) =>
        facts.Get<WorkFacts>().About((WorkKind.Defect, code, number)).Where(item => item.Block is null);
}
