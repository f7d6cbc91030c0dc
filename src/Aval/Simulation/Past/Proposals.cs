using System.Collections.Immutable;
using Aval.Blocks;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Decisions.Rules;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;

namespace Aval.Simulation;

/// <summary>What people would decide about a held order, the likeliest first: what is refused, or is not to be had, gives way to the next.</summary>
/// <param name="found">Its order as they see it.</param>
/// <param name="end">The last day that is told: some of what is agreed comes to nothing right before it.</param>
/// <param name="round">How often somebody has decided about it already.</param>
sealed class Proposals(Block block, FoundOrder found, DateOnly day, DateOnly end, int round)
{
    readonly HashSet<string> codes = block.Findings.Where(finding => finding.Cleared is null).Select(finding => finding.Code).ToHashSet(StringComparer.Ordinal);

    // Found only where one of them is asked for: they take the longest.
    ImmutableArray<Option> Options => options ??= found.Asked is { } asked ? Remedies.Of(asked).Options : [];

    ImmutableArray<Option>? options;

    /// <summary>Of a customer of the plan: by what holds its order.</summary>
    public IEnumerable<DecisionBody> ByFinding(int turn)
    {
        if (codes.Contains("prepayment-required")) return [Prepay()];
        if (codes.Contains("forced-hold")) return [Wait(7, "The bank confirms the direct debit, or the register the new owner")];
        if (codes.Contains("risk-class-blocked"))
            return round == 0 ? [Ask("leadership", "Rated E: do we sell to them against payment in advance, or not at all?")] : [Refuse("No sale on credit to a customer rated E")];
        if (codes.Contains("order-too-large")) return [LetGo("Framework contract signed by their board; the machines are built to order")];
        if (codes.Contains("terms-deviate")) return [Terms("NET30", "Sales has not granted longer terms; the customer accepts ours")];
        if (codes.Contains("limit-not-set") || codes.Contains("limit-expired")) return [AfterLimit()];
        if (codes.Contains("purchase-order-missing")) return [AfterPurchaseOrder()];
        if (codes.Contains("overdue") || codes.Contains("promise-broken")) return Overdue(turn);
        return codes.Contains("limit-exceeded") ? Overrun(turn) : [];
    }

    /// <summary>Of a regular: what is in its playbook, and what follows when that came to nothing.</summary>
    public IEnumerable<DecisionBody> ByHabit(Regular regular, int turn)
    {
        if (round > 2 || (round > 0 && regular.Pays == PayingHabit.Failing)) return [Refuse("What was agreed has not come, twice")];
        if (round == 2 || (round == 1 && regular.Pays != PayingHabit.Slow)) return [LetGo("Sales vouches for the customer; the delay had a reason")];
        if (round == 1) return [Wait(6, "They say what they can pay, and when")];
        return
        [
            .. Enumerable.Range(turn, regular.Playbook.Length).SelectMany(at => OfKind(regular.Playbook[at % regular.Playbook.Length])),
            Wait(5, "The next payment run is in"),
        ];
    }

    IEnumerable<DecisionBody> Overdue(int turn)
    {
        if (block.Cause == Cause.InternalDefect)
            return turn % 2 == 0
                ? Taken(OptionAction.ApplyReceipt, "The customer has paid; the receipt waits to be applied")
                : [LetGo("The money is in the house: our own booking is late")];
        var oldest = Options.Where(option => option.Action == OptionAction.WaitForPayment).SelectMany(option => option.Invoices).FirstOrDefault();
        var paid = Taken(OptionAction.WaitForPayment, "The oldest invoices first, then the goods");
        return (turn % 3) switch
        {
            0 => [.. paid, Wait(6, "A payment plan, signed")],
            1 when oldest is not null =>
            [
                Under([new ConditionBody(ConditionKind.InvoicePaid, oldest)], 8, "They named the day on which the oldest invoice is paid"), Wait(6, "A payment plan, signed"),
            ],
            _ => [Wait(6, "A payment plan, signed"), .. paid],
        };
    }

    IEnumerable<DecisionBody> Overrun(int turn)
    {
        if (block.Cause == Cause.InternalDefect)
            return turn % 2 == 0 ? Taken(OptionAction.ApplyReceipt, "Their money has come and waits on our side") : [LetGo("With the receipts applied the order fits the limit")];
        DecisionKind[] kinds = [DecisionKind.TemporaryLimit, DecisionKind.ReleasePartially, DecisionKind.RequestDeposit, DecisionKind.Release];
        return Enumerable.Range(turn, kinds.Length).SelectMany(at => OfKind(kinds[at % kinds.Length]));
    }

