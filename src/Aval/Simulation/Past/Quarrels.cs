using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Promises;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Simulation;

/// <summary>What regulars argue about and promise, and how it ends.</summary>
sealed class Quarrels(SimulationPlan plan, Colleagues people)
{
    static readonly (DisputeReason Reason, OwnerFunction Owner, string Note)[] Matters =
    [
        (DisputeReason.Damaged, OwnerFunction.Quality, "Two boxes arrived crushed; photographs sent"),
        (DisputeReason.Price, OwnerFunction.Billing, "Billed at the list price, not at the offer's"),
        (DisputeReason.Quantity, OwnerFunction.CustomerService, "One piece fewer than on the delivery note"),
        (DisputeReason.Delivery, OwnerFunction.CustomerService, "Came four days after the agreed date"),
    ];

    readonly Dictionary<string, long> heldBack = new(StringComparer.Ordinal);

    /// <summary>What of the invoice is not paid while it is argued about, in minor units.</summary>
    public long HeldBack(string invoice) => heldBack.GetValueOrDefault(invoice);

    /// <summary>Plans what will be said about an invoice.</summary>
    public void About(Trade trade, string invoice, DateOnly due, DateOnly pays, Func<DateOnly, Task> pay)
    {
        switch (trade.Of.Pays)
        {
            case PayingHabit.Disputing when trade.Chance.Chance(40):
                trade.Agenda.Add((WorkingDays.OnOrAfter(due.AddDays(-20)), on => RaiseAsync(trade, invoice, on, pay)));
                break;
            case PayingHabit.Slow when pays > due.AddDays(10) && trade.Chance.Chance(60):
                trade.Agenda.Add((WorkingDays.OnOrAfter(due.AddDays(6)), on => PromiseAsync(trade, invoice, on, pays, kept: trade.Chance.Chance(65))));
                break;
            case PayingHabit.Failing when pays >= Regular.FailsOn(plan):
                trade.Agenda.Add((WorkingDays.OnOrAfter(due.AddDays(5)), on => PromiseAsync(trade, invoice, on, on.AddDays(30), kept: false)));
                break;
            case PayingHabit.Prompt or PayingHabit.Slow or PayingHabit.Disputing or PayingHabit.Failing:
                break;
        }
    }

    async Task RaiseAsync(Trade trade, string invoice, DateOnly day, Func<DateOnly, Task> pay)
    {
        if ((await people.FactsAsync(trade.Of.Number)).Find<Invoice>(invoice) is not { IsOpen: true } known) return;
        var (reason, owner, note) = trade.Chance.Pick<(DisputeReason, OwnerFunction, string)>(Matters);
        var minor = known.Free * trade.Chance.Between(8, 22) / 100;
        var number = "DI" + invoice[2..];
        var amount = new Money(minor, known.Currency).Major;
        if (minor <= 0 || await people.DoAsync(
            new RecordDispute(new DisputeBody(number, invoice, amount, reason, Legitimacy.Unqualified, owner, day, Note: note)), Colleagues.Rosa) is null) return;
        heldBack[invoice] = minor;
        trade.Agenda.Add((WorkingDays.OnOrAfter(day.AddDays(trade.Chance.Between(4, 14))), on => QualifyAsync(trade, invoice, number, amount, on, pay)));
    }

    /// <summary>Quality finds out whose fault it is: ours is credited, the customer's is paid.</summary>
    async Task QualifyAsync(Trade trade, string invoice, string dispute, decimal amount, DateOnly day, Func<DateOnly, Task> pay)
    {
        var ours = trade.Chance.Chance(60);
        var found = ours
            ? new DisputeChangeBody(Legitimacy.CompanyFault, DisputeStatus.CreditNoteDue, OwnerFunction.Billing, Note: "The carrier's report agrees with the customer")
            : new DisputeChangeBody(Legitimacy.CustomerFault, DisputeStatus.Rejected, Note: "The signed delivery note says otherwise");
        await people.DoAsync(new ChangeDispute(dispute, invoice, found), Colleagues.Quentin);
        var settles = WorkingDays.OnOrAfter(day.AddDays(trade.Chance.Between(3, 9)));
        trade.Agenda.Add((settles, async on =>
        {
            heldBack.Remove(invoice);
            if (!ours)
            {
                await pay(on);
                return;
            }

            await people.DoAsync(
                new PostCreditNote(new CreditNoteBody("CN" + invoice[2..], trade.Of.Number, on, trade.Of.Country.Currency, amount, invoice)), Colleagues.Bianca);
            await people.DoAsync(new ChangeDispute(dispute, invoice, new DisputeChangeBody(Status: DisputeStatus.Closed)), Colleagues.Quentin);
        }));
    }

    async Task PromiseAsync(Trade trade, string invoice, DateOnly day, DateOnly pays, bool kept)
    {
        if ((await people.FactsAsync(trade.Of.Number)).Find<Invoice>(invoice) is not { IsOpen: true } known || known.Free <= 0) return;
        var until = kept ? pays.AddDays(1) : day.AddDays(5);
        if (until < day) return;
        await people.DoAsync(
            new RecordPromise(new PromiseBody(
                "PR" + invoice[2..], trade.Of.Number, [invoice], new Money(known.Free, known.Currency).Major, until,
                Contact: "Their bookkeeper", Note: "Goes with the next payment run")), Colleagues.Piotr);
    }
}
