using System.Globalization;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Disputes;

/// <summary>What follows by itself: each step of a dispute stands on the list of whoever takes it, and what the customer pays of it, or the credit note that an accepted one
/// waits for, clears it.</summary>
sealed class FollowDisputes : IReaction
{
    const string Credited = "credited";
    const string Paid = "paid";
    const string Changed = "changed";
    const string Reopened = "reopened";

    public string Rule => "followDisputes";

    /// <summary>The next decision stands on what is still disputed.</summary>
    public bool Whole => true;

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        List<string>? wakes = null;
        foreach (var row in rows)
            if (row is Dispute dispute) (wakes ??= []).Add($"{Changed} 0 {dispute.Number}");
        // Where a payer has moved, nothing was credited.
        if (wakes is not null) return wakes;
        foreach (var row in rows)
            if (row is Settlement { Source: SettlementSource.CreditNote, Amount: > 0 } credit && Waiting(after, credit.Payer, credit.Invoice).Count > 0)
                (wakes ??= []).Add(string.Create(CultureInfo.InvariantCulture, $"{Credited} {credit.Amount} {credit.Payer}\n{credit.Invoice}\n{credit.Id}"));
            else if (row is Settlement { Dispute: { } named, Amount: > 0 } paid && Counts(before, paid))
                (wakes ??= []).Add(string.Create(CultureInfo.InvariantCulture, $"{Paid} {paid.Amount} {named}"));
            else if (row is Invoice { IsOpen: true } invoice && Over(after, invoice).Any())
                (wakes ??= []).Add($"{Reopened} 0 {invoice.Number}");
        return wakes ?? (IReadOnlyList<string>)[];
    }

    public void Run(Case @case, string key)
    {
        switch (key.Split(' ', 3))
        {
            case [Credited, var amount, var place]:
                Clear(@case, place.Split('\n', 3), long.Parse(amount, CultureInfo.InvariantCulture));
                break;
            case [Paid, var amount, var number]:
                if (@case.Facts.Find<Dispute>(number) is { Stands: true } dispute) Settle(@case, dispute.Paid(long.Parse(amount, CultureInfo.InvariantCulture), @case.Today));
                break;
            case [Reopened, _, var number]:
                if (@case.Facts.Find<Invoice>(number) is { } invoice)
                    @case.Put(ReceivablesTables.Invoice, Over(@case.Facts, invoice).Aggregate(invoice, (open, part) => open.With(part with { To = @case.Today })));
                break;
            case [_, _, var number]:
                Tell(@case, number, @case.Facts.Find<Dispute>(number));
                break;
        }
    }

    /// <summary>The accepted disputes of an invoice are cleared by what was credited, the oldest first; what is left of one stays in the case.</summary>
    static void Clear(Case @case, string[] place, long credited)
    {
        foreach (var dispute in Waiting(@case.Facts, place[0], place[1]))
        {
            if (credited <= 0) break;
            var after = dispute.Credited(credited, @case.Today, place[2]);
            credited -= dispute.Amount;
            Settle(@case, after);
        }
    }

    static void Settle(Case @case, Dispute after)
    {
        @case.Put(DisputesFacts.Table, after);
        // Of an invoice that was closed by it, the part ends when a return opens it again.
        if (@case.Facts.Find<Invoice>(after.Invoice) is { } invoice) @case.Put(ReceivablesTables.Invoice, invoice.With(DisputeFields.PartOf(after)));
        if (!after.Stands)
        {
            QualificationRequests.Drop(@case, after.Number);
            DisputeFields.Count(@case, after);
        }

        Tell(@case, after.Number, after);
    }

    /// <summary>Whether it lowers the debt now and did not before: one that clears, or is new and was never at risk.</summary>
    static bool Counts(Facts before, Settlement settlement) => settlement.CountsFrom is not null && before.Find<Settlement>(settlement.Id) is null or { Cleared: null };

    /// <summary>Puts the step that is due on its list, and takes the others off.</summary>
    static void Tell(Case @case, string number, Dispute? dispute)
    {
        var clock = dispute is null ? null : DisputeClock.Of(dispute, @case.Company.Get<PoliciesFacts>().Current.Policy.DisputesAsked, @case.Today);
        foreach (var step in Enum.GetValues<DisputeStep>())
        {
            var known = @case.Facts.Get<WorkFacts>().About((WorkKind.Defect, DisputeSteps.CodeOf(step), number)).ToList();
            if (clock?.Step != step)
            {
                foreach (var item in known) Lists.End(@case, item);
                continue;
            }

            var owner = Words.Of(step == DisputeStep.CreditNote ? OwnerFunction.Billing : dispute!.Owner);
            var party = @case.Facts.Get<PartiesFacts>().Customers.ContainsKey(dispute!.Payer) ? dispute.Payer : dispute.Customer;
            var next = known.Count > 0 ? known[0] : new WorkItem(
                Lists.IdAt(@case, $"{DisputeSteps.CodeOf(step)} {number}"), WorkKind.Defect, DisputeSteps.CodeOf(step), number, owner, party, null, null, dispute.Amount,
                dispute.Currency, @case.Now, @case.Today, WorkStatus.Open) { DueOn = clock.DueOn };
            if (known.Count == 0) @case.Name(Lists.Scope, next.Id, party);
            // What was told to somebody since it is late keeps the day by which that one answers.
            Lists.Record(@case, next with
            {
                Owner = owner, Amount = dispute.Amount, Person = next.Owner == owner ? next.Person : null, DueOn = next.EscalatedTo is null ? clock.DueOn : next.DueOn,
            });
        }
    }

    /// <summary>The disputes of an invoice that wait for a credit note, the oldest first.</summary>
    static List<Dispute> Waiting(Facts facts, string payer, string invoice) =>
    [
        .. facts.Get<DisputesFacts>().Of(payer).Standing.Select(open => facts.Find<Dispute>(open.Number)!)
            .Where(dispute => dispute.Invoice == invoice && dispute.Status == DisputeStatus.CreditNoteDue),
    ];

    /// <summary>The parts of an invoice that disputes have which are over.</summary>
    static IEnumerable<InvoicePart> Over(Facts facts, Invoice invoice) =>
        invoice.Parts.Where(part => part is { Kind: PartKind.Disputed, Stands: true } && facts.Find<Dispute>(part.Document) is not { Stands: true });
}

/// <summary>The steps of disputes as they lie on the work lists.</summary>
public static class DisputeSteps
{
    /// <summary>The codes of all steps.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<DisputeStep>().Select(CodeOf)];

    internal static string CodeOf(DisputeStep step) => step switch
    {
        DisputeStep.Own => "disputeToOwn",
        DisputeStep.Qualify => "disputeToQualify",
        DisputeStep.CreditNote => "creditNoteToIssue",
        DisputeStep.Resolve => "disputeToResolve",
    };
}
