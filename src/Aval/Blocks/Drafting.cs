using System.Security.Cryptography;
using System.Text;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Receivables.Rules;
using Aval.Work;
using OwnerFunction = Aval.Policies.Rules.OwnerFunction;

namespace Aval.Blocks;

/// <summary>A decision as it would stand, made of what was sent. Refuses with <c>field-invalid</c> what the order or its payer does not have.</summary>
sealed class Drafting(Case @case, Block block, DecisionBody body, WhatIf asked)
{
    /// <summary>Each is asked again with every change of the payer's group.</summary>
    const int MostConditions = 20, MostInvoices = 200;

    readonly Order order = asked.Order;
    readonly CheckFacts facts = asked.Facts();
    Problem? refusal;
    LimitMeant? limit;

    public Answered<Decision> Draft()
    {
        var kind = body.Decision!.Value;
        var currency = order.CreditCurrency ?? block.Currency;
        LookAtLines();
        LookAtLimit(kind);
        var amountCurrency = kind == DecisionKind.ReduceOrder ? order.Currency : IsOfLimit(kind) ? limit?.Currency ?? currency : currency;
        var amount = Minor("amount", body.Amount, amountCurrency) ?? Share(kind);
        var part = kind == DecisionKind.ReleasePartially ? PartOf(amount) : null;
        var terms = new DecisionTerms(
            body.Percent, body.Lines, body.Kind is { } secured ? Kernel.Storage.Words.Of(secured) : null, body.Disputes,
            StagesOf("schedule", body.Schedule, currency), StagesOf("stages", body.Stages, currency), body.PaymentTerms,
            limit?.Number ?? body.Level, UpTo(kind, part), LimitLevel: limit?.Level ?? body.LimitLevel,
            AmountCurrency: amountCurrency == currency ? null : amountCurrency, ReleasedLines: kind == DecisionKind.ReleasePartially ? Released() : null);
        Look(kind, terms);
        var conditions = ConditionsOf(kind, amount, currency);
        var until = new[] { body.Until, conditions.Where(condition => condition.Kind == ConditionKind.ValidUntil).Min(condition => condition.Date) }.Min();
        if (body.AtExpiry is not null && conditions.Count == 0) Refuse("atExpiry", "goes with a decision that waits for something");
        if (until < @case.Today) Refuse("until", $"must not be before the business date {@case.Today:yyyy-MM-dd}");
        LookAtWait(kind, "until", until);
        // Behind the first stage payment is waited for, as long as terms say.
        LookAtWait(kind, "stages[0].date", terms.Stages is [var first, ..] ? first.Date : null);
        if (refusal is not null) return refusal;
        return new Decision(
            IdOf(), block.Id, order.Number, order.Customer, order.Payer, kind, DecisionStatus.InForce, @case.Actor.Name, @case.Now, @case.Today, body.Reason!,
            facts.Value.CreditTotal, currency,
            [.. conditions.Select(condition => ConditionFacts.From(
                condition, order.Payer, limit?.Number ?? order.Payer, limit?.Level ?? LimitLevel.Payer, @case.Facts, @case.Today))], [])
        {
            Basis = body.Basis, Amount = part ?? amount, Until = until, Counterpart = body.Counterpart, Monitoring = body.Monitoring, Dissent = body.Dissent,
            AtExpiry = body.AtExpiry ?? AtExpiry.Escalate, Owner = body.To ?? body.Owner, Question = body.Question ?? body.MustHappen, Terms = terms,
            ByKind = @case.Actor.Kind, KeyMadeBy = @case.Actor.MadeBy, StagesDue = terms.Stages?.Count(stage => stage.Date <= @case.Today) ?? 0,
        };
    }

    /// <summary>From its block and its place in the journal, so that every replay gives the same.</summary>
    string IdOf() => "d" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{block.Id}\n{@case.Place}")).AsSpan(0, 10));

    long? Share(DecisionKind kind)
    {
        if (body.Percent is not { } percent || kind is not (DecisionKind.RequestDeposit or DecisionKind.Prepayment)) return null;
        if (percent is <= 0 or > 100) Refuse("percent", "must be above 0 and at most 100");
        return (long)Math.Ceiling(facts.Value.CreditTotal * Math.Clamp(percent, 0, 100) / 100);
    }

    /// <summary>What goes now, in the credit currency.</summary>
    long? PartOf(long? amount)
    {
        if (body.Lines is { Count: > 0 } lines)
        {
            var worth = OfLines(lines);
            if (amount is not null && amount != worth) Refuse("amount", "must be left out beside lines, or be what they come to");
            amount = worth;
        }

        if (amount > facts.Value.Open) Refuse(body.Amount is null ? "lines" : "amount", "must not be more than what is still to come of the order");
        return amount;
    }

