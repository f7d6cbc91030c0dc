using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Receivables;

/// <summary>An invoice that was sent back is work for billing until it is corrected, taken back or settled, whether or not an order waits for it.</summary>
sealed class RejectedInvoices : IReaction
{
    /// <summary>As a held order's defect of the same invoice has it, so that both are one line.</summary>
    const string Code = "rejectedInvoice";

    public string Rule => "followRejected";

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        List<string>? wakes = null;
        foreach (var row in rows)
            if (row is Invoice { Life: not null } invoice && (IsRejected(invoice) || Known(after, invoice.Number).Any())) (wakes ??= []).Add(invoice.Number);
        return wakes ?? (IReadOnlyList<string>)[];
    }

    public void Run(Case @case, string key)
    {
        var known = Known(@case.Facts, key).ToList();
        if (@case.Facts.Find<Invoice>(key) is not { } invoice || !IsRejected(invoice))
        {
            foreach (var item in known) Lists.End(@case, item);
            return;
        }

        if (known.Count > 0) return;
        var due = invoice.Life!.Date.AddDays(@case.Company.Get<PoliciesFacts>().Current.Policy.DisputesAsked.OwnWithinDays);
        var party = Debtor.PartyOf(@case.Facts, invoice);
        var id = Lists.IdAt(@case, $"{Code} {key}");
        @case.Name(Lists.Scope, id, party);
        Lists.Record(@case, new WorkItem(
            id, WorkKind.Defect, Code, key, Words.Of(OwnerFunction.Billing), party, null, null, invoice.Open, invoice.Currency, @case.Now, @case.Today, WorkStatus.Open)
        {
            DueOn = due,
        });
    }

    static bool IsRejected(Invoice invoice) => invoice is { IsOpen: true, Life.Stage: InvoiceStage.Rejected };

    /// <summary>What stands for the invoice itself, not for an order.</summary>
    static IEnumerable<WorkItem> Known(Facts facts, string invoice) => facts.Get<WorkFacts>().About((WorkKind.Defect, Code, invoice)).Where(item => item.Block is null);
}
