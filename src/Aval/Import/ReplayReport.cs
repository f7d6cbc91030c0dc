using System.Globalization;
using System.Text;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Exposure;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Import;

/// <summary>What became of a history: read from the store when it is done, so that it does not matter how often the replay was interrupted.</summary>
public sealed class ReplayReport
{
    readonly DateOnly from;
    readonly DateOnly to;
    readonly Tally atEntry = new();
    readonly Tally atEnd = new();
    readonly Tally findings = new();
    readonly Tally incidents = new();
    readonly Tally expired = new();
    readonly Tally exposure = new();
    readonly Tally refused = new();

    ReplayReport(DateOnly from, DateOnly to) => (this.from, this.to) = (from, to);

    internal static async Task<ReplayReport> OfAsync(OpenStore store, IReadOnlyList<DateOnly> days, IEnumerable<string> refused, CancellationToken cancel)
    {
        var report = new ReplayReport(days[0], days[^1]);
        foreach (var code in refused) report.refused.Add(code, "");
        await using var reader = await store.Store.SnapshotAsync(cancel);
        foreach (var root in await reader.RootsAsync(cancel))
        {
            if (root == Facts.Company) continue;
            await report.AddDocumentsAsync(reader, root, cancel);
            var (facts, company) = await store.Desk.ViewRootAsync(root, cancel);
            report.AddExposure(facts, company.Get<PoliciesFacts>().Current.Policy.Netting);
        }

        return report;
    }

    /// <summary>The report as text: the same to the byte for the same state.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Replay from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}\n");
        Write(text, "Orders when they came in", atEntry);
        Write(text, "Orders now", atEnd);
        Write(text, "Findings when they came in: orders with it", findings);
        Write(text, "Claims that ran out: orders not wholly delivered by then", expired);
        Write(text, "Incidents", incidents);
        Write(text, "Exposure now: payers with it", exposure);
        Write(text, "Refused", refused);
        return text.ToString();
    }

    async Task AddDocumentsAsync(StoreReader reader, string root, CancellationToken cancel)
    {
        var orders = new Dictionary<string, Order>(StringComparer.Ordinal);
        foreach (var row in await reader.CurrentAsync(OrdersFacts.Table, root, cancel))
        {
            var order = (Order)row;
            orders[order.Number] = order;
            atEnd.Add(Words.Of(order.Status), order.Currency.Code, Ordered(order));
        }

        var ranOut = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in await reader.CurrentAsync(ChecksFacts.CheckTable, root, cancel))
        {
            var check = (OrderCheck)row;
            if (!orders.TryGetValue(check.Order, out var order)) continue;
            if (check.Occasion == Occasion.Expiry && ranOut.Add(check.Order)) expired.Add("ran out", order.Currency.Code, Ordered(order));
            if (check.Occasion != Occasion.Entry) continue;
            atEntry.Add(Words.Of(check.Status), order.Currency.Code, Ordered(order));
            foreach (var code in check.Findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal)) findings.Add(code, order.Currency.Code, Ordered(order));
        }

        foreach (var row in await reader.CurrentAsync(OrdersFacts.IncidentTable, root, cancel))
        {
            var incident = (Incident)row;
            incidents.Add(incident.Code, incident.Currency.Code, new Money(incident.Amount, incident.Currency).Major);
        }
    }

    void AddExposure(Facts facts, Netting netting)
    {
        foreach (var customer in facts.Get<PartiesFacts>().Customers.Values)
        {
            if (customer.PayerNumber != customer.Number) continue;
            var stands = ExposureOf.Payer(facts, customer.Number, customer.Currency, to);
            foreach (var (term, minor) in Terms(stands, netting))
                if (minor != 0) exposure.Add(term, customer.Currency.Code, new Money(minor, customer.Currency).Major);
        }
    }

    static IEnumerable<(string Term, long Minor)> Terms(PayerExposure stands, Netting netting) =>
    [
        ("openOrders", stands.OpenOrders), ("unbilled", stands.Unbilled), ("receivables", stands.Receivables), ("atRisk", stands.AtRisk), ("gross", stands.Gross),
        ("openCreditNotes", stands.OpenCreditNotes), ("unapplied", stands.Unapplied), ("onAccount", stands.OnAccount), ("deposits", stands.Deposits),
        ("promisedCreditNotes", stands.PromisedCreditNotes), ("disputed", stands.Disputed), ("insured", stands.Insured(netting)),
        ("guaranteed", stands.Guaranteed(netting)), ("overdue", stands.Overdue),
    ];

    /// <summary>What was ordered, tax included, whatever has been cancelled since.</summary>
    static decimal Ordered(Order order)
    {
        long total = 0;
        foreach (var line in order.Lines) total += OrderValue.LineValue(line, line.Quantity, order.Currency);
        return new Money(total, order.Currency).Major;
    }

    static void Write(StringBuilder text, string title, Tally tally)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{title}\n");
        if (tally.IsEmpty) text.Append("  none\n");
        foreach (var (word, currency, count, amount) in tally.Rows)
            text.Append(CultureInfo.InvariantCulture, $"  {word,-28}{count,12:N0}{(currency.Length == 0 ? "" : $"{amount,22:N2} {currency}")}\n");
    }

    /// <summary>Counts and amounts by word and currency, told in the order of the words.</summary>
    sealed class Tally
    {
        readonly SortedDictionary<(string Word, string Currency), (long Count, decimal Amount)> sums =
            new(Comparer<(string Word, string Currency)>.Create((left, right) =>
                string.CompareOrdinal(left.Word, right.Word) is not 0 and var word ? word : string.CompareOrdinal(left.Currency, right.Currency)));

        public bool IsEmpty => sums.Count == 0;
        public IEnumerable<(string Word, string Currency, long Count, decimal Amount)> Rows =>
            sums.Select(pair => (pair.Key.Word, pair.Key.Currency, pair.Value.Count, pair.Value.Amount));

        public void Add(string word, string currency, decimal amount = 0)
        {
            var (count, sum) = sums.GetValueOrDefault((word, currency));
            sums[(word, currency)] = (count + 1, sum + amount);
        }
    }
}