    IEnumerable<DecisionBody> OfKind(DecisionKind kind) => kind switch
    {
        DecisionKind.Release => [LetGo("Ten years of business; the overrun is gone with the next payment run")],
        DecisionKind.ReleasePartially => Taken(OptionAction.PartialRelease, "What fits goes now, the rest when they have paid"),
        DecisionKind.ReleaseUnderCondition => Oldest() is { } invoice
            ? [Under([new ConditionBody(ConditionKind.InvoicePaid, invoice)], 10, "The oldest invoice is paid first, as their treasurer promised")]
            : [],
        DecisionKind.RequestDeposit => Taken(OptionAction.Deposit, "A deposit for what goes beyond the limit"),
        DecisionKind.Prepayment => [Prepay()],
        DecisionKind.WaitForPayment => Taken(OptionAction.WaitForPayment, "These invoices are in their next payment run"),
        DecisionKind.RequireGuarantee => Overrunning() is { } amount
            ? [Body(kind, "Their bank stands in for the peak of the season") with
                {
                    Kind = Cover.Rules.GuaranteeKind.BankGuarantee, Amount = amount, Until = Day(12), Counterpart = "A bank guarantee",
                }]
            : [],
        DecisionKind.ReduceOrder => Taken(OptionAction.ReduceOrder, "They take less now and order the rest next month"),
        DecisionKind.TemporaryLimit => Taken(OptionAction.TemporaryLimit, "A single large project, paid within the month"),
        DecisionKind.CorrectLimit => Limit() is { } limit ? [Body(kind, "The yearly accounts carry a higher limit") with { Amount = limit }] : [],
        DecisionKind.StagedInvoicing => Taken(OptionAction.StagedInvoicing, "Delivered in stages, each after the one before is paid"),
        DecisionKind.ReviseTerms => [Terms("NET14", "Shorter terms for this order, agreed with their buyer")],
        DecisionKind.ReviewDisputes => Disputed() is { Count: > 0 } disputes
            ? [Body(kind, "What is argued about decides whether they are late at all") with { Disputes = disputes, Owner = Words.Of(OwnerFunction.Quality), Until = Day(7) }]
            : [],
        DecisionKind.Escalate => [Ask("creditManager", "Their parent was sold last week: do we keep the limit?")],
        DecisionKind.MaintainBlock => [Wait(6, "The oldest invoices are paid")],
        DecisionKind.Reject => [Refuse("Nothing has been paid for two months, and no plan was offered")],
    };

    /// <summary>One of the order's own options, where it shows such.</summary>
    IEnumerable<DecisionBody> Taken(OptionAction action, string reason)
    {
        for (var at = 0; at < Options.Length; at++)
            if (Options[at] is var option && option.Action == action && option.And is null)
                yield return new DecisionBody(
                    Option: at + 1, Reason: reason, Until: action is OptionAction.ApplyReceipt ? Day(4) : null, Monitoring: "The credit desk, every Monday");
    }

    DecisionBody LetGo(string reason) => Body(DecisionKind.Release, reason) with
    {
        Counterpart = "They pay by the 10th of next month", Dissent = round > 0 ? "Ben Adler would have waited for the money" : null,
    };

    DecisionBody Prepay() => Body(DecisionKind.Prepayment, "Payment in advance is agreed; the pro forma went out") with
    {
        Percent = 100, Until = Day(9), Counterpart = "All of it in advance",
    };

    DecisionBody Wait(int days, string what) => Body(DecisionKind.MaintainBlock, "Nothing goes before that") with { Until = Day(days), MustHappen = what };

    DecisionBody Ask(string to, string question) => Body(DecisionKind.Escalate, "Beyond what we decide alone") with { To = to, Question = question, Until = Day(4) };

    static DecisionBody Refuse(string reason) => Body(DecisionKind.Reject, reason);

    static DecisionBody Terms(string terms, string reason) => Body(DecisionKind.ReviseTerms, reason) with { PaymentTerms = terms };

    DecisionBody Under(IReadOnlyList<ConditionBody> conditions, int days, string reason) => Body(DecisionKind.ReleaseUnderCondition, reason) with
    {
        Conditions = conditions, Until = day < end.AddDays(-3) && Day(days) >= end && block.Order[^1] % 2 == 0 ? end.AddDays(-1) : Day(days),
        Counterpart = "Payment on the day they named",
    };

    DecisionBody AfterLimit() => Under([new ConditionBody(ConditionKind.LimitApproved)], 9, "The file is with the credit committee; the order goes once the limit stands");

    DecisionBody AfterPurchaseOrder() => Under([new ConditionBody(ConditionKind.PurchaseOrderReceived)], 5, "Their buyer sends the purchase order this week");

    static DecisionBody Body(DecisionKind kind, string reason) => new(kind, Reason: reason, Basis: "The check of today, and the file", Monitoring: "The credit desk, every Monday");

    DateOnly Day(int days) => WorkingDays.OnOrAfter(day.AddDays(days));

    string? Oldest() => Options.Where(option => option.Action == OptionAction.WaitForPayment).SelectMany(option => option.Invoices).FirstOrDefault();

    decimal? Overrunning() => found.Check.Exposure is { Overrun: > 0 } seen ? decimal.Ceiling(new Money(seen.Overrun, seen.Currency).Major / 500) * 500 : null;

    decimal? Limit() => found.Check.Exposure is { Overrun: > 0 } seen ? decimal.Ceiling(new Money(seen.AfterOrder, seen.Currency).Major / 1_000) * 1_000 : null;

    List<string>? Disputed() =>
        found.Asked?.Root.Get<DisputesFacts>().RowsOf(block.Payer).OfType<Dispute>().Where(dispute => dispute.Stands).Select(dispute => dispute.Number)
            .Order(StringComparer.Ordinal).ToList();
}