    long OfLines(IReadOnlyList<DecidedLine> lines) =>
        asked.OfLines([.. lines.Select(line => new OptionLine(line.Line, line.Quantity))]).Facts().Value.Open;

    /// <summary>How much of each line that is named may have left in all; null where none is.</summary>
    IReadOnlyList<ReleasedLine>? Released() => body.Lines is not { Count: > 0 } lines ? null :
        [.. order.Lines.SelectMany(line => lines.Where(part => part.Line == line.Line)
            .Select(part => new ReleasedLine(line.Line, Quantity.Max(line.Delivered, line.Invoiced) + part.Quantity)))];

    /// <summary>What of the order may have left in all: what had left before, and the part. Of stages what had left before.</summary>
    long? UpTo(DecisionKind kind, long? part)
    {
        var left = facts.Value.CreditTotal - facts.Value.Open;
        return kind == DecisionKind.ReleasePartially ? left + part : kind == DecisionKind.StagedInvoicing ? left : null;
    }

    List<Condition> ConditionsOf(DecisionKind kind, long? amount, Currency currency)
    {
        var conditions = new List<Condition>();
        if (body.Conditions?.Count > MostConditions) Refuse("conditions", $"must be at most {MostConditions}");
        if (body.Invoices?.Count > MostInvoices) Refuse("invoices", $"must be at most {MostInvoices}");
        if (refusal is not null) return conditions;
        foreach (var condition in body.Conditions ?? [])
        {
            var at = $"conditions[{conditions.Count}]";
            if (condition.Kind == ConditionKind.InvoicePaid) LookAtInvoice($"{at}.invoice", condition.Invoice!);
            if (condition.OlderThan is < 0 or > 3650) Refuse($"{at}.olderThan", "must be from 0 to 3650 days");
            conditions.Add(new Condition(condition.Kind, condition.Invoice, Minor($"{at}.amount", condition.Amount, currency), condition.OlderThan, condition.Date)
            {
                Elsewhere = IsElsewhere(condition.Invoice),
            });
        }

        switch (kind)
        {
            case DecisionKind.RequestDeposit or DecisionKind.Prepayment:
                conditions.Add(new Condition(ConditionKind.DepositReceived, Amount: amount));
                break;
            // An amount is how far it goes: the order is released up to it, and not beyond.
            case DecisionKind.ReleaseUnderCondition when amount is not null && !conditions.Exists(condition => condition.Kind == ConditionKind.AmountCap):
                conditions.Add(new Condition(ConditionKind.AmountCap, Amount: amount));
                break;
            case DecisionKind.RequireGuarantee:
                conditions.Add(new Condition(ConditionKind.GuaranteeRegistered, Amount: amount, Guarantee: body.Kind));
                break;
            case DecisionKind.WaitForPayment when body.Invoices is { Count: > 0 } invoices:
                for (var at = 0; at < invoices.Count; at++) LookAtInvoice($"invoices[{at}]", invoices[at]);
                conditions.AddRange(invoices.Distinct(StringComparer.Ordinal)
                    .Select(invoice => new Condition(ConditionKind.InvoicePaid, invoice) { Elsewhere = IsElsewhere(invoice) }));
                break;
            case DecisionKind.WaitForPayment:
                conditions.Add(new Condition(ConditionKind.InvoicePaid, Amount: amount));
                break;
        }

        return conditions;
    }

    bool IsElsewhere(string? invoice) => invoice is not null && @case.Facts.Find<Invoice>(invoice) is { } known && known.Payer != order.Payer;

    /// <summary>An invoice of this payer, or of another of its group, that has been issued; one that is paid already is met at once.</summary>
    void LookAtInvoice(string field, string number)
    {
        if (@case.Facts.Find<Invoice>(number) is not { Draft: false } invoice || !IsOfGroup(invoice.Payer))
            Refuse(field, $"must be an issued invoice of {order.Payer} or of a payer of its group");
    }

    /// <summary>Money of a sister company makes room within a limit of the group.</summary>
    bool IsOfGroup(string payer) => payer == order.Payer
        || @case.Facts.Get<PartiesFacts>() is var parties && parties.Path(order.Payer).LastOrDefault() is { } top && parties.Path(payer).Any(above => above.Number == top.Number);

    void LookAtLines()
    {
        foreach (var (line, at) in (body.Lines ?? []).Select((line, at) => (line, at)))
        {
            var known = order.Lines.FirstOrDefault(other => other.Line == line.Line);
            if (body.Lines!.Take(at).Any(other => other.Line == line.Line)) Refuse($"lines[{at}].line", $"names line {line.Line} a second time");
            else if (known is null) Refuse($"lines[{at}].line", $"is not a line of {order.Number}");
            else if (line.Quantity.Scaled == 0 || line.Quantity + Quantity.Max(known.Delivered, known.Invoiced) > known.Quantity - known.Cancelled)
                Refuse($"lines[{at}].quantity", "must be above zero and no more than what is still to come of the line");
        }
    }

    /// <summary>Whose limit is meant, where the decision or one of its conditions is about a limit.</summary>
    void LookAtLimit(DecisionKind kind)
    {
        if (!IsOfLimit(kind) && body.Level is null && body.LimitLevel is null && !(body.Conditions ?? []).Any(condition => condition.Kind == ConditionKind.LimitApproved)) return;
        var (meant, wrong) = LimitMeant.Of(body, asked);
        limit = meant;
        refusal ??= wrong;
    }

    static bool IsOfLimit(DecisionKind kind) => kind is DecisionKind.TemporaryLimit or DecisionKind.CorrectLimit;

    void Look(DecisionKind kind, DecisionTerms terms)
    {
        if (terms.Stages is { } stages && stages.Sum(stage => stage.Amount) != facts.Value.Open) Refuse("stages", "must come to what is still to come of the order");
        if (kind == DecisionKind.ReduceOrder && LeavesAll()) Refuse(body.Lines is null ? "amount" : "lines", "must leave less to come than the order has");
        if (body.PaymentTerms is { } given && !PaymentTerms.TryParse(given, out _)) Refuse("paymentTerms", "must be terms such as NET30, EOM15, PREPAID, COD or 2/10 NET30");
        if (kind == DecisionKind.Escalate && body.To is { } to && !Desks.Takers.Contains(to)) Refuse("to", $"must be one of {string.Join(", ", Desks.Takers)}");
        if (kind == DecisionKind.ReviewDisputes) LookAtDisputes();
        if (IsOfLimit(kind) && facts.Payer is null) Refuse("decision", "needs a payer that has been entered");
    }

    void LookAtWait(DecisionKind kind, string field, DateOnly? day)
    {
        if (kind.MostDays() is { } most && day > @case.Today.AddDays(most))
            refusal ??= DecisionProblems.UntilTooFar.With($"{field} must be at most {most} days after the business date, by {@case.Today.AddDays(most):yyyy-MM-dd}.", field);
    }

    /// <summary>A reduction that takes nothing away, in the order's currency.</summary>
    bool LeavesAll()
    {
        Quantity Left(OrderLine line) => line.Quantity - line.Cancelled;
        Quantity Gone(OrderLine line) => Quantity.Min(Left(line), Quantity.Max(line.Delivered, line.Invoiced));
        if (body.Lines is { } lines)
            return order.Lines.All(line => lines.Where(part => part.Line == line.Line).Aggregate(Gone(line), (sum, part) => sum + part.Quantity) >= Left(line));
        var open = order.Lines.Sum(line => OrderValue.LineValue(line, Left(line), order.Currency) - OrderValue.LineValue(line, Gone(line), order.Currency));
        return body.Amount is { } stays && stays >= new Money(open, order.Currency).Major;
    }

    void LookAtDisputes()
    {
        if (!Kernel.Storage.Words.TryParse<OwnerFunction>(body.Owner!, out _))
            Refuse("owner", $"must be one of {string.Join(", ", Kernel.Storage.Words.All<OwnerFunction>())}");
        for (var at = 0; at < body.Disputes!.Count; at++)
            if (@case.Facts.Find<Dispute>(body.Disputes[at]) is not { Stands: true } dispute || !IsOfGroup(dispute.Payer))
                Refuse($"disputes[{at}]", $"must be a standing dispute of {order.Payer} or of a payer of its group");
    }

    IReadOnlyList<Stage>? StagesOf(string field, IReadOnlyList<StageBody>? given, Currency currency)
    {
        if (given is null) return null;
        for (var at = 1; at < given.Count; at++)
            if (given[at].Date < given[at - 1].Date) Refuse($"{field}[{at}].date", "must not be before the one above");
        return [.. given.Select((stage, at) => new Stage(stage.Date, Minor($"{field}[{at}].amount", stage.Amount, currency) ?? 0))];
    }

    long? Minor(string field, decimal? major, Currency currency)
    {
        if (major is not { } amount) return null;
        if (amount > 0 && Money.TryOf(amount, currency, out var money)) return money.Minor;
        Refuse(field, $"must be above 0 and below 10^13 with at most {currency.Decimals} decimals of {currency}");
        return null;
    }

    void Refuse(string field, Wording rule) => refusal ??= KernelProblems.Invalid(field, rule);
}
